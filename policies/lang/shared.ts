import { index } from '../intrinsics'
import { imageNodes } from './image'
import { isUnknown } from './maybe'
import { attribute, type Node, resources } from './plan'
import { snapshotNodes } from './snapshot'

/** Whether a plan shares an image or snapshot that it makes. */
export function isShared(node: Node): boolean {
  return permissionsOn(node.id).length > 0
}

/** The permissions to launch an image or to make volumes of a snapshot, by the resource that makes it. */
export const permissionsOn = index(function* () {
  for (const permission of resources('aws_ami_launch_permission'))
    for (const image of imageNodes(attribute(permission, 'image_id'))) yield [image.id, permission.id]
  for (const permission of resources('aws_snapshot_create_volume_permission')) {
    const snapshot = attribute(permission, 'snapshot_id')
    for (const node of snapshotNodes(snapshot)) yield [node.id, permission.id]
    if (isUnknown(snapshot)) {
      for (const id of snapshot.candidates) yield [id, permission.id]
    }
  }
})
