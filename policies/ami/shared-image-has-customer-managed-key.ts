import type { JsonObject } from '../intrinsics'
import { imageEncryption, imageNodes } from '../lang/image'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'

/**
 * An image that is shared is not encrypted under an AWS managed key.
 *
 * The policy of `alias/aws/ebs` cannot be changed and it takes no grants, so nobody outside the account could use such an image, and EC2
 * refuses to share it. It sneaks in wherever encryption is on and no key is named. One snapshot of several is enough. The only way out is
 * a copy under a customer managed key.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-no-sharing-under-aws-managed-key'],
  symptoms: [
    "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    'Encrypted snapshots with EBS default key cannot be shared',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const permission of resources('aws_ami_launch_permission'))
      for (const alternatives of imageEncryption(attribute(permission, 'image_id')))
        yield {
          at: permission.address,
          account: permission.account,
          region: permission.region,
          image: imageName(attribute(permission, 'image_id')),
          encryptions: alternatives,
        }
  },

  requirements: ({ image, encryptions, account, region }) => [
    {
      kind: 'customer-managed',
      what: `\`${image}\``,
      encryptions,
      target: image,
      account,
      region,
      because: 'the policy of an AWS managed key admits nobody of another account and cannot be changed',
    },
  ],
})

/** What an image is called: the address of the resource that makes it, else its id. */
function imageName(image: Maybe<string>): string {
  const node = imageNodes(image)[0] ?? null
  if (node !== null) return node.address
  if (image === null || isUnknown(image)) return 'the image'
  return image
}

export const examples = (): Examples => ({
  pass: {
    'the image is copied under a key of the account': world(),
    'the image is not encrypted': world({ copy: { encrypted: false } }),
    'the default key is a key of the account': world({
      copy: { encrypted: true },
      defaults: `arn:aws:kms:eu-central-1:444455556666:key/1a2b`,
    }),
  },
  fail: {
    'the image is copied under the AWS managed key': world({ copy: { encrypted: true, kms_key_id: 'alias/aws/ebs' } }),
    'no key is named and the default is the AWS managed one': world({
      copy: { encrypted: true },
      defaults: 'aws-managed',
    }),
  },
  unknown: {
    'no key is named and nothing is known of the default': world({ copy: { encrypted: true } }),
    'the key is not known until apply': world({ copy: { encrypted: true, kms_key_id: later } }),
  },
})

/** An image of 444455556666 that is copied and shared with 111122223333. */
function world({
  copy = { encrypted: true, kms_key_id: ref('aws_kms_key.image', 'arn') } as JsonObject,
  defaults = null as string | null,
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', source_ami_region: 'eu-central-1', ...copy },
    'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami_copy.image', 'id'), account_id: '111122223333' },
  }
  const accounts = defaults === null ? {} : { '444455556666': { 'default-ebs-key': { 'eu-central-1': defaults } } }
  return { accounts: [{ id: '444455556666', resources }], declared: { accounts } }
}
