import { distinct } from '../intrinsics'
import { isEncryptedByDefault } from './account'
import type { Fix } from './finding'
import { imageEncryption, imageNodes } from './image'
import { configurationsOf, type Distribution, distributionKey, distributionsOf, recipesOf } from './image-builder'
import { textOf } from './json'
import { defaultEncryption, type Encryption, encryptionsBy, type Key, type Place } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node, place } from './plan'
import type { Schema } from './schema'
import { agreed, any, type Truth } from './truth'

type Recipe = Schema['aws_imagebuilder_image_recipe']
/** The block of a recipe that describes an EBS volume. */
export type EbsBlock = Recipe['blocks']['block_device_mapping']['blocks']['ebs']

/** A volume of an image as Image Builder builds it, with its snapshot's encryption. */
export interface BuildVolume {
  readonly recipe: Node<Recipe>
  /** What it is called: `/dev/xvda`. */
  readonly name: string
  /** The block that describes it; null where the recipe describes no volume. */
  readonly ebs: Node<EbsBlock> | null
  /** Under what it is encrypted, by alternatives. */
  readonly encryptions: readonly Encryption[]
  /** What would make an unknown encryption known. */
  readonly known: readonly string[]
}

/** The volumes that a recipe describes; where it describes none, the parent image's, of which it says nothing. */
export function buildVolumes(recipe: Node<Recipe>): readonly BuildVolume[] {
  const described = blocks(recipe, 'block_device_mapping').flatMap(mapping =>
    blocks(mapping, 'ebs').map(ebs => volumeOf(recipe, deviceName(attribute(mapping, 'device_name')), ebs)),
  )
  if (described.length > 0) return described
  return [withoutKey(recipe, rootDevice(recipe) ?? '/dev/xvda', null, null)]
}

/** Whether a volume can be shared: under a customer managed key, or not encrypted. A default key of which nothing is said is AWS's. */
export function isVolumeShareable(volume: BuildVolume): Truth {
  return agreed(volume.encryptions.map(isShareable))
}

/** Whether what is encrypted so can be shared; a default key of which nothing is said is AWS's own. */
export function isShareable(encryption: Encryption): Truth {
  if (encryption.kind === 'key' || encryption.kind === 'none') return 'yes'
  if (encryption.kind === 'unknown') return 'unknown'
  return 'no'
}

/** Whether a volume is encrypted at all. */
export function isVolumeEncrypted(volume: BuildVolume): Truth {
  return agreed(volume.encryptions.map(isEncrypted))
}

/** Whether any volume is encrypted of what the recipes of a distribution build; unknown where no recipe is seen. */
function isBuildEncrypted({ configuration }: Distribution): Truth {
  const volumes = recipesOf(configuration.id).flatMap(recipe => buildVolumes(recipe))
  return volumes.length === 0 ? 'unknown' : any(volumes.map(isVolumeEncrypted))
}

/** Whether a copy for which a distribution names no key is encrypted: what is so stays so, what is not becomes so where the account says it. */
export function isCopyEncrypted(distribution: Distribution): Truth {
  const { configuration, region } = distribution
  return any([isBuildEncrypted(distribution), isEncryptedByDefault({ account: configuration.account, region })])
}

/** Whether the image is encrypted that a distribution leaves in its region: the one that was built, or a copy. */
export function isDistributedEncrypted(distribution: Distribution): Truth {
  if (distribution.isBuildRegion === 'yes') return isBuildEncrypted(distribution)
  if (distribution.isBuildRegion === 'no' && distributionKey(distribution).length > 0) return 'yes'
  return isCopyEncrypted(distribution)
}

/** Has a volume encrypted under a key that the recipe or a distribution names for this region already, else under a new one. */
export function volumeKeyFix(volume: BuildVolume): readonly Fix[] {
  const { recipe, name, ebs } = volume
  const path = ebs === null ? `block_device_mapping[device_name="${name}"].ebs[0]` : ebs.path
  const named = namedKeys(recipe)[0] ?? null
  const value = named === null ? '${aws_kms_key.keyreach.arn}' : keyReference(named)
  return [
    ...(named === null ? newKeyFix(recipe, `Key of ${recipe.address}`) : []),
    {
      kind: 'attribute',
      account: recipe.account,
      target: recipe.address,
      path: `${path}.encrypted`,
      value: 'true',
    },
    { kind: 'attribute', account: recipe.account, target: recipe.address, path: `${path}.kms_key_id`, value },
  ]
}

/** A new customer managed key, `aws_kms_key.keyreach`. */
export function newKeyFix({ account, region }: Place, description: string): readonly Fix[] {
  return [
    {
      kind: 'resource',
      account,
      region,
      target: 'aws_kms_key.keyreach',
      type: 'aws_kms_key',
      values: { description, enable_key_rotation: true },
    },
  ]
}

/** How an encryption under no key of the author's is called. */
export function defaultKeyName({ account, region }: Place): string {
  return `the default EBS key of ${account ?? 'the account'} in ${region ?? 'its region'}, which is \`aws/ebs\` unless another is set (default-ebs-key in keyreach.yaml)`
}

/** What would make known whether an account encrypts what nothing asks to encrypt. */
export function defaultQuestion({ account, region }: Place): string {
  return `whether ${account ?? 'the account'} encrypts by default in ${region ?? 'its region'} (encryption-by-default in keyreach.yaml)`
}

/**
 * The name of the root device of a recipe's parent image, where that can be told: of AWS's own images and of images that a plan has read.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
 */
export function rootDevice(recipe: Node<Recipe>): string | null {
  const parent = attribute(recipe, 'parent_image')
  const read = imageNodes(parent).flatMap(image => {
    const name = textOf(image.after['root_device_name'] ?? null)
    return name === null ? [] : [name]
  })
  if (read.length > 0) return read[0] ?? null
  if (parent === null || isUnknown(parent) || !isOfAws(parent)) return null
  if (parent.includes(':image/amazon-linux-')) return '/dev/xvda'
  return '/dev/sda1'
}

/** `arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x` */
function isOfAws(parent: string): boolean {
  return parent.startsWith('arn:') && parent.includes(':aws:image/')
}

function volumeOf(recipe: Node<Recipe>, name: string, ebs: Node<EbsBlock>): BuildVolume {
  const encryptions = encryptionsBy(attribute(ebs, 'kms_key_id'), recipe)
  if (encryptions.length > 0) return { recipe, name, ebs, encryptions, known: distinct(encryptions.flatMap(asked)) }
  return withoutKey(recipe, name, ebs, attribute(ebs, 'encrypted'))
}

function withoutKey(
  recipe: Node<Recipe>,
  name: string,
  ebs: Node<EbsBlock> | null,
  encrypted: Maybe<string | boolean>,
): BuildVolume {
  if (isUnknown(encrypted)) return unknownVolume(recipe, name, ebs, encrypted.unknown)
  const byDefault = isEncryptedByDefault(recipe)
  if (encrypted === 'true' || encrypted === true || byDefault === 'yes') {
    const encryptions = defaultEncryption(recipe)
    return { recipe, name, ebs, encryptions, known: distinct(encryptions.flatMap(asked)) }
  }
  if (byDefault === 'unknown') return unknownVolume(recipe, name, ebs, defaultQuestion(recipe))
  const encryptions = parentEncryption(recipe)
  return { recipe, name, ebs, encryptions, known: distinct(encryptions.flatMap(asked)) }
}

/** What is not asked to be encrypted stays as it is in the parent image; AWS's own are not encrypted. */
function parentEncryption(recipe: Node<Recipe>): readonly Encryption[] {
  const parent = attribute(recipe, 'parent_image')
  if (parent !== null && !isUnknown(parent) && isOfAws(parent)) return [{ kind: 'none' }]
  const stated = imageEncryption(parent).flatMap(alternatives => alternatives)
  if (stated.length > 0) return stated
  return [{ kind: 'unknown', unknown: `the keys of the snapshots of the parent image of ${recipe.address}` }]
}

function unknownVolume(recipe: Node<Recipe>, name: string, ebs: Node<EbsBlock> | null, what: string): BuildVolume {
  return { recipe, name, ebs, encryptions: [{ kind: 'unknown', unknown: what }], known: [what] }
}

function asked(encryption: Encryption): readonly string[] {
  if (encryption.kind === 'unknown') return [encryption.unknown]
  return []
}

function isEncrypted(encryption: Encryption): Truth {
  if (encryption.kind === 'none') return 'no'
  if (encryption.kind === 'unknown') return 'unknown'
  return 'yes'
}

/** The keys of the recipe's region that its volumes name, then those that its distributions do. */
function namedKeys(recipe: Node<Recipe>): readonly Key[] {
  const own = blocks(recipe, 'block_device_mapping')
    .flatMap(mapping => blocks(mapping, 'ebs'))
    .map(ebs => encryptionsBy(attribute(ebs, 'kms_key_id'), recipe))
  const distributed = configurationsOf(recipe.id)
    .flatMap(configuration => distributionsOf(configuration))
    .filter(one => one.isBuildRegion === 'yes')
    .map(distributionKey)
  return [...own, ...distributed]
    .flatMap(alternatives => (alternatives.length === 1 ? alternatives : []))
    .flatMap(keyOf)
}

function keyOf(encryption: Encryption): readonly Key[] {
  if (encryption.kind === 'key') return [encryption.key]
  return []
}

function keyReference(key: Key): string {
  if (key.node === null) return key.label
  return `\${${key.label}.arn}`
}

function deviceName(name: Maybe<string>): string {
  if (name === null || isUnknown(name)) return 'a device'
  return name
}

/** Where the key of a volume is named, or would be. */
export function volumePlace(volume: BuildVolume): string {
  if (volume.ebs === null) return volume.recipe.address
  return place(volume.ebs, 'kms_key_id')
}
