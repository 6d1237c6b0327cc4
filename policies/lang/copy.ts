import { type Asked, isAsked } from './encryption'
import { encryptionsBy } from './key'
import type { Maybe } from './maybe'
import { attribute, type Node, resources } from './plan'
import type { Schema } from './schema'

/** What copies an image or a snapshot. */
export type Copy = Node<Schema['aws_ami_copy'] | Schema['aws_ebs_snapshot_copy']>

/** The copies of images and snapshots that the plans make. */
export function copies(): readonly Copy[] {
  return [...resources('aws_ami_copy'), ...resources('aws_ebs_snapshot_copy')]
}

/** What a copy asks for. */
export function copyAsked(copy: Copy): Asked {
  return {
    encrypted: isAsked(attribute(copy, 'encrypted')),
    named: encryptionsBy(copyKey(copy), copy),
  }
}

/** How a copy names its key. */
export function copyKey(copy: Copy): Maybe<string> {
  return attribute(copy, 'kms_key_id') as Maybe<string>
}
