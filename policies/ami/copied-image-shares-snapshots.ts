import type { JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { imageNodes, imageSnapshots } from '../lang/image'
import { isUnknown } from '../lang/maybe'
import { attribute, type Node, place, resourceOf, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { permissionsOn, unresolvedSnapshotPermissions } from '../lang/shared'
import { all, any, type Truth, truth } from '../lang/truth'

/**
 * The owner of an image that another account copies shares its snapshots too.
 *
 * A permission to launch an image is enough to launch it, and not to copy it: CopyImage reads the snapshots behind the image, and only who
 * has the permission to make volumes of them may. Packer's `snapshot_users` does the same as `aws_snapshot_create_volume_permission`. The
 * use of the key has to be allowed besides.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-copy-needs-snapshot-permission'],
  symptoms: ['You do not have permission to access the storage of this ami'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html',
    'https://github.com/awslabs/amazon-eks-ami/issues/52',
  ],

  *situations() {
    for (const copy of resources('aws_ami_copy')) {
      const image = imageNodes(attribute(copy, 'source_ami_id'))[0] ?? null
      if (image !== null && isOfAnother(image, copy)) {
        const launch = launchPermission(image, copy.account ?? '')
        yield {
          at: place(copy, 'source_ami_id'),
          account: copy.account,
          region: copy.region,
          image: image.address,
          consumer: copy.account ?? '',
          launch: launch?.address ?? null,
          holds: isReadable(image, copy.account ?? '', launch !== null),
          fix: permissionFix(image, copy.account ?? ''),
        }
      }
    }
  },

  requirements: ({ image, consumer, launch, holds, fix }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `the snapshots of \`${image}\` are shared with account ${consumer}`,
      otherwise: `\`${image}\` is shared with account ${consumer}, which copies it, and its snapshots are not`,
      holds,
      fix,
      evidence: launch === null ? [] : [{ at: launch, what: 'shares the image alone' }],
      known: [`an aws_snapshot_create_volume_permission for account ${consumer} on the snapshots of ${image}`],
      because: 'CopyImage reads the snapshots of the image, which a permission to launch does not let it',
    },
  ],
})

type Permission = Node<Schema['aws_ami_launch_permission'] | Schema['aws_snapshot_create_volume_permission']>

/** Whether an image is made by a plan of another account than the one that copies it. */
function isOfAnother(image: Node, copy: Node): boolean {
  return (
    !image.type.startsWith('data.') && image.account !== null && copy.account !== null && image.account !== copy.account
  )
}

/** The permission to launch an image that certainly is for an account. */
function launchPermission(image: Node, account: string): Node | null {
  const given = permissionsOn(image.id)
    .flatMap(resourceOf)
    .filter(node => node.type === 'aws_ami_launch_permission' && isFor(node, account) === 'yes')
  return given[0] ?? null
}

/** Whether an account may read the snapshots of an image: it may not where the plan that shares the image shares no snapshot of it. */
function isReadable(image: Node, account: string, isLaunched: boolean): Truth {
  const shared = all(imageSnapshots(image).map(node => isSharedWith(node, account)))
  if (shared !== 'no') return shared
  const open = unresolvedSnapshotPermissions(image.account ?? '').flatMap(resourceOf)
  if (!isLaunched || any(open.map(node => isFor(node, account))) !== 'no') return 'unknown'
  return 'no'
}

function isSharedWith(snapshot: Node, account: string): Truth {
  const given = permissionsOn(snapshot.id).flatMap(resourceOf)
  return any(
    given.filter(node => node.type === 'aws_snapshot_create_volume_permission').map(node => isFor(node, account)),
  )
}

function isFor(permission: Permission, account: string): Truth {
  const given = attribute(permission, 'account_id')
  if (isUnknown(given)) return 'unknown'
  return truth(given === account)
}

function permissionFix(image: Node, account: string): readonly Fix[] {
  const missing = imageSnapshots(image).filter(node => isSharedWith(node, account) !== 'yes')
  return missing.map(({ address, type }, i) => ({
    kind: 'resource',
    account: image.account,
    region: image.region,
    target:
      i === 0
        ? 'aws_snapshot_create_volume_permission.keyreach'
        : `aws_snapshot_create_volume_permission.keyreach_${i}`,
    type: 'aws_snapshot_create_volume_permission',
    values: {
      snapshot_id: type.startsWith('aws_ami') ? `\${${address}.root_snapshot_id}` : `\${${address}.id}`,
      account_id: account,
    },
  }))
}

export const examples = (): Examples => ({
  pass: {
    'the snapshot is shared': world({ 'aws_snapshot_create_volume_permission.consumer': permission }),
    'the snapshot of a registered image is shared': world({ ...registered, ...registeredPermission }),
  },
  fail: {
    'the image alone is shared': world({}),
    'the snapshot is shared with another account': world({
      'aws_snapshot_create_volume_permission.consumer': { ...permission, account_id: '999988887777' },
    }),
    'a registered image alone is shared': world(registered),
  },
  unknown: {
    'the plan does not share the image': world({
      'aws_ami_launch_permission.consumer': { image_id: 'ami-0a1b2c3d4e5f60718', account_id: '111122223333' },
    }),
    'a snapshot is shared of which it is not known whose it is': world({
      'aws_snapshot_create_volume_permission.consumer': { ...permission, snapshot_id: 'snap-0a1b2c3d4e5f60718' },
    }),
    'with whom the snapshot is shared is known at apply': world({
      'aws_snapshot_create_volume_permission.consumer': { ...permission, account_id: later },
    }),
  },
})

const permission: JsonObject = {
  snapshot_id: ref('aws_ami_copy.image', 'root_snapshot_id'),
  account_id: '111122223333',
}
const registered: Resources = {
  'aws_ebs_snapshot_copy.root': { source_snapshot_id: 'snap-0a1b2c3d4e5f60718', source_region: 'eu-west-1' },
  'aws_ami.image': {
    root_device_name: '/dev/xvda',
    ebs_block_device: [{ device_name: '/dev/xvda', snapshot_id: ref('aws_ebs_snapshot_copy.root', 'id') }],
  },
  'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami.image', 'id'), account_id: '111122223333' },
}
const registeredPermission: Resources = {
  'aws_snapshot_create_volume_permission.consumer': {
    snapshot_id: ref('aws_ebs_snapshot_copy.root', 'id'),
    account_id: '111122223333',
  },
}

/** An image of 444455556666 that 111122223333 may launch, and copies. */
function world(others: Resources): ExampleWorld {
  const image = 'aws_ami.image' in others ? 'aws_ami.image' : 'aws_ami_copy.image'
  const owner: Resources = {
    'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', source_ami_region: 'eu-west-1' },
    'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami_copy.image', 'id'), account_id: '111122223333' },
    ...others,
  }
  return {
    accounts: [
      { id: '444455556666', resources: owner, identities: { [image]: 'ami-0f1e2d3c4b5a69788' } },
      { id: '111122223333', resources: { 'aws_ami_copy.own': { source_ami_id: 'ami-0f1e2d3c4b5a69788' } } },
    ],
  }
}
