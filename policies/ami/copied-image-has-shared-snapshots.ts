import type { Json, JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { imageName, imageNodes, isMade, isPublic, probableOwner } from '../lang/image'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { isShared } from '../lang/shared'
import { snapshotSharing } from '../lang/snapshot-sharing'
import { all } from '../lang/truth'

/**
 * The snapshots of an image are shared with each account that copies it.
 *
 * To launch an image of another account its launch permission is enough. A copy is made of the snapshots behind it, by the account that asks
 * for it, so that this account has to be able to make volumes of each of them too. No launch permission gives it that.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-copy-needs-snapshot-permission'],
  symptoms: ['You do not have permission to access the storage of this ami'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
    'https://github.com/awslabs/amazon-eks-ami/issues/52',
  ],

  *situations() {
    for (const copy of resources('aws_ami_copy')) {
      const image = attribute(copy, 'source_ami_id')
      const region = attribute(copy, 'source_ami_region')
      if (copy.account !== null && isForeign(image, copy.account))
        yield {
          at: place(copy, 'source_ami_id'),
          account: copy.account,
          region: copy.region,
          address: copy.address,
          image: imageName(image),
          owner: { account: probableOwner(image), region: isUnknown(region) ? null : region },
          isSeen: isManaged(image),
          snapshots: snapshotSharing(image, copy.account),
        }
    }
  },

  requirements: ({ account, address, image, owner, isSeen, snapshots }) => {
    const who = owner.account === null ? 'its owner' : `account ${owner.account}`
    const shared = all(snapshots.map(snapshot => snapshot.shared))
    const isOpen = snapshots.length === 0 || owner.account === null || (shared === 'no' && !isSeen)
    const left = snapshots.filter(snapshot => snapshot.shared !== 'yes').map(snapshot => snapshot.reference)
    const asked = left.length === 0 ? [`the snapshot of ${image}`] : left
    return [
      {
        kind: 'holds',
        severity: 'error',
        what: `${who} shares the snapshots of \`${image}\` with account ${account}`,
        otherwise: `\`${address}\` copies \`${image}\` in account ${account}, with which ${who} does not share its snapshots`,
        holds: isOpen ? 'unknown' : shared,
        fix: permissions(left, owner, account),
        asks: isSeen || owner.account === null ? [] : permissions(asked, owner, account),
        evidence: [],
        known: [
          owner.account === null ? `whose ${image} is` : `the plan in which ${who} shares the snapshots of ${image}`,
        ],
        because: 'EC2 reads the snapshots behind an image for whoever copies it',
      },
    ]
  },
})

/** Whether an image may be of another account, of one that can be asked. Of a bare id of which nothing tells nothing is said. */
function isForeign(image: Maybe<string>, account: string): boolean {
  const owner = probableOwner(image)
  if (owner === null) return isUnknown(image) || imageNodes(image).length > 0
  return owner !== account && (isManaged(image) || !isPublic(image))
}

/** Whether plans would show with whom the snapshots of an image are shared: one makes the image, or shares it. */
function isManaged(image: Maybe<string>): boolean {
  return imageNodes(image).some(node => isMade(node) || isShared(node))
}

/** Permissions to make volumes of the snapshots, which their owner gives to an account. */
function permissions(
  snapshots: readonly string[],
  { account, region }: { readonly account: string | null; readonly region: string | null },
  to: string,
): readonly Fix[] {
  return snapshots.map(snapshot => ({
    kind: 'resource',
    account,
    region,
    target: 'aws_snapshot_create_volume_permission.keyreach',
    type: 'aws_snapshot_create_volume_permission',
    values: { snapshot_id: snapshot, account_id: to },
  }))
}

const key = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const consumer = '111122223333'
const image = 'ami-0f1e2d3c4b5a69788'
const made: Resources = {
  'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', encrypted: true, kms_key_id: key },
}
const registered: Resources = {
  'aws_ebs_snapshot.root': { volume_id: 'vol-0a1b2c3d4e5f60718' },
  'aws_ebs_snapshot.data': { volume_id: 'vol-0f1e2d3c4b5a69788' },
  'aws_ami.image': {
    ebs_block_device: [
      { device_name: '/dev/xvda', snapshot_id: ref('aws_ebs_snapshot.root', 'id') },
      { device_name: '/dev/xvdb', snapshot_id: ref('aws_ebs_snapshot.data', 'id') },
    ],
  },
}
const read: JsonObject = {
  id: image,
  owner_id: '444455556666',
  block_device_mappings: [{ device_name: '/dev/xvda', ebs: { snapshot_id: 'snap-0a1b2c3d4e5f60718' } }],
}

export const examples = (): Examples => ({
  pass: {
    'the snapshots are shared with the account that copies': world({ ...made, ...shared({}) }),
    'each of two snapshots is shared': world({
      ...registered,
      ...shared({ snapshot_id: ref('aws_ebs_snapshot.root', 'id') }),
      ...shared({ snapshot_id: ref('aws_ebs_snapshot.data', 'id') }, 'data'),
    }),
    'the snapshot is shared by its id': world({ ...shared({ snapshot_id: 'snap-0a1b2c3d4e5f60718' }) }, read),
  },
  fail: {
    'the snapshots are not shared': world(made),
    'the snapshots are shared with another account': world({ ...made, ...shared({ account_id: '222233334444' }) }),
    'one of two snapshots is not shared': world({
      ...registered,
      ...shared({ snapshot_id: ref('aws_ebs_snapshot.root', 'id') }),
    }),
    'a plan shares the image, and not its snapshot': world(
      { 'aws_ami_launch_permission.consumer': { image_id: image, account_id: consumer } },
      read,
    ),
  },
  unknown: {
    'with whom the snapshots are shared is known at apply': world({ ...made, ...shared({ account_id: later }) }),
    'which snapshots are shared is known at apply': world({ ...made, ...shared({ snapshot_id: later }) }),
    'of two snapshots it is not known which is shared': world({
      ...registered,
      ...shared({ snapshot_id: ref('aws_ami.image', 'root_snapshot_id') }),
    }),
    'no plan makes or shares the image': world({}, read),
    'which image is copied is known at apply': { accounts: [{ id: consumer, resources: copyOf(later) }] },
    'there is no plan of the account of the image': {
      accounts: [{ id: consumer, resources: copyOf(image) }],
      declared: { images: { [image]: [key] } },
    },
  },
})

/** An image of 444455556666, which 111122223333 copies: by its id, or by what it has read of it. */
function world(owner: Resources, found: JsonObject | null = null): ExampleWorld {
  const consumers =
    found === null ? copyOf(image) : { 'data.aws_ami.image': found, ...copyOf(ref('data.aws_ami.image', 'id')) }
  return {
    accounts: [
      { id: '444455556666', resources: owner, identities: { 'aws_ami_copy.image': image, 'aws_ami.image': image } },
      { id: consumer, resources: consumers },
    ],
  }
}

function copyOf(source: Json): Resources {
  return { 'aws_ami_copy.copy': { source_ami_id: source, source_ami_region: 'eu-central-1', encrypted: true } }
}

function shared(permission: JsonObject, name = 'root'): Resources {
  return {
    [`aws_snapshot_create_volume_permission.${name}`]: {
      snapshot_id: ref('aws_ami_copy.image', 'root_snapshot_id'),
      account_id: consumer,
      ...permission,
    },
  }
}
