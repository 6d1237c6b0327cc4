import { distinct } from '../intrinsics'
import { contextValues } from './condition'
import type { Authority } from './decision'
import type { Evidence } from './finding'
import { type Grant, grantAllows, isGrantee, lists } from './grant'
import { isUnknown } from './maybe'
import type { Outcome, Request } from './outcome'
import type { Caller } from './principal'
import type { Term } from './statement'
import { same } from './term'
import { any } from './truth'

/** The statements and grants that allowed or denied an action, or came near: right caller, right action, and something missing. */
export function evidenceOf(
  key: readonly Outcome[],
  identity: readonly Outcome[],
  boundary: readonly Outcome[],
  action: string,
  caller: Caller,
  authority: Authority,
): readonly Evidence[] {
  return [
    ...[...key, ...identity].map(one => ({ at: one.statement.at, what: said(one, action) })),
    ...boundary.filter(one => one.denies !== 'no').map(one => ({ at: one.statement.at, what: said(one, action) })),
    ...authority.grants
      .filter(grant => isGrantee(grant, caller) !== 'no')
      .map(grant => ({ at: grant.at, what: granted(grant, action, caller, authority) })),
  ]
}

/** What would make an answer known, in words: each thing once, sorted. */
export function knownBy(
  outcomes: readonly Outcome[],
  request: Request,
  caller: Caller,
  authority: Authority,
): readonly string[] {
  const open = outcomes.filter(one => one.allows === 'unknown' || one.denies === 'unknown')
  const terms = [caller.account, authority.keyAccount, authority.keyPolicy, authority.identity, authority.boundary]
  const grants = authority.grants.filter(
    grant => isGrantee(grant, caller) !== 'no' && lists(grant, request.action) !== 'no',
  )
  return distinct([
    ...terms.flatMap(term => (isUnknown(term) ? [term.unknown] : [])),
    ...open.flatMap(one => asked(one, request)),
    ...grants.flatMap(grant => askedOfGrant(grant, request.action, caller)),
    ...(authority.otherGrants === 'unknown' ? ['the grants on the key that no plan shows'] : []),
  ])
}

function said(one: Outcome, action: string): string {
  const name = one.statement.sid === null ? 'a statement' : `statement \`${one.statement.sid}\``
  if (one.denies === 'yes') return `${name} denies \`${action}\``
  if (one.denies === 'unknown') return `${name} may deny \`${action}\`${because(one.open, 'cannot be told')}`
  if (one.statement.effect === 'Deny')
    return `${name} does not deny \`${action}\` here${because(one.failing, 'does not hold')}`
  if (one.allows === 'yes') return `${name} allows \`${action}\`${delegating(one)}`
  if (one.allows === 'unknown') return `${name} may allow \`${action}\`${because(one.open, 'cannot be told')}`
  if (one.failing.length > 0) return `${name} would allow \`${action}\`${because(one.failing, 'does not hold')}`
  if (one.statement.resources === null && one.statement.notResources === null)
    return `${name} has no \`Resource\` and so no effect`
  return `${name} allows \`${action}\` on other resources only`
}

function because(conditionKeys: readonly string[], what: string): string {
  if (conditionKeys.length === 0) return ''
  return `: its condition on ${distinct(conditionKeys)
    .map(key => `\`${key}\``)
    .join(' and ')} ${what}`
}

/** A statement for the account alone allows only what the account's own IAM allows too. */
function delegating(one: Outcome): string {
  const { itself, role, account } = one.admission
  if (account === 'no' || any([itself, role]) === 'yes') return ''
  return ' to whom the IAM of the account allows it'
}

function granted(grant: Grant, action: string, caller: Caller, authority: Authority): string {
  if (lists(grant, action) === 'no') return `the grant does not list \`${action}\``
  if (grantAllows(grant, action, caller) === 'unknown') return `the grant may allow \`${action}\``
  const home = same(caller.account, authority.keyAccount)
  if (home === 'no' && same(grant.issuer, caller.account) === 'no')
    return `the grant lists \`${action}\`, but was not issued from the account of the grantee`
  return `the grant allows \`${action}\``
}

function asked(one: Outcome, request: Request): readonly string[] {
  const { statement } = one
  const elements = [
    statement.principals,
    statement.notPrincipals,
    statement.actions,
    statement.notActions,
    statement.resources,
    statement.notResources,
  ]
  const conditions = statement.conditions.filter(condition => one.open.includes(condition.key))
  return [
    ...elements.flatMap(element => unknownTerms(element ?? [])),
    ...unknownTerms([statement.effect]),
    ...conditions.flatMap(condition => unknownTerms(condition.values)),
    ...conditions.flatMap(condition => unknownTerms([valueIn(condition.key, request)])),
  ]
}

function valueIn(key: string, request: Request): Term {
  const values = contextValues(key, request.context)
  if (isUnknown(values)) return values
  return ''
}

function unknownTerms(terms: readonly Term[]): readonly string[] {
  return terms.flatMap(term => (isUnknown(term) ? [term.unknown] : []))
}

function askedOfGrant(grant: Grant, action: string, caller: Caller): readonly string[] {
  return [
    ...unknownTerms([grant.grantee, grant.issuer, ...grant.operations]),
    ...(grant.constrained && grantAllows(grant, action, caller) === 'unknown'
      ? ['whether the constraint of the grant fits the request']
      : []),
  ]
}
