import type { JsonObject } from '../intrinsics'
import { accountOf, partitionOf } from '../lang/aws'
import type { Fix } from '../lang/finding'
import { nameOf } from '../lang/fix'
import { isUnknown } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import type { Statement, Term } from '../lang/statement'
import { isIdentity } from '../lang/term'
import { any, not, type Truth, truth } from '../lang/truth'
import { policies, statementId, statementName, type WrittenPolicy } from '../lang/written-policies'

/**
 * A principal in a key policy is everybody or one ARN, never a pattern.
 *
 * `Principal` knows no wildcard inside an ARN: AWS refuses `role/app-*` as an invalid principal. Who means several roles names their account
 * (or everybody) and closes the statement with `ArnLike` on `aws:PrincipalArn`, which also outlives a role that is made again.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-no-partial-principal-wildcard'],
  symptoms: ['MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],

  *situations() {
    for (const policy of policies())
      if (policy.isOfKey) yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ at, account, policy }) => [
    {
      kind: 'holds',
      what: 'no principal of the policy is a pattern',
      otherwise: policy.statements
        .flatMap((statement, i) => patternsIn(statement).map(pattern => patternText(policy, statement, i, pattern)))
        .join('; '),
      holds: not(any(policy.statements.flatMap(principalsOf).map(isPattern))),
      severity: 'error',
      fix: policy.isSensitive ? [] : policy.statements.flatMap((statement, i) => mended(statement, i, at, account)),
      evidence: [],
      known: policy.statements.flatMap(openPrincipals),
      because: 'AWS refuses a policy with a wildcard inside a principal',
    },
  ],
})

function principalsOf({ principals, notPrincipals }: Statement): readonly Term[] {
  return [...(principals ?? []), ...(notPrincipals ?? [])]
}

/** A principal that comes from a resource is that resource's ARN, whatever it will be. */
function isPattern(principal: Term): Truth {
  if (isUnknown(principal)) return isIdentity(principal) ? 'no' : 'unknown'
  return truth(principal !== '*' && (principal.includes('*') || principal.includes('?')))
}

function patternsIn(statement: Statement): readonly string[] {
  return principalsOf(statement).flatMap(principal =>
    isUnknown(principal) || isPattern(principal) !== 'yes' ? [] : [principal],
  )
}

function openPrincipals(statement: Statement): readonly string[] {
  return principalsOf(statement).flatMap(principal =>
    isUnknown(principal) && isPattern(principal) === 'unknown' ? [principal.unknown] : [],
  )
}

function patternText(policy: WrittenPolicy, statement: Statement, i: number, pattern: string): string {
  const name = statementName(policy, statement, i)
  if (policy.isSensitive) return `${name} has a wildcard in a principal`
  return `${name} has a wildcard in the principal \`${pattern}\``
}

/** The accounts of all principals, closed by a condition to what was meant. */
function mended(statement: Statement, i: number, target: string, account: string | null): readonly Fix[] {
  if (patternsIn(statement).length === 0) return []
  const meant = principalsOf(statement)
  const set: JsonObject = {
    Principal: { AWS: meant.map(homeOf) },
    Condition: { ArnLike: { 'aws:PrincipalArn': meant.map(patternOf) } },
  }
  return [{ kind: 'edit-statement', account, target, statement: statementId(statement, i), drop: [], set }]
}

/** The account of a principal; everybody where that is a pattern too. */
function homeOf(principal: Term): string {
  if (isUnknown(principal) || !/^[0-9]{12}$/u.test(accountOf(principal))) return '*'
  return `arn:${partitionOf(principal)}:iam::${accountOf(principal)}:root`
}

/** In a condition the ARN of an account means its root user alone. */
function patternOf(principal: Term): string {
  if (isUnknown(principal) || !principal.endsWith(':root')) return nameOf(principal)
  return principal.replaceAll(':root', ':*')
}

const owner = 'arn:aws:iam::444455556666:root'

export const examples = (): Examples => ({
  pass: {
    'each principal is one ARN': world([owner, 'arn:aws:iam::444455556666:role/launcher']),
    'everybody is meant': world(['*'], { 'kms:CallerAccount': '444455556666' }),
  },
  fail: {
    'a role is a pattern': world([owner, 'arn:aws:iam::111122223333:role/launch*']),
  },
  unknown: {
    'a principal is not known until apply': world([owner, later]),
  },
})

/** A key that these principals may use. */
function world(identifiers: readonly (typeof later)[], condition: JsonObject = {}): ExampleWorld {
  const statement = {
    sid: 'Use',
    effect: 'Allow',
    actions: ['kms:Decrypt'],
    resources: ['*'],
    principals: [{ type: 'AWS', identifiers }],
    condition: Object.entries(condition).map(([variable, value]) => ({
      test: 'StringEquals',
      variable,
      values: [value],
    })),
  }
  const resources = {
    'data.aws_iam_policy_document.image': { statement: [statement] },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.image', 'json') },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
