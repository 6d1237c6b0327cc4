import { remembered } from '../intrinsics'
import { type Encryption, isOpenKey, type Key, keysAmong } from './key'
import { defaultVolumes, launchedImages, templateVolumes } from './launch'
import { attribute, type Node, resourceOf } from './plan'
import type { Schema } from './schema'

/** A key that the instances of a group need, and where that shows. */
export interface KeyUse {
  readonly at: string
  readonly key: Key
}

/** The keys of other accounts that the instances of a group need. */
export function foreignKeys(group: Node): readonly KeyUse[] {
  return neededKeys(group.id)
    .filter(use => isForeign(use.key, group))
    .map(use => ({ at: groupPlace(group), key: use.key }))
}

/** The keys of the group's own account that its instances need; also those of which the account is not known. */
export function ownKeys(group: Node): readonly KeyUse[] {
  return neededKeys(group.id).filter(use => !isForeign(use.key, group))
}

/** The keys of the images of a group, of the volumes that its templates name, and the default key where they name none. */
const neededKeys = remembered((group: string): readonly KeyUse[] => {
  const images = resourceOf(group)
    .flatMap(launchedImages)
    .flatMap(image => image.encryption.flatMap(alternatives => keysAt(image.at, alternatives, null)))
  const volumes = resourceOf(group)
    .flatMap(templateVolumes)
    .flatMap(volume => keysAt(volume.at, volume.encryptions, volume.region))
  const unnamed = resourceOf(group)
    .flatMap(defaultVolumes)
    .flatMap(volume => keysAt(volume.at, volume.encryptions, volume.region).filter(({ key }) => !isOpenKey(key)))
  return [...images, ...volumes, ...unnamed]
})

function keysAt(at: string, alternatives: readonly Encryption[], region: string | null): readonly KeyUse[] {
  return keysAmong(alternatives, region).map(key => ({ at, key }))
}

function isForeign(key: Key, group: Node): boolean {
  return key.account !== null && group.account !== null && key.account !== group.account
}

/** Where a group says as which role it launches: its attribute where it names one, else the group. */
function groupPlace(group: Node): string {
  if (
    group.type === 'aws_autoscaling_group' &&
    attribute(group as Node<Schema['aws_autoscaling_group']>, 'service_linked_role_arn') !== null
  )
    return `${group.address}.service_linked_role_arn`
  return group.address
}
