import { at } from '../intrinsics'
import { type ImageEncryption, imageEncryption } from './image'
import { textsOf } from './json'
import { encryptionsBy, isOpenKey, type Key, keysAmong } from './key'
import { namedVolumes } from './launch'
import { attribute, blocks, type Node, resources } from './plan'
import type { Schema } from './schema'
import { declaredAccount, declaredAccounts } from './world'

/** A principal that calls RunInstances or CopyImage, and a key that it needs for that. */
export interface LauncherUse {
  readonly launcher: string
  readonly account: string
  readonly region: string | null
  readonly key: Key
}

/** What the declared launchers of each account need of keys of other accounts: of images that are launched or copied there, and volumes. */
export function launcherUses(): readonly LauncherUse[] {
  return declaredAccounts().flatMap(account =>
    textsOf(at(declaredAccount(account), ['launchers'])).flatMap(launcher =>
      usesIn(account).map(use => ({ ...use, launcher })),
    ),
  )
}

function usesIn(account: string): readonly Omit<LauncherUse, 'launcher'>[] {
  return [
    ...resources('aws_ami_copy').flatMap(node =>
      usesOf(node, account, imageEncryption(attribute(node, 'source_ami_id'))),
    ),
    ...resources('aws_instance').flatMap(node => usesOf(node, account, instanceEncryptions(node))),
    ...resources('aws_launch_template').flatMap(node => usesOf(node, account, templateEncryptions(node))),
  ]
}

function usesOf(node: Node, account: string, encryptions: ImageEncryption): readonly Omit<LauncherUse, 'launcher'>[] {
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
