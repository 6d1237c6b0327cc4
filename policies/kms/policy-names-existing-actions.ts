import type { Json } from '../intrinsics'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { policies } from '../lang/written-policies'

/**
 * Every KMS action that a policy names exists.
 *
 * AWS accepts any name and allows nothing by it. `kms:ReEncrypt`, which several pages of AWS print, is the usual one: the actions are
 * `kms:ReEncryptFrom` and `kms:ReEncryptTo`, and `kms:ReEncrypt*` names both.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-no-unknown-actions'],
  symptoms: ['is not authorized to perform: kms:ReEncryptFrom on resource: {key}'],
  references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html'],

  *situations() {
    for (const policy of policies())
      yield {
        at: policy.at,
        account: policy.account,
        region: policy.region,
        statements: policy.statements,
        isSensitive: policy.isSensitive,
      }
  },

  requirements: ({ at, statements, isSensitive }) => [
    {
      kind: 'actions-exist',
      statements,
      target: at,
      isSensitive,
      because: 'a name that is no action allows and denies nothing',
    },
  ],
})

export const examples = (): Examples => ({
  pass: {
    'all actions exist': world(['kms:Decrypt', 'kms:DescribeKey']),
    'the patterns match actions': world(['kms:ReEncrypt*', 'kms:*', 'KMS:generatedatakeywithoutplaintext']),
  },
  fail: {
    'kms:ReEncrypt is two actions': world(['kms:Decrypt', 'kms:ReEncrypt']),
    'kms:ListGrant is misspelt': world(['kms:ListGrant']),
  },
  unknown: {
    'an action is not known until apply': world([later]),
  },
})

/** A key whose policy, made from a document, names these actions. */
function world(actions: readonly Json[]): ExampleWorld {
  const principals = [{ type: 'AWS', identifiers: ['arn:aws:iam::444455556666:root'] }]
  const resources = {
    'data.aws_iam_policy_document.key': { statement: [{ effect: 'Allow', actions, resources: ['*'], principals }] },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.key', 'json') },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
