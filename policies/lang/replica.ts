import { index } from '../intrinsics'
import { accountOf } from './aws'
import { isKeyEnabled, type Key, keyByArn, keyOf } from './key'
import { isKeyNode, keyNodes, keysByArn } from './key-identity'
import { isUnknown, type Maybe } from './maybe'
import { attribute, type Node, resourceOf, resources } from './plan'
import { ELSEWHERE } from './reference'
import { any, type Truth } from './truth'

/** The keys of a region that share id and material with a multi-Region key: its replicas, its primary, or itself. */
export function replicasOf(key: Key, region: string): readonly Key[] {
  return familyOf(key).filter(other => other.region === region)
}

/** Whether a multi-Region key has a key in a region that can be used there. */
export function isReplicated(key: Key, region: string): Truth {
  const replicas = [...openReplicas(region), ...(isUnknown(key.arn) ? foreignReplicas(region) : [])]
  const open = [...familyOf(key).filter(other => other.region === null), ...replicas.flatMap(resourceOf)]
  return any([...replicasOf(key, region).map(isKeyEnabled), ...open.map((): Truth => 'unknown')])
}

/** A multi-Region key with all that is known to belong to it. */
export function familyOf(key: Key): readonly Key[] {
  const primaries = [...primaryOf(key.node ?? ''), ...(key.node === null ? [] : [key.node])]
  const replicas = primaries.flatMap(id => replicaIds(id))
  const planned = [...primaries, ...replicas].flatMap(resourceOf).map(keyOf)
  return [...planned, ...sharing(idOf(key)).flatMap(resourceOf).map(keyOf)]
}

/** The part of a multi-Region key's ARN that all of its family has in common. */
function idOf(key: Key): string {
  if (isUnknown(key.arn)) return ''
  return key.arn.split(':key/')[1] ?? ''
}

/** The keys that share id and material with another of an ARN that no plan has: the plans' keys of its `mrk-…` id, in the same account. */
export function relativesOf(arn: string): readonly Key[] {
  return sharing(arn.split(':key/')[1] ?? '')
    .flatMap(resourceOf)
    .map(keyOf)
    .filter(key => key.account === accountOf(arn))
}

/** The replicas of the plans. */
export function replicaNodes(): readonly Node[] {
  return [...resources('aws_kms_replica_key'), ...resources('aws_kms_replica_external_key')]
}

/** The primary of a replica, in a list of one; none where it is not known which. */
export function primariesOf(replica: Node): readonly Key[] {
  const primary = attribute(replica, 'primary_key_arn') as Maybe<string>
  if (primary === null) return []
  if (!isUnknown(primary)) return [keyByArn(primary)]
  if (primary.candidates.length !== 1) return []
  return primary.candidates.flatMap(resourceOf).filter(isKeyNode).map(keyOf)
}

const replicaIds = index(function* () {
  for (const replica of replicaNodes()) for (const id of primaryIds(replica)) yield [id, replica.id]
})

const primaryOf = index(function* () {
  for (const replica of replicaNodes()) for (const id of primaryIds(replica)) yield [replica.id, id]
})

/** The replicas of a region of which it is not known what they replicate. */
const openReplicas = index(function* () {
  for (const replica of replicaNodes())
    if (primaryIds(replica).includes(ELSEWHERE)) yield [replica.region ?? '', replica.id]
})

/** The replicas of a region of a primary whose ARN no plan has: it may be that of a key whose ARN is not known. */
const foreignReplicas = index(function* () {
  for (const replica of replicaNodes()) if (primaryIds(replica).length === 0) yield [replica.region ?? '', replica.id]
})

/** From the id of a multi-Region key (`mrk-…`) to the resources that have it. */
const sharing = index(function* () {
  for (const node of keyNodes()) {
    const id = idOf(keyOf(node))
    if (id.startsWith('mrk-')) yield [id, node.id]
  }
  for (const replica of replicaNodes()) {
    const primary = attribute(replica, 'primary_key_arn') as Maybe<string>
    if (primary !== null && !isUnknown(primary)) yield [primary.split(':key/')[1] ?? '', replica.id]
  }
})

/** The ids of the resources that a replica may be of; by an ARN that is known, of the one that has it. */
function primaryIds(replica: Node): readonly string[] {
  const primary = attribute(replica, 'primary_key_arn') as Maybe<string>
  if (primary === null) return []
  if (isUnknown(primary)) return primary.candidates
  return keysByArn(primary).map(node => node.id)
}
