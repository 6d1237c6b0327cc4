import type { Finding, Verdict } from '../policies/lang/finding'
import { judge } from '../policies/lang/judge'
import type { Key } from '../policies/lang/key'
import { isUnknown } from '../policies/lang/maybe'
import type { Caller } from '../policies/lang/principal'
import type { Audience, Requirement } from '../policies/lang/requirement'
import { redacted } from '../policies/lang/secret'
import type { Term } from '../policies/lang/statement'
import type { Outcome } from './engine'
import { evaluateRules, type Judged } from './native'
import { rules } from './registry'
import type { World } from './world'

/** Who needs what of which key, and whether they have it: what a finding about access says in words, as data. */
export interface Access {
  /** The place that makes it necessary: an image, a group, a distribution. */
  readonly need: Place
  readonly principal: Principal
  readonly key: Place
  readonly actions: { readonly [action: string]: Verdict }
  readonly finding: Finding
}

/** A role or user by address or ARN, or all of an account, organization or unit by its number. */
export interface Principal {
  readonly kind: Caller['kind'] | Audience['kind']
  readonly name: string
  readonly account: string | null
}

/** What has a name, and lives in an account and region where they are known. */
export interface Place {
  readonly name: string
  readonly account: string | null
  readonly region: string | null
}

/** What all rules find in a world, and every access that they ask about. */
export function evaluateAccess(world: World): { readonly outcome: Outcome; readonly accesses: readonly Access[] } {
  const accesses: Access[] = []
  const outcome = evaluateRules(rules, world, {
    witness: judged => {
      for (const access of accessesOf(judged)) accesses.push(access)
    },
  })
  return { outcome, accesses }
}

/** The access that a requirement asks about; none where it is about something else. */
function accessesOf({ header, situation, requirement, findings }: Judged): readonly Access[] {
  const asked = question(requirement)
  if (asked === null) return []
  return findings.map(finding => ({
    need: placeName(situation.at, situation),
    principal: asked.principal,
    key: placeName(asked.key.label, asked.key),
    actions: Object.fromEntries(
      asked.parts.map(([action, part]) => [
        action,
        // Where all holds, each does; else each is asked for itself.
        finding.verdict === 'pass' ? 'pass' : (judge(header, situation, part)[0]?.verdict ?? finding.verdict),
      ]),
    ),
    finding,
  }))
}

interface Question {
  readonly principal: Principal
  readonly key: Key
  /** Each action with the requirement of it alone. */
  readonly parts: readonly (readonly [action: string, requirement: Requirement])[]
}

function question(requirement: Requirement): Question | null {
  const { kind } = requirement
  if (kind === 'may' || kind === 'allowed-by-identity')
    return {
      principal: callerName(requirement.principal),
      key: requirement.key,
      parts: requirement.actions.map(action => [action, { ...requirement, actions: [action] }]),
    }
  if (kind === 'admits')
    return {
      principal: audienceName(requirement.audience),
      key: requirement.key,
      parts: requirement.actions.map(action => [action, { ...requirement, actions: [action] }]),
    }
  if (kind === 'holds-grant')
    return {
      principal: callerName(requirement.principal),
      key: requirement.key,
      parts: requirement.operations.map(operation => [`kms:${operation}`, { ...requirement, operations: [operation] }]),
    }
  return null
}

function callerName({ kind, arn, account }: Caller): Principal {
  const home = isUnknown(account) ? null : redacted(account)
  if (isUnknown(arn) && arn.candidates.length === 0)
    return { kind: 'unknown', name: redacted(arn.unknown), account: home }
  return { kind, name: kind === 'account' ? (home ?? termName(arn)) : termName(arn), account: home }
}

function audienceName(audience: Audience): Principal {
  if (audience.kind === 'principal') return callerName(audience.caller)
  if (audience.kind === 'unknown') return { kind: 'unknown', name: redacted(audience.unknown), account: null }
  const name = redacted(audience.id)
  return { kind: audience.kind, name, account: audience.kind === 'account' ? name : null }
}

function placeName(name: string, { account, region }: Omit<Place, 'name'>): Place {
  return { name: redacted(name), account: account === null ? null : redacted(account), region }
}

/** A text, or the resource that it will come from. */
function termName(term: Term): string {
  return redacted(isUnknown(term) ? term.unknown.replace(/\.arn$/, '') : term)
}
