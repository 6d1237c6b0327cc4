import { type Json, lower } from '../intrinsics'
import { isMultivalued } from '../lang/condition'
import type { Fix } from '../lang/finding'
import { nameOf } from '../lang/fix'
import { isUnknown } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import type { Condition, Statement } from '../lang/statement'
import type { Truth } from '../lang/truth'
import { policies, statementId, statementName, type WrittenPolicy } from '../lang/written-policies'

/**
 * A condition over sets of values is on a key that has sets of values.
 *
 * `ForAllValues` is true of a request that does not carry the key at all. On a key of one value it turns a condition of an Allow into none for all
 * requests without that key. Of `kms:EncryptionContext:…` KMS refuses it. The plain operator says what was meant.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-set-operators'],
  symptoms: [
    'OverlyPermissiveCondition:EncryptionContext: Using the ForAllValues set operator with a single-valued condition key matches requests without the specified encryption context',
  ],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
  ],

  *situations() {
    for (const policy of policies())
      if (policy.statements.some(isConcerned))
        yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ at, account, policy }) => [
    {
      kind: 'holds',
      what: 'no set operator is on a key of one value',
      otherwise: policy.statements.flatMap((statement, i) => flaws(policy, statement, i)).join('; '),
      holds: areFitting(policy),
      severity: policy.statements.some(statement => statement.conditions.some(isRefused)) ? 'error' : 'warning',
      fix: policy.isSensitive ? [] : policy.statements.flatMap((statement, i) => mended(statement, i, at, account)),
      evidence: [],
      known: policy.statements.flatMap((statement, i) => holesIn(policy, statement, i)),
      because:
        '`ForAllValues` holds of a request that does not carry the key; KMS refuses it of the encryption context',
    },
  ],
})

function holesIn(policy: WrittenPolicy, statement: Statement, i: number): readonly string[] {
  const name = statementName(policy, statement, i)
  return [
    ...(isUnknown(statement.effect) ? [statement.effect.unknown] : []),
    ...(statement.conditions.some(isOpen) ? [`the operator and key of the condition in ${name} of ${policy.at}`] : []),
  ]
}

/** Whether a statement has set operators, or may have. */
function isConcerned({ effect, conditions }: Statement): boolean {
  return isUnknown(effect) || conditions.some(condition => isOfSets(condition) || isOpen(condition))
}

function isOfSets({ operator }: Condition): boolean {
  return lower(operator).startsWith('forallvalues:') || lower(operator).startsWith('foranyvalue:')
}

/** A condition whose operator or key is not known until apply. */
function isOpen({ operator, key }: Condition): boolean {
  return operator === '' || (key === '' && isOfSets({ operator, key, values: [] }))
}

function isRefused({ operator, key }: Condition): boolean {
  return lower(operator).startsWith('forallvalues:') && lower(key).startsWith('kms:encryptioncontext:')
}

/** On a Deny `ForAllValues` denies more, which is on the safe side. */
function isLoose(condition: Condition, { effect }: Statement): boolean {
  if (!isOfSets(condition) || condition.key === '' || isMultivalued(condition.key)) return false
  if (isRefused(condition) || lower(condition.operator).startsWith('foranyvalue:')) return true
  return !isUnknown(effect) && effect !== 'Deny'
}

function areFitting({ statements }: WrittenPolicy): Truth {
  if (statements.some(statement => statement.conditions.some(condition => isLoose(condition, statement)))) return 'no'
  if (statements.some(({ effect, conditions }) => isUnknown(effect) || conditions.some(isOpen))) return 'unknown'
  return 'yes'
}

function flaws(policy: WrittenPolicy, statement: Statement, i: number): readonly string[] {
  return statement.conditions
    .filter(condition => isLoose(condition, statement))
    .map(
      ({ operator, key }) =>
        `${statementName(policy, statement, i)} has \`${operator}\` on \`${key}\`, a key of one value`,
    )
}

/** The plain operator in place of the one over sets. */
function mended(statement: Statement, i: number, target: string, account: string | null): readonly Fix[] {
  return statement.conditions
    .filter(condition => isLoose(condition, statement))
    .map(({ operator, key, values }) => ({
      kind: 'edit-statement',
      account,
      target,
      statement: statementId(statement, i),
      drop: [`Condition.${operator}.${key}`],
      set: { Condition: { [operator.split(':')[1] ?? 'StringEquals']: { [key]: values.map(nameOf) } } },
    }))
}

export const examples = (): Examples => ({
  pass: {
    'the key has several values': world('ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', ['aws:ebs:id']),
    'there is a key of the grant': world('ForAllValues:StringEquals', 'kms:GrantOperations', ['Decrypt']),
    'a Deny is wider than it reads': world(
      'ForAllValues:StringNotEquals',
      'aws:PrincipalAccount',
      ['444455556666'],
      'Deny',
    ),
  },
  fail: {
    'an Allow holds of whatever does not carry the key': world('ForAllValues:Bool', 'kms:GrantIsForAWSResource', [
      'true',
    ]),
    'KMS refuses it of the encryption context': world('ForAllValues:StringLike', 'kms:EncryptionContext:aws:ebs:id', [
      'vol-*',
    ]),
    'any value of a key of one value': world('ForAnyValue:StringEquals', 'kms:CallerAccount', ['444455556666']),
  },
  unknown: {
    'the operator is not known until apply': world(later, 'kms:CallerAccount', ['444455556666']),
  },
})

/** A key whose policy has a statement with this condition. */
function world(test: Json, variable: string, values: readonly string[], effect = 'Allow'): ExampleWorld {
  const statement = {
    sid: 'Use',
    effect,
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::444455556666:root'] }],
    condition: [{ test, variable, values }],
  }
  const resources = {
    'data.aws_iam_policy_document.image': { statement: [statement] },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.image', 'json') },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
