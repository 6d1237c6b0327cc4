import { distinct, remembered } from '../intrinsics'
import { identityPlaces, isElsewhere, isPlanned, keyPolicyPlace } from './access'
import type { Membership } from './context'
import type { Decision } from './decision'
import type { Fix } from './finding'
import { identityFix, keyPolicyFix, nameOf } from './fix'
import { type Grant, isGrantee, lists } from './grant'
import { isOpenKey, type Key } from './key'
import { isUnknown, type Unknown, unknown } from './maybe'
import { membershipOf } from './organization'
import { grantsOn, mayBeGranted } from './planned-grants'
import type { Caller } from './principal'
import { answerTo, denyingIn, evidenceIn, knownIn, type Names } from './question'
import type { Audience, Call, Requirement } from './requirement'
import { bothSides, callerSide, memberOf, satisfying } from './satisfying'
import { all, any, not, type Truth } from './truth'
import { passed, type Result, undecided } from './verdict'

type Of<K extends Requirement['kind']> = Extract<Requirement, { kind: K }>

/** Tests whether a principal may do the actions with a key, all things together. */
export const judgeMay = remembered((requirement: Of<'may'>): Result => {
  const { principal, actions, key, call } = requirement
  if (isOpenKey(key)) return undecidedKey(principal, actions, key)
  const { decisions, names } = answerTo('all', principal, actions, key, call, membershipFor(principal))
  const open = actions.filter((_, i) => decisions[i]?.allowed === 'unknown')
  const refused = actions.filter((_, i) => decisions[i]?.allowed === 'no')
  const who = principalName(principal)
  const evidence = evidenceIn(decisions, names)
  if (refused.length > 0)
    return refusal(
      requirement,
      refused,
      decisions.filter(decision => decision.allowed === 'no'),
      names,
    )
  if (open.length > 0)
    return {
      ...undecided(
        `whether ${who} may ${listed(open)} with \`${key.label}\` cannot be told`,
        evidence,
        knownIn(decisions, names),
      ),
      fix: asked(requirement, decisions),
    }
  return passed(`${who} may ${listed(actions)} with \`${key.label}\``, evidence)
})

/** Tests whether the principal's own policies allow it the actions with a key. */
export function judgeAllowedByIdentity(requirement: Of<'allowed-by-identity'>): Result {
  const { principal, actions, key, call } = requirement
  if (isOpenKey(key)) return undecidedKey(principal, actions, key)
  const { decisions, names } = answerTo('caller', principal, actions, key, call, membershipFor(principal))
  const sides = decisions.map(decision => all([decision.callerSide, not(decision.denied)]))
  const refused = actions.filter((_, i) => sides[i] === 'no')
  const open = actions.filter((_, i) => sides[i] === 'unknown')
  const who = principalName(principal)
  if (refused.length > 0)
    return callerRefusal(
      requirement,
      refused,
      decisions.filter((_, i) => sides[i] === 'no'),
      names,
    )
  if (open.length > 0)
    return {
      ...undecided(
        `whether the policies of ${who} allow ${listed(open)} with \`${key.label}\` cannot be told`,
        evidenceIn(decisions, names),
        knownIn(decisions, names),
      ),
      fix: askedOfCaller(requirement, open),
    }
  return passed(`the policies of ${who} allow ${listed(actions)} with \`${key.label}\``, evidenceIn(decisions, names))
}

/** Tests whether a key's policy lets in everyone of an audience whom their own account lets. */
export function judgeAdmits(requirement: Of<'admits'>): Result {
  const { audience, actions, key, region } = requirement
  if (audience.kind === 'unknown')
    return undecided('with whom the image is shared cannot be told', [], [audience.unknown])
  const member = memberOf(audience, key)
  const call: Call = { kind: 'ebs', region }
  const { decisions, names } = answerTo('key', member, actions, key, call, membershipIn(audience))
  const sides = decisions.map(decision => all([decision.keySide, not(decision.denied)]))
  const refused = actions.filter((_, i) => sides[i] === 'no')
  const open = actions.filter((_, i) => sides[i] === 'unknown')
  const whom = audienceName(audience)
  const denying = denyingIn(
    decisions.filter(decision => decision.denied === 'yes'),
    names,
  )
  if (refused.length > 0)
    return {
      verdict: 'fail',
      at: null,
      account: null,
      message: `the policy of \`${key.label}\` does not allow ${listed(refused)} to ${whom}`,
      refusal: denying.length > 0 ? 'deny' : 'key',
      fix: denying.length > 0 ? distinct(denying).map(removal) : satisfying({ ...requirement, actions: refused }),
      evidence: evidenceIn(decisions, names),
      known: [],
    }
  if (open.length > 0)
    return {
      ...undecided(
        `whether the policy of \`${key.label}\` allows ${listed(open)} to ${whom} cannot be told`,
        evidenceIn(decisions, names),
        knownIn(decisions, names),
      ),
      fix: isElsewhere(key) ? satisfying({ ...requirement, actions: open }) : [],
    }
  return passed(`the policy of \`${key.label}\` allows ${listed(actions)} to ${whom}`, evidenceIn(decisions, names))
}

/** Tests whether a grant on a key gives a principal the operations. */
export function judgeHoldsGrant(requirement: Of<'holds-grant'>): Result {
  const { principal, operations, key } = requirement
  const grants = grantsOn(key).filter(grant => isGrantee(grant, principal) !== 'no')
  const covering = any(grants.map(grant => all([isGrantee(grant, principal), covers(grant, operations)])))
  const held = any([covering, mayBeGranted(key, principal.arn)])
  const who = principalName(principal)
  const evidence = grants.map(grant => ({ at: grant.at, what: `grants ${listed(grant.operations.map(nameOf))}` }))
  if (held === 'yes') return passed(`a grant on \`${key.label}\` gives ${who} ${listed(operations)}`, evidence)
  if (held === 'unknown')
    return undecided(
      `whether a grant on \`${key.label}\` gives ${who} ${listed(operations)} cannot be told`,
      evidence,
      [`the key of a grant to ${who}`],
    )
  return {
    verdict: 'fail',
    at: null,
    account: null,
    message: `no grant on \`${key.label}\` gives ${who} ${listed(operations)}`,
    fix: satisfying(requirement),
    evidence,
    known: [],
  }
}

/** What has to be asked of the accounts of which no plan shows the key or the principal: what each has to allow, if it does not yet. */
function asked(requirement: Of<'may'>, decisions: readonly Decision[]): readonly Fix[] {
  const { principal, actions, key, call } = requirement
  if (isUnknown(principal.arn)) return []
  const ofKey = actions.filter((_, i) => decisions[i]?.keySide === 'unknown')
  const ofCaller = actions.filter((_, i) => decisions[i]?.callerSide === 'unknown')
  const keyFix = isElsewhere(key) ? keyPolicyFix(principal, ofKey, key, call) : []
  // Within one account the key's policy is enough.
  if (keyFix.length > 0 && principal.account === key.account) return keyFix
  return [...keyFix, ...askedOfCaller(requirement, ofCaller)]
}

function askedOfCaller(requirement: Of<'may'> | Of<'allowed-by-identity'>, actions: readonly string[]): readonly Fix[] {
  const { principal, key, call } = requirement
  if (isPlanned(principal) || principal.kind === 'service-linked-role') return []
  if (!isUnknown(principal.arn)) return identityFix(principal, actions, key, call, principal.arn)
  if (principal.arn.candidates.length > 0 || isUnknown(principal.account)) return []
  return identityFix(
    principal,
    actions,
    key,
    call,
    call.kind === 'grant' ? 'whoever makes the grant' : 'whoever launches',
  )
}

/** Of a key of which it is not known which it is, nothing else can be told. */
function undecidedKey(principal: Caller, actions: readonly string[], key: Key): Result {
  return undecided(
    `whether ${principalName(principal)} may ${listed(actions)} with the key cannot be told: which it is is not known`,
    [],
    [key.label],
  )
}

/** How messages call a principal. */
function principalName({ arn, account }: Caller): string {
  if (isUnknown(arn) && arn.candidates.length === 0)
    return isUnknown(account) ? 'a principal that is not known' : `whoever uses it in account ${account}`
  return `\`${nameOf(arn)}\``
}

function covers(grant: Grant, operations: readonly string[]): Truth {
  return all(operations.map(operation => lists(grant, `kms:${operation}`)))
}

function membershipFor(caller: Caller): Membership | Unknown {
  if (isUnknown(caller.account)) return unknown('the organization of the caller')
  return membershipOf(caller.account)
}

/** What refuses the actions: a deny, the key's side, or the caller's; with the place to mend. */
function refusal(
  requirement: Of<'may'>,
  refused: readonly string[],
  decisions: readonly Decision[],
  names: Names,
): Result {
  const { principal, key } = requirement
  if (decisions.some(decision => decision.denied === 'yes')) return denial(requirement, refused, decisions, names)
  if (decisions.every(decision => decision.keySide !== 'no') && principal.kind !== 'service-linked-role')
    return callerRefusal(requirement, refused, decisions, names)
  const ofKey = refused.filter((_, i) => decisions[i]?.keySide === 'no' || principal.kind === 'service-linked-role')
  const ofCaller = refused.filter((_, i) => decisions[i]?.callerSide === 'no')
  const place = keyPolicyPlace(key)
  const isService = principal.kind === 'service-linked-role'
  return {
    verdict: 'fail',
    at: isService ? null : place.at,
    account: isService ? null : place.account,
    message: `${principalName(principal)} may not ${listed(refused)} with \`${key.label}\`: the key policy does not allow it`,
    refusal: 'key',
    fix: bothSides(requirement, ofKey, ofCaller),
    evidence: evidenceIn(decisions, names),
    known: [],
  }
}

function denial(
  requirement: Of<'may'> | Of<'allowed-by-identity'>,
  refused: readonly string[],
  decisions: readonly Decision[],
  names: Names,
): Result {
  const { principal, key } = requirement
  const denying = denyingIn(decisions, names)
  return {
    verdict: 'fail',
    at: (denying[0] ?? '').split('\n')[0] ?? null,
    account: null,
    message: `${principalName(principal)} is denied ${listed(refused)} with \`${key.label}\``,
    refusal: 'deny',
    fix: distinct(denying).map(removal),
    evidence: evidenceIn(decisions, names),
    known: [],
  }
}

function callerRefusal(
  requirement: Of<'may'> | Of<'allowed-by-identity'>,
  refused: readonly string[],
  decisions: readonly Decision[],
  names: Names,
): Result {
  const { principal, key } = requirement
  if (decisions.some(decision => decision.denied === 'yes')) return denial(requirement, refused, decisions, names)
  const place = identityPlaces(principal, key)[0] ?? null
  return {
    verdict: 'fail',
    at: place?.at ?? null,
    account: place?.account ?? null,
    message: `no policy of ${principalName(principal)} allows ${listed(refused)} with \`${key.label}\``,
    refusal: 'own',
    fix: callerSide(requirement, refused),
    evidence: evidenceIn(decisions, names),
    known: [],
  }
}

/** Takes out a statement, named by the place of its policy and, on a line of its own, its Sid. */
function removal(statement: string): Fix {
  const parts = statement.split('\n')
  return { kind: 'remove-statement', account: null, target: parts[0] ?? '', statement: parts[1] ?? '' }
}

function membershipIn(audience: Audience): Membership | Unknown {
  if (audience.kind === 'account') return membershipOf(audience.id)
  if (audience.kind === 'principal') return membershipFor(audience.caller)
  if (audience.kind === 'organization') return { id: audience.id, path: `${audience.id}/` }
  if (audience.kind === 'unit')
    return { id: audience.organization, path: `${audience.organization}/r-/${audience.id}/` }
  return unknown('the organization')
}

function audienceName(audience: Audience): string {
  if (audience.kind === 'account') return `account ${audience.id}`
  if (audience.kind === 'principal') return principalName(audience.caller)
  if (audience.kind === 'organization') return `organization ${audience.id}`
  if (audience.kind === 'unit') return `organizational unit ${audience.id}`
  return audience.unknown
}

function listed(names: readonly string[]): string {
  return names.map(name => `\`${name}\``).join(', ')
}
