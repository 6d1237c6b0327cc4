import { index } from '../intrinsics'
import { type ImageEncryption, imageEncryption, imageNodes, sharedSnapshotEncryption } from './image'
import { recipeEncryptions, recipesOf } from './image-builder'
import { textOf } from './json'
import { encryptionsBy } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, each, type Node, place, resources } from './plan'
import type { Audience } from './requirement'
import type { Schema } from './schema'
import { type Builder, builders, flagSetting, imageKeys, is, listSetting, settingPlace } from './template'
import { knownKeys } from './template-key'

type Distribution = Schema['aws_imagebuilder_distribution_configuration']['blocks']['distribution']
type AmiDistribution = Distribution['blocks']['ami_distribution_configuration']
type LaunchPermission = AmiDistribution['blocks']['launch_permission']

/** An image that is given to others, where that is written, and under what it is encrypted. */
export interface Sharing {
  readonly at: string
  readonly account: string | null
  readonly region: string | null
  readonly audience: Audience
  readonly encryption: ImageEncryption
}

/** Every permission to launch that a plan or a Packer template gives to an account, an organization or a unit of one. */
export function sharings(): readonly Sharing[] {
  return [
    ...resources('aws_ami_launch_permission').flatMap(permission => ofPermission(permission)),
    ...resources('aws_snapshot_create_volume_permission').flatMap(permission => ofSnapshot(permission)),
    ...resources('aws_imagebuilder_distribution_configuration').flatMap(configuration =>
      ofConfiguration(configuration),
    ),
    ...builders().flatMap(builder => ofBuilder(builder)),
  ]
}

/** A builder shares its image in every region in which it leaves one. */
function ofBuilder(builder: Builder): readonly Sharing[] {
  if (is(flagSetting(builder, 'encrypt_boot'), true) !== 'yes') return []
  return imageKeys(builder).flatMap(({ region, key }) => {
    const where = textOf(region)
    const keys = knownKeys(key, { account: builder.account, region: where })
    return [
      ...ofSetting(builder, 'ami_users', listSetting(builder, 'ami_users').flatMap(accounts)),
      ...ofSetting(builder, 'ami_org_arns', listSetting(builder, 'ami_org_arns').flatMap(organizations)),
      ...ofSetting(builder, 'ami_ou_arns', listSetting(builder, 'ami_ou_arns').flatMap(units)),
    ].map(({ at, audience }) => ({
      at,
      account: builder.account,
      region: where,
      audience,
      encryption: keys.map(key => [{ kind: 'key', key }]),
    }))
  })
}

function ofSetting(builder: Builder, name: string, audiences: readonly Audience[]) {
  return audiences.map(audience => ({ at: settingPlace(builder, name), audience }))
}

function ofPermission(permission: Node<Schema['aws_ami_launch_permission']>): readonly Sharing[] {
  const audiences = [
    ...accounts(attribute(permission, 'account_id')),
    ...organizations(attribute(permission, 'organization_arn')),
    ...units(attribute(permission, 'organizational_unit_arn')),
  ]
  const encryption = imageEncryption(attribute(permission, 'image_id'))
  return audiences.map(audience => ({
    at: permission.address,
    account: permission.account,
    region: permission.region,
    audience,
    encryption,
  }))
}

/** Of the snapshots of an image that the same account may launch, the permission to launch has said it all. */
function ofSnapshot(permission: Node<Schema['aws_snapshot_create_volume_permission']>): readonly Sharing[] {
  const snapshot = attribute(permission, 'snapshot_id')
  const account = attribute(permission, 'account_id')
  if (isUnknown(snapshot) && !isUnknown(account) && snapshot.candidates.some(id => isShared(id, account))) return []
  const encryption = sharedSnapshotEncryption(snapshot)
  return accounts(account).map(audience => ({
    at: permission.address,
    account: permission.account,
    region: permission.region,
    audience,
    encryption,
  }))
}

function isShared(image: string, account: string | null): boolean {
  return permissionsOn(`${image}|${account ?? ''}`).length > 0
}

/** The permissions to launch, by the resource that makes the image and the account that they are for. */
const permissionsOn = index(function* () {
  for (const permission of resources('aws_ami_launch_permission')) {
    const account = attribute(permission, 'account_id')
    if (account !== null && !isUnknown(account))
      for (const image of imageNodes(attribute(permission, 'image_id'))) yield [`${image.id}|${account}`, permission.id]
  }
})

function ofConfiguration(
  configuration: Node<Schema['aws_imagebuilder_distribution_configuration']>,
): readonly Sharing[] {
  return blocks(configuration, 'distribution').flatMap(distribution =>
    blocks(distribution, 'ami_distribution_configuration').flatMap(ami =>
      blocks(ami, 'launch_permission').flatMap(permission => ofDistribution(distribution, ami, permission)),
    ),
  )
}

function ofDistribution(
  distribution: Node<Distribution>,
  ami: Node<AmiDistribution>,
  permission: Node<LaunchPermission>,
): readonly Sharing[] {
  const region = attribute(distribution, 'region')
  const where = region === null || isUnknown(region) ? null : region
  const audiences = [
    ...each(attribute(permission, 'user_ids')).flatMap(accounts),
    ...each(attribute(permission, 'organization_arns')).flatMap(organizations),
    ...each(attribute(permission, 'organizational_unit_arns')).flatMap(units),
  ]
  const at = place({ ...permission, path: permission.path.replaceAll('launch_permission[0]', 'launch_permission') }, '')
  const encryption = distributedEncryption(distribution, ami, where)
  return audiences.map(audience => ({ at, account: distribution.account, region: where, audience, encryption }))
}

/** In the build region the recipe's keys count, elsewhere the distribution's (aws-facts 0.5). */
function distributedEncryption(
  distribution: Node<Distribution>,
  ami: Node<AmiDistribution>,
  region: string | null,
): ImageEncryption {
  if (region === distribution.region) return recipesOf(distribution.id).flatMap(recipe => recipeEncryptions(recipe))
  const written = encryptionsBy(attribute(ami, 'kms_key_id'), { account: ami.account, region })
  return written.length === 0 ? [] : [written]
}

function accounts(account: Maybe<string>): readonly Audience[] {
  if (account === null) return []
  if (isUnknown(account)) return [{ kind: 'unknown', unknown: account.unknown }]
  return [{ kind: 'account', id: account }]
}

function organizations(arn: Maybe<string>): readonly Audience[] {
  if (arn === null) return []
  if (isUnknown(arn)) return [{ kind: 'unknown', unknown: arn.unknown }]
  if (!arn.includes(':organization/')) return [{ kind: 'unknown', unknown: `the organization that ${arn} is to be` }]
  return [{ kind: 'organization', id: lastOf(arn) }]
}

function units(arn: Maybe<string>): readonly Audience[] {
  if (arn === null) return []
  if (isUnknown(arn)) return [{ kind: 'unknown', unknown: arn.unknown }]
  if (!arn.includes(':ou/')) return [{ kind: 'unknown', unknown: `the organizational unit that ${arn} is to be` }]
  return [{ kind: 'unit', organization: arn.split('/')[1] ?? '', id: lastOf(arn) }]
}

function lastOf(arn: string): string {
  const parts = arn.split('/')
  return parts[parts.length - 1] ?? ''
}
