import { index } from '../intrinsics'
import { declaredImage, defaultEncryption, type Encryption, encryptionsBy, keyByArn, type Place } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, identity, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'

/** Under what each snapshot of an image is encrypted: a list of alternatives for each, one alternative where it is certain. */
export type ImageEncryption = readonly (readonly Encryption[])[]

/** Under what an image is encrypted; empty where nothing says that it is (of an image that no plan makes and nobody declares). */
export function imageEncryption(image: Maybe<string>): ImageEncryption {
  const nodes = imageNodes(image)
  if (isUnknown(image) && nodes.length === 0) return [[{ kind: 'unknown', unknown: image.unknown }]]
  return nodes.map(encryptionOf).concat(statedEncryption(image))
}

/** The resource of a plan that makes an image: by reference, or by the id that is declared for it. */
export function imageNodes(image: Maybe<string>): readonly Node[] {
  if (image === null) return []
  if (isUnknown(image)) return image.candidates.flatMap(resourceOf).filter(isImage)
  return byId(image).flatMap(resourceOf)
}

function statedEncryption(image: Maybe<string>): ImageEncryption {
  if (image === null || isUnknown(image)) return []
  return (declaredImage(image) ?? []).map(arn => [{ kind: 'key', key: keyByArn(arn) }])
}

function isImage(node: Node): boolean {
  return ['aws_ami_copy', 'aws_ami_from_instance', 'aws_ami', 'data.aws_ami'].includes(node.type)
}

function encryptionOf(node: Node): readonly Encryption[] {
  if (node.type === 'aws_ami_copy') return copyEncryption(node)
  return [{ kind: 'unknown', unknown: `the keys of the snapshots of ${node.address}` }]
}

/** The result of CopyImage: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html */
function copyEncryption(copy: Node<Schema['aws_ami_copy']>): readonly Encryption[] {
  const place: Place = { account: copy.account, region: copy.region }
  const named = encryptionsBy(attribute(copy, 'kms_key_id'), place)
  if (named.length > 0) return named
  const encrypted = attribute(copy, 'encrypted')
  if (isUnknown(encrypted)) return [{ kind: 'unknown', unknown: encrypted.unknown }]
  if (encrypted === true) return defaultEncryption(place)
  return [{ kind: 'none' }]
}

const byId = index(function* () {
  for (const node of [...resources('aws_ami_copy'), ...resources('aws_ami_from_instance'), ...resources('aws_ami')]) {
    const id = identity(node) ?? node.after['id'] ?? null
    if (typeof id === 'string') yield [id, node.id]
  }
})
