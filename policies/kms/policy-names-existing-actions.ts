import { rule } from '../lang/rule'
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
      yield { at: policy.at, account: policy.account, region: policy.region, statements: policy.statements, isSensitive: policy.isSensitive }
  },

  requirements: ({ at, statements, isSensitive }) => [
    { kind: 'actions-exist', statements, target: at, isSensitive, because: 'a name that is no action allows and denies nothing' },
  ],
})
