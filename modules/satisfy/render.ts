import { Lazy } from 'cdktf'
import { isGrant, KEY_POLICY_BYTES, policyDocument, united } from '../../engine/fix/merge'
import type { JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'

/** What fixes add to the policy of a key. */
export function keyStatements(fixes: readonly Fix[]): readonly JsonObject[] {
  return fixes.flatMap(fix => (fix.kind === 'key-policy-statement' ? [fix.statement] : []))
}

/** What fixes add to the policies of a role or user. */
export function identityStatements(fixes: readonly Fix[]): readonly JsonObject[] {
  return fixes.flatMap(fix => (fix.kind === 'identity-statement' ? [fix.statement] : []))
}

/** The operations of the grants among fixes, as one grant has them. */
export function grantedOperations(fixes: readonly Fix[]): readonly string[] {
  return united(fixes)
    .filter(isGrant)
    .flatMap(({ values }) => values.operations as readonly string[])
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
