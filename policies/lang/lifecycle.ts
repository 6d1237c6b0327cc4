import { regionOf } from './aws'
import { textOf } from './json'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node } from './plan'
import type { Schema } from './schema'

type Policy = Schema['aws_dlm_lifecycle_policy']

/** Copies of snapshots that a lifecycle policy of Amazon Data Lifecycle Manager makes: of its own into other regions, and of what others share. */
export interface LifecycleCopy {
  /** The block that says how a copy is encrypted. */
  readonly encryption: Node
  readonly encrypted: Maybe<boolean>
  readonly key: Maybe<string>
  /** The region that the copies go to. */
  readonly region: string | null
}

/** What a lifecycle policy copies, schedule by schedule. */
export function lifecycleCopies(policy: Node<Policy>): readonly LifecycleCopy[] {
  const details = blocks(policy, 'policy_details')
  const rules = details
    .flatMap(each => blocks(each, 'schedule'))
    .flatMap(each => blocks(each, 'cross_region_copy_rule'))
  const copies = details.flatMap(each => blocks(each, 'action')).flatMap(each => blocks(each, 'cross_region_copy'))
  return [
    ...rules.map(rule => ({
      encryption: rule as Node,
      encrypted: attribute(rule, 'encrypted'),
      key: attribute(rule, 'cmk_arn'),
      region: regionIn(attribute(rule, 'target_region') ?? attribute(rule, 'target')),
    })),
    ...copies.flatMap(copy =>
      blocks(copy, 'encryption_configuration').map(encryption => ({
        encryption: encryption as Node,
        encrypted: attribute(encryption, 'encrypted'),
        key: attribute(encryption, 'cmk_arn'),
        region: regionIn(attribute(copy, 'target')),
      })),
    ),
  ]
}

/** A region by its name, or that of the Outpost whose ARN is given. */
function regionIn(target: Maybe<string>): string | null {
  if (target === null || isUnknown(target)) return null
  return target.startsWith('arn:') ? textOf(regionOf(target)) : target
}
