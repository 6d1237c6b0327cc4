import type { Json, JsonObject } from '../intrinsics'
import { callerOf, identityPlaces, type PolicyPlace } from '../lang/access'
import { accountOf, IB7 } from '../lang/aws'
import { distributionRole } from '../lang/distribution-role'
import { type TargetCopy, targetCopies, targetPlace } from '../lang/image-builder'
import { type Key, keysAmong } from '../lang/key'
import { isUnknown } from '../lang/maybe'
import { resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import type { Term } from '../lang/statement'

/**
 * The distribution role of every target account can use the keys of the image.
 *
 * Image Builder copies an image into another account as that account's `EC2ImageBuilderDistributionCrossAccountRole`. The role reads the
 * snapshots under the recipe's key and writes the copy under the distribution's: it needs both keys, and AWS's policy for the role has
 * actions of EC2 only. A key of another account has to admit the role besides, which `image-builder/keys-are-shared-both-ways` asks for.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-distribution-role-can-use-keys'],
  symptoms: [
    "AMI Copy Reported Failure For '{image}' when distributing the image from the source account (ID: {account}) to the destination account (ID: {account}) in Region {region}",
    "Please make sure your 'EC2ImageBuilderDistributionCrossAccountRole' is setup with correct permission policies.",
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
            yield {
              ...placeOf(distributionRole(copy.target, copy.region), key, configuration.account, copy),
              region: key.region ?? copy.region,
              role: distributionRole(copy.target, copy.region),
              key,
            }
  },

  requirements: ({ role, key, region }) => [
    isForeign(role, key)
      ? {
          kind: 'allowed-by-identity',
          principal: callerOf(role),
          actions: IB7,
          key,
          call: { kind: 'ebs', region },
          because: 'the role reads the snapshots under one key and writes the copy under the other, through EC2',
        }
      : {
          kind: 'may',
          principal: callerOf(role),
          actions: IB7,
          key,
          call: { kind: 'ebs', region },
          because: 'the role uses a key of its own account as any other role does',
        },
  ],
})

/** The policy of the role that speaks of the key, else the role, else where the account is named first. */
function placeOf(role: Term, key: Key, source: string | null, copy: TargetCopy): PolicyPlace {
  const own = identityPlaces(callerOf(role), key)[0] ?? null
  if (own !== null) return own
  return { at: targetPlace(source, copy.target) ?? copy.at, account: source }
}

/** Of another account's key the role's own policies are judged here; `keys-are-shared-both-ways` asks for the key's. */
function isForeign(role: Term, key: Key): boolean {
  return key.account !== null && !isUnknown(role) && accountOf(role) !== key.account
}

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const west = 'arn:aws:kms:eu-west-1:444455556666:key/3c2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const own = 'arn:aws:kms:eu-west-1:111122223333:key/5e2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const name = 'EC2ImageBuilderDistributionCrossAccountRole'
const shared = [allow('arn:aws:iam::444455556666:root', ['kms:*']), allow('arn:aws:iam::111122223333:root', [...IB7])]

export const examples = (): Examples => ({
  pass: {
    'the role has both keys from both sides': world(),
    'the role has every key': world({ keys: ['*'] }),
    'the copy goes under a key of its own account': world({ written: own, keys: [arn, own] }),
  },
  fail: {
    'the role has only the key of the build': world({ keys: [arn] }),
    'the role may not create grants': world({ actions: IB7.filter(action => action !== 'kms:CreateGrant') }),
    'the role has nothing but what AWS attaches': world({ policies: {} }),
    'the role may not use the key of its own account': world({ written: own, keys: [arn] }),
  },
  unknown: {
    'the target accounts are not known until apply': world({ targets: later }),
    'no plan has the role': world({
      targets: ['222233334444'],
      statements: [...shared, allow('arn:aws:iam::222233334444:root', [...IB7])],
    }),
  },
})

/** Image Builder in 444455556666 distributes to 111122223333, in two regions. */
function world({
  targets = ['111122223333'] as Json,
  statements = shared,
  keys = [arn, west],
  actions = IB7 as readonly string[],
  written = ref('aws_kms_key.west', 'arn'),
  policies = {
    'aws_iam_role_policy.keys': { role: name, policy: policy([{ Effect: 'Allow', Action: actions, Resource: keys }]) },
  } as Resources,
} = {}): ExampleWorld {
  const owner = {
    'aws_kms_key.image': { policy: policy(statements) },
    'aws_kms_key.west': { policy: policy(statements) },
    'aws_imagebuilder_image_recipe.app': {
      block_device_mapping: [
        { device_name: '/dev/xvda', ebs: [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.image', 'arn') }] },
      ],
    },
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [
        {
          region: 'eu-west-1',
          ami_distribution_configuration: [{ kms_key_id: written, target_account_ids: targets }],
        },
      ],
    },
    'aws_imagebuilder_image_pipeline.app': {
      image_recipe_arn: ref('aws_imagebuilder_image_recipe.app', 'arn'),
      distribution_configuration_arn: ref('aws_imagebuilder_distribution_configuration.app', 'arn'),
    },
  }
  const providers = { 'aws.west': { region: 'eu-west-1', on: ['aws_kms_key.west'] } }
  return {
    declared: {
      keys: { [own]: { policy: JSON.stringify(policy([allow('arn:aws:iam::111122223333:root', ['kms:*'])])) } },
    },
    accounts: [
      {
        id: '444455556666',
        resources: owner,
        providers,
        identities: { 'aws_kms_key.image': arn, 'aws_kms_key.west': west },
      },
      { id: '111122223333', resources: { 'aws_iam_role.distribution': { name }, ...policies } },
    ],
  }
}

function policy(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements }
}

function allow(principal: string, actions: readonly string[]): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*' }
}
