import { at, distinct, fact, index, keys } from '../intrinsics'
import type { Evidence, Fix } from './finding'
import { imageEncryption } from './image'
import { objectOf, textOf } from './json'
import { defaultEncryption, type Encryption, encryptionsBy, isOpenKey, type Key, unknownKey } from './key'
import { lifecycleCopies } from './lifecycle'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node, place, resources } from './plan'
import { familyOf } from './replica'
import type { Schema } from './schema'
import { type Builder, builders, usedKeys } from './template'
import { namedEncryption } from './template-key'
import type { Truth } from './truth'
import { declaredAccount, declaredAccounts } from './world'

/** A place that tells EBS which key to use: by the key's name, as the key of an image, or as the default key of an account. */
export interface KeySite {
  /** The attribute that names the key or the image, or the entry of keyreach.yaml. */
  readonly at: string
  /** The resource or template; '' where it is declared. */
  readonly target: string
  /** The resource's type; '' of a template, or where it is declared. */
  readonly type: string
  /** The path of the attribute that names the key itself; null where it names an image, or is declared. */
  readonly path: string | null
  readonly account: string | null
  /** The region in which EBS uses the key. */
  readonly region: string | null
  /** The key's name; null where an image is named. */
  readonly identifier: Maybe<string>
  /** Under what EBS encrypts: a list of alternatives for each volume. */
  readonly encryptions: readonly (readonly Encryption[])[]
}

/** A key that EBS uses at a place. A name that is not known until apply, and nobody's in the plans, is one of an open key. */
export interface EbsUse extends Omit<KeySite, 'type' | 'identifier' | 'encryptions'> {
  readonly key: Key
  /** Whether it is certainly this key. */
  readonly isCertain: boolean
}

/** Every place that tells EBS which key to use, in the order of the resources; those of Packer templates behind them. */
export const keySites = fact((): readonly KeySite[] => [
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
  ...builders().flatMap(ofBuilder),
  ...declaredAccounts().flatMap(ofDefaults),
])

/** The keys that EBS uses, place by place. */
export const ebsUses = fact((): readonly EbsUse[] => keySites().flatMap(usesAt))

/** Where EBS uses a key, by the key's id. */
export function usesOf(key: string): readonly EbsUse[] {
  return usesByKey(key).flatMap(position => useAt(position))
}

/** Where EBS uses a key of which nothing tells which it is. */
export function openUses(): readonly EbsUse[] {
  return ebsUses().filter(use => isOpenKey(use.key))
}

/** Where EBS uses a key, or another of the multi-Region keys that share its material. */
export function familyUses(key: Key): readonly EbsUse[] {
  return distinct([key, ...familyOf(key)].map(one => one.id)).flatMap(usesOf)
}

/** That EBS uses a key, as evidence: the first places of all. */
export function usesAsEvidence(uses: readonly EbsUse[]): readonly Evidence[] {
  return uses.slice(0, 3).map(use => ({ at: use.at, what: use.isCertain ? 'uses the key' : 'may use the key' }))
}

/** What a use asks of its key; where it is not certain that any of the uses is of this key, what they ask in vain is open. */
export function asked(holds: Truth, uses: readonly EbsUse[]): Truth {
  if (holds === 'no' && !uses.some(use => use.isCertain)) return 'unknown'
  return holds
}

/** A new key for each account and region in which a key is used, and its name in place of the other's. */
export function otherKeyFix(uses: readonly Pick<EbsUse, 'account' | 'region' | 'target' | 'path'>[]): readonly Fix[] {
  const named = uses.flatMap(use => (use.path === null ? [] : [{ ...use, path: use.path }]))
  const places = distinct(named.map(use => `${use.account ?? ''}|${use.region ?? ''}`))
  return [
    ...places.map(
      (where): Fix => ({
        kind: 'resource',
        account: textOf(where.split('|')[0] ?? null),
        region: textOf(where.split('|')[1] ?? null),
        target: `aws_kms_key.${newName(where.split('|')[1] ?? '')}`,
        type: 'aws_kms_key',
        values: { description: 'Images and volumes', enable_key_rotation: true },
      }),
    ),
    ...named.map(
      (use): Fix => ({
        kind: 'attribute',
        account: use.account,
        target: use.target,
        path: use.path,
        value: `\${aws_kms_key.${newName(use.region ?? '')}.arn}`,
      }),
    ),
  ]
}

function newName(region: string): string {
  return ['keyreach', ...region.split('-').filter(part => part !== '')].join('_')
}

function useAt(position: number): readonly EbsUse[] {
  const use = ebsUses()[position] ?? null
  if (use === null) return []
  return [use]
}

const usesByKey = index(function* () {
  for (const [i, use] of ebsUses().entries()) yield [use.key.id, i]
})

function ofMappings(mappings: readonly Node[]): readonly KeySite[] {
  return mappings.flatMap(mapping => blocks(mapping, 'ebs')).flatMap(ebs => named(ebs, 'kms_key_id'))
}

function ofDevices(node: Node): readonly KeySite[] {
  return [...blocks(node, 'root_block_device'), ...blocks(node, 'ebs_block_device')].flatMap(device =>
    named(device, 'kms_key_id'),
  )
}

/** CopyImage reads the image where it is. */
function readImage(copy: Node<Schema['aws_ami_copy']>): readonly KeySite[] {
  const region = attribute(copy, 'source_ami_region')
  return ofImage(copy, 'source_ami_id').map(site => ({ ...site, region: known(region) }))
}

function ofDistributions(
  configuration: Node<Schema['aws_imagebuilder_distribution_configuration']>,
): readonly KeySite[] {
  return blocks(configuration, 'distribution').flatMap(distribution =>
    blocks(distribution, 'ami_distribution_configuration').flatMap(ami =>
      namedIn(ami, 'kms_key_id', known(attribute(distribution, 'region'))),
    ),
  )
}

function ofLifecycle(policy: Node<Schema['aws_dlm_lifecycle_policy']>): readonly KeySite[] {
  return lifecycleCopies(policy).flatMap(({ encryption, region }) => namedIn(encryption, 'cmk_arn', region))
}

/** The keys that a Packer template names for its image, the copies of it, and the volumes of its instance. */
function ofBuilder(builder: Builder): readonly KeySite[] {
  return usedKeys(builder).flatMap(({ at, path, region, key }) => {
    const place = { account: builder.account, region: textOf(region) }
    if (key === null || isUnknown(key)) return []
    const encryptions = [namedEncryption(key, place)]
    return [{ at, target: builder.address, type: '', path, ...place, identifier: key, encryptions }]
  })
}

function ofDefaults(account: string): readonly KeySite[] {
  return keys(objectOf(at(declaredAccount(account), ['default-ebs-key']))).map(region => ({
    at: `accounts.${account}.default-ebs-key.${region} in keyreach.yaml`,
    target: '',
    type: '',
    path: null,
    account,
    region,
    identifier: null,
    encryptions: [defaultEncryption({ account, region })],
  }))
}

function named(node: Node, name: string): readonly KeySite[] {
  return namedIn(node, name, node.region)
}

function namedIn(node: Node, name: string, region: string | null): readonly KeySite[] {
  const identifier = attribute(node, name) as Maybe<string>
  if (identifier === null) return []
  return [
    {
      at: place(node, name),
      target: node.address,
      type: node.type,
      path: [node.path, name].filter(step => step !== '').join('.'),
      account: node.account,
      region,
      identifier,
      encryptions: [encryptionsBy(identifier, { account: node.account, region })],
    },
  ]
}

function ofImage(node: Node, name: string): readonly KeySite[] {
  const image = attribute(node, name) as Maybe<string>
  if (image === null) return []
  return [
    {
      at: place(node, name),
      target: node.address,
      type: node.type,
      path: null,
      account: node.account,
      region: node.region,
      identifier: null,
      encryptions: imageEncryption(image),
    },
  ]
}

function usesAt(site: KeySite): readonly EbsUse[] {
  const { at, target, path, account, region } = site
  const from = { at, target, path, account, region }
  return [
    ...site.encryptions.flatMap(alternatives =>
      alternatives.flatMap(one =>
        one.kind === 'key' ? [{ ...from, key: one.key, isCertain: alternatives.length === 1 }] : [],
      ),
    ),
    ...openKeys(site).map(key => ({ ...from, key, isCertain: false })),
  ]
}

/** The key of a name that is not known until apply. */
function openKeys({ identifier, encryptions, region }: KeySite): readonly Key[] {
  if (!isUnknown(identifier)) return []
  return encryptions.flatMap(alternatives =>
    alternatives.flatMap(one => (one.kind === 'unknown' ? [unknownKey(one.unknown, region)] : [])),
  )
}

function known(value: Maybe<string>): string | null {
  if (isUnknown(value)) return null
  return value
}
