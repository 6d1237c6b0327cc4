import type { JsonObject } from '../../policies/intrinsics'

/**
 * Whoever has Terraform make a grant reads it again with ListGrants, and takes it back with RevokeGrant.
 * https://github.com/hashicorp/terraform-provider-aws/issues/4141
 */
export function grantManagement(elements: JsonObject): JsonObject {
  return { Sid: 'KeyreachGrantManagement', Effect: 'Allow', Action: ['kms:ListGrants', 'kms:RevokeGrant'], ...elements }
}
