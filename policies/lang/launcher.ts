import { at } from '../intrinsics'
import { callerOf } from './access'
import { type Sharing, sharings } from './audience'
import { type ImageEncryption, imageEncryption } from './image'
import { textsOf } from './json'
import { encryptionsBy, isOpenKey, type Key, keysAmong } from './key'
import { namedVolumes } from './launch'
import { unknown } from './maybe'
import { attribute, blocks, type Node, plannedAccounts, resources } from './plan'
import type { Caller } from './principal'
import type { Schema } from './schema'
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
  return [...declaredUses(), ...sharings().flatMap(strangerUses)]
}

function declaredUses(): readonly LauncherUse[] {
  return declaredAccounts().flatMap(account =>
    textsOf(at(declaredAccount(account), ['launchers'])).flatMap(launcher =>
      usesIn(account).map(use => ({ ...use, at: null, launcher: callerOf(launcher) })),
    ),
  )
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

type Use = Pick<LauncherUse, 'account' | 'region' | 'key'>

function usesIn(account: string): readonly Use[] {
  return [
    ...resources('aws_ami_copy').flatMap(node =>
      usesOf(node, account, imageEncryption(attribute(node, 'source_ami_id'))),
    ),
    ...resources('aws_instance').flatMap(node => usesOf(node, account, instanceEncryptions(node))),
    ...resources('aws_launch_template').flatMap(node => usesOf(node, account, templateEncryptions(node))),
  ]
}

function usesOf(node: Node, account: string, encryptions: ImageEncryption): readonly Use[] {
  if (node.account !== account) return []
  return encryptions
    .flatMap(alternatives => keysAmong(alternatives, node.region))
    .filter(key => isOpenKey(key) || (key.account !== null && key.account !== account))
    .map(key => ({ account, region: node.region, key }))
}

function instanceEncryptions(instance: Node<Schema['aws_instance']>): ImageEncryption {
  const place = { account: instance.account, region: instance.region }
  return [
    ...imageEncryption(attribute(instance, 'ami')),
    ...blocks(instance, 'root_block_device').map(block => encryptionsBy(attribute(block, 'kms_key_id'), place)),
    ...blocks(instance, 'ebs_block_device').map(block => encryptionsBy(attribute(block, 'kms_key_id'), place)),
  ]
}

function templateEncryptions(template: Node<Schema['aws_launch_template']>): ImageEncryption {
  return [
    ...imageEncryption(attribute(template, 'image_id')),
    ...namedVolumes(template).map(volume => volume.encryptions),
  ]
}
