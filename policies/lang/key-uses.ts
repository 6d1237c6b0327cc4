import { at, fact } from '../intrinsics'
import { textOf } from './json'
import { isMultiRegion, type Key, keyByArn, keyOf } from './key'
import { isKeyNode, keyNodes } from './key-identity'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node, place, resourceOf, resources } from './plan'

/** A multi-Region key and a region in which something names it. */
export interface RegionUse {
  readonly at: string
  readonly account: string | null
  readonly region: string
  readonly key: Key
}

/** Where the plans name a multi-Region key for EBS in another region than its own. */
export function multiRegionUses(): readonly RegionUse[] {
  return [
    ...resources('aws_ami_copy').flatMap(node => usesBy(attribute(node, 'kms_key_id'), node, node.region)),
    ...resources('aws_ebs_snapshot_copy').flatMap(node => usesBy(attribute(node, 'kms_key_id'), node, node.region)),
    ...resources('aws_ebs_volume').flatMap(node => usesBy(attribute(node, 'kms_key_id'), node, node.region)),
    ...resources('aws_launch_template')
      .flatMap(template => blocks(template, 'block_device_mappings'))
      .flatMap(mapping => blocks(mapping, 'ebs'))
      .flatMap(ebs => usesBy(attribute(ebs, 'kms_key_id'), ebs, ebs.region)),
    ...resources('aws_imagebuilder_image_recipe')
      .flatMap(recipe => blocks(recipe, 'block_device_mapping'))
      .flatMap(mapping => blocks(mapping, 'ebs'))
      .flatMap(ebs => usesBy(attribute(ebs, 'kms_key_id'), ebs, ebs.region)),
    ...resources('aws_imagebuilder_distribution_configuration').flatMap(configuration =>
      distributionUses(configuration),
    ),
  ]
}

function distributionUses(configuration: Node): readonly RegionUse[] {
  return blocks(configuration, 'distribution').flatMap(distribution =>
    blocks(distribution, 'ami_distribution_configuration').flatMap(ami =>
      usesBy(
        attribute(ami, 'kms_key_id') as Maybe<string>,
        ami,
        knownText(attribute(distribution, 'region') as Maybe<string>),
      ),
    ),
  )
}

function usesBy(identifier: Maybe<string>, node: Node, region: string | null): readonly RegionUse[] {
  if (region === null || !mayBeMultiRegion(node)) return []
  return namedKeys(identifier, node)
    .filter(key => isMultiRegion(key) !== 'no' && key.region !== region)
    .map(key => ({ at: place(node, 'kms_key_id'), account: node.account, region, key }))
}

/** Whether it is worth asking: a key that is not known yet is multi-Region only where a plan makes such a key. */
function mayBeMultiRegion(node: Node): boolean {
  return hasMultiRegionKeys() || (textOf(at(node.after, ['kms_key_id'])) ?? '').includes('mrk-')
}

const hasMultiRegionKeys = fact((): boolean => keyNodes().some(node => isMultiRegion(keyOf(node)) !== 'no'))

/** The key that an identifier was written for: by reference, by ARN, or by a multi-Region id, which is the same in every region. */
function namedKeys(identifier: Maybe<string>, node: Node): readonly Key[] {
  if (identifier === null) return []
  if (isUnknown(identifier)) {
    const keys = identifier.candidates.flatMap(resourceOf).filter(isKeyNode)
    return keys.length === 1 ? keys.map(keyOf) : []
  }
  if (identifier.startsWith('arn:')) return [keyByArn(identifier)]
  if (identifier.startsWith('mrk-')) return primaries(identifier, node)
  return []
}

function primaries(id: string, node: Node): readonly Key[] {
  return [...resources('aws_kms_key')]
    .map(keyOf)
    .filter(key => key.account === node.account && !isUnknown(key.arn) && key.arn.endsWith(`:key/${id}`))
}

function knownText(value: Maybe<string>): string | null {
  if (isUnknown(value)) return null
  return value
}
