import { index } from '../intrinsics'
import { type Key, keyOf } from './key'
import { isUnknown } from './maybe'
import { attribute, type Node, resourceOf, resources } from './plan'

/** The keys of a region that share id and material with a multi-Region key: its enabled replicas, its primary, or itself. */
export function replicasOf(key: Key, region: string): readonly Key[] {
  return familyOf(key).filter(other => other.region === region)
}

/** A multi-Region key with all that is known to belong to it. */
function familyOf(key: Key): readonly Key[] {
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

function isEnabled(node: Node): boolean {
  return node.after['enabled'] !== false && node.after['is_enabled'] !== false
}

const replicaIds = index(function* () {
  for (const replica of resources('aws_kms_replica_key').filter(isEnabled))
    for (const id of primaryIds(replica)) yield [id, replica.id]
})

const primaryOf = index(function* () {
  for (const replica of resources('aws_kms_replica_key')) for (const id of primaryIds(replica)) yield [replica.id, id]
})

/** From the id of a multi-Region key (`mrk-…`) to the resources that have it. */
const sharing = index(function* () {
  for (const node of [...resources('aws_kms_key'), ...resources('aws_kms_replica_key')].filter(isEnabled)) {
    const id = idOf(keyOf(node))
    if (id.startsWith('mrk-')) yield [id, node.id]
  }
})

function primaryIds(replica: Node): readonly string[] {
  const primary = attribute(replica, 'primary_key_arn')
  if (isUnknown(primary)) return primary.candidates
  return []
}
