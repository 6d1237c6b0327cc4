import type { JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { flawOf } from '../lang/grammar'
import { isUnknown } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Statement } from '../lang/statement'
import type { Truth } from '../lang/truth'
import { policies } from '../lang/written-policies'

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
    for (const policy of policies())
      yield {
        at: policy.at,
        account: policy.account,
        region: policy.region,
        isSensitive: policy.isSensitive,
        isKeyPolicy: policy.isOfKey,
        statements: policy.statements,
      }
  },

  requirements: ({ at, account, isSensitive, isKeyPolicy, statements }) => [
    {
      kind: 'holds',
      what: 'every statement of the policy is one that AWS takes',
      otherwise: statements
        .flatMap((statement, i) => flawsIn(statement, i, isKeyPolicy, isSensitive))
        .map(flaw => `${flaw.name} ${flaw.text}`)
        .join('; '),
      holds: isWellFormed(statements, isKeyPolicy),
      severity: 'error',
      fix: statements.flatMap((statement, i) =>
        flawsIn(statement, i, isKeyPolicy, isSensitive).map(
          (flaw): Fix => ({ kind: 'remove-statement', account, target: at, statement: flaw.position }),
        ),
      ),
      evidence: [],
      known: statements.flatMap(({ effect }) => (isUnknown(effect) ? [effect.unknown] : [])),
      because: 'AWS refuses the whole policy for one such statement',
    },
  ],
})

interface Flaw {
  readonly name: string
  /** By Sid, else by position. */
  readonly position: string
  readonly text: string
}

function flawsIn(statement: Statement, i: number, isKeyPolicy: boolean, isSensitive: boolean): readonly Flaw[] {
  const text = flawOf(statement, isKeyPolicy)
  if (text === null) return []
  return [{ name: nameOf(statement, i, isSensitive), position: isSensitive ? `${i}` : (statement.sid ?? `${i}`), text }]
}

function nameOf({ sid }: Statement, i: number, isSensitive: boolean): string {
  if (sid === null || isSensitive) return `statement ${i + 1}`
  return `statement \`${sid}\``
}

/** A statement that may be any, since nothing is known of it, may be one that AWS refuses. */
function isWellFormed(statements: readonly Statement[], isKeyPolicy: boolean): Truth {
  if (statements.some(statement => flawOf(statement, isKeyPolicy) !== null)) return 'no'
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
