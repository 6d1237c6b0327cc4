import { Lazy } from 'cdktf'
import { KEY_POLICY_BYTES, policyDocument } from '../../engine/fix/merge'
import type { Json, JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'

/** What fixes add to the policy of a key. */
export function keyStatements(fixes: readonly Fix[]): readonly JsonObject[] {
  return fixes.flatMap(fix => (fix.kind === 'key-policy-statement' ? [fix.statement] : []))
}

/** What fixes add to the policies of a role or user. */
export function identityStatements(fixes: readonly Fix[]): readonly JsonObject[] {
  return fixes.flatMap(fix => (fix.kind === 'identity-statement' ? [fix.statement] : []))
}

/** Fixes, each once; grants that differ in their operations only are one. */
export function united(fixes: readonly Fix[]): readonly Fix[] {
  const operations = new Map<string, Set<Json>>()
  const grants = fixes.flatMap(fix => (isGrant(fix) ? [[alike(fix), fix] as const] : []))
  for (const [key, { values }] of grants)
    operations.set(key, new Set([...(operations.get(key) ?? []), ...(values.operations as readonly Json[])]))
  const all = fixes.map(fix => {
    if (!isGrant(fix)) return fix
    return { ...fix, values: { ...fix.values, operations: [...(operations.get(alike(fix)) ?? [])].sort() } }
  })
  return [...new Map(all.map(fix => [JSON.stringify(fix), fix])).values()]
}

/** The operations of the grants among fixes, as one grant has them. */
export function grantedOperations(fixes: readonly Fix[]): readonly string[] {
  return united(fixes)
    .filter(isGrant)
    .flatMap(({ values }) => values.operations as readonly string[])
}

type Resource = Extract<Fix, { readonly kind: 'resource' }>

function isGrant(fix: Fix): fix is Resource {
  return fix.kind === 'resource' && fix.type === 'aws_kms_grant'
}

function alike({ values, ...fix }: Resource): string {
  return JSON.stringify({ ...fix, values: { ...values, operations: [] } })
}

/** A policy as an attribute takes it, written when what its statements mention has a name: their order and Sids depend on what they say. */
export function policyText(statements: () => readonly JsonObject[]): string {
  return Lazy.stringValue({ produce: context => literalPolicy(context.resolve(statements())) })
}

/** A policy as an attribute takes it, of statements in which all is known. */
export function literalPolicy(statements: readonly JsonObject[]): string {
  return JSON.stringify(escaped(policyDocument(statements)))
}

/** The variables of a policy (`${aws:PrincipalAccount}`) are none of Terraform's. */
export function escaped(policy: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(policy).replaceAll('${aws:', '$${aws:'))
}

/** What is wrong with the length of a key policy; nothing where it is short enough. */
export function keyPolicyProblems(text: string): string[] {
  const bytes = Buffer.byteLength(text)
  if (bytes <= KEY_POLICY_BYTES) return []
  return [
    `the key policy has ${bytes} bytes, and KMS takes ${KEY_POLICY_BYTES}: admit an organization or one of its units instead of single accounts, or give the use of the key by grants`,
  ]
}
