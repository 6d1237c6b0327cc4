import type { Json, JsonObject } from '../intrinsics'
import { isShareable } from '../lang/build-volume'
import type { Fix } from '../lang/finding'
import { deviceAsked, imageName, imageNodes, imageOwner, isImageEncrypted } from '../lang/image'
import { textOf } from '../lang/json'
import { defaultEncryption } from '../lang/key'
import { otherKeyFix } from '../lang/key-uses'
import { attribute, type Node } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { type Specification, specifications, volumeEncryption, volumeKeyPlace } from '../lang/specification'
import { agreed, all, any, not, type Truth, truth } from '../lang/truth'

/**
 * The volumes of an instance from an encrypted image of another account go under a key that is named.
 *
 * What others share is encrypted anew at launch: under the key that the launch names, else under the default key of the account, which is
 * `alias/aws/ebs` unless somebody has set another. A snapshot of such a volume can be shared with nobody. Under a key of one's own the
 * instance also starts again when the owner of the image has taken the other key away. The key of the image is needed for the launch in
 * either case.
 */
export default rule({
  severity: 'warning',
  aliases: ['ec2-reencrypt-under-own-key'],
  symptoms: ['Encrypted snapshots with EBS default key cannot be shared'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html',
  ],

  *situations() {
    for (const specification of specifications()) {
      const { node, image } = specification
      const owner = imageOwner(image)
      const encrypted = isImageEncrypted(image)
      const shared = isOfAnother(owner, node.account)
      if (shared === 'yes' ? encrypted !== 'no' : shared === 'unknown' && encrypted === 'yes')
        yield {
          at: volumeKeyPlace(specification),
          account: node.account,
          region: node.region,
          address: node.address,
          image: imageName(image),
          owner: owner ?? '',
          holds: any([not(shared), not(encrypted), isReencrypted(specification)]),
          fix: keyFix(specification),
        }
    }
  },

  requirements: ({ at, address, image, owner, holds, fix }) => [
    {
      kind: 'holds',
      severity: 'warning',
      what: `the volumes of \`${address}\` go under a customer managed key`,
      otherwise: `\`${address}\` names no key for what comes of \`${image}\` of account ${owner}; the account's default key is \`aws/ebs\` unless somebody has set another`,
      holds,
      fix,
      evidence: [],
      known: [at, `whose ${image} is, and whether it is encrypted`],
      because: 'what is under a key that AWS manages can never be shared',
    },
  ],
})

function isOfAnother(owner: string | null, account: string | null): Truth {
  if (account === null) return 'no'
  if (owner === null) return 'unknown'
  return truth(owner !== account)
}

/** Of an image that is not known to be under a key of anybody's, too, what names no key goes under the default key. */
function isReencrypted(specification: Specification): Truth {
  const { node, devices, isWhole } = specification
  if (!isWhole) return 'unknown'
  if (devices.some(device => deviceAsked(device, node).named.length > 0))
    return all(volumeEncryption(specification).map(alternatives => agreed(alternatives.map(isShareable))))
  return agreed(defaultEncryption(node).map(isShareable))
}

/** A new key of the account, for each volume that is described without one; where none is, for the root device. */
function keyFix({ node, by, image, devices }: Specification): readonly Fix[] {
  const { account, region } = node
  const keyless = devices.filter(device => attribute(device, 'kms_key_id') === null)
  const described = keyless.length > 0 ? keyless : [{ ...node, path: rootPath(node, by, rootName(image)) }]
  return [
    ...described.map(
      ({ address, path, type }): Fix => ({
        kind: 'attribute',
        account,
        target: address,
        path: `${path}.encrypted`,
        value: trueFor(type),
      }),
    ),
    ...otherKeyFix(
      described.map(({ address, path }) => ({ account, region, target: address, path: `${path}.kms_key_id` })),
    ),
  ]
}

function rootPath({ path }: Node, by: Specification['by'], root: string): string {
  if (by === 'image_id') return `block_device_mappings[device_name="${root}"].ebs[0]`
  return [path, 'root_block_device[0]'].filter(step => step !== '').join('.')
}

/** A launch template has texts for what may be true or false. */
function trueFor(type: string): Json {
  if (type === 'aws_launch_template') return 'true'
  return true
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html */
function rootName(image: Specification['image']): string {
  const names = imageNodes(image).flatMap(node => {
    const name = textOf(node.after['root_device_name'] ?? null)
    return name === null ? [] : [name]
  })
  return names[0] ?? '/dev/xvda'
}

export const examples = (): Examples => ({
  pass: {
    'the volume names a key': world({ root_block_device: [own] }),
    'the default key is a key of the account': world(
      {},
      { 'aws_ebs_default_kms_key.this': { key_arn: ref('aws_kms_key.app', 'arn') } },
    ),
    "the instance's template names it": world(
      { launch_template: [{ id: ref('aws_launch_template.app', 'id') }] },
      {
        'aws_launch_template.app': {
          block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ ...own, encrypted: 'true' }] }],
        },
      },
    ),
    'the image is one of the account': world({ ami: ref('data.aws_ami.own', 'id') }),
    'the image is not encrypted': world({ ami: ref('data.aws_ami.plain', 'id') }),
  },
  fail: {
    'nothing is said of the volume': world({}),
    'the volume is to be encrypted': world({ root_block_device: [{ encrypted: true }] }),
    'a launch template names no key': world({}, { 'aws_launch_template.app': { image_id: 'ami-0f1e2d3c4b5a69788' } }),
  },
  unknown: {
    'the rest is in a template that no plan has': world({ launch_template: [{ id: 'lt-0a1b2c3d4e5f60718' }] }),
    'the key is known at apply': world({ root_block_device: [{ encrypted: true, kms_key_id: later }] }),
  },
})

const own = { encrypted: true, kms_key_id: ref('aws_kms_key.app', 'arn') }

/** An instance of 111122223333 from an encrypted image of 444455556666. */
function world(instance: JsonObject, others: Resources = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.app': {},
    'data.aws_ami.shared': imageOf('444455556666', 'ami-0f1e2d3c4b5a69788', 'true'),
    'data.aws_ami.own': imageOf('111122223333', 'ami-0a1b2c3d4e5f60718', 'true'),
    'data.aws_ami.plain': imageOf('137112412989', 'ami-0b2c3d4e5f6071829', 'false'),
    'aws_instance.app': { ami: ref('data.aws_ami.shared', 'id'), ...instance },
    ...others,
  }
  return { accounts: [{ id: '111122223333', resources }] }
}

function imageOf(owner: string, id: string, encrypted: string): JsonObject {
  const ebs = { encrypted, snapshot_id: 'snap-0a1b2c3d4e5f60718' }
  return { id, owner_id: owner, block_device_mappings: [{ device_name: '/dev/xvda', ebs }] }
}
