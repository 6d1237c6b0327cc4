import { isShareable, newKeyFix } from '../lang/build-volume'
import { imageMakers } from '../lang/building'
import type { Fix } from '../lang/finding'
import { defaultEncryption, defaultKeyNodes } from '../lang/key'
import { otherKeyFix } from '../lang/key-uses'
import { isUnknown } from '../lang/maybe'
import { attribute, type Node, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { agreed, any, not, type Truth, truth } from '../lang/truth'

/**
 * An account that makes images and encrypts by default does so under a customer managed key.
 *
 * Encryption by default gives a key to every volume and copy for which nobody names one. Unless `aws_ebs_default_kms_key` sets another, that
 * is `alias/aws/ebs`: an image with a single snapshot under it can be shared with nobody, and only a new copy mends that. The setting is one
 * of the region; `aws_ebs_default_kms_key` alone does not turn encryption on, and to take it away brings `alias/aws/ebs` back.
 */
export default rule({
  severity: 'warning',
  aliases: ['ami-account-default-key'],
  symptoms: [
    "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    'Encrypted snapshots with EBS default key cannot be shared',
  ],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const setting of resources('aws_ebs_encryption_by_default')) {
      const makers = imageMakers(setting)
      const isOn = isEnabled(setting)
      if (isOn !== 'no' && makers.length > 0)
        yield {
          at: setting.address,
          account: setting.account,
          region: setting.region,
          maker: makers[0] ?? '',
          holds: any([not(isOn), agreed(defaultEncryption(setting).map(isShareable))]),
          fix: keyFix(setting),
        }
    }
  },

  requirements: ({ at, account, region, maker, holds, fix }) => [
    {
      kind: 'holds',
      severity: 'warning',
      what: `the default EBS key of ${account ?? 'the account'} in ${region ?? 'its region'} is customer managed`,
      otherwise: `\`${at}\` encrypts everything under \`aws/ebs\` for which no key is named`,
      holds,
      fix,
      evidence: [{ at: maker, what: 'makes an image there' }],
      known: [`${at}.enabled`, `the default EBS key of ${account ?? 'the account'} (default-ebs-key in keyreach.yaml)`],
      because: 'an image with one snapshot under a key that AWS manages cannot be shared',
    },
  ],
})

function isEnabled(setting: Node<Schema['aws_ebs_encryption_by_default']>): Truth {
  const enabled = attribute(setting, 'enabled')
  if (isUnknown(enabled)) return 'unknown'
  return truth(enabled ?? true)
}

/** A new key, named by what sets the default key already, else by a resource of its own. */
function keyFix(setting: Node): readonly Fix[] {
  const { account, region } = setting
  const set = defaultKeyNodes(setting).filter(node => node.type === 'aws_ebs_default_kms_key')
  if (set.length > 0)
    return otherKeyFix(set.map(({ address }) => ({ account, region, target: address, path: 'key_arn' })))
  return [
    ...newKeyFix(setting, 'Volumes and images for which no key is named'),
    {
      kind: 'resource',
      account,
      region,
      target: 'aws_ebs_default_kms_key.keyreach',
      type: 'aws_ebs_default_kms_key',
      values: { key_arn: '${aws_kms_key.keyreach.arn}' },
    },
  ]
}

export const examples = (): Examples => ({
  pass: {
    'the default key is a key of the account': world({
      'aws_kms_key.image': {},
      'aws_ebs_default_kms_key.this': { key_arn: ref('aws_kms_key.image', 'arn') },
    }),
    'encryption by default is off': world({}, { enabled: false }),
    'the account makes no images': {
      accounts: [{ id: '444455556666', resources: { 'aws_ebs_encryption_by_default.this': { enabled: true } } }],
    },
  },
  fail: {
    'no default key is set': world({}),
    'the default key is the one of AWS': world({ 'aws_ebs_default_kms_key.this': { key_arn: 'alias/aws/ebs' } }),
  },
  unknown: {
    'the default key is known at apply': world({ 'aws_ebs_default_kms_key.this': { key_arn: later } }),
    'whether encryption by default is on is known at apply': world({}, { enabled: later }),
  },
})

/** An account that makes an image. */
function world(others: Resources, setting: Resources[string] = { enabled: true }): ExampleWorld {
  const resources = {
    'aws_ebs_encryption_by_default.this': setting,
    'aws_imagebuilder_image_recipe.app': {
      name: 'app',
      block_device_mapping: [{ device_name: '/dev/xvda', ebs: [{ volume_size: 20 }] }],
    },
    ...others,
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
