import type { JsonObject } from '../../policies/intrinsics'
import { callerOf } from '../../policies/lang/access'
import type { Fix } from '../../policies/lang/finding'
import { trustFix } from '../../policies/lang/fix'
import { literalPolicy } from './render'

/** The trust policy of a role that principals assume, each by the account that it is of. */
export function assumedByAccountsOf(arns: readonly string[]): string {
  return literalPolicy(arns.flatMap(arn => trustStatements(trustFix({ account: null, address: '' }, callerOf(arn)))))
}

/** The trust policy of a role that a service of AWS assumes. */
export function assumedByService(service: string): string {
  return literalPolicy([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }])
}

/** The trust policy of a role that these principals assume, and nobody else of their accounts. */
export function assumedBy(arns: readonly string[]): string {
  return literalPolicy([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: [...arns] } }])
}

function trustStatements(fixes: readonly Fix[]): readonly JsonObject[] {
  return fixes.flatMap(fix => (fix.kind === 'trust-statement' ? [fix.statement] : []))
}
