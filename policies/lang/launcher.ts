import { at, distinct, fact, index, lower } from '../intrinsics'
import { callerOf, identityStatements, isPlanned } from './access'
import { isEncryptedByDefault } from './account'
import { type Sharing, sharings } from './audience'
import { type Copy, copies, copyAsked } from './copy'
import { isKeptOut } from './delegation'
import { deployerOf } from './deployer'
import { nameOf } from './fix'
import { principalArn } from './identity'
import { deviceAsked, type ImageEncryption, imageEncryption } from './image'
import { textsOf } from './json'
import { defaultEncryption, defaultKeyNodes, type Encryption, isOpenKey, type Key, keysAmong } from './key'
import { isLaunchedByService } from './launch'
import { isUnknown, unknown } from './maybe'
import { attribute, type Node, place, plannedAccounts, resourceOf, resources } from './plan'
import type { Caller } from './principal'
import type { Schema } from './schema'
import {
  instanceSpecification,
  type Specification,
  templateSpecification,
  volumeEncryption,
  volumeKeyPlace,
} from './specification'
import type { Statement } from './statement'
import { declaredAccount, declaredAccounts } from './world'

/** A principal that calls RunInstances or CopyImage, and a key that it needs for that. */
export interface LauncherUse {
  /** Where that shows; null where it is a policy of the launcher. */
  readonly at: string | null
  readonly launcher: Caller
  readonly account: string
  readonly region: string | null
  readonly key: Key
}

/**
 * What launchers need of keys of other accounts: those declared of an account, for images that are launched or copied there and for
 * volumes; and of an account of which nothing else is known, whoever launches what is shared with it.
 */
export function launcherUses(): readonly LauncherUse[] {
  return [...foreignUses(), ...sharings().flatMap(strangerUses)]
}

function foreignUses(): readonly LauncherUse[] {
  return needs()
    .filter(({ key, account }) => isOpenKey(key) || (key.account !== null && key.account !== account))
    .map(({ launcher, account, region, key }) => ({ at: null, launcher, account, region, key }))
}

/** What a launcher needs of a key of its own account, with the places that ask for it. */
export interface OwnUse {
  readonly launcher: Caller
  readonly account: string
  readonly region: string | null
  readonly key: Key
  readonly places: readonly string[]
}

/** What launchers need of keys of their own account: each key once for a launcher. What services launch, their roles need it for. */
export function ownUses(): readonly OwnUse[] {
  return needs()
    .filter((need, i) => ownPositions(useName(need))[0] === i && !isKeptOut(need.launcher, need.key))
    .map(need => ({
      launcher: need.launcher,
      account: need.account,
      region: need.region,
      key: need.key,
      places: placesOf(useName(need)),
    }))
}

/** What launching or copying asks for: a key, and where that shows. */
interface Need {
  readonly at: string
  readonly launcher: Caller
  readonly account: string
  readonly region: string | null
  readonly key: Key
  /** Whether a service launches by it, as its own role. */
  readonly isOfService: boolean
}

const needs = fact((): readonly Need[] => [
  ...resources('aws_instance').flatMap(node => specificationNeeds(instanceSpecification(node))),
  ...resources('aws_launch_template').flatMap(node => specificationNeeds(templateSpecification(node))),
  ...copies().flatMap(copyNeeds),
  ...resources('aws_ebs_encryption_by_default').flatMap(defaultNeeds),
])

/** From a launcher and a key of its account to the needs for it. */
const ownPositions = index(function* () {
  for (const [i, need] of needs().entries())
    if (!need.isOfService && !isOpenKey(need.key) && need.key.account === need.account) yield [useName(need), i]
})

function useName({ launcher, key }: Need): string {
  return `${nameOf(launcher.arn)}|${key.id}`
}

/** The first place comes first; of the others each is there once. */
function placesOf(use: string): readonly string[] {
  const places = ownPositions(use).flatMap(placeAt)
  const first = places[0] ?? ''
  return [first, ...distinct(places).filter(place => place !== first)]
}

function placeAt(position: number): readonly string[] {
  const need = needs()[position] ?? null
  if (need === null) return []
  return [need.at]
}

function strangerUses({ at, audience, encryption, region }: Sharing): readonly LauncherUse[] {
  if (audience.kind !== 'account' || isSeen(audience.id)) return []
  const account = audience.id
  const launcher: Caller = {
    arn: unknown(`who launches in account ${account} (its plan, or its \`launchers\` in keyreach.yaml)`),
    account,
    kind: 'role',
  }
  return encryption
    .flatMap(alternatives => keysAmong(alternatives, region))
    .filter(key => !isOpenKey(key) && key.account !== account)
    .map(key => ({ at, launcher, account, region, key }))
}

/** Whether anything is known of an account. */
function isSeen(account: string): boolean {
  return declaredAccounts().includes(account) || plannedAccounts().includes(account)
}

/** The keys of the image, those that are named for volumes, and the default key where what comes of the image goes under it. */
function specificationNeeds(specification: Specification): readonly Need[] {
  const { node, by, image, devices } = specification
  const launchers = launchersOf(node)
  if (launchers.length === 0) return []
  const named = devices.flatMap(device => {
    const { named } = deviceAsked(device, node)
    return named.length === 0 ? [] : [{ at: place(device, 'kms_key_id'), encryption: [named] }]
  })
  const written = named.length > 0 ? [] : volumeEncryption(specification).filter(one => one.length === 1)
  return [
    { at: place(node, by), encryption: imageEncryption(image) },
    ...named,
    { at: volumeKeyPlace(specification), encryption: written },
  ].flatMap(({ at, encryption }) => needsOf(node, at, encryption, launchers))
}

/** CopyImage reads under the keys of the source, and writes under its own. */
function copyNeeds(copy: Copy): readonly Need[] {
  const launchers = launchersOf(copy)
  if (launchers.length === 0) return []
  const { encrypted, named } = copyAsked(copy)
  const written = named.length === 0 && encrypted === 'yes' ? defaultEncryption(copy) : named
  return [
    ...needsOf(copy, place(copy, 'source_ami_id'), copiedEncryption(copy), launchers),
    ...needsOf(copy, place(copy, 'kms_key_id'), [written], launchers),
  ]
}

function copiedEncryption(copy: Node): ImageEncryption {
  if (copy.type !== 'aws_ami_copy') return []
  return imageEncryption(attribute(copy as Node<Schema['aws_ami_copy']>, 'source_ami_id'))
}

/**
 * Where EBS encrypts by default, whoever makes fleets needs the default key, whatever they launch: Karpenter, for one.
 * https://github.com/aws/karpenter-provider-aws/issues/1407
 */
function defaultNeeds(setting: Node<Schema['aws_ebs_encryption_by_default']>): readonly Need[] {
  const isOn = isEncryptedByDefault(setting)
  const encryption = defaultEncryption(setting)
  if (isOn === 'no' || encryption.every(one => one.kind !== 'key')) return []
  const at = defaultKeyNodes(setting).map(node => place(node, 'key_arn'))[0] ?? setting.address
  const roles = fleetRoles(setting.account ?? '').flatMap(resourceOf)
  const open: readonly Encryption[] = [{ kind: 'unknown', unknown: `${setting.address}.enabled` }]
  return needsOf(
    setting,
    at,
    [isOn === 'yes' ? encryption : open],
    roles.map(role => callerOf(principalArn(role))),
  )
}

function needsOf(node: Node, at: string, encryptions: ImageEncryption, launchers: readonly Caller[]): readonly Need[] {
  const { account, region } = node
  if (account === null) return []
  const isOfService = isLaunchedByService(node)
  return encryptions
    .flatMap(alternatives => keysAmong(alternatives, region))
    .flatMap(key => launchers.map(launcher => ({ at, launcher, account, region, key, isOfService })))
}

/**
 * Who launches or copies: the declared launchers of the account, else the role as which Terraform makes what it makes itself, if a plan has
 * that role.
 */
function launchersOf(node: Node): readonly Caller[] {
  const declared = textsOf(at(declaredAccount(node.account ?? ''), ['launchers'])).map(callerOf)
  if (declared.length > 0 || node.type === 'aws_launch_template') return declared
  return [callerOf(deployerOf(node))].filter(isPlanned)
}

/** The roles of an account that make fleets: a policy of theirs names the action. */
const fleetRoles = index(function* () {
  for (const role of resources('aws_iam_role')) {
    const statements = identityStatements(callerOf(principalArn(role)))
    if (!isUnknown(statements) && statements.some(allowsFleets)) yield [role.account ?? '', role.id]
  }
})

function allowsFleets({ effect, actions }: Statement): boolean {
  if (isUnknown(effect) || effect !== 'Allow') return false
  return (actions ?? []).some(action => !isUnknown(action) && lower(action) === 'ec2:createfleet')
}
