import { distinct } from '../intrinsics'
import { contextValues } from './condition'
import type { Authority, Matter, Weighed } from './decision'
import type { Evidence } from './finding'
import { type Grant, grantAllows, isGrantee, lists } from './grant'
import { isUnknown } from './maybe'
import type { Outcome, Request } from './outcome'
import type { Caller } from './principal'
import type { Term } from './statement'
import { same } from './term'
import { any } from './truth'

/** The statements and grants that allowed or denied an action, or came near: right caller, right action, and something missing. */
export function evidenceOf(weighed: Weighed, action: string, matter: Matter): readonly Evidence[] {
  return [
    ...[...weighed.key, ...weighed.identity].filter(hasSay).map(one => evidence(one, action)),
    ...weighed.boundary.filter(one => one.denies !== 'no').map(one => evidence(one, action)),
    ...unlimited(weighed.boundary, action, matter.authority),
    ...matter.grants.map(grant => ({ at: grant.at, what: granted(grant, action, matter) })),
  ]
}

/** What would make an answer known, in words: each thing once, sorted. */
export function knownBy(weighed: Weighed, request: Request, matter: Matter): readonly string[] {
  const { authority, caller } = matter
  const terms = [caller.account, authority.keyAccount, authority.keyPolicy, authority.identity, authority.boundary]
  const open = [...weighed.key, ...weighed.identity, ...weighed.boundary].filter(isOpen)
  const grants = matter.grants.filter(grant => lists(grant, request.action) !== 'no')
  return distinct([
    ...terms.flatMap(term => (isUnknown(term) ? [term.unknown] : [])),
    ...open.flatMap(one => askedOr(one, request, caller)),
    ...grants.flatMap(grant => askedOfGrant(grant, request.action, caller)),
    ...(authority.otherGrants === 'unknown' ? ['the grants on the key that no plan shows'] : []),
  ])
}

/** A Deny that does not match has nothing to do with the matter; an Allow that does not match came near. */
function hasSay(one: Outcome): boolean {
  return one.denies !== 'no' || one.statement.effect !== 'Deny'
}

function evidence(one: Outcome, action: string): Evidence {
  return { at: one.statement.at, what: said(one, action) }
}

/** The boundary is worth a word where it stands in the way. */
function unlimited(boundary: readonly Outcome[], action: string, authority: Authority): readonly Evidence[] {
  if (authority.boundary === null || isUnknown(authority.boundary)) return []
  if (boundary.some(one => one.allows !== 'no')) return []
  const at = authority.boundary[0]?.at ?? 'the permissions boundary'
  return [{ at, what: `the permissions boundary does not allow \`${action}\`` }]
}

/** Whether it is open what a statement does. One that does not match does nothing, whomever it names. */
function isOpen(one: Outcome): boolean {
  return one.denies === 'unknown' || one.allows === 'unknown' || (one.allows === 'yes' && isOpenOf(one))
}

/** Whether it is open whom a statement names. */
function isOpenOf(one: Outcome): boolean {
  return [one.admission.itself, one.admission.role, one.admission.account].includes('unknown')
}

function said(one: Outcome, action: string): string {
  const name = nameOf(one.statement.sid)
  if (one.denies === 'yes') return `${name} denies \`${action}\``
  if (one.denies === 'unknown') return `${name} may deny \`${action}\`${because(one.open, 'cannot be told')}`
  const given = any([one.gives.itself, one.gives.role, one.gives.account])
  if (given === 'yes') return `${name} allows \`${action}\`${delegating(one)}`
  if (given === 'unknown') return `${name} may allow \`${action}\`${because(one.open, 'cannot be told')}`
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
  const { itself, role, account } = one.gives
  if (account === 'no' || any([itself, role]) === 'yes') return ''
  return ' to whom the IAM of the account allows it'
}

function granted(grant: Grant, action: string, matter: Matter): string {
  const { caller } = matter
  if (lists(grant, action) === 'no') return `the grant does not list \`${action}\``
  if (grantAllows(grant, action, caller) === 'unknown') return `the grant may allow \`${action}\``
  if (matter.home === 'no' && same(grant.issuer, caller.account) === 'no')
    return `the grant lists \`${action}\`, but was not issued from the account of the grantee`
  return `the grant allows \`${action}\``
}

/** Where no value is missing, AWS does not say how the statement is to be read. */
function askedOr(one: Outcome, request: Request, caller: Caller): readonly string[] {
  const values = [...asked(one, request), ...(isOpenOf(one) ? unknownTerms([caller.arn]) : [])]
  if (values.length > 0) return values
  return [`whether ${nameOf(one.statement.sid)} of ${one.statement.at} is about the request`]
}

function nameOf(sid: string | null): string {
  if (sid === null) return 'a statement'
  return `statement \`${sid}\``
}

function asked(one: Outcome, request: Request): readonly string[] {
  const { statement } = one
  const conditions = statement.conditions.filter(condition => one.open.includes(condition.key))
  return unknownTerms([
    statement.effect,
    ...(statement.principals ?? statement.notPrincipals ?? []),
    ...(statement.actions ?? statement.notActions ?? []),
    ...(statement.resources ?? statement.notResources ?? []),
    ...conditions.flatMap(condition => [...condition.values, valueIn(condition.key, request)]),
  ])
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
  const values = unknownTerms([grant.grantee, grant.issuer, ...grant.operations])
  if (values.length > 0 || grantAllows(grant, action, caller) !== 'unknown') return values
  if (isGrantee(grant, caller) === 'unknown') return [`whether the grantee of ${grant.at} is the caller`]
  return [`whether the constraint of ${grant.at} fits the request`]
}
