import type { Finding, Verdict } from '../policies/lang/finding'
import type { Key } from '../policies/lang/key'
import { isUnknown } from '../policies/lang/maybe'
import type { Caller } from '../policies/lang/principal'
import type { Audience, Requirement } from '../policies/lang/requirement'
import type { Term } from '../policies/lang/statement'
import type { Outcome, OwnRules } from './engine'
import { evaluateBeside, type Judged, type Language } from './native'
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

/** What all rules find in a world, a team's own too where there are some, and every access that they ask about. */
export function evaluateAccess(
  world: World,
  own: OwnRules | null = null,
): { readonly outcome: Outcome; readonly accesses: readonly Access[] } {
  const accesses: Access[] = []
  const outcome = evaluateBeside(own ? [own] : [], world, {
    witness: judged => {
      for (const access of accessesOf(judged)) accesses.push(access)
    },
  })
  return { outcome, accesses }
}

/** The access that a requirement asks about; none where it is about something else. */
function accessesOf({ header, situation, requirement, findings, language }: Judged): readonly Access[] {
  const asked = question(requirement)
  if (asked === null) return []
  const { judge, redacted } = language
  return findings.map(finding => ({
    need: withoutSecrets({ name: situation.at, account: situation.account, region: situation.region }, redacted),
    principal: withoutSecrets(asked.principal, redacted),
    key: withoutSecrets({ name: asked.key.label, account: asked.key.account, region: asked.key.region }, redacted),
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
  const home = isUnknown(account) ? null : account
  if (isUnknown(arn) && arn.candidates.length === 0) return { kind: 'unknown', name: arn.unknown, account: home }
  return { kind, name: kind === 'account' ? (home ?? termName(arn)) : termName(arn), account: home }
}

function audienceName(audience: Audience): Principal {
  if (audience.kind === 'principal') return callerName(audience.caller)
  if (audience.kind === 'unknown') return { kind: 'unknown', name: audience.unknown, account: null }
  return { kind: audience.kind, name: audience.id, account: audience.kind === 'account' ? audience.id : null }
}

/** A text, or the resource that it will come from. */
function termName(term: Term): string {
  return isUnknown(term) ? term.unknown.replace(/\.arn$/, '') : term
}

function withoutSecrets<T extends Place | Principal>(one: T, redacted: Language['redacted']): T {
  return { ...one, name: redacted(one.name), account: one.account === null ? null : redacted(one.account) }
}
