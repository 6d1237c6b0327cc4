import { at, distinct, index } from '../intrinsics'
import { imageNodes } from './image'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import { snapshotNodes } from './snapshot'
import { agreed, any, type Truth, truth } from './truth'

/** A snapshot of an image, and whether an account may make volumes of it. */
export interface SnapshotSharing {
  /** How Terraform refers to the snapshot. */
  readonly reference: string
  readonly shared: Truth
}

/** Whether an account may make volumes of each snapshot of an image; empty where no plan knows of the image. */
export function snapshotSharing(image: Maybe<string>, account: string): readonly SnapshotSharing[] {
  const node = imageNodes(image)[0] ?? null
  if (node === null) return []
  const snapshots = snapshotsOf(node)
  const isOnly = snapshots.length === 1
  const byImage = permitted([node.id], account)
  return snapshots.map(({ reference, alternatives }) => ({
    reference,
    shared: any([
      agreed(alternatives.map(names => permitted(names, account))),
      isOnly ? byImage : possible(byImage),
      possible(permitted([NAMELESS], account)),
    ]),
  }))
}

interface ImageSnapshot {
  readonly reference: string
  /** The names by which permissions know the snapshot, for each that it may be. */
  readonly alternatives: readonly (readonly string[])[]
}

/** The snapshots of an image, as far as its plan tells; of one that is yet to be made the one that it is sure to have. */
function snapshotsOf(image: Node): readonly ImageSnapshot[] {
  const root = `\${${image.address}.root_snapshot_id}`
  const ids = image.type === 'data.aws_ami' ? readIds(image) : writtenIds(image)
  if (ids.length === 0) return [{ reference: root, alternatives: [[image.id]] }]
  return ids.map(id => snapshotBy(id, root))
}

function snapshotBy(id: Maybe<string>, root: string): ImageSnapshot {
  const nodes = snapshotNodes(id)
  if (id !== null && !isUnknown(id)) return { reference: id, alternatives: [[id, ...nodes.map(node => node.id)]] }
  return {
    reference: nodes.map(node => `\${${node.address}.id}`)[0] ?? root,
    alternatives: nodes.map(node => [node.id]),
  }
}

/** The ids of the snapshots of an image that a plan makes: those that it is registered from, or has once it is there. */
function writtenIds(image: Node<Schema['aws_ami']>): readonly Maybe<string>[] {
  const root = attribute(image, 'root_snapshot_id')
  const ids = blocks(image, 'ebs_block_device')
    .map(device => attribute(device, 'snapshot_id'))
    .filter(id => id !== null)
  return root === null || isUnknown(root) || ids.includes(root) ? ids : [...ids, root]
}

/** The ids of the snapshots of an image that a plan reads. */
function readIds(image: Node<Schema['data.aws_ami']>): readonly string[] {
  return blocks(image, 'block_device_mappings').flatMap(mapping => {
    const ebs = attribute(mapping, 'ebs')
    const id = isUnknown(ebs) ? null : at(ebs, ['snapshot_id'])
    return typeof id === 'string' && id !== '' ? [id] : []
  })
}

/** Whether an account has a permission on what has one of the names. */
function permitted(names: readonly string[], account: string): Truth {
  return any(
    distinct(names.flatMap(name => permissionsOn(name)))
      .flatMap(resourceOf)
      .map(permission => isFor(permission, account)),
  )
}

function isFor(permission: Node<Schema['aws_snapshot_create_volume_permission']>, account: string): Truth {
  const whom = attribute(permission, 'account_id')
  if (isUnknown(whom)) return 'unknown'
  return truth(whom === account)
}

/** A permission of which it is not known which snapshot it is on may be on any. */
function possible(claim: Truth): Truth {
  return claim === 'no' ? 'no' : 'unknown'
}

const NAMELESS = ''

/** The permissions to make volumes, by the id of the snapshot, the resource that makes it and the image that it is of. */
const permissionsOn = index(function* () {
  for (const permission of resources('aws_snapshot_create_volume_permission')) {
    const snapshot = attribute(permission, 'snapshot_id')
    const nodes = [...snapshotNodes(snapshot), ...imageNodes(snapshot)]
    for (const node of nodes) yield [node.id, permission.id]
    if (isUnknown(snapshot) && nodes.length === 0) yield [NAMELESS, permission.id]
    if (snapshot !== null && !isUnknown(snapshot)) yield [snapshot, permission.id]
  }
})
