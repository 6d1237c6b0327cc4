import { distinct, remembered } from '../intrinsics'
import { authorityOver } from './access'
import { directContext, ebsCommon, ebsOwn, type KeyFacts, type Membership, snsContext } from './context'
import { type Authority, type Decision, decideAll } from './decision'
import type { Evidence } from './finding'
import { factsOf, type Key } from './key'
import { isUnknown, type Unknown, unknown } from './maybe'
import type { Request } from './outcome'
import { statementsOf } from './policy'
import type { Caller } from './principal'
import type { Call } from './requirement'
import type { Statement } from './statement'

/*
 * Plans make many keys and groups of one mould. What is asked of them is the same but for names; it is decided once, in general terms,
 * and the names are put into the answer afterwards.
 */

/** What stands for the key, for where its policy stands, and for a caller of whom nothing is known. */
const KEY = '⟨key⟩'
const KEY_POLICY = '⟨key policy⟩'
const CALLER = '⟨caller⟩'

/** Where policies stand that nobody wrote: of a caller whose own allow everything, so that the key's policy alone decides. */
const NOWHERE = '⟨nowhere⟩'

/** What is decided upon: all that may, or the caller's own policies, or the key's policy alone. */
export type Side = 'all' | 'caller' | 'key'

/** Decisions in general terms, one an action, and the names that belong in them. */
export interface Answer {
  readonly decisions: readonly Decision[]
  readonly names: Names
}

export interface Names {
  readonly key: string
  readonly keyPolicy: string
  readonly caller: string
}

interface Question {
  readonly caller: Caller
  readonly actions: readonly string[]
  readonly call: Call
  readonly region: string | Unknown
  readonly key: KeyFacts
  readonly organization: Membership | Unknown
  readonly authority: Authority
}

/** Whether a caller may do each of some actions with a key. */
export function answerTo(
  side: Side,
  caller: Caller,
  actions: readonly string[],
  key: Key,
  call: Call,
  organization: Membership | Unknown,
): Answer {
  const some: Key = { ...key, label: KEY, others: [] }
  const someone = isNobodyKnown(caller) ? { ...caller, arn: unknown(CALLER), account: unknown(CALLER) } : caller
  const authority = sided(side, authorityOver(some, someone))
  return {
    decisions: answers({
      caller: someone,
      actions,
      call,
      region: (call.kind === 'grant' ? null : call.region) ?? unknown(`the region of ${KEY}`),
      key: factsOf(some),
      organization,
      authority: placeless(authority),
    }),
    names: {
      key: key.label,
      keyPolicy: placeOf(authority.keyPolicy).split('⟨key⟩').join(key.label),
      caller: isUnknown(caller.arn) ? caller.arn.unknown : '',
    },
  }
}

/** The evidence of decisions, with names. */
export function evidenceIn(decisions: readonly Decision[], names: Names): readonly Evidence[] {
  return decisions.flatMap(decision =>
    decision.evidence
      .filter(one => one.at !== NOWHERE)
      .map(one => (one.at === KEY_POLICY ? { at: names.keyPolicy, what: one.what } : one)),
  )
}

/** What would make the decisions known, with names. */
export function knownIn(decisions: readonly Decision[], names: Names): readonly string[] {
  return distinct(distinct(decisions.flatMap(decision => decision.known)).map(text => named(text, names)))
}

/** The statements that deny, each its place and, on a line of its own, its Sid. */
export function denyingIn(decisions: readonly Decision[], names: Names): readonly string[] {
  return decisions.flatMap(decision =>
    decision.denying.map(one => `${one.at === KEY_POLICY ? names.keyPolicy : one.at}\n${one.sid ?? ''}`),
  )
}

const answers = remembered((question: Question): readonly Decision[] =>
  decideAll(question.caller, requestsOf(question), question.authority),
)

function named(text: string, names: Names): string {
  return text
    .split('⟨key⟩')
    .join(names.key)
    .split('⟨key policy⟩')
    .join(names.keyPolicy)
    .split('⟨caller⟩')
    .join(names.caller)
}

/** Whether nothing is known of a caller, not even from which resource it is. */
function isNobodyKnown({ arn, account }: Caller): boolean {
  return isUnknown(arn) && arn.candidates.length === 0 && isUnknown(account) && account.unknown === arn.unknown
}

const EVERYTHING = statementsOf({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }, NOWHERE)

function sided(side: Side, authority: Authority): Authority {
  if (side === 'caller') return { ...authority, keyPolicy: [] }
  if (side === 'key') return { ...authority, identity: EVERYTHING, boundary: null, grants: [], otherGrants: 'no' }
  return authority
}

/** An authority that does not say where the key's policy stands, nor, where all statements are about all keys, what the key is called. */
function placeless(authority: Authority): Authority {
  const { keyPolicy, identity, boundary } = authority
  return {
    ...authority,
    keyArn: [keyPolicy, identity, boundary].every(isForAllKeys) ? '*' : authority.keyArn,
    keyPolicy: isUnknown(keyPolicy) ? keyPolicy : keyPolicy.map(statement => ({ ...statement, at: KEY_POLICY })),
  }
}

function isForAllKeys(policy: readonly Statement[] | Unknown | null): boolean {
  if (policy === null || isUnknown(policy)) return true
  return policy.every(statement => (statement.resources ?? []).includes('*'))
}

function placeOf(policy: readonly Statement[] | Unknown): string {
  if (isUnknown(policy)) return ''
  return policy[0]?.at ?? ''
}

function requestsOf(question: Question): readonly Request[] {
  const { caller, actions, call, region, key, organization } = question
  if (call.kind === 'grant')
    return actions.map(action => ({
      action,
      context: directContext(caller, action, call.grantee, call.operations, key, organization),
    }))
  if (call.kind === 'sns')
    return actions.map(action => ({ action, context: snsContext(caller, region, key, organization) }))
  const common = ebsCommon(caller, region, key, organization)
  return actions.map(action => ({ action, context: { ...common, ...ebsOwn(caller, action, region) } }))
}
