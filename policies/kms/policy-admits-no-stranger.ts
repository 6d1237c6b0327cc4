import { distinct, type Json, type JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import type { Statement } from '../lang/statement'
import { admitsStrangers, askedOfStrangers, isOpenAllow } from '../lang/stranger'
import { not } from '../lang/truth'
import { policies, statementId, statementName, type WrittenPolicy } from '../lang/written-policies'

/**
 * A key policy that names everybody is closed by a condition that strangers do not meet.
 *
 * With the principal `*` a statement is for every account of AWS. `kms:CallerAccount`, `aws:PrincipalOrgID`, `aws:PrincipalAccount` or
 * `aws:PrincipalArn` closes it. `kms:ViaService` alone does not: anybody's EC2 comes through EC2. AWS takes such a policy without a word, and
 * examples of it, without any condition, are copied from documentation.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-no-open-principal'],
  symptoms: [],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous',
  ],

  *situations() {
    for (const policy of policies())
      if (policy.isOfKey && policy.statements.some(isOpenAllow))
        yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ at, account, policy }) => [
    {
      kind: 'holds',
      what: 'the policy lets no stranger use the key',
      otherwise: `${openStatements(policy)
        .map(({ name }) => name)
        .join(' and ')} of the policy lets anybody of any account use the key`,
      holds: not(admitsStrangers(policy, policy.statements.filter(isOpenAllow))),
      severity: 'error',
      fix: openStatements(policy).map(
        ({ id }): Fix => ({
          kind: 'edit-statement',
          account,
          target: at,
          statement: id,
          drop: [],
          set: closing(account),
        }),
      ),
      evidence: [],
      known: distinct(askedOfStrangers(policy, policy.statements.filter(isOpenAllow))),
      because: 'nothing but a condition keeps the accounts of others out where a policy names everybody',
    },
  ],
})

interface Open {
  readonly name: string
  readonly id: string
}

/** The statements that let strangers in by themselves. */
function openStatements(policy: WrittenPolicy): readonly Open[] {
  return policy.statements.flatMap((statement, i) => {
    if (!isOpenAllow(statement) || admitsStrangers(policy, [statement]) !== 'yes') return []
    return [opened(policy, statement, i)]
  })
}

function opened(policy: WrittenPolicy, statement: Statement, i: number): Open {
  return { name: statementName(policy, statement, i), id: statementId(statement, i) }
}

function closing(account: string | null): JsonObject {
  const own = account ?? '${data.aws_caller_identity.current.account_id}'
  return { Condition: { StringEquals: { 'kms:CallerAccount': own } } }
}

export const examples = (): Examples => ({
  pass: {
    'the caller has to be of the account': world({ StringEquals: { 'kms:CallerAccount': '444455556666' } }),
    'the caller has to be of the organization': world({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
    'the caller has to be one of some roles': world({
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/builder-*' },
    }),
    'who is not of the organization is denied': world({}, [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
      },
    ]),
  },
  fail: {
    'there is no condition': world({}),
    'the caller has to come through EC2': world({
      StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' },
    }),
    'the condition holds where there is no organization': world({
      StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
    }),
  },
  unknown: {
    'the caller has to come from an address': world({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
    'a pattern is not known until apply': world({ StringLike: { 'kms:CallerAccount': later } }),
  },
})

/** A key that everybody may use, under a condition. */
function world(condition: { readonly [operator: string]: Json }, others: readonly JsonObject[] = []): ExampleWorld {
  const conditions = Object.entries(condition).flatMap(([test, keys]) =>
    Object.entries(keys as JsonObject).map(([variable, value]) => ({ test, variable, values: [value] })),
  )
  const use = {
    sid: 'Use',
    effect: 'Allow',
    actions: ['kms:Decrypt', 'kms:CreateGrant'],
    resources: ['*'],
    principals: [{ type: 'AWS', identifiers: ['*'] }],
    condition: conditions,
  }
  const resources = {
    'data.aws_iam_policy_document.image': {
      statement: [use],
      source_policy_documents: others.map(statement =>
        JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      ),
    },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.image', 'json') },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
