import { index, keys } from '../intrinsics'
import { accountOf, regionOf } from './aws'
import { objectOf } from './json'
import {
  declaredPolicy,
  defaultEncryption,
  type Encryption,
  encryptionsBy,
  isOpenKey,
  type Key,
  keyByArn,
  keysAmong,
  type Place,
} from './key'
import { keyArn, keyNodes } from './key-identity'
import { isUnknown, type Maybe } from './maybe'
import { attribute, resources } from './plan'
import { isReplicated, replicasOf } from './replica'
import { any, type Truth } from './truth'
import { declared } from './world'

/** What is known of a key that is named for a region: whether it exists there, and which it is; `others` have its id in other regions. */
export interface Located {
  readonly exists: Truth
  readonly key: Key | null
  readonly others: readonly Key[]
}

/**
 * Finds the key that an identifier names for EBS in an account and region. An ARN names a key of its own region, an id of `mrk-…` the
 * replica of the region, and any other id exists in one region only.
 */
export function located(identifier: string, place: Place): Located {
  if (identifier.includes('alias/')) return byAlias(identifier, place)
  const id = idOf(identifier)
  const account = identifier.startsWith('arn:') ? accountOf(identifier) : place.account
  const family = keysWithId(id)
    .map(keyByArn)
    .filter(key => account === null || key.account === account)
  const here = [...family.filter(key => key.region === place.region), ...replicas(family, id, place.region ?? '')]
  const others = family.filter(key => key.region !== place.region)
  if (isOfOtherRegion(identifier, place)) return { exists: 'no', key: null, others }
  if (here.length > 0) return { exists: 'yes', key: here[0] ?? null, others }
  return { exists: elsewhere(family, id, place.region), key: null, others }
}

/** Whether a key exists in a region of which none is known there: not if it is known elsewhere, unless a replica may be of it. */
function elsewhere(family: readonly Key[], id: string, region: string | null): Truth {
  if (family.length === 0 || region === null) return 'unknown'
  if (!id.startsWith('mrk-')) return 'no'
  return any(family.map(key => isReplicated(key, region)))
}

/** Under what EBS encrypts where this identifier is named. */
export function namedEncryption(identifier: string, place: Place): readonly Encryption[] {
  const { key } = located(identifier, place)
  if (key !== null) return [{ kind: 'key', key }]
  return encryptionsBy(identifier, place)
}

/**
 * The keys by which EBS encrypts by a setting of which something is known: the key that it names, or the default key of the region. Of a
 * key that no plan shows and nobody declares, only that of another account is worth a question: there the caller's own policies decide too.
 */
export function knownKeys(key: Maybe<string>, place: Place): readonly Key[] {
  if (isUnknown(key)) return []
  const encryption = key === null ? defaultEncryption(place) : namedEncryption(key, place)
  return keysAmong(encryption, place.region).filter(one => !isOpenKey(one) && isKnown(one, place))
}

function isKnown(key: Key, place: Place): boolean {
  return key.node !== null || declaredPolicy(key) !== null || (place.account !== null && key.account !== place.account)
}

/** Whether an identifier is an ARN of another region than the one it is named for. */
export function isOfOtherRegion(identifier: string, place: Place): boolean {
  return identifier.startsWith('arn:') && place.region !== null && regionOf(identifier) !== place.region
}

/** The id in an identifier of a key. */
export function idOf(identifier: string): string {
  return identifier.split(':key/')[1] ?? identifier
}

function byAlias(identifier: string, place: Place): Located {
  if (isOfOtherRegion(identifier, place)) return { exists: 'no', key: null, others: [] }
  if (identifier.includes('alias/aws/')) return { exists: 'yes', key: null, others: [] }
  const found = encryptionsBy(identifier, place).flatMap(one => (one.kind === 'key' ? [one.key] : []))
  return { exists: found.length === 0 ? 'unknown' : 'yes', key: found[0] ?? null, others: [] }
}

function replicas(family: readonly Key[], id: string, region: string): readonly Key[] {
  if (!id.startsWith('mrk-')) return []
  return family.flatMap(key => replicasOf(key, region))
}

/** From an id to the ARNs of keys that have it: made or read by plans, or declared. */
const keysWithId = index(function* () {
  for (const node of keyNodes()) {
    const arn = keyArn(node)
    if (!isUnknown(arn)) yield [idOf(arn), arn]
  }
  for (const node of resources('data.aws_kms_key')) {
    const arn = attribute(node, 'arn')
    if (arn !== null && !isUnknown(arn)) yield [idOf(arn), arn]
  }
  for (const arn of keys(objectOf(declared('keys')))) yield [idOf(arn), arn]
})
