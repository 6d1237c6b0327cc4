import type { Json, JsonObject } from '../intrinsics'
import {
  buildVolumes,
  defaultKeyName,
  defaultQuestion,
  isCopyEncrypted,
  isShareable,
  newKeyFix,
} from '../lang/build-volume'
import type { Fix } from '../lang/finding'
import { type Distribution, distributionKey, distributions, recipesOf } from '../lang/image-builder'
import { defaultEncryption, type Encryption } from '../lang/key'
import { areIn, keyRegions } from '../lang/key-region'
import { attribute, place } from '../lang/plan'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { agreed, all, any, not, type Truth } from '../lang/truth'

/**
 * A distribution that copies an encrypted image for others names a customer managed key in every region.
 *
 * Image Builder copies an image to every other region and for every target account, and encrypts the copy under the key that the
 * distribution names for that region, or else under the default EBS key there, which is AWS's own unless somebody changed it and cannot be
 * shared. KMS keys are regional: each region has to name one of its own, by the ARN of the key or an alias. That is due for copies that stay
 * in the account as well, where a key is named for them.
 *
 * Nothing else is due where copies stay in the account, nor where nothing is encrypted.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-distribution-key-per-region'],
  symptoms: [
    "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    "Not all distribution jobs are completed. 1) EC2 Client Error: 'Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.' when distributing the image from the source account (ID: {account}) to the destination account (ID: {account}) in Region {region}.",
    "AMI Copy Reported Failure For '{image}' when distributing the image from the source account (ID: {account}) to the destination account (ID: {account}) in Region {region}",
  ],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const distribution of distributions()) {
      const regions = keyRegions(attribute(distribution.ami, 'kms_key_id'), distributionKey(distribution))
      const isRegional = regions.length > 0 && isCopied(distribution) !== 'no'
      if (isRegional || isCopyShared(distribution) !== 'no')
        yield {
          at: place(distribution.ami, 'kms_key_id'),
          account: distribution.configuration.account,
          region: distribution.region,
          distribution,
          regions: isRegional ? regions : [],
        }
    }
  },

  requirements: ({ distribution, regions }) => [
    ...(isCopyShared(distribution) === 'no' ? [] : [shareable(distribution)]),
    ...(regions.length === 0 ? [] : [regional(distribution, regions)]),
  ],
})

function shareable(distribution: Distribution): Requirement {
  return {
    kind: 'holds',
    what: `${copiesOf(distribution)} can be shared`,
    otherwise: `${copiesOf(distribution)} are for others, but encrypted under ${keyName(distribution)}`,
    holds: any([not(isCopyShared(distribution)), isCopyShareable(distribution)]),
    severity: 'error',
    fix: keyFix(distribution),
    evidence: [],
    known: questions(distribution),
    because:
      'a copy that names no key goes under the default EBS key of its region, and none is shared under an AWS managed key',
  }
}

function regional(distribution: Distribution, regions: readonly (string | null)[]): Requirement {
  const { region, configuration, ami } = distribution
  return {
    kind: 'holds',
    what: `${copiesOf(distribution)} are encrypted under a key of that region`,
    otherwise: `${copiesOf(distribution)} name a key of ${regions[0] ?? 'another region'}`,
    holds: any([not(isCopied(distribution)), areIn(regions, region)]),
    severity: 'error',
    fix: keyFix(distribution),
    evidence: [],
    known: region === null ? [`the regions of ${configuration.address}`] : [place(ami, 'kms_key_id')],
    because: 'EC2 encrypts the copy of an image with a key of the region in which the copy is',
  }
}

/** A key of the region, and its name in the distribution. */
function keyFix({ configuration, ami, region }: Distribution): readonly Fix[] {
  const { account } = configuration
  return [
    ...newKeyFix({ account, region }, `Key of images in ${regionName(region)}`),
    {
      kind: 'attribute',
      account,
      target: configuration.address,
      path: `${ami.path}.kms_key_id`,
      value: '${aws_kms_key.keyreach.arn}',
    },
  ]
}

function copiesOf({ configuration, region }: Distribution): string {
  return `copies that \`${configuration.address}\` makes in ${regionName(region)}`
}

/** Whether Image Builder makes a copy under the key: in another region, or for target accounts. */
function isCopied({ isTargeted, isBuildRegion }: Distribution): Truth {
  return any([isTargeted, not(isBuildRegion)])
}

/** Whether Image Builder makes a copy that others get: of the own account in another region, or for target accounts. */
function isCopyShared({ isTargeted, isPermitted, isBuildRegion }: Distribution): Truth {
  return any([isTargeted, all([isPermitted, not(isBuildRegion)])])
}

function isCopyShareable(distribution: Distribution): Truth {
  const named = distributionKey(distribution)
  if (named.length > 0) return agreed(named.map(isShareable))
  const unkeyed = agreed(defaultEncryption(placeOf(distribution)).map(isShareable))
  return any([not(isCopyEncrypted(distribution)), unkeyed])
}

function questions(distribution: Distribution): readonly string[] {
  const named = distributionKey(distribution)
  if (named.length > 0) return named.flatMap(unknownOf)
  const recipes = recipesOf(distribution.configuration.id)
  return [
    ...(recipes.length === 0 ? [`which recipe ${distribution.configuration.address} is for`] : []),
    ...recipes.flatMap(recipe => buildVolumes(recipe)).flatMap(volume => volume.known),
    defaultQuestion(placeOf(distribution)),
  ]
}

function keyName(distribution: Distribution): string {
  const named = distributionKey(distribution).flatMap(one => (one.kind === 'aws-managed' ? [one.label] : []))
  if (named.length > 0) return `\`${named.join('`, `')}\`, which is AWS's own`
  return defaultKeyName(placeOf(distribution))
}

function placeOf({ configuration, region }: Distribution): {
  readonly account: string | null
  readonly region: string | null
} {
  return { account: configuration.account, region }
}

function unknownOf(encryption: Encryption): readonly string[] {
  if (encryption.kind === 'unknown') return [encryption.unknown]
  return []
}

function regionName(region: string | null): string {
  return region ?? 'a region that is not known'
}

const west = ref('aws_kms_key.west', 'arn')
const home = ref('aws_kms_key.home', 'arn')
const targets = ['111122223333']

export const examples = (): Examples => ({
  pass: {
    'the region has a key': world({ distribution: { kms_key_id: west, target_account_ids: targets } }),
    'the copy stays in the account': world({ distribution: {} }),
    'the copy stays in the account, under a key of its region': world({ distribution: { kms_key_id: west } }),
    'nothing is encrypted': world({
      distribution: { target_account_ids: targets },
      encrypted: null,
      encryptionByDefault: [],
    }),
  },
  fail: {
    'no key is named': world({ distribution: { target_account_ids: targets } }),
    'no key is named for a copy that an organization may launch': world({
      distribution: {
        launch_permission: [{ organization_arns: ['arn:aws:organizations::999988887777:organization/o-exampleorgid'] }],
      },
    }),
    'the key is the AWS managed one': world({
      distribution: { kms_key_id: 'arn:aws:kms:eu-west-1:444455556666:alias/aws/ebs', target_account_ids: targets },
    }),
    'the key is one of the region of the build': world({
      distribution: { kms_key_id: home, target_account_ids: targets },
    }),
    'the copy stays in the account, and its key is of another region': world({
      distribution: { kms_key_id: 'arn:aws:kms:eu-central-1:999988887777:alias/images' },
    }),
  },
  unknown: {
    'nothing asks for encryption, unless the account does': world({
      distribution: { target_account_ids: targets },
      encrypted: null,
    }),
    'the key is not known until apply': world({ distribution: { kms_key_id: later, target_account_ids: targets } }),
    'the key of a copy that stays in the account is not known until apply': world({
      distribution: { kms_key_id: later },
    }),
    'the target accounts are not known until apply': world({ distribution: { target_account_ids: later } }),
  },
})

/** Image Builder in 444455556666 builds in eu-central-1 and distributes to eu-west-1. */
function world({
  distribution = {} as JsonObject,
  encrypted = 'true' as string | null,
  encryptionByDefault = null as Json,
}): ExampleWorld {
  const ebs =
    encrypted === null
      ? { volume_size: 30 }
      : { encrypted, kms_key_id: 'arn:aws:kms:eu-central-1:444455556666:key/1a2b' }
  const resources = {
    'aws_kms_key.west': {},
    'aws_kms_key.home': {},
    'aws_imagebuilder_image_recipe.app': {
      parent_image: 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x',
      block_device_mapping: [{ device_name: '/dev/xvda', ebs: [ebs] }],
    },
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [{ region: 'eu-west-1', ami_distribution_configuration: [distribution] }],
    },
    'aws_imagebuilder_image_pipeline.app': {
      image_recipe_arn: ref('aws_imagebuilder_image_recipe.app', 'arn'),
      distribution_configuration_arn: ref('aws_imagebuilder_distribution_configuration.app', 'arn'),
    },
  }
  const account = encryptionByDefault === null ? {} : { 'encryption-by-default': encryptionByDefault }
  return {
    accounts: [
      { id: '444455556666', resources, providers: { 'aws.west': { region: 'eu-west-1', on: ['aws_kms_key.west'] } } },
    ],
    declared: { accounts: { '444455556666': account } },
  }
}
