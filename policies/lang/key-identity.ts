import { index, like } from '../intrinsics'
import { partitionOfRegion } from './aws'
import { type Removal, removals } from './changes'
import { textOf } from './json'
import { isUnknown } from './maybe'
import { identity, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import type { Term } from './statement'

/** What all resources that are KMS keys have. */
export interface KeyShape {
  readonly attributes: Pick<
    Schema['aws_kms_key']['attributes'],
    'arn' | 'bypass_policy_lockout_safety_check' | 'deletion_window_in_days' | 'policy'
  >
  readonly blocks: Schema['aws_kms_key']['blocks']
}

/** The KMS keys that the plans make, keep or change. */
export function keyNodes(): readonly Node<KeyShape>[] {
  return [
    ...resources('aws_kms_key'),
    ...resources('aws_kms_replica_key'),
    ...resources('aws_kms_external_key'),
    ...resources('aws_kms_replica_external_key'),
  ]
}

/** Whether a resource is a KMS key. */
export function isKeyNode(node: Node): boolean {
  return isKeyType(node.type)
}

/** Whether resources of a type are KMS keys. */
export function isKeyType(type: string): boolean {
  return ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key', 'aws_kms_replica_external_key'].includes(type)
}

/** The ARN of a key of a plan: declared or known, else unknown, with the key as the one candidate. */
export function keyArn(node: Node): Term {
  return (
    declaredArn(node) ?? textOf(node.after['arn'] ?? null) ?? { unknown: `${node.address}.arn`, candidates: [node.id] }
  )
}

/** A key as a policy's Resource names it: one that is a resource of a plan by its ARN, where that is known. */
export function keyTerm(value: Term): Term {
  if (!isUnknown(value) || value.candidates.length !== 1) return value
  const keys = value.candidates.flatMap(resourceOf).filter(isKeyNode)
  return keys.map(keyArn)[0] ?? value
}

/**
 * Whether what a key's own policy names as its Resource is certainly not that key: another ARN, or any at all of a key that has none yet. A
 * replica may have one before it is made, with the id of its primary.
 */
export function isOfOther(resource: Term, key: Term): boolean {
  if (isUnknown(resource) || !resource.startsWith('arn:') || resource.includes('${')) return false
  if (!isUnknown(key)) return key.startsWith('arn:') && !like(resource, key)
  if (resource.includes('*') || resource.includes('?')) return false
  return key.candidates.length === 1 && key.candidates.flatMap(resourceOf).some(isOwnKind)
}

function isOwnKind({ type }: Node): boolean {
  return type === 'aws_kms_key' || type === 'aws_kms_external_key'
}

/** The key of the plans that has this ARN, as a list of one or none. */
export function keysByArn(arn: string): readonly Node[] {
  return byArn(arn).flatMap(resourceOf)
}

/** What plans take away under the ARN of a key: the key as it was, in a list of one or none. Its policy holds until AWS has deleted it. */
export function removedKeys(arn: string): readonly Removal[] {
  return removedByArn(arn).flatMap(position => removedAt(position))
}

function removedAt(position: number): readonly Removal[] {
  const removal = removals()[position] ?? null
  if (removal === null) return []
  return [removal]
}

function declaredArn(node: Node): string | null {
  const declared = identity(node)
  if (declared === null || declared.startsWith('arn:')) return declared
  if (node.account === null || node.region === null) return null
  return `arn:${partitionOfRegion(node.region)}:kms:${node.region}:${node.account}:key/${declared}`
}

const byArn = index(function* () {
  for (const node of keyNodes()) {
    const arn = keyArn(node)
    if (!isUnknown(arn)) yield [arn, node.id]
  }
})

const removedByArn = index(function* () {
  for (const [i, removal] of removals().entries()) {
    const arn = textOf(removal.before['arn'] ?? null)
    if (arn !== null) yield [arn, i]
  }
})
