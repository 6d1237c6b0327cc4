import { distinct } from '../intrinsics'
import { assumeContext } from './context'
import { type Authority, decide } from './decision'
import { attributeStatements } from './document'
import type { Fix } from './finding'
import { ASSUME, nameOf, trustFix } from './fix'
import { principalArn } from './identity'
import { isUnknown, type Maybe, unknown } from './maybe'
import { membershipOf } from './organization'
import { attribute, type Node, place } from './plan'
import { statementsOf } from './policy'
import type { Caller } from './principal'
import type { Requirement } from './requirement'
import type { Statement } from './statement'
import { passed, type Result, undecided } from './verdict'

/** Tests whether a role's trust policy lets a principal assume it, whose own policies do. */
export function judgeTrusts(requirement: Extract<Requirement, { kind: 'trusts' }>): Result {
  const { role, principal } = requirement
  const at = place(role, 'assume_role_policy')
  const who = nameOf(principal.arn)
  const written = attributeStatements(attribute(role, 'assume_role_policy') as Maybe<string>, at)
  const organization = isUnknown(principal.account)
    ? unknown('the organization of the caller')
    : membershipOf(principal.account)
  const decision = decide(
    principal,
    ASSUME,
    assumeContext(principal, organization),
    authorityOver(role, principal, isUnknown(written) ? [] : (written ?? [])),
  )
  if (isUnknown(written))
    return undecided(`whether \`${role.address}\` trusts \`${who}\` cannot be told`, [], [written.unknown])
  if (decision.allowed === 'unknown')
    return undecided(`whether \`${role.address}\` trusts \`${who}\` cannot be told`, decision.evidence, decision.known)
  if (decision.allowed === 'yes') return passed(`\`${role.address}\` trusts \`${who}\``, decision.evidence)
  return {
    verdict: 'fail',
    at,
    account: role.account,
    message:
      decision.denied === 'yes'
        ? `the trust policy of \`${role.address}\` denies \`${who}\` to assume it`
        : `the trust policy of \`${role.address}\` does not let \`${who}\` assume it`,
    fix: fixOf(role, principal, decision.denying, at),
    evidence: decision.evidence,
    known: [],
  }
}

/** A trust policy is about its role alone, and says so nowhere. */
function authorityOver(role: Node, principal: Caller, trust: readonly Statement[]): Authority {
  const own = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ASSUME, Resource: '*' }] }
  return {
    keyArn: principalArn(role),
    keyAccount: role.account ?? unknown(`the account of ${role.address}`),
    keyRegion: unknown('the region of a role'),
    keyPolicy: trust.map(statement => ({ ...statement, resources: ['*'] })),
    identity: statementsOf(own, nameOf(principal.arn)),
    boundary: null,
    grants: [],
    otherGrants: 'no',
  }
}

function fixOf(role: Node, principal: Caller, denying: readonly Statement[], at: string): readonly Fix[] {
  const sids = distinct(denying.map(statement => statement.sid ?? ''))
  if (sids.length > 0)
    return sids.map(statement => ({ kind: 'remove-statement', account: role.account, target: at, statement }))
  return trustFix(role, principal)
}
