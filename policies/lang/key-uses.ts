import { at, fact, index, keys } from '../intrinsics'
import { imageEncryption } from './image'
import { objectOf } from './json'
import { defaultEncryption, type Encryption, encryptionsBy, type Key } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node, place, resources } from './plan'
import type { Schema } from './schema'
import { declaredAccount, declaredAccounts } from './world'

/** A place where EBS uses a key: by its name, as the key of an image, or as the key by which an account encrypts by default. */
export interface EbsUse {
  /** The attribute that names the key or the image, or the entry of keyreach.yaml. */
  readonly at: string
  /** The resource; '' where it is declared. */
  readonly target: string
  /** The path of the attribute that names the key itself; null where it names an image, or is declared. */
  readonly path: string | null
  readonly account: string | null
  /** The region in which EBS uses the key. */
  readonly region: string | null
  readonly key: Key
  /** Whether it is certainly this key. */
  readonly isCertain: boolean
}

/** Every place where EBS uses a key, in the order of the resources. */
export const ebsUses = fact((): readonly EbsUse[] => [
  ...resources('aws_ami_copy').flatMap(node => [...named(node, 'kms_key_id'), ...readImage(node)]),
  ...resources('aws_ebs_snapshot_copy').flatMap(node => named(node, 'kms_key_id')),
  ...resources('aws_ebs_volume').flatMap(node => named(node, 'kms_key_id')),
  ...resources('aws_ebs_default_kms_key').flatMap(node => named(node, 'key_arn')),
  ...resources('aws_instance').flatMap(node => [...ofImage(node, 'ami'), ...ofDevices(node)]),
  ...resources('aws_spot_instance_request').flatMap(node => [...ofImage(node, 'ami'), ...ofDevices(node)]),
  ...resources('aws_spot_fleet_request')
    .flatMap(node => blocks(node, 'launch_specification'))
    .flatMap(node => [...ofImage(node, 'ami'), ...ofDevices(node)]),
  ...resources('aws_launch_configuration').flatMap(node => ofImage(node, 'image_id')),
  ...resources('aws_launch_template').flatMap(node => [
    ...ofImage(node, 'image_id'),
    ...ofMappings(blocks(node, 'block_device_mappings')),
  ]),
  ...resources('aws_ami_launch_permission').flatMap(node => ofImage(node, 'image_id')),
  ...resources('aws_imagebuilder_image_recipe').flatMap(node => ofMappings(blocks(node, 'block_device_mapping'))),
  ...resources('aws_imagebuilder_container_recipe')
    .flatMap(node => blocks(node, 'instance_configuration'))
    .flatMap(node => ofMappings(blocks(node, 'block_device_mapping'))),
  ...resources('aws_imagebuilder_distribution_configuration').flatMap(ofDistributions),
  ...resources('aws_dlm_lifecycle_policy').flatMap(ofLifecycle),
  ...declaredAccounts().flatMap(ofDefaults),
])

/** Where EBS uses a key, by the key's id. */
export function usesOf(key: string): readonly EbsUse[] {
  return usesByKey(key).flatMap(position => useAt(position))
}

function useAt(position: number): readonly EbsUse[] {
  const use = ebsUses()[position] ?? null
  if (use === null) return []
  return [use]
}

const usesByKey = index(function* () {
  for (const [i, use] of ebsUses().entries()) yield [use.key.id, i]
})

function ofMappings(mappings: readonly Node[]): readonly EbsUse[] {
  return mappings.flatMap(mapping => blocks(mapping, 'ebs')).flatMap(ebs => named(ebs, 'kms_key_id'))
}

function ofDevices(node: Node): readonly EbsUse[] {
  return [...blocks(node, 'root_block_device'), ...blocks(node, 'ebs_block_device')].flatMap(device =>
    named(device, 'kms_key_id'),
  )
}

/** CopyImage reads the image where it is. */
function readImage(copy: Node<Schema['aws_ami_copy']>): readonly EbsUse[] {
  const region = attribute(copy, 'source_ami_region')
  return ofImage(copy, 'source_ami_id').map(use => ({ ...use, region: known(region) }))
}

function ofDistributions(
  configuration: Node<Schema['aws_imagebuilder_distribution_configuration']>,
): readonly EbsUse[] {
  return blocks(configuration, 'distribution').flatMap(distribution =>
    blocks(distribution, 'ami_distribution_configuration').flatMap(ami =>
      namedIn(ami, 'kms_key_id', known(attribute(distribution, 'region'))),
    ),
  )
}

/** Copies of snapshots: of schedules to other regions, and of what another account shares. */
function ofLifecycle(policy: Node<Schema['aws_dlm_lifecycle_policy']>): readonly EbsUse[] {
  const details = blocks(policy, 'policy_details')
  const rules = details
    .flatMap(each => blocks(each, 'schedule'))
    .flatMap(each => blocks(each, 'cross_region_copy_rule'))
  const copies = details.flatMap(each => blocks(each, 'action')).flatMap(each => blocks(each, 'cross_region_copy'))
  return [
    ...rules.flatMap(rule =>
      namedIn(rule, 'cmk_arn', known(attribute(rule, 'target_region') ?? attribute(rule, 'target'))),
    ),
    ...copies.flatMap(copy =>
      blocks(copy, 'encryption_configuration').flatMap(encryption =>
        namedIn(encryption, 'cmk_arn', known(attribute(copy, 'target'))),
      ),
    ),
  ]
}

function ofDefaults(account: string): readonly EbsUse[] {
  return keys(objectOf(at(declaredAccount(account), ['default-ebs-key']))).flatMap(region =>
    usesBy([defaultEncryption({ account, region })], {
      at: `accounts.${account}.default-ebs-key.${region} in keyreach.yaml`,
      target: '',
      path: null,
      account,
      region,
    }),
  )
}

function named(node: Node, name: string): readonly EbsUse[] {
  return namedIn(node, name, node.region)
}

function namedIn(node: Node, name: string, region: string | null): readonly EbsUse[] {
  const identifier = attribute(node, name) as Maybe<string>
  if (identifier === null) return []
  return usesBy([encryptionsBy(identifier, { account: node.account, region })], {
    at: place(node, name),
    target: node.address,
    path: [node.path, name].filter(step => step !== '').join('.'),
    account: node.account,
    region,
  })
}

function ofImage(node: Node, name: string): readonly EbsUse[] {
  const image = attribute(node, name) as Maybe<string>
  if (image === null) return []
  return usesBy(imageEncryption(image), {
    at: place(node, name),
    target: node.address,
    path: null,
    account: node.account,
    region: node.region,
  })
}

function usesBy(
  encryption: readonly (readonly Encryption[])[],
  from: Omit<EbsUse, 'key' | 'isCertain'>,
): readonly EbsUse[] {
  return encryption.flatMap(alternatives =>
    alternatives.flatMap(one =>
      one.kind === 'key' ? [{ ...from, key: one.key, isCertain: alternatives.length === 1 }] : [],
    ),
  )
}

function known(value: Maybe<string>): string | null {
  if (isUnknown(value)) return null
  return value
}
