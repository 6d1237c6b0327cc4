import type { Json, JsonObject } from '../intrinsics'
import { callerOf, keyPolicyPlace } from '../lang/access'
import { EBS_MIN, IB7 } from '../lang/aws'
import { distributionRole, imageBuilderRole } from '../lang/distribution-role'
import { targetCopies } from '../lang/image-builder'
import { keysAmong } from '../lang/key'
import { isUnknown } from '../lang/maybe'
import { resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'

/**
 * A key with which Image Builder copies an image into another account admits the account on the other side.
 *
 * Two accounts work on such a copy: Image Builder's service-linked role in the account that builds, and the distribution role in the
 * target account. Both use the keys of the recipe and of the distribution, so whichever account owns a key has to share it with the
 * other. A policy that names the other account leaves it to that account which of its roles may use the key.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-keys-shared-both-ways'],
  symptoms: [
    "AMI Copy Reported Failure For '{image}' when distributing the image from the source account (ID: {account}) to the destination account (ID: {account}) in Region {region}",
  ],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const configuration of resources('aws_imagebuilder_distribution_configuration'))
      for (const copy of targetCopies(configuration))
        for (const alternatives of copy.encryptions)
          for (const key of keysAmong(alternatives, copy.region))
            if (key.account !== null)
              for (const side of [
                { role: distributionRole(copy.target, copy.region), home: copy.target, isTarget: true },
                {
                  role: imageBuilderRole(configuration.account, configuration.region, configuration.address),
                  home: configuration.account,
                  isTarget: false,
                },
              ])
                if (isUnknown(side.home) || (side.home !== null && side.home !== key.account))
                  yield {
                    ...keyPolicyPlace(key),
                    region: key.region,
                    caller: callerOf(side.role),
                    isTarget: side.isTarget,
                    key,
                  }
  },

  requirements: ({ caller, isTarget, key, region }) => [
    {
      kind: 'admits',
      audience: { kind: 'principal', caller },
      actions: isTarget ? IB7 : EBS_MIN,
      key,
      region,
      because: isTarget
        ? 'the role of the target account reads the snapshots and writes the copy with the keys'
        : 'Image Builder works in the account that builds, whoever owns the key',
    },
  ],
})

const arn = 'arn:aws:kms:eu-west-1:111122223333:key/5e2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const target = 'arn:aws:iam::111122223333:root'
const source = 'arn:aws:iam::444455556666:root'
const role = 'arn:aws:iam::111122223333:role/EC2ImageBuilderDistributionCrossAccountRole'

export const examples = (): Examples => ({
  pass: {
    'each account shares its key with the other': world(),
    'the key admits the role itself': world({ own: [allow(source, ['kms:*']), allow(role, IB7)] }),
  },
  fail: {
    'the key of the build is not shared': world({ own: [allow(source, ['kms:*'])] }),
    'the key admits another role of the target account': world({
      own: [allow(source, ['kms:*']), allow('arn:aws:iam::111122223333:role/app', IB7)],
    }),
    'the role is denied the key': world({
      own: [
        allow(source, ['kms:*']),
        allow(target, IB7),
        { ...allow(role, ['kms:Decrypt']), Sid: 'NoCopies', Effect: 'Deny' },
      ],
    }),
    'the key of the target account is not shared': world({ theirs: [allow(target, ['kms:*'])] }),
  },
  unknown: {
    'the target accounts are not known until apply': world({ targets: later }),
  },
})

/** Image Builder in 444455556666 copies an image into 111122223333, under a key of that account. */
function world({
  own = [allow(source, ['kms:*']), allow(target, IB7)] as readonly JsonObject[],
  theirs = [allow(target, ['kms:*']), allow(source, IB7)] as readonly JsonObject[],
  targets = ['111122223333'] as Json,
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': { policy: { Version: '2012-10-17', Statement: own } },
    'aws_imagebuilder_image_recipe.app': {
      block_device_mapping: [
        { device_name: '/dev/xvda', ebs: [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.image', 'arn') }] },
      ],
    },
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [
        { region: 'eu-west-1', ami_distribution_configuration: [{ kms_key_id: arn, target_account_ids: targets }] },
      ],
    },
    'aws_imagebuilder_image_pipeline.app': {
      image_recipe_arn: ref('aws_imagebuilder_image_recipe.app', 'arn'),
      distribution_configuration_arn: ref('aws_imagebuilder_distribution_configuration.app', 'arn'),
    },
  }
  return {
    accounts: [
      { id: '444455556666', resources },
      {
        id: '111122223333',
        region: 'eu-west-1',
        resources: { 'aws_kms_key.copies': { policy: { Version: '2012-10-17', Statement: theirs } } },
        identities: { 'aws_kms_key.copies': arn },
      },
    ],
  }
}

function allow(principal: string, actions: readonly string[]): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: [...actions], Resource: '*' }
}
