import { hasEffectAcrossAccounts } from './aws'
import type { Context } from './condition'
import type { Evidence } from './finding'
import { type Grant, grantAllows } from './grant'
import { isUnknown, type Unknown } from './maybe'
import { type Entry, entriesFor, type Outcome, outcomes, ownEntries, type Request } from './outcome'
import type { Caller } from './principal'
import { evidenceOf, knownBy } from './reasons'
import type { Statement, Term } from './statement'
import { type KeyPlace, same } from './term'
import { all, any, not, type Truth, truth } from './truth'

/**
 * All that decides who may use a key. `identity` and `boundary` are the caller's; a boundary of null is none.
 * `otherGrants` is `unknown` where there may be grants that no plan shows.
 */
export interface Authority extends KeyPlace {
  readonly keyArn: Term
  readonly keyAccount: string | Unknown
  readonly keyRegion: string | Unknown
  readonly keyPolicy: readonly Statement[] | Unknown
  readonly identity: readonly Statement[] | Unknown
  readonly boundary: readonly Statement[] | Unknown | null
  readonly grants: readonly Grant[]
  readonly otherGrants: Truth
}

/** Whether a request is allowed; whether the key's side and the caller's side let it; whether anything forbids it; and why. */
export interface Decision {
  readonly allowed: Truth
  readonly keySide: Truth
  readonly callerSide: Truth
  readonly denied: Truth
  readonly evidence: readonly Evidence[]
  /** What would make an unknown answer known. */
  readonly known: readonly string[]
}

/**
 * Whether a caller may do one thing with a key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(caller: Caller, action: string, context: Context, authority: Authority): Decision {
  return decideRequest(entriesOf(caller, authority), { action, context }, caller, authority)
}

/** The same for several requests; the statements are looked through for the caller once. One decision a request, in their order. */
export function decideAll(caller: Caller, requests: readonly Request[], authority: Authority): readonly Decision[] {
  const entries = entriesOf(caller, authority)
  return requests.map(request => decideRequest(entries, request, caller, authority))
}

interface Entries {
  readonly key: readonly Entry[]
  readonly identity: readonly Entry[]
  readonly boundary: readonly Entry[]
}

function entriesOf(caller: Caller, authority: Authority): Entries {
  return {
    key: entriesFor(caller, bounded(authority.boundary), statementsIn(authority.keyPolicy)),
    identity: ownEntries(statementsIn(authority.identity)),
    boundary: ownEntries(statementsIn(authority.boundary)),
  }
}

function bounded(boundary: readonly Statement[] | Unknown | null): Truth {
  if (isUnknown(boundary)) return 'unknown'
  return truth(boundary !== null)
}

function statementsIn(policy: readonly Statement[] | Unknown | null): readonly Statement[] {
  if (policy === null || isUnknown(policy)) return []
  return policy
}

function decideRequest(entries: Entries, request: Request, caller: Caller, authority: Authority): Decision {
  const key = outcomes(entries.key, request, authority)
  const identity = outcomes(entries.identity, request, authority)
  const boundary = outcomes(entries.boundary, request, authority)
  const denied = any([
    ...[...key, ...identity, ...boundary].map(one => one.denies),
    ...policiesOf(authority).map(policy => hidden(policy)),
  ])
  const sides = sidesOf(key, identity, boundary, request.action, caller, authority)
  const allowed = all([not(denied), sides.keySide, sides.callerSide])
  return {
    allowed,
    keySide: sides.keySide,
    callerSide: sides.callerSide,
    denied,
    evidence: evidenceOf(key, identity, boundary, request.action, caller, authority),
    known: allowed === 'unknown' ? knownBy([...key, ...identity, ...boundary], request, caller, authority) : [],
  }
}

interface Sides {
  readonly keySide: Truth
  readonly callerSide: Truth
}

/**
 * Inside one account, whom the key policy or a grant names needs nothing else; whom it only delegates to needs its own IAM.
 * Across accounts both sides have to allow, and a grant is the caller's side's word only where that account issued it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
function sidesOf(
  key: readonly Outcome[],
  identity: readonly Outcome[],
  boundary: readonly Outcome[],
  action: string,
  caller: Caller,
  authority: Authority,
): Sides {
  const home = same(caller.account, authority.keyAccount)
  const policy = hidden(authority.keyPolicy)
  const itself = any([policy, ...key.map(one => all([one.allows, one.admission.itself]))])
  const role = any([policy, ...key.map(one => all([one.allows, one.admission.role]))])
  const account = any([policy, ...key.map(one => all([one.allows, one.admission.account]))])
  const grant = any([authority.otherGrants, ...authority.grants.map(one => grantAllows(one, action, caller))])
  const limits =
    authority.boundary === null ? 'yes' : any([hidden(authority.boundary), ...boundary.map(one => one.allows)])
  return {
    keySide: all([any([itself, role, account, grant]), any([home, truth(hasEffectAcrossAccounts(action))])]),
    callerSide: any([
      all([ownSide(identity, caller, authority), limits]),
      any([
        authority.otherGrants,
        ...authority.grants.map(one => all([grantAllows(one, action, caller), same(one.issuer, caller.account)])),
      ]),
      all([home, any([itself, all([role, limits]), grant])]),
    ]),
  }
}

function ownSide(identity: readonly Outcome[], caller: Caller, authority: Authority): Truth {
  if (caller.kind === 'account') return 'yes'
  return any([hidden(authority.identity), ...identity.map(one => one.allows)])
}

function policiesOf(authority: Authority): readonly (readonly Statement[] | Unknown | null)[] {
  return [authority.keyPolicy, authority.identity, authority.boundary]
}

/** What is not known may allow and may deny. */
function hidden(policy: readonly Statement[] | Unknown | null): Truth {
  if (isUnknown(policy)) return 'unknown'
  return 'no'
}
