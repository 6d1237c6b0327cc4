import { at, index, sorted } from '../intrinsics'
import { accountOf, partitionOfRegion, regionOf } from './aws'
import type { KeyFacts } from './context'
import { objectOf, textOf, textsOf } from './json'
import { isKeyNode, keyArn, keysByArn, removedKeys } from './key-identity'
import { isUnknown, type Maybe, type Unknown, unknown } from './maybe'
import { attribute, identity, type Node, resourceOf, resources } from './plan'
import { ELSEWHERE, MORE } from './reference'
import type { Term } from './statement'
import { agreed, all, any, not, type Truth, truth } from './truth'
import { declared, declaredAccount, plans } from './world'

/** A KMS key that a customer manages: of a plan, declared, or known by its ARN only. */
export interface Key {
  /** Its ARN, or the resource's id while that is not known: equal for the same key. */
  readonly id: string
  readonly arn: Term
  /** The resource, where a plan has it. */
  readonly node: string | null
  readonly account: string | null
  readonly region: string | null
  /** How people call it: the address, else the ARN. */
  readonly label: string
  /** Where it is not certain that it is this key: what it may be instead, by id; `ELSEWHERE` for what is no key of a customer's, or not known. */
  readonly others: readonly string[]
}

/** Under what something is encrypted. */
export type Encryption =
  | { readonly kind: 'key'; readonly key: Key }
  /** An AWS managed key (`alias/aws/…`); `label` says how it is named. */
  | { readonly kind: 'aws-managed'; readonly label: string }
  /** The account's default EBS key in a region, of which nothing is declared: aws/ebs unless it was changed. */
  | { readonly kind: 'default'; readonly account: string | null; readonly region: string | null }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly unknown: string }

/** The account and region in which an identifier is looked up. */
export interface Place {
  readonly account: string | null
  readonly region: string | null
}

/**
 * What a key identifier (id, `alias/…`, key ARN, alias ARN, or a reference) stands for: the alternatives, one where it is certain, none
 * where it is not set. Of several keys that a reference may mean it is the one of the region: EBS takes no other.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function encryptionsBy(identifier: Maybe<string>, place: Place): readonly Encryption[] {
  if (identifier === null) return []
  if (!isUnknown(identifier)) return [byIdentifier(identifier, place)]
  const candidates = identifier.candidates.flatMap(resourceOf).flatMap(byResource)
  const isOpen = identifier.candidates.some(candidate => candidate === ELSEWHERE || candidate === MORE)
  if (isOpen || candidates.length === 0) return [{ kind: 'unknown', unknown: identifier.unknown }]
  const near = candidates.filter(
    candidate => candidate.kind === 'key' && candidate.key.region === place.region && place.region !== null,
  )
  if (near.length > 0) return near
  return candidates
}

/** The key that encrypts by default in an account and region: set in a plan, declared, or not known to be other than aws/ebs. */
export function defaultEncryption(place: Place): readonly Encryption[] {
  const known = defaultKeyNodes(place)
  const set = known.filter(node => node.type === 'aws_ebs_default_kms_key')
  const planned = (set.length > 0 ? set : known).flatMap(node =>
    encryptionsBy(attribute(node, 'key_arn') as Maybe<string>, place),
  )
  if (planned.length > 0) return planned
  const stated = textOf(at(declaredAccount(place.account ?? ''), ['default-ebs-key', place.region ?? '']))
  if (stated === 'aws-managed') return [{ kind: 'aws-managed', label: `the default EBS key of ${place.account ?? ''}` }]
  if (stated !== null) return [byIdentifier(stated, place)]
  return [{ kind: 'default', account: place.account, region: place.region }]
}

/** What sets the default key of an account and region, or has read it. */
export function defaultKeyNodes({ account, region }: Place): readonly Node[] {
  return defaultKeys(`${account ?? ''}|${region ?? ''}`).flatMap(resourceOf)
}

/** The key of a plan's resource. */
export function keyOf(node: Node): Key {
  const arn = keyArn(node)
  return {
    id: isUnknown(arn) ? node.id : arn,
    arn,
    node: node.id,
    account: node.account ?? accountIn(arn),
    region: node.region ?? regionIn(arn),
    label: node.address,
    others: [],
  }
}

/** The key of an ARN: of the plan that has it, else known by no more than that. */
export function keyByArn(arn: string): Key {
  const node = keysByArn(arn)[0] ?? null
  if (node !== null) return keyOf(node)
  return { id: arn, arn, node: null, account: accountIn(arn), region: regionIn(arn), label: arn, others: [] }
}

/** A key of which it is not known which it is: `what` says what would make it known. */
export function unknownKey(what: string, region: string | null): Key {
  return { id: what, arn: unknown(what), node: null, account: null, region, label: what, others: [] }
}

/** The key under which something is encrypted, be it one of which it is not known which; none of a customer's where there is none. */
export function keyIn(encryption: Encryption, region: string | null): readonly Key[] {
  if (encryption.kind === 'key') return [encryption.key]
  if (encryption.kind === 'unknown') return [unknownKey(encryption.unknown, region)]
  return []
}

/** The keys among alternatives, each with what it may be instead. */
export function keysAmong(alternatives: readonly Encryption[], region: string | null): readonly Key[] {
  const keys = alternatives.flatMap(one => keyIn(one, region))
  if (alternatives.length < 2) return keys
  const ids = alternatives.map(one => (one.kind === 'key' ? one.key.id : ELSEWHERE))
  return keys.map(key => ({ ...key, others: ids.filter(id => id !== key.id) }))
}

/** The keys that a key may be instead; null where it may be something else altogether. */
export function otherKeys(key: Key): readonly Key[] | null {
  if (key.others.includes(ELSEWHERE)) return null
  return key.others.flatMap(id => (id.startsWith('arn:') ? [keyByArn(id)] : resourceOf(id).map(keyOf)))
}

/** Whether it is not known which key this is. */
export function isOpenKey(key: Key): boolean {
  return key.node === null && isUnknown(key.arn)
}

/** Whether a key is multi-Region: its resource says it, be its id made up in keyreach.yaml, else its id does. */
export function isMultiRegion(key: Key): Truth {
  const node = resourceOf(key.node ?? '')[0] ?? null
  if (node === null) return isUnknown(key.arn) ? 'unknown' : truth(key.arn.includes(':key/mrk-'))
  if (node.type.startsWith('aws_kms_replica')) return 'yes'
  const set = attribute(node, 'multi_region')
  if (isUnknown(set)) return 'unknown'
  return truth(set === true)
}

/** Whether a key is enabled, and no plan deletes it: as its resource says, a plan has read, or is declared of one that no plan makes. */
export function isKeyEnabled(key: Key): Truth {
  const node = resourceOf(key.node ?? '')[0] ?? null
  if (node !== null) return isNodeEnabled(node)
  if (removedKeys(key.id).length > 0) return 'no'
  const declaredState = at(declared('keys'), [key.id, 'enabled'])
  if (typeof declaredState === 'boolean') return truth(declaredState)
  return agreed(readStates(key.id))
}

function isNodeEnabled(node: Node): Truth {
  const enabled = attribute(node, node.type === 'aws_kms_key' ? 'is_enabled' : 'enabled') as Maybe<boolean>
  if (isUnknown(enabled)) return 'unknown'
  if (enabled === false || !node.type.endsWith('external_key')) return truth(enabled ?? true)
  return all([not(isExpired(node)), any([truth(enabled === true), hasMaterial(node)])])
}

/**
 * Whether the imported material of a key is there: where it does not come from Terraform, its state says so, if it has one yet.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
function hasMaterial(node: Node): Truth {
  if (attribute(node, 'key_material_base64') !== null) return 'yes'
  const state = attribute(node, 'key_state') as Maybe<string>
  if (state === null || isUnknown(state)) return 'unknown'
  return truth(state !== 'PendingImport')
}

/** Whether imported material had expired when the plan was made. */
function isExpired(node: Node): Truth {
  const until = attribute(node, 'valid_to') as Maybe<string>
  if (until === null) return 'no'
  const now = textOf(at(plans()[node.plan]?.document ?? null, ['timestamp']))
  if (isUnknown(until) || now === null || !isUniversal(until) || !isUniversal(now)) return 'unknown'
  return truth(sorted([until, now])[0] === until)
}

/** Whether a time is written so that earlier ones come first in order. */
function isUniversal(time: string): boolean {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/u.test(time)
}

/** The policy that keyreach.yaml declares for a key that no plan makes; null where it declares none. */
export function declaredPolicy(key: Key): string | null {
  return textOf(at(declared('keys'), [key.id, 'policy']))
}

/** The keys of an image that no plan makes, as declared; null where nothing is. */
export function declaredImage(image: string): readonly string[] | null {
  const entry = at(objectOf(declared('images')), [image])
  if (entry === null) return null
  return textsOf(entry)
}

/** What requests say of a key. Source: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export function factsOf(key: Key): KeyFacts {
  const node = resourceOf(key.node ?? '')[0] ?? null
  const multiRegion = isMultiRegion(key)
  return {
    spec:
      node === null
        ? unknown(`the key spec of ${key.label}`)
        : settingOf(node, 'customer_master_key_spec', 'SYMMETRIC_DEFAULT'),
    usage: node === null ? unknown(`the key usage of ${key.label}`) : settingOf(node, 'key_usage', 'ENCRYPT_DECRYPT'),
    origin: node !== null && node.type === 'aws_kms_key' ? 'AWS_KMS' : unknown(`the origin of ${key.label}`),
    multiRegion:
      multiRegion === 'unknown' ? unknown(`whether ${key.label} is a multi-Region key`) : multiRegion === 'yes',
    multiRegionType: multiRegionType(node, multiRegion, key),
  }
}

/** A setting of a key, or what it is where nothing is said. */
function settingOf(node: Node, name: string, otherwise: string): string | Unknown {
  const value = attribute(node, name) as Maybe<string>
  if (isUnknown(value)) return value
  return value ?? otherwise
}

function multiRegionType(node: Node | null, multiRegion: Truth, key: Key): string | null | Unknown {
  if (multiRegion === 'no') return null
  if (node === null || multiRegion === 'unknown') return unknown(`whether ${key.label} is a primary key`)
  if (node.type.startsWith('aws_kms_replica')) return 'REPLICA'
  return 'PRIMARY'
}

function byIdentifier(text: string, place: Place): Encryption {
  if (text.includes('alias/aws/')) return { kind: 'aws-managed', label: text }
  if (text.startsWith('alias/')) return byAlias(text, place)
  if (text.includes(':alias/'))
    return byAlias(`alias/${text.split(':alias/')[1] ?? ''}`, { account: accountOf(text), region: regionOf(text) })
  return byKeyId(text, place)
}

function byKeyId(text: string, place: Place): Encryption {
  if (text.startsWith('arn:')) return { kind: 'key', key: keyByArn(text) }
  if (place.account === null || place.region === null)
    return { kind: 'unknown', unknown: `the account and region in which ${text} is looked up` }
  return {
    kind: 'key',
    key: keyByArn(`arn:${partitionOfRegion(place.region)}:kms:${place.region}:${place.account}:key/${text}`),
  }
}

function byAlias(name: string, place: Place): Encryption {
  const aliases = aliasesNamed(`${place.account ?? ''}|${place.region ?? ''}|${name}`).flatMap(resourceOf)
  return (
    aliases.flatMap(aliasTarget)[0] ?? {
      kind: 'unknown',
      unknown: `the key of ${name} in ${place.account ?? 'its account'}`,
    }
  )
}

function byResource(node: Node): readonly Encryption[] {
  if (isKeyNode(node)) return [{ kind: 'key', key: keyOf(node) }]
  if (node.type === 'aws_kms_alias') return aliasTarget(node)
  if (node.type === 'data.aws_kms_key')
    return stated(textOf(node.after['arn'] ?? null) ?? textOf(node.after['key_id'] ?? null), node)
  if (node.type === 'data.aws_kms_alias') return stated(aliasStated(node), node)
  return []
}

/** The key behind an alias that a plan makes or has read. */
function aliasTarget(node: Node): readonly Encryption[] {
  const target = attribute(node, node.type === 'aws_kms_alias' ? 'target_key_id' : 'target_key_arn') as Maybe<string>
  if (target === null) return []
  if (!isUnknown(target)) return [byKeyId(target, { account: node.account, region: node.region })]
  const keys = target.candidates.flatMap(resourceOf).filter(isKeyNode)
  if (keys.length === 0) return [{ kind: 'unknown', unknown: target.unknown }]
  return keys.map(key => ({ kind: 'key', key: keyOf(key) }))
}

function aliasStated(node: Node): string | null {
  const name = textOf(node.after['name'] ?? null) ?? ''
  if (name.startsWith('alias/aws/')) return name
  return textOf(node.after['target_key_arn'] ?? null)
}

function stated(identifier: string | null, node: Node): readonly Encryption[] {
  if (identifier === null) return [{ kind: 'unknown', unknown: `${node.address}.arn` }]
  return [byIdentifier(identifier, { account: node.account, region: node.region })]
}

function accountIn(arn: Term): string | null {
  if (isUnknown(arn)) return null
  return textOf(accountOf(arn))
}

function regionIn(arn: Term): string | null {
  if (isUnknown(arn)) return null
  return textOf(regionOf(arn))
}

/** Whether the keys that plans have read are enabled, by ARN. */
const readStates = index(function* () {
  for (const node of resources('data.aws_kms_key')) {
    const arn = attribute(node, 'arn')
    const enabled = attribute(node, 'enabled')
    const state: Truth = enabled === null || isUnknown(enabled) ? 'unknown' : truth(enabled)
    if (arn !== null && !isUnknown(arn)) yield [arn, state]
  }
})

/** By account and region: what sets the default key there, or has read it. */
const defaultKeys = index(function* () {
  for (const node of [...resources('aws_ebs_default_kms_key'), ...resources('data.aws_ebs_default_kms_key')])
    if (node.account !== null && node.region !== null) yield [`${node.account}|${node.region}`, node.id]
})

/** By account, region and name: as made or read, and as declared of an alias by its ARN. */
const aliasesNamed = index(function* () {
  for (const alias of [...resources('aws_kms_alias'), ...resources('data.aws_kms_alias')]) {
    const name = attribute(alias, 'name') as Maybe<string>
    const arn = identity(alias) ?? ''
    if (arn.includes(':alias/'))
      yield [`${accountOf(arn)}|${regionOf(arn)}|alias/${arn.split(':alias/')[1] ?? ''}`, alias.id]
    if (name !== null && !isUnknown(name)) yield [`${alias.account ?? ''}|${alias.region ?? ''}|${name}`, alias.id]
  }
})
