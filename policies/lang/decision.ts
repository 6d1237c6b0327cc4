import { hasEffectAcrossAccounts } from './aws'
import type { Context } from './condition'
import type { Evidence } from './finding'
import { type Grant, grantAllows, isGrantee } from './grant'
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
  /** The statements that deny it. */
  readonly denying: readonly Statement[]
  readonly evidence: readonly Evidence[]
  /** What would make an unknown answer known. */
  readonly known: readonly string[]
}

/** What is asked of one caller: all that decides, with what may be about the caller picked out. `hidden`: whether a policy is not known. */
export interface Matter {
  readonly caller: Caller
  readonly authority: Authority
  readonly key: readonly Entry[]
  readonly identity: readonly Entry[]
  readonly boundary: readonly Entry[]
  readonly grants: readonly Grant[]
  readonly home: Truth
  readonly hidden: boolean
}

/** What the statements of each policy do to a request. */
export interface Weighed {
  readonly key: readonly Outcome[]
  readonly identity: readonly Outcome[]
  readonly boundary: readonly Outcome[]
}

/**
 * Whether a caller may do one thing with a key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(caller: Caller, action: string, context: Context, authority: Authority): Decision {
  return decideRequest({ action, context }, matterOf(caller, authority))
}

/** The same for several requests; the statements are looked through for the caller once. One decision a request, in their order. */
export function decideAll(caller: Caller, requests: readonly Request[], authority: Authority): readonly Decision[] {
  const matter = matterOf(caller, authority)
  return requests.map(request => decideRequest(request, matter))
}

/** What is the same for all requests of a caller. */
function matterOf(caller: Caller, authority: Authority): Matter {
  return {
    caller,
    authority,
    key: entriesFor(caller, bounded(authority.boundary), statementsIn(authority.keyPolicy)),
    identity: ownEntries(statementsIn(authority.identity)),
    boundary: ownEntries(statementsIn(authority.boundary)),
    grants: authority.grants.filter(grant => isGrantee(grant, caller) !== 'no'),
    home: same(caller.account, authority.keyAccount),
    hidden: [authority.keyPolicy, authority.identity, authority.boundary].some(isUnknown),
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

function decideRequest(request: Request, matter: Matter): Decision {
  const weighed = {
    key: outcomes(matter.key, request, matter.authority),
    identity: outcomes(matter.identity, request, matter.authority),
    boundary: outcomes(matter.boundary, request, matter.authority),
  }
  const weighty = [...weighed.key, ...weighed.identity, ...weighed.boundary]
  const denied = deniedBy(weighty, matter.hidden)
  const { keySide, callerSide } = sidesOf(weighed, request.action, matter)
  const allowed = all([not(denied), keySide, callerSide])
  return {
    allowed,
    keySide,
    callerSide,
    denied,
    denying: weighty.filter(one => one.denies === 'yes').map(one => one.statement),
    evidence: evidenceOf(weighed, request.action, matter),
    known: isOpen(allowed, [keySide, callerSide]) ? knownBy(weighed, request, matter) : [],
  }
}

/** Whether a request, or the half of it that was asked about, is neither allowed nor refused. */
function isOpen(allowed: Truth, sides: readonly Truth[]): boolean {
  return allowed === 'unknown' || (allowed === 'no' && sides.includes('unknown'))
}

/** A policy that is not known may deny. */
function deniedBy(weighed: readonly Outcome[], hidden: boolean): Truth {
  if (weighed.some(one => one.denies === 'yes')) return 'yes'
  if (hidden || weighed.some(one => one.denies === 'unknown')) return 'unknown'
  return 'no'
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
function sidesOf(weighed: Weighed, action: string, matter: Matter): Sides {
  const { caller, authority, home } = matter
  const policy = hidden(authority.keyPolicy)
  const itself = any([policy, ...weighed.key.map(one => one.gives.itself)])
  const role = any([policy, ...weighed.key.map(one => one.gives.role)])
  const account = any([policy, ...weighed.key.map(one => one.gives.account)])
  const grant = any([authority.otherGrants, ...matter.grants.map(one => grantAllows(one, action, caller))])
  const limits = limitsOf(weighed, authority)
  return {
    keySide: all([any([itself, role, account, grant]), any([home, truth(hasEffectAcrossAccounts(action))])]),
    callerSide: any([
      all([ownSide(weighed, matter), limits]),
      ownGrant(action, matter),
      all([home, any([itself, all([role, limits]), grant])]),
    ]),
  }
}

function limitsOf(weighed: Weighed, authority: Authority): Truth {
  if (authority.boundary === null) return 'yes'
  return any([hidden(authority.boundary), ...weighed.boundary.map(one => one.allows)])
}

function ownSide(weighed: Weighed, matter: Matter): Truth {
  if (matter.caller.kind === 'account') return 'yes'
  return any([hidden(matter.authority.identity), ...weighed.identity.map(one => one.allows)])
}

/** Whether a grant that allows the action was issued from the caller's account. */
function ownGrant(action: string, matter: Matter): Truth {
  const { caller, authority, grants } = matter
  const own = grants.map(one => all([grantAllows(one, action, caller), same(one.issuer, caller.account)]))
  return any([authority.otherGrants, ...own])
}

/** What is not known may allow. */
function hidden(policy: readonly Statement[] | Unknown | null): Truth {
  if (isUnknown(policy)) return 'unknown'
  return 'no'
}
