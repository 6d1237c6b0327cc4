import type { Json, JsonObject } from '../intrinsics'
import {
  type BuildVolume,
  buildVolumes,
  defaultKeyName,
  type EbsBlock,
  isVolumeShareable,
  volumeKeyFix,
  volumePlace,
} from '../lang/build-volume'
import { isBuildShared } from '../lang/image-builder'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, type Node, place, resources } from '../lang/plan'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { any, not } from '../lang/truth'

/**
 * The recipe of an image that is shared encrypts every volume under a customer managed key.
 *
 * What Image Builder shares, in the region of the build, is the image that it built, and other accounts make their copies of that one.
 * Its volumes are encrypted as the recipe says: with `encrypted` and no key under the default EBS key of the account, which is AWS's own
 * unless somebody changed it, and EC2 refuses to share what is encrypted under that. One volume of several is enough.
 *
 * The key of the distribution does not help: it is for the copies. Encryption by default asks for encryption where the recipe does not.
 * A recipe cannot be changed: give it a new `version`.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-recipe-key-for-shared-image'],
  symptoms: [
    "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    "Not all distribution jobs are completed. 1) EC2 Client Error: 'Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.' when distributing the image from the source account (ID: {account}) to the destination account (ID: {account}) in Region {region}.",
  ],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const recipe of resources('aws_imagebuilder_image_recipe'))
      if (isBuildShared(recipe.id) !== 'no')
        for (const volume of buildVolumes(recipe))
          yield {
            at: volumePlace(volume),
            account: recipe.account,
            region: recipe.region,
            recipe,
            volume,
            shared: isBuildShared(recipe.id),
          }
  },

  requirements: ({ recipe, volume, shared }) => [
    {
      kind: 'holds',
      what: `\`${volume.name}\` of \`${recipe.address}\` can be shared`,
      otherwise: `the image of \`${recipe.address}\` is shared, but \`${volume.name}\` is encrypted under ${keyName(volume)}`,
      holds: any([not(shared), isVolumeShareable(volume)]),
      severity: 'error',
      fix: volumeKeyFix(volume),
      evidence: [],
      known:
        shared === 'unknown' ? [...volume.known, `with whom images of ${recipe.address} are shared`] : volume.known,
      because: 'EC2 shares nothing under an AWS managed key, whose policy admits nobody of another account',
    },
    ...keyedBlocks(volume).map(ebs => encryptedFlag(recipe, volume, ebs)),
  ],
})

/** The block of a volume, where it names a key. */
function keyedBlocks({ ebs }: BuildVolume): readonly Node<EbsBlock>[] {
  if (ebs === null || attribute(ebs, 'kms_key_id') === null) return []
  return [ebs]
}

/** EC2 refuses a key for a volume that is not said to be encrypted. */
function encryptedFlag(recipe: Node, volume: BuildVolume, ebs: Node<EbsBlock>): Requirement {
  return {
    kind: 'is',
    what: `\`encrypted\` of \`${volume.name}\``,
    actual: flagOf(attribute(ebs, 'encrypted')),
    wanted: 'true',
    value: 'true',
    at: place(ebs, 'encrypted'),
    target: recipe.address,
    path: `${ebs.path}.encrypted`,
    because: 'a key is taken only for a volume that is to be encrypted',
  }
}

function flagOf(encrypted: Maybe<string>): string | null {
  if (isUnknown(encrypted)) return null
  return encrypted ?? 'not set'
}

/** Under what a volume is encrypted, in words. */
function keyName({ recipe, encryptions }: BuildVolume): string {
  const named = encryptions.flatMap(one => (one.kind === 'aws-managed' ? [one.label] : []))[0] ?? null
  if (named === null) return defaultKeyName(recipe)
  return `\`${named}\`, which is AWS's own`
}

const organization = 'arn:aws:organizations::999988887777:organization/o-exampleorgid'
const key = ref('aws_kms_key.image', 'arn')

export const examples = (): Examples => ({
  pass: {
    'every volume has a key': world({ ebs: { encrypted: 'true', kms_key_id: key } }),
    'the image is not shared': world({ ebs: { encrypted: 'true' }, distribution: {} }),
    'copies go to others only in another region, of the own copy there': world({
      ebs: { encrypted: 'true' },
      region: 'eu-west-1',
      distribution: { kms_key_id: 'alias/west', launch_permission: [{ user_ids: ['111122223333'] }] },
    }),
    'nothing is encrypted': world({ ebs: { volume_size: 30 }, encryptionByDefault: [] }),
    'the default key is a key of the account': world({
      ebs: { encrypted: 'true' },
      defaultKey: 'arn:aws:kms:eu-central-1:444455556666:key/1a2b',
    }),
  },
  fail: {
    'no key is named': world({ ebs: { encrypted: 'true' } }),
    'the key is the AWS managed one': world({ ebs: { encrypted: 'true', kms_key_id: 'alias/aws/ebs' } }),
    'only the distribution names a key': world({
      ebs: { encrypted: 'true' },
      distribution: { kms_key_id: key, launch_permission: [{ organization_arns: [organization] }] },
    }),
    'the account encrypts by default what the recipe does not describe': world({
      ebs: null,
      encryptionByDefault: ['eu-central-1'],
    }),
    'a key is named and encryption is not asked for': world({ ebs: { kms_key_id: key } }),
  },
  unknown: {
    'nothing asks for encryption, unless the account does': world({ ebs: { volume_size: 30 } }),
    'the key is not known until apply': world({ ebs: { encrypted: 'true', kms_key_id: later } }),
    'with whom it is shared is not known until apply': world({
      ebs: { encrypted: 'true' },
      distribution: { target_account_ids: later },
    }),
  },
})

/** Image Builder in 444455556666 builds in eu-central-1 and shares with 111122223333. */
function world({
  ebs = null as JsonObject | null,
  region = 'eu-central-1',
  distribution = { target_account_ids: ['111122223333'] } as JsonObject,
  encryptionByDefault = null as Json,
  defaultKey = null as string | null,
}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_imagebuilder_image_recipe.app': {
      parent_image: 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x',
      block_device_mapping: ebs === null ? [] : [{ device_name: '/dev/xvda', ebs: [ebs] }],
    },
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [{ region, ami_distribution_configuration: [distribution] }],
    },
    'aws_imagebuilder_image_pipeline.app': {
      image_recipe_arn: ref('aws_imagebuilder_image_recipe.app', 'arn'),
      distribution_configuration_arn: ref('aws_imagebuilder_distribution_configuration.app', 'arn'),
    },
  }
  const account = {
    ...(encryptionByDefault === null ? {} : { 'encryption-by-default': encryptionByDefault }),
    ...(defaultKey === null ? {} : { 'default-ebs-key': { 'eu-central-1': defaultKey } }),
  }
  return {
    accounts: [{ id: '444455556666', resources }],
    declared: { accounts: { '444455556666': account } },
  }
}
