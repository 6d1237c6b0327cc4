import type { JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { flawOf } from '../lang/grammar'
import { isUnknown } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Statement } from '../lang/statement'
import type { Truth } from '../lang/truth'
import { policies, statementId, statementName, type WrittenPolicy } from '../lang/written-policies'

/**
 * Every statement of a policy has what AWS demands of one.
 *
 * Terraform asks only whether a policy is JSON. A statement without `Effect`, `Action` or (in a key policy) `Principal`, or an identity policy's
 * with a `Principal` or without `Resource`, makes AWS refuse the whole policy, in the middle of an apply.
 */
export default rule({
  severity: 'error',
  aliases: [],
  symptoms: [
    'MalformedPolicyDocumentException: Policy contains a statement with',
    'MalformedPolicyDocument: Syntax errors in policy.',
  ],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
  ],

  *situations() {
    for (const policy of policies()) yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ at, account, policy }) => [
    {
      kind: 'holds',
      what: 'every statement of the policy is one that AWS takes',
      otherwise: policy.statements.flatMap((statement, i) => flaws(policy, statement, i)).join('; '),
      holds: isWellFormed(policy),
      severity: 'error',
      fix: policy.statements.flatMap((statement, i) =>
        flaws(policy, statement, i).map(
          (): Fix => ({ kind: 'remove-statement', account, target: at, statement: statementId(statement, i) }),
        ),
      ),
      evidence: [],
      known: policy.statements.flatMap(({ effect }) => (isUnknown(effect) ? [effect.unknown] : [])),
      because: 'AWS refuses the whole policy for one such statement',
    },
  ],
})

function flaws(policy: WrittenPolicy, statement: Statement, i: number): readonly string[] {
  const flaw = flawOf(statement, policy.isOfKey)
  if (flaw === null) return []
  return [`${statementName(policy, statement, i)} ${flaw}`]
}

/** A statement that may be any, since nothing is known of it, may be one that AWS refuses. */
function isWellFormed({ statements, isOfKey }: WrittenPolicy): Truth {
  if (statements.some(statement => flawOf(statement, isOfKey) !== null)) return 'no'
  if (statements.some(({ effect }) => isUnknown(effect))) return 'unknown'
  return 'yes'
}

const root: JsonObject = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:root' },
  Action: 'kms:*',
  Resource: '*',
}
const use: JsonObject = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }

export const examples = (): Examples => ({
  pass: {
    'each statement is whole': world(root, use),
    'a service is a principal too': world({ ...root, Principal: { Service: 'ec2.amazonaws.com' } }, use),
  },
  fail: {
    'a statement has no Effect': world(without(root, 'Effect'), use),
    'a statement of a key policy has no Principal': world(without(root, 'Principal'), use),
    'a statement has no Action': world(without(root, 'Action'), use),
    "a role's policy has no Resource": world(root, without(use, 'Resource')),
    "a role's policy names a principal": world(root, { ...use, Principal: '*' }),
  },
  unknown: {
    'nothing is known of the policy': {
      accounts: [{ id: '444455556666', resources: { 'aws_kms_key.image': { policy: later } } }],
    },
  },
})

/** A key and a role, each with a policy of one statement. */
function world(ofKey: JsonObject, ofRole: JsonObject): ExampleWorld {
  const resources = {
    'aws_kms_key.image': { policy: { Version: '2012-10-17', Statement: [ofKey] } },
    'aws_iam_role_policy.launcher': { role: 'launcher', policy: { Version: '2012-10-17', Statement: [ofRole] } },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}

function without(statement: JsonObject, element: string): JsonObject {
  return Object.fromEntries(Object.entries(statement).filter(([name]) => name !== element))
}
