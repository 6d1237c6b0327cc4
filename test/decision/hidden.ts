import type { Context } from '../../policies/lang/condition'
import type { Authority } from '../../policies/lang/decision'
import type { Grant } from '../../policies/lang/grant'
import { type Unknown, unknown } from '../../policies/lang/maybe'
import type { Caller } from '../../policies/lang/principal'
import type { Statement, Term } from '../../policies/lang/statement'
import { one, question, type Random } from './generate'
import { callerOf, grant, KEY, OWNER, statements } from './notation'

/** All that `decide` is asked. */
export interface Asked {
  readonly caller: Caller
  readonly action: string
  readonly context: Context
  readonly authority: Authority
}

/** A question of the differential test, sometimes with a grant. */
export function askedBy(random: Random): Asked {
  const asked = question(random)
  const caller = callerOf(asked.caller)
  return {
    caller,
    action: asked.action,
    context: asked.context,
    authority: {
      keyArn: KEY,
      keyAccount: OWNER,
      keyRegion: 'eu-central-1',
      keyPolicy: statements(asked.key, 'key'),
      identity: statements(asked.iam, 'iam'),
      boundary: asked.boundary === null ? null : statements(asked.boundary, 'boundary'),
      grants: random() < 0.3 ? [someGrant(random, asked.caller)] : [],
      otherGrants: 'no',
    },
  }
}

function someGrant(random: Random, caller: string): Grant {
  const operations = ['Decrypt', 'CreateGrant', 'DescribeKey', 'Encrypt'].filter(() => random() < 0.7)
  return grant(caller, one(random, [OWNER, caller.split(':')[4] ?? '']), operations, random() < 0.2)
}

/** Hides each thing with a chance: behind nothing, or behind the resource that it is. */
export function hide(random: Random, asked: Asked, chance: number): Asked {
  const term = (value: Term): Term => (random() < chance ? hidden(random, value) : value)
  const value = (given: Term): Term => {
    const after = term(given)
    return typeof after === 'string' ? given : after
  }
  const account = (value: string | Unknown) => (random() < chance ? unknown('an account') : value)
  const terms = (list: readonly Term[] | null) => (list === null ? null : list.map(term))
  const policy = (list: readonly Statement[] | Unknown): readonly Statement[] | Unknown =>
    random() < chance / 4 || !Array.isArray(list) ? unknown('a policy') : (list as readonly Statement[]).map(statement)
  const statement = (given: Statement): Statement => ({
    ...given,
    effect: random() < chance / 4 ? unknown('an effect') : given.effect,
    principals: terms(given.principals),
    notPrincipals: terms(given.notPrincipals),
    actions: terms(given.actions),
    notActions: terms(given.notActions),
    resources: terms(given.resources),
    notResources: terms(given.notResources),
    conditions: given.conditions.map(condition => ({ ...condition, values: condition.values.map(value) })),
  })
  const { authority, caller } = asked
  return {
    ...asked,
    caller: { ...caller, arn: term(caller.arn), account: account(caller.account) },
    context: Object.fromEntries(
      Object.entries(asked.context).map(([key, values]) => [
        key,
        random() < chance ? hiddenValues(random, values) : values,
      ]),
    ),
    authority: {
      keyArn: term(authority.keyArn),
      keyAccount: account(authority.keyAccount),
      keyRegion: account(authority.keyRegion),
      keyPolicy: policy(authority.keyPolicy),
      identity: policy(authority.identity),
      boundary: authority.boundary === null ? null : policy(authority.boundary),
      grants: authority.grants.map(given => ({
        ...given,
        grantee: term(given.grantee),
        issuer: account(given.issuer),
        operations: given.operations.map(term),
      })),
      otherGrants: random() < chance / 4 ? 'unknown' : 'no',
    },
  }
}

/** A value as one not made yet: roles, users and the key by their resource, the same one everywhere. */
function hidden(random: Random, value: Term): Term {
  const resource = typeof value === 'string' ? resourceOf(value) : null
  if (resource === null || random() < 0.3) return unknown('a value')
  if (random() < 0.3) return resource
  if (random() < 0.2) return { unknown: 'one of two', candidates: [resource, `0|${typeOf(resource)}.another`] }
  return { unknown: `${resource}.arn`, candidates: [resource] }
}

function hiddenValues(random: Random, values: readonly string[] | Unknown): Unknown {
  const value = Array.isArray(values) && values.length === 1 ? hidden(random, values[0] as string) : null
  return typeof value === 'object' && value !== null ? value : unknown('a value')
}

function typeOf(resource: string): string {
  return /aws_[a-z_]+/.exec(resource)?.[0] ?? ''
}

function resourceOf(arn: string): string | null {
  if (arn === KEY) return '0|aws_kms_key.image'
  if (/[*?]/.test(arn)) return null
  const [, account, kind, name] = /^arn:aws:iam::([0-9]+):(role|user)\/(.*)$/.exec(arn) ?? []
  if (account === undefined) return null
  return `${account}|aws_iam_${kind}.${name?.replaceAll('/', '-')}`
}
