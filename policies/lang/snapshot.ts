import { index } from '../intrinsics'
import { type Asked, isAsked, newEncryption, resultingEncryption } from './encryption'
import { type Encryption, encryptionsBy, type Place } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, identity, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import { all, type Truth, truth } from './truth'

/** Under what a snapshot is encrypted: the alternatives, or that nobody tells. */
export function snapshotEncryption(snapshot: Maybe<string>): readonly Encryption[] {
  const nodes = snapshotNodes(snapshot)
  if (nodes.length > 0) return nodes.flatMap(node => encryptionOf(node))
  return [{ kind: 'unknown', unknown: `the key of ${snapshotName(snapshot)}` }]
}

/** The resources of the plans that make a snapshot, else those that read it. */
export function snapshotNodes(snapshot: Maybe<string>): readonly Node[] {
  if (snapshot === null) return []
  const nodes = (isUnknown(snapshot) ? snapshot.candidates : byId(snapshot)).flatMap(resourceOf).filter(isSnapshot)
  const made = nodes.filter(node => !node.type.startsWith('data.'))
  return made.length > 0 ? made : nodes
}

/** Under what a volume of a plan is encrypted. */
export function volumeEncryption(volume: Node<Schema['aws_ebs_volume']>): readonly Encryption[] {
  return madeOf(volume, attribute(volume, 'snapshot_id'))
}

/** Whether the key of a source stays that of what is made of it: both of one account and region. */
export function keepsKey(owner: string | null, region: string | null, place: Place): Truth {
  return all([isSame(owner, place.account), isSame(region, place.region)])
}

function isSame(one: string | null, other: string | null): Truth {
  if (one === null || other === null) return 'unknown'
  return truth(one === other)
}

function encryptionOf(node: Node): readonly Encryption[] {
  if (node.type === 'aws_ebs_snapshot_copy') return copyEncryption(node)
  const stated = statedEncryption(node)
  if (stated.length > 0) return stated
  const volumes = node.type === 'aws_ebs_snapshot' ? volumesOf(node) : []
  if (volumes.length > 0) return volumes.flatMap(volume => volumeEncryption(volume))
  return [{ kind: 'unknown', unknown: `the key of ${node.address}` }]
}

/** What a snapshot says itself that is there already. */
function statedEncryption(
  snapshot: Node<Schema['aws_ebs_snapshot'] | Schema['data.aws_ebs_snapshot']>,
): readonly Encryption[] {
  const named = encryptionsBy(attribute(snapshot, 'kms_key_id'), snapshot)
  if (named.length > 0 || attribute(snapshot, 'encrypted') !== false) return named
  return [{ kind: 'none' }]
}

function volumesOf(snapshot: Node<Schema['aws_ebs_snapshot']>): readonly Node<Schema['aws_ebs_volume']>[] {
  const volume = attribute(snapshot, 'volume_id')
  if (!isUnknown(volume)) return []
  return volume.candidates.flatMap(resourceOf).filter(node => node.type === 'aws_ebs_volume')
}

function copyEncryption(copy: Node<Schema['aws_ebs_snapshot_copy']>): readonly Encryption[] {
  const region = attribute(copy, 'source_region')
  const from = { owner: null, region: isUnknown(region) ? null : region }
  return made(copy, attribute(copy, 'source_snapshot_id'), from, {
    encrypted: isAsked(attribute(copy, 'encrypted')),
    named: encryptionsBy(attribute(copy, 'kms_key_id'), copy),
  })
}

/** A volume of a snapshot, or an empty one. */
function madeOf(volume: Node<Schema['aws_ebs_volume']>, snapshot: Maybe<string>): readonly Encryption[] {
  const asked: Asked = {
    encrypted: isAsked(attribute(volume, 'encrypted')),
    named: encryptionsBy(attribute(volume, 'kms_key_id'), volume),
  }
  if (snapshot === null && asked.named.length === 0) return newEncryption(asked.encrypted, volume)
  return made(volume, snapshot, { owner: null, region: volume.region }, asked)
}

interface From {
  readonly owner: string | null
  readonly region: string | null
}

/** What is made of a snapshot; of a source that is made itself only what it names is looked at. */
function made(node: Node, source: Maybe<string>, from: From, asked: Asked): readonly Encryption[] {
  const nodes = snapshotNodes(source)
  const named = nodes.flatMap(one => encryptionsBy(attribute(one, 'kms_key_id') as Maybe<string>, one))
  const owner = nodes[0]?.account ?? from.owner
  const open: Encryption = { kind: 'unknown', unknown: `the key of ${snapshotName(source)}` }
  return resultingEncryption(named.length > 0 ? named : [open], keepsKey(owner, from.region, node), asked, node)
}

function isSnapshot(node: Node): boolean {
  return ['aws_ebs_snapshot', 'aws_ebs_snapshot_copy', 'data.aws_ebs_snapshot'].includes(node.type)
}

/** What a snapshot is called: the address of the resource that makes or reads it, else its id. */
export function snapshotName(snapshot: Maybe<string>): string {
  const node = snapshotNodes(snapshot)[0] ?? null
  if (node !== null) return node.address
  if (isUnknown(snapshot)) return snapshot.unknown
  return snapshot ?? 'a snapshot'
}

const byId = index(function* () {
  for (const node of [
    ...resources('aws_ebs_snapshot'),
    ...resources('aws_ebs_snapshot_copy'),
    ...resources('data.aws_ebs_snapshot'),
  ]) {
    const id = identity(node) ?? node.after['id'] ?? null
    if (typeof id === 'string') yield [id, node.id]
  }
})
