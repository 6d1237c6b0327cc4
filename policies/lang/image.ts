import { at, distinct, index } from '../intrinsics'
import { type Asked, isAsked, newEncryption, resultingEncryption } from './encryption'
import { builtEncryption, builtOwner } from './image-builder'
import { listOf } from './json'
import { declaredImage, type Encryption, encryptionsBy, keyByArn, type Place } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, identity, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import { keepsKey, snapshotEncryption, snapshotNodes } from './snapshot'
import { any, type Truth, truth } from './truth'

/** Under what each snapshot of an image is encrypted: a list of alternatives for each, one alternative where it is certain. */
export type ImageEncryption = readonly (readonly Encryption[])[]

/** Under what an image is encrypted; empty where nothing says that it is (of an image that no plan makes or reads and nobody declares). */
export function imageEncryption(image: Maybe<string>): ImageEncryption {
  const nodes = imageNodes(image)
  const stated = statedEncryption(image)
  const built = builtImages(image)
  if (built.length > 0) return built.flatMap(builtEncryption)
  if (isUnknown(image) && nodes.length === 0) return [[{ kind: 'unknown', unknown: image.unknown }]]
  const made = nodes.filter(node => isMade(node) || stated.length === 0)
  return [...made.flatMap(encryptionOf), ...stated]
}

/** What Image Builder builds, where an image is one of its outputs: by reference, or by an id that a state tells. */
function builtImages(image: Maybe<string>): readonly Node<Schema['aws_imagebuilder_image']>[] {
  if (image === null) return []
  if (!isUnknown(image)) return buildsOf(image).flatMap(resourceOf)
  return image.candidates.flatMap(resourceOf).filter(node => node.type === 'aws_imagebuilder_image')
}

/** The images that Image Builder builds, by the ids of what they were in each region and account. */
const buildsOf = index(function* () {
  for (const image of resources('aws_imagebuilder_image'))
    for (const output of listOf(image.after['output_resources'] ?? null))
      for (const ami of listOf(at(output, ['amis']))) {
        const id = at(ami, ['image'])
        if (typeof id === 'string') yield [id, image.id]
      }
})

/** The resource of a plan that makes an image, else the one that reads it: by reference, or by the id that is known or declared for it. */
export function imageNodes(image: Maybe<string>): readonly Node[] {
  if (image === null) return []
  const nodes = (isUnknown(image) ? image.candidates : byId(image)).flatMap(resourceOf).filter(isImage)
  const made = nodes.filter(isMade)
  return made.length > 0 ? made : nodes
}

/** The account that owns an image; null where no plan tells. */
export function imageOwner(image: Maybe<string>): string | null {
  const built = builtImages(image)[0] ?? null
  if (built !== null) return builtOwner(built)
  const node = imageNodes(image)[0] ?? null
  if (node === null) return null
  if (isMade(node)) return node.account
  const owner = attribute(node as Node<Schema['data.aws_ami']>, 'owner_id')
  return isUnknown(owner) ? null : owner
}

/** The account that owns an image: as a plan tells, else that of the keys that are declared for it; null where nothing tells. */
export function probableOwner(image: Maybe<string>): string | null {
  return imageOwner(image) ?? ownerBy(statedEncryption(image).flatMap(alternatives => alternatives))
}

/** Whether a plan has read that everyone may launch an image. */
export function isPublic(image: Maybe<string>): boolean {
  return imageNodes(image).some(
    node => node.type === 'data.aws_ami' && attribute(node as Node<Schema['data.aws_ami']>, 'public') === true,
  )
}

/** What an image is called: the address of the resource that makes or reads it, else its id. */
export function imageName(image: Maybe<string>): string {
  const node = imageNodes(image)[0] ?? null
  if (node !== null) return node.address
  if (image === null || isUnknown(image)) return 'the image'
  return image
}

/** Whether any snapshot of an image is encrypted. */
export function isEncrypted(encryption: ImageEncryption): Truth {
  return any(encryption.map(encryptedBy))
}

/** Whether an image is encrypted: by what is known of the keys of its snapshots, or as a plan has read it. */
export function isImageEncrypted(image: Maybe<string>): Truth {
  return any([isEncrypted(imageEncryption(image)), ...imageNodes(image).map(readAsEncrypted)])
}

/** Whether a plan has read that an image has an encrypted snapshot. */
function readAsEncrypted(node: Node): Truth {
  if (node.type !== 'data.aws_ami') return 'no'
  const mappings = blocks(node as Node<Schema['data.aws_ami']>, 'block_device_mappings')
  return truth(mappings.some(mapping => at(mapping.after, ['ebs', 'encrypted']) === 'true'))
}

function encryptedBy(alternatives: readonly Encryption[]): Truth {
  if (alternatives.length > 0 && alternatives.every(one => one.kind === 'none')) return 'no'
  if (alternatives.some(one => one.kind === 'none' || one.kind === 'unknown')) return 'unknown'
  return 'yes'
}

/** Under what a snapshot that is shared is encrypted, or those of the image that it comes from; empty where nothing says that it is. */
export function sharedSnapshotEncryption(snapshot: Maybe<string>): ImageEncryption {
  if (snapshotNodes(snapshot).length > 0) return [snapshotEncryption(snapshot)]
  if (!isUnknown(snapshot)) return []
  return imageEncryption({ ...snapshot, candidates: snapshot.candidates.filter(id => resourceOf(id).some(isImage)) })
}

function statedEncryption(image: Maybe<string>): ImageEncryption {
  if (image === null || isUnknown(image)) return []
  return (declaredImage(image) ?? []).map(arn => [{ kind: 'key', key: keyByArn(arn) }])
}

function isImage(node: Node): boolean {
  return isMade(node) || node.type === 'data.aws_ami'
}

/** Whether a plan makes an image, and does not only read it. */
export function isMade(node: Node): boolean {
  return ['aws_ami_copy', 'aws_ami_from_instance', 'aws_ami'].includes(node.type)
}

function encryptionOf(node: Node): ImageEncryption {
  if (node.type === 'aws_ami_copy')
    return copyEncryption(node, sourceEncryption(attribute(node, 'source_ami_id') as Maybe<string>))
  if (node.type === 'aws_ami_from_instance') return instancesEncryption(node)
  return plainEncryption(node)
}

/** Under what the source of a copy or instance is encrypted; of one that is a copy itself only what it says of its own is looked at. */
export function sourceEncryption(image: Maybe<string>): ImageEncryption {
  const stated = statedEncryption(image)
  const nodes = imageNodes(image).filter(node => isMade(node) || stated.length === 0)
  return [...nodes.flatMap(plainEncryption), ...stated]
}

function plainEncryption(node: Node): ImageEncryption {
  if (node.type === 'aws_ami_copy') return copyEncryption(node, [])
  if (node.type === 'aws_ami') return registeredEncryption(node)
  if (node.type === 'data.aws_ami') return readEncryption(node)
  return openEncryption(node)
}

function openEncryption(image: Node): ImageEncryption {
  return [[{ kind: 'unknown', unknown: `the keys of the snapshots of ${image.address}` }]]
}

/** The result of CopyImage. What EC2 copies without being asked to encrypt it was not encrypted: it refuses all else. */
function copyEncryption(copy: Node<Schema['aws_ami_copy']>, source: ImageEncryption): ImageEncryption {
  const encrypted = isAsked(attribute(copy, 'encrypted'))
  const named = encryptionsBy(attribute(copy, 'kms_key_id'), copy)
  const from = attribute(copy, 'source_ami_id')
  const region = attribute(copy, 'source_ami_region')
  if (named.length > 0) return [named]
  if (encrypted === 'no') return [newEncryption('no', copy)]
  const open: ImageEncryption = [[{ kind: 'unknown', unknown: `the keys of ${imageName(from)}` }]]
  const snapshots = source.length === 0 ? open : source
  return snapshots.map(alternatives => {
    const owner = imageOwner(from) ?? ownerBy(alternatives)
    const keeps = keepsKey(owner, isUnknown(region) ? null : region, copy)
    return resultingEncryption(alternatives, keeps, { encrypted, named }, copy)
  })
}

/** An image of an instance has the volumes of the instance. */
function instancesEncryption(image: Node<Schema['aws_ami_from_instance']>): ImageEncryption {
  const source = attribute(image, 'source_instance_id')
  const instances = isUnknown(source) ? source.candidates.flatMap(resourceOf).filter(isInstance) : []
  if (instances.length !== 1) return openEncryption(image)
  return instances.flatMap(instance => {
    const encryption = instanceEncryption(instance)
    return encryption.length > 0 ? encryption : openEncryption(image)
  })
}

function isInstance(node: Node): boolean {
  return node.type === 'aws_instance'
}

function instanceEncryption(instance: Node<Schema['aws_instance']>): ImageEncryption {
  const devices = [...blocks(instance, 'root_block_device'), ...blocks(instance, 'ebs_block_device')]
  const image = attribute(instance, 'ami')
  return launchedEncryption(
    image,
    sourceEncryption(image),
    devices.map(device => deviceAsked(device, instance)),
    instance,
  )
}

/** What a block of a device asks for its volume. */
export function deviceAsked(device: Node, place: Place): Asked {
  return {
    encrypted: isAsked(attribute(device, 'encrypted') as Maybe<boolean>),
    named: encryptionsBy(attribute(device, 'kms_key_id') as Maybe<string>, place),
  }
}

/**
 * Under what the volumes of an instance are encrypted: those for which it names a key by that, the rest by what comes of the image's
 * snapshots. Which of them that is, the devices do not say: a plan does not know those of an image.
 */
export function launchedEncryption(
  image: Maybe<string>,
  snapshots: ImageEncryption,
  devices: readonly Asked[],
  place: Place,
): ImageEncryption {
  const named = devices.map(device => device.named).filter(alternatives => alternatives.length > 0)
  if (named.length > 0 && named.length >= snapshots.length) return named
  const encrypted = any(devices.map(device => device.encrypted))
  const rest = snapshots.map(alternatives => {
    const keeps = keepsKey(imageOwner(image) ?? ownerBy(alternatives), place.region, place)
    return [...resultingEncryption(alternatives, keeps, { encrypted, named: [] }, place), ...named.flatMap(one => one)]
  })
  return [...named, ...rest]
}

/** Whose a snapshot probably is of which nobody tells: its key's account. */
function ownerBy(alternatives: readonly Encryption[]): string | null {
  const accounts = distinct(
    alternatives.flatMap(one => (one.kind === 'key' && one.key.account !== null ? [one.key.account] : [])),
  )
  return accounts.length === 1 ? (accounts[0] ?? null) : null
}

/** RegisterImage takes no key: it is that of each snapshot. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html */
function registeredEncryption(image: Node<Schema['aws_ami']>): ImageEncryption {
  const devices = blocks(image, 'ebs_block_device')
  if (devices.length === 0) return openEncryption(image)
  return devices.map(device => {
    const snapshot = attribute(device, 'snapshot_id')
    if (snapshot === null) return newEncryption(isAsked(attribute(device, 'encrypted')), image)
    return snapshotEncryption(snapshot)
  })
}

/** What a plan has read of an image: which of its snapshots are encrypted, but not under which key. */
function readEncryption(image: Node<Schema['data.aws_ami']>): ImageEncryption {
  if (at(image.after, ['id']) === null) return openEncryption(image)
  return blocks(image, 'block_device_mappings').flatMap(mapping => {
    const ebs = attribute(mapping, 'ebs')
    if (isUnknown(ebs)) return openEncryption(image)
    const snapshot = at(ebs, ['snapshot_id'])
    if (typeof snapshot !== 'string') return []
    if (at(ebs, ['encrypted']) === 'false') return [[{ kind: 'none' }]]
    return [snapshotEncryption(snapshot)]
  })
}

const byId = index(function* () {
  for (const node of [
    ...resources('aws_ami_copy'),
    ...resources('aws_ami_from_instance'),
    ...resources('aws_ami'),
    ...resources('data.aws_ami'),
  ]) {
    const id = identity(node) ?? node.after['id'] ?? null
    if (typeof id === 'string') yield [id, node.id]
  }
})
