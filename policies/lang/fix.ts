import { type JsonObject, lower } from '../intrinsics'
import type { Fix } from './finding'
import type { Key } from './key'
import { isUnknown } from './maybe'
import type { Caller } from './principal'
import type { Call } from './requirement'
import type { Term } from './statement'

/** What a trust policy allows. */
export const ASSUME = 'sts:AssumeRole'

/**
 * Statements that allow a caller the actions, in the policy of a key; CreateGrant apart, closed as AWS's own examples close it.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-service-integration
 */
export function keyPolicyFix(caller: Caller, actions: readonly string[], key: Key, call: Call): readonly Fix[] {
  return statementsFor(actions, call).map(statement => ({
    kind: 'key-policy-statement',
    account: key.account,
    target: key.label,
    statement: { ...statement, Principal: { AWS: nameOf(caller.arn) }, Resource: '*' },
  }))
}

/** Statements that allow the actions with a key, in a policy of the caller itself. */
export function identityFix(
  caller: Caller,
  actions: readonly string[],
  key: Key,
  call: Call,
  target: string,
): readonly Fix[] {
  return statementsFor(actions, call).map(statement => ({
    kind: 'identity-statement',
    account: isUnknown(caller.account) ? null : caller.account,
    target,
    statement: { ...statement, Resource: nameOf(key.arn) },
  }))
}

/** A grant of the operations on a key to a caller, made with the credentials of the caller's account, in the key's region. */
export function grantFix(caller: Caller, operations: readonly string[], key: Key): readonly Fix[] {
  return [
    {
      kind: 'resource',
      account: isUnknown(caller.account) ? null : caller.account,
      region: key.region,
      target: 'aws_kms_grant.keyreach',
      type: 'aws_kms_grant',
      values: { name: 'keyreach', key_id: nameOf(key.arn), grantee_principal: nameOf(caller.arn), operations },
    },
  ]
}

/** A replica of a multi-Region key in a region. */
export function replicaFix(key: Key, region: string): readonly Fix[] {
  return [
    {
      kind: 'resource',
      account: key.account,
      region,
      target: 'aws_kms_replica_key.keyreach',
      type: 'aws_kms_replica_key',
      values: { primary_key_arn: `\${${key.label}.arn}`, deletion_window_in_days: 30, enabled: true },
    },
  ]
}

/** A statement that lets a principal assume a role: its account, which a policy can name before the principal is there. */
export function trustFix(
  role: { readonly account: string | null; readonly address: string },
  principal: Caller,
): readonly Fix[] {
  const account = isUnknown(principal.account) ? nameOf(principal.arn) : principal.account
  const partition = nameOf(principal.arn).split(':')[1] ?? 'aws'
  return [
    {
      kind: 'trust-statement',
      account: role.account,
      target: role.address,
      statement: { Effect: 'Allow', Action: ASSUME, Principal: { AWS: `arn:${partition}:iam::${account}:root` } },
    },
  ]
}

/** A term as it is written in Terraform: its text, or the reference to the resource that it comes from. */
export function nameOf(term: Term): string {
  if (isUnknown(term)) return `\${${term.unknown}}`
  return term
}

function statementsFor(actions: readonly string[], call: Call): readonly JsonObject[] {
  const use = actions.filter(action => lower(action) !== 'kms:creategrant')
  const grants = actions.filter(action => lower(action) === 'kms:creategrant')
  return [
    ...(use.length === 0 ? [] : [{ Sid: 'KeyreachUse', Effect: 'Allow', Action: use }]),
    ...(grants.length === 0 ? [] : [{ Sid: 'KeyreachGrants', Effect: 'Allow', Action: grants, ...closing(call) }]),
  ]
}

/** What keeps CreateGrant to its purpose: grants that EC2 makes, or the one grant that is wanted. */
function closing(call: Call): JsonObject {
  if (call.kind === 'ebs') return { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }
  if (call.kind === 'sns' || isUnknown(call.grantee)) return {}
  return { Condition: { StringEquals: { 'kms:GranteePrincipal': call.grantee } } }
}
