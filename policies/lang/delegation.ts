import { index } from '../intrinsics'
import { callerOf, identityStatements } from './access'
import { EBS_MIN, partitionOfRegion, serviceLinkedRoleArn } from './aws'
import type { Decision } from './decision'
import type { Fix } from './finding'
import { principalArn } from './identity'
import type { Key } from './key'
import { familyUses, usesOf } from './key-uses'
import { isUnknown, type Unknown, unknown } from './maybe'
import { type Node, resourceOf, resources } from './plan'
import type { Caller } from './principal'
import { answerTo, knownIn, type Side } from './question'
import type { Call } from './requirement'
import type { Term } from './statement'
import { same } from './term'
import { all, any, type Truth } from './truth'

/*
 * A key policy gives nothing to the IAM of its account unless it says so: policies of roles and users count for a key as far as a statement
 * for the account (`arn:aws:iam::…:root`) leaves it to them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 */

/**
 * Who is given a key that EBS uses by policies of its own: the roles and users of the key's account whose policies name it, and Image
 * Builder. Through which service a role uses any other key, its policies do not say.
 */
export function comers(key: Key): readonly Caller[] {
  if (familyUses(key).length === 0) return []
  const planned = namers(key.id)
    .flatMap(resourceOf)
    .filter(node => node.account !== null && node.account === key.account)
  return [...planned.map(node => callerOf(principalArn(node))), ...imageBuilder(key)]
}

/** What of a key a caller is given by its own policies, of what EBS needs, and whether the key's policy lets it count. */
export interface Coming {
  readonly actions: readonly string[]
  readonly isLet: Truth
  /** The actions that are kept from it. */
  readonly kept: readonly string[]
  readonly known: readonly string[]
}

/** Whether what a caller's own policies give it of a key counts: as EC2 asks for it, or as it asks itself. */
export function comingOf(caller: Caller, key: Key): Coming {
  const own = decisionsOf('caller', caller, EBS_MIN, key)
  const actions = EBS_MIN.filter((_, i) => any(own.map(way => way.decisions[i]?.callerSide ?? 'no')) === 'yes')
  const ways = decisionsOf('all', caller, actions, key)
  const sides = actions.map((_, i) => any(ways.map(way => way.decisions[i]?.keySide ?? 'no')))
  return {
    actions,
    isLet: all(sides),
    kept: actions.filter((_, i) => sides[i] === 'no'),
    known: ways.flatMap(way => way.known),
  }
}

/** Whether policies of a caller's own name a key whose policy does not let them count. */
export function isKeptOut(caller: Caller, key: Key): boolean {
  return comers(key).some(one => same(one.arn, caller.arn) === 'yes') && comingOf(caller, key).isLet === 'no'
}

/** Whether anybody of the account may change the policy of a key. */
export function isChangeable(key: Key): { readonly holds: Truth; readonly known: readonly string[] } {
  const way = decided('key', someoneIn(key), ['kms:PutKeyPolicy'], key, DIRECT)
  return { holds: all(way.decisions.map(decision => decision.keySide)), known: way.known }
}

/** The statement of the default policy, which leaves a key to the IAM of its account. */
export function delegationFix(key: Key): readonly Fix[] {
  const account = key.account ?? ''
  return [
    {
      kind: 'key-policy-statement',
      account: key.account,
      target: key.label,
      statement: {
        Sid: 'EnableIAMUserPermissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partitionOfRegion(key.region ?? '')}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    },
  ]
}

interface Way {
  readonly decisions: readonly Decision[]
  readonly known: readonly string[]
}

const DIRECT: Call = { kind: 'grant', grantee: unknown('the grantee'), operations: [] }

function decisionsOf(side: Side, caller: Caller, actions: readonly string[], key: Key): readonly Way[] {
  return [
    decided(side, caller, actions, key, { kind: 'ebs', region: key.region }),
    decided(side, caller, actions, key, DIRECT),
  ]
}

function decided(side: Side, caller: Caller, actions: readonly string[], key: Key, call: Call): Way {
  const { decisions, names } = answerTo(side, caller, actions, key, call, unknown('the organization of the caller'))
  return { decisions, known: knownIn(decisions, names) }
}

function someoneIn(key: Key): Caller {
  const account: string | Unknown = key.account ?? unknown(`the account of ${key.label}`)
  return { arn: unknown(`who changes the policy of ${key.label}`), account, kind: 'account' }
}

/** Image Builder's role has its permissions from AWS, and is there where Image Builder has been at work. */
function imageBuilder(key: Key): readonly Caller[] {
  const account = key.account
  if (account === null || !usesOf(key.id).some(use => isByImageBuilder(use.target, use.account, account))) return []
  return [
    callerOf(serviceLinkedRoleArn(partitionOfRegion(key.region ?? ''), account, 'imagebuilder.amazonaws.com', null)),
  ]
}

function isByImageBuilder(target: string, user: string | null, account: string): boolean {
  return target.includes('aws_imagebuilder_') && user === account
}

/** The roles and users whose own policies name a key, by its id. */
const namers = index(function* () {
  for (const node of [...resources('aws_iam_role'), ...resources('aws_iam_user')])
    for (const id of named(node)) yield [id, node.id]
})

function named(node: Node): readonly string[] {
  const statements = identityStatements(callerOf(principalArn(node)))
  if (isUnknown(statements)) return []
  return statements
    .filter(statement => statement.effect === 'Allow')
    .flatMap(statement => (statement.resources ?? []).flatMap(keyIn))
}

function keyIn(term: Term): readonly string[] {
  if (!isUnknown(term)) return term.includes(':key/') ? [term] : []
  return term.candidates.length === 1 ? term.candidates : []
}
