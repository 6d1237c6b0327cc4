import type { Json, JsonObject } from '../intrinsics'
import { callerOf, keyPolicyPlace } from '../lang/access'
import { EBS_MIN } from '../lang/aws'
import { imageBuilderRole } from '../lang/distribution-role'
import { distributionKey, distributions, recipeEncryptions } from '../lang/image-builder'
import { isOpenKey, type Key, keysAmong } from '../lang/key'
import { place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'

/**
 * Image Builder's service-linked role can use every key of the images that it builds and copies.
 *
 * Image Builder launches the build and copies images as `AWSServiceRoleForImageBuilder` of the account that builds. AWS's policy for that
 * role allows the use of keys through EC2, so a key policy that hands over to the account's IAM, with `kms:*` for the account itself, is
 * enough. One that does not has to name the role.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-slr-can-use-keys'],
  symptoms: ['Client.InternalError: Client error on launch'],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-service-linked-role.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const recipe of resources('aws_imagebuilder_image_recipe'))
      for (const alternatives of recipeEncryptions(recipe))
        for (const key of keysAmong(alternatives, recipe.region))
          yield {
            at: keyPlace(key, place(recipe, 'block_device_mapping')),
            account: key.account ?? recipe.account,
            region: key.region,
            role: imageBuilderRole(recipe.account, recipe.region, recipe.address),
            key,
          }
    for (const distribution of distributions())
      for (const key of keysAmong(distributionKey(distribution), distribution.region))
        if (distribution.isTargeted !== 'yes' || key.account === distribution.configuration.account)
          yield {
            at: keyPlace(key, place(distribution.ami, 'kms_key_id')),
            account: key.account ?? distribution.configuration.account,
            region: key.region,
            role: imageBuilderRole(
              distribution.configuration.account,
              distribution.configuration.region,
              distribution.configuration.address,
            ),
            key,
          }
  },

  requirements: ({ role, key, region }) => [
    {
      kind: 'may',
      principal: callerOf(role),
      actions: EBS_MIN,
      key,
      call: { kind: 'ebs', region },
      because: 'Image Builder launches the build and copies the image as this role, through EC2',
    },
  ],
})

/** The policy of the key; where it is not known which key it is, the attribute that names it. */
function keyPlace(key: Key, written: string): string {
  if (isOpenKey(key)) return written
  return keyPolicyPlace(key).at
}

const role = 'arn:aws:iam::444455556666:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder'
const administrator = allow('arn:aws:iam::444455556666:role/key-admin', ['kms:*'])

export const examples = (): Examples => ({
  pass: {
    'the key has the default policy': world({ policy: null }),
    'the key policy names the role': world({ statements: [administrator, allow(role, [...EBS_MIN])] }),
  },
  fail: {
    'the key policy names only an administrator': world({ statements: [administrator] }),
    'the role may not create grants': world({
      statements: [
        administrator,
        allow(
          role,
          EBS_MIN.filter(action => action !== 'kms:CreateGrant'),
        ),
      ],
    }),
  },
  unknown: {
    'the policy is not known until apply': world({ policy: later }),
    'which key it is is not known until apply': world({ policy: null, key: later }),
  },
})

/** Image Builder in 444455556666 builds an image under a key of the account. */
function world({
  statements = [] as readonly JsonObject[],
  policy = { Version: '2012-10-17', Statement: statements } as Json,
  key = ref('aws_kms_key.image', 'arn'),
}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': policy === null ? {} : { policy },
    'aws_imagebuilder_image_recipe.app': {
      block_device_mapping: [{ device_name: '/dev/xvda', ebs: [{ encrypted: 'true', kms_key_id: key }] }],
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}

function allow(principal: string, actions: readonly string[]): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*' }
}
