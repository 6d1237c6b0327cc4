import { at, type JsonObject } from '../intrinsics'
import { anyoneIn, identityPlaces, isPlanned } from './access'
import type { Fix } from './finding'
import { grantFix, identityFix, keyPolicyFix, nameOf, replicaFix, trustFix } from './fix'
import { objectOf } from './json'
import type { Key } from './key'
import { isUnknown } from './maybe'
import type { Caller } from './principal'
import type { Audience, Requirement } from './requirement'

type Of<K extends Requirement['kind']> = Extract<Requirement, { kind: K }>

/**
 * All that makes a requirement hold where nothing of it is there yet. A construct builds it; asked for those actions alone that are refused,
 * it is the fix of a finding. What can only be moved or corrected where it stands is nothing to build.
 */
export function satisfying(requirement: Requirement): readonly Fix[] {
  if (requirement.kind === 'may') return bothSides(requirement, requirement.actions, requirement.actions)
  if (requirement.kind === 'allowed-by-identity') return callerSide(requirement, requirement.actions)
  if (requirement.kind === 'admits') return audienceFix(requirement)
  if (requirement.kind === 'holds-grant')
    return grantFix(requirement.principal, requirement.operations, requirement.key)
  if (requirement.kind === 'trusts') return trustFix(requirement.role, requirement.principal)
  if (requirement.kind === 'is') return settingFix(requirement)
  if (requirement.kind === 'replicated') return replicaFix(requirement.key, requirement.region)
  if (requirement.kind === 'holds') return requirement.fix
  if (requirement.kind === 'customer-managed') return requirement.fix
  return []
}

/** Sets what a setting has to be. */
export function settingFix({ target, path, value, wanted }: Of<'is'>): readonly Fix[] {
  return [{ kind: 'attribute', account: null, target, path, value: value ?? wanted }]
}

/** What the policy of a key has to allow, and what the caller has to be allowed besides. */
export function bothSides(
  requirement: Of<'may'>,
  ofKey: readonly string[],
  ofCaller: readonly string[],
): readonly Fix[] {
  const { principal, key, call } = requirement
  return [...keyPolicyFix(principal, ofKey, key, call), ...callerSide(requirement, ofCaller)]
}

/** Across accounts the caller needs its own allow; a service-linked role, whose policies nobody edits, a grant. */
export function callerSide(
  requirement: Of<'may'> | Of<'allowed-by-identity'>,
  actions: readonly string[],
): readonly Fix[] {
  const { principal, key, call } = requirement
  if (actions.length === 0 || (principal.account === key.account && principal.kind === 'service-linked-role')) return []
  if (principal.kind === 'service-linked-role')
    return grantFix(
      principal,
      actions.map(action => action.replaceAll('kms:', '')),
      key,
    )
  return identityFix(principal, actions, key, call, principalTarget(principal, key))
}

/** What the fix names: the address of a principal that a plan has, else its ARN. */
function principalTarget(principal: Caller, key: Key): string {
  if (!isPlanned(principal)) return nameOf(principal.arn)
  return identityPlaces(principal, key).map(place => place.at)[0] ?? nameOf(principal.arn)
}

/** Who asks for an audience: anyone of it whom their own account lets. */
export function memberOf(audience: Audience, { region }: Key): Caller {
  if (audience.kind === 'account') return anyoneIn(audience.id, region)
  if (audience.kind === 'principal') return audience.caller
  return anyoneIn('', region)
}

function audienceFix({ audience, actions, key, region }: Of<'admits'>): readonly Fix[] {
  const member = memberOf(audience, key)
  if (audience.kind === 'account' || audience.kind === 'principal')
    return keyPolicyFix(homeOf(member, key), actions, key, { kind: 'ebs', region })
  return keyPolicyFix({ ...member, arn: '*' }, actions, key, { kind: 'ebs', region }).flatMap(fix =>
    fix.kind === 'key-policy-statement' ? [{ ...fix, statement: closedTo(audience, fix.statement) }] : [],
  )
}

/** A role's account, which a key policy can name before the role is there. */
function homeOf(caller: Caller, { region }: Key): Caller {
  if (isUnknown(caller.account)) return caller
  return anyoneIn(caller.account, region)
}

/** A statement for everybody, kept to an organization or a unit of one, beside what it is kept to already. */
function closedTo(audience: Audience, statement: JsonObject): JsonObject {
  return { ...statement, Condition: { ...objectOf(at(statement, ['Condition'])), ...membershipCondition(audience) } }
}

function membershipCondition(audience: Audience): JsonObject {
  if (audience.kind === 'organization') return { StringEquals: { 'aws:PrincipalOrgID': audience.id } }
  if (audience.kind === 'unit')
    return { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${audience.organization}/*/${audience.id}/*` } }
  return {}
}
