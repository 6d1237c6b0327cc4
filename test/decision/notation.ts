import type { JsonObject } from '../../policies/intrinsics'
import { accountOf } from '../../policies/lang/aws'
import type { Context } from '../../policies/lang/condition'
import { type Authority, type Decision, decide } from '../../policies/lang/decision'
import type { Grant } from '../../policies/lang/grant'
import type { Unknown } from '../../policies/lang/maybe'
import { statementsOf } from '../../policies/lang/policy'
import type { Caller } from '../../policies/lang/principal'
import type { Statement, Term } from '../../policies/lang/statement'

/** A compact way to write what a decision is asked: policies as AWS writes them, and the rest with defaults. */

export const OWNER = '444455556666'
export const CONSUMER = '111122223333'
export const KEY = `arn:aws:kms:eu-central-1:${OWNER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`

export const root = (account: string): string => `arn:aws:iam::${account}:root`
export const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`
export const user = (account: string, name: string): string => `arn:aws:iam::${account}:user/${name}`
export const slr = (account: string): string =>
  role(account, 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling')

type Elements = { readonly [element: string]: JsonObject[string] }

/** A statement of a key policy. */
export function allow(principal: string | readonly string[], action: string | readonly string[], more: Elements = {}) {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*', ...more }
}

/** A statement of a key policy that forbids. */
export function deny(principal: string | readonly string[], action: string | readonly string[], more: Elements = {}) {
  return { ...allow(principal, action, more), Effect: 'Deny' }
}

/** A statement of an identity policy or boundary. */
export function may(action: string | readonly string[], resource: string | readonly string[], more: Elements = {}) {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more }
}

/** A statement of an identity policy or boundary that forbids. */
export function mayNot(action: string | readonly string[], resource: string | readonly string[], more: Elements = {}) {
  return { ...may(action, resource, more), Effect: 'Deny' }
}

export function grant(
  grantee: Term,
  issuer: string | Unknown,
  operations: readonly Term[],
  constrained = false,
): Grant {
  return { grantee, issuer, operations, constrained, at: 'aws_kms_grant.a' }
}

export function statements(list: readonly JsonObject[], at: string): readonly Statement[] {
  return statementsOf({ Version: '2012-10-17', Statement: list }, at)
}

export interface Asked {
  readonly caller: string | Caller
  readonly action?: string
  readonly context?: Context
  readonly key?: readonly JsonObject[] | Unknown
  readonly iam?: readonly JsonObject[] | Unknown
  readonly boundary?: readonly JsonObject[] | Unknown | null
  readonly grants?: readonly Grant[]
  readonly authority?: Partial<Authority>
}

/** Whether the caller (an ARN, or in full) may `kms:Decrypt` with a key of OWNER. */
export function ask(asked: Asked): Decision {
  const caller = typeof asked.caller === 'string' ? callerOf(asked.caller) : asked.caller
  return decide(caller, asked.action ?? 'kms:Decrypt', asked.context ?? {}, {
    keyArn: KEY,
    keyAccount: OWNER,
    keyRegion: 'eu-central-1',
    keyPolicy: policy(asked.key ?? [], 'aws_kms_key.image.policy'),
    identity: policy(asked.iam ?? [], 'aws_iam_role_policy.a.policy'),
    boundary: (asked.boundary ?? null) === null ? null : policy(asked.boundary ?? [], 'aws_iam_policy.boundary.policy'),
    grants: asked.grants ?? [],
    otherGrants: 'no',
    ...asked.authority,
  })
}

export function callerOf(arn: string): Caller {
  return { arn, account: accountOf(arn), kind: kindOf(arn) }
}

function kindOf(arn: string): Caller['kind'] {
  if (arn.endsWith(':root')) return 'account'
  if (arn.includes(':user/')) return 'user'
  if (arn.includes('/aws-service-role/')) return 'service-linked-role'
  return 'role'
}

function policy(given: readonly JsonObject[] | Unknown, at: string): readonly Statement[] | Unknown {
  if (Array.isArray(given)) return statements(given, at)
  return given as Unknown
}
