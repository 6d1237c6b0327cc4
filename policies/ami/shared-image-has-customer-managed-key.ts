import type { JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { imageEncryption, imageName, imageNodes, sharedSnapshotEncryption } from '../lang/image'
import { otherKeyFix } from '../lang/key-uses'
import { attribute, type Node, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { snapshotName, snapshotNodes } from '../lang/snapshot'

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
    for (const permission of resources('aws_ami_launch_permission')) {
      const image = attribute(permission, 'image_id')
      for (const encryptions of imageEncryption(image))
        yield {
          at: permission.address,
          account: permission.account,
          region: permission.region,
          name: imageName(image),
          encryptions,
          fix: fixOf(permission, imageNodes(image)),
        }
    }
    for (const permission of resources('aws_snapshot_create_volume_permission')) {
      const snapshot = attribute(permission, 'snapshot_id')
      for (const encryptions of sharedSnapshotEncryption(snapshot))
        yield {
          at: permission.address,
          account: permission.account,
          region: permission.region,
          name: snapshotName(snapshot),
          encryptions,
          fix: fixOf(permission, snapshotNodes(snapshot)),
        }
    }
  },

  requirements: ({ name, encryptions, fix }) => [
    {
      kind: 'customer-managed',
      what: `\`${name}\``,
      target: name,
      encryptions,
      fix,
      because: 'the policy of an AWS managed key admits nobody of another account and cannot be changed',
    },
  ],
})

/** Another key for what is a copy; all else would have to be copied first. */
function fixOf(permission: Node, shared: readonly Node[]): readonly Fix[] {
  const copies = shared.filter(node => ['aws_ami_copy', 'aws_ebs_snapshot_copy'].includes(node.type))
  if (copies.length === 0) return [{ kind: 'remove', account: permission.account, target: permission.address }]
  return otherKeyFix(
    copies.map(copy => ({ account: copy.account, region: copy.region, target: copy.address, path: 'kms_key_id' })),
  )
}

export const examples = (): Examples => ({
  pass: {
    'the image is copied under a key of the account': world(),
    'the image is not encrypted': world({ copy: { encrypted: false }, declared: { 'encryption-by-default': [] } }),
    'the default key is a key of the account': world({
      copy: { encrypted: true },
      declared: {
        'default-ebs-key': { 'eu-central-1': 'arn:aws:kms:eu-central-1:444455556666:key/1a2b' },
      },
    }),
    'the image is registered from snapshots under keys of the account': registered({
      'aws_ebs_snapshot_copy.root': { ...snapshot, kms_key_id: ref('aws_kms_key.image', 'arn') },
    }),
  },
  fail: {
    'the image is copied under the AWS managed key': world({ copy: { encrypted: true, kms_key_id: 'alias/aws/ebs' } }),
    'no key is named and the default is the AWS managed one': world({
      copy: { encrypted: true },
      declared: { 'default-ebs-key': managed },
    }),
    'nothing asks for encryption, and the account encrypts by default': world({
      copy: {},
      declared: { 'default-ebs-key': managed, 'encryption-by-default': ['eu-central-1'] },
    }),
    'one of its snapshots is under the AWS managed key': registered({
      'aws_ebs_snapshot_copy.root': { ...snapshot, kms_key_id: 'alias/aws/ebs' },
    }),
    'a snapshot is shared under the AWS managed key': {
      accounts: [
        {
          id: '444455556666',
          resources: {
            'aws_ebs_snapshot_copy.data': { ...snapshot, kms_key_id: 'alias/aws/ebs' },
            'aws_snapshot_create_volume_permission.consumer': {
              snapshot_id: ref('aws_ebs_snapshot_copy.data', 'id'),
              account_id: '111122223333',
            },
          },
        },
      ],
    },
  },
  unknown: {
    'no key is named and nothing is known of the default': world({ copy: { encrypted: true } }),
    'nothing asks for encryption, and nothing is known of the account': world({ copy: {} }),
    'the key is not known until apply': world({ copy: { encrypted: true, kms_key_id: later } }),
    'no key is named, and the key of what is copied in its region stays': world({
      copy: { encrypted: true, source_ami_region: 'eu-central-1' },
      declared: { 'default-ebs-key': managed },
    }),
  },
})

const managed = { 'eu-central-1': 'aws-managed' }
const snapshot = { source_snapshot_id: 'snap-0a1b2c3d4e5f60718', source_region: 'us-east-1', encrypted: true }

/** An image of 444455556666 that is copied and shared with 111122223333. */
function world({
  copy = { encrypted: true, kms_key_id: ref('aws_kms_key.image', 'arn') } as JsonObject,
  declared = {} as JsonObject,
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', source_ami_region: 'us-east-1', ...copy },
    'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami_copy.image', 'id'), account_id: '111122223333' },
  }
  return { accounts: [{ id: '444455556666', resources }], declared: { accounts: { '444455556666': declared } } }
}

/** An image that is registered from two snapshots, of which one is as given. */
function registered(root: Resources): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_ebs_snapshot_copy.data': { ...snapshot, kms_key_id: ref('aws_kms_key.image', 'arn') },
    'aws_ami.image': {
      name: 'image',
      root_device_name: '/dev/xvda',
      ebs_block_device: [
        { device_name: '/dev/xvda', snapshot_id: ref('aws_ebs_snapshot_copy.root', 'id') },
        { device_name: '/dev/xvdb', snapshot_id: ref('aws_ebs_snapshot_copy.data', 'id') },
      ],
    },
    'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami.image', 'id'), account_id: '111122223333' },
    ...root,
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
