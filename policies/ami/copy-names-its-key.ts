import { isShareable } from '../lang/build-volume'
import { copies, copyAsked } from '../lang/copy'
import { defaultEncryption } from '../lang/key'
import { otherKeyFix } from '../lang/key-uses'
import { place } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { isShared } from '../lang/shared'
import { agreed, any, not } from '../lang/truth'

/**
 * An encrypted copy of an image or snapshot names a customer managed key.
 *
 * Where no key is named, a copy from another account or region goes under the default key of the account, which is `alias/aws/ebs` unless
 * somebody has set another: nobody outside the account can use it, and nothing makes it one's own later but another copy. As long as the copy
 * is not shared this is advice.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-copy-explicit-key'],
  symptoms: [
    "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    'Encrypted snapshots with EBS default key cannot be shared',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html',
  ],

  *situations() {
    for (const copy of copies()) {
      const { encrypted, named } = copyAsked(copy)
      if (encrypted !== 'no' || named.length > 0)
        yield {
          at: place(copy, 'kms_key_id'),
          account: copy.account,
          region: copy.region,
          address: copy.address,
          isShared: isShared(copy),
          holds: any([
            named.length > 0 ? 'no' : not(encrypted),
            agreed((named.length > 0 ? named : defaultEncryption(copy)).map(isShareable)),
          ]),
          isNamed: named.length > 0,
          open: place(copy, encrypted === 'unknown' && named.length === 0 ? 'encrypted' : 'kms_key_id'),
        }
    }
  },

  requirements: ({ account, region, address, isShared, holds, isNamed, open }) => [
    {
      kind: 'holds',
      severity: isShared ? 'error' : 'warning',
      what: `\`${address}\` goes under a customer managed key`,
      otherwise: isNamed
        ? `\`${address}\` names a key that AWS manages`
        : `\`${address}\` names no key; the account's default key is \`aws/ebs\` unless somebody has set another`,
      holds,
      fix: otherKeyFix([{ account, region, target: address, path: 'kms_key_id' }]),
      evidence: [],
      known: [open],
      because: isShared
        ? 'nobody of another account can use what is under a key that AWS manages'
        : 'what is under a key that AWS manages can never be shared',
    },
  ],
})

export const examples = (): Examples => ({
  pass: {
    'it names a key': world({ copy: { encrypted: true, kms_key_id: ref('aws_kms_key.image', 'arn') } }),
    'the default key is a key of the account': world({
      others: { 'aws_ebs_default_kms_key.this': { key_arn: ref('aws_kms_key.image', 'arn') } },
    }),
    'it is not encrypted': world({ copy: {} }),
  },
  fail: {
    'it names none and is shared': world(),
    'it names none': world({ others: {}, isShared: false }),
    'a copy of a snapshot names none': {
      accounts: [
        {
          id: '444455556666',
          resources: {
            'aws_ebs_snapshot_copy.data': {
              source_snapshot_id: 'snap-0a1b2c3d4e5f60718',
              source_region: 'us-east-1',
              encrypted: true,
            },
          },
        },
      ],
    },
  },
  unknown: {
    'the key is known at apply': world({ copy: { encrypted: true, kms_key_id: later } }),
    'whether it is encrypted is known at apply': world({ copy: { encrypted: later } }),
  },
})

/** A copy that is shared. */
function world({
  copy = { encrypted: true } as Resources[string],
  others = {} as Resources,
  isShared = true,
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', source_ami_region: 'us-east-1', ...copy },
    ...(isShared && {
      'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami_copy.image', 'id'), account_id: '111122223333' },
    }),
    ...others,
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
