import type { JsonObject } from '../intrinsics'
import { buildVolumes, isVolumeShareable, volumeKeyFix } from '../lang/build-volume'
import { distributionKey, distributions, recipesOf } from '../lang/image-builder'
import { place } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { all, any, not } from '../lang/truth'

/**
 * An image that may be launched in the region of its build has its key from the recipe, not from the distribution.
 *
 * The key of a distribution is for the copies that Image Builder makes: in other regions, and for target accounts. In the region of the
 * build the own account gets no copy; the image stays as the recipe has it built. A distribution there with a key and a launch permission
 * looks complete, and shares an image under the default EBS key of the account.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-distribution-key-not-build-key'],
  symptoms: ["Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot."],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const distribution of distributions())
      if (
        distribution.isBuildRegion !== 'no' &&
        distribution.isPermitted !== 'no' &&
        distribution.isTargeted === 'no' &&
        distributionKey(distribution).length > 0
      )
        for (const recipe of recipesOf(distribution.configuration.id))
          yield {
            at: place(distribution.ami, 'kms_key_id'),
            account: distribution.configuration.account,
            region: distribution.region,
            distribution,
            recipe,
          }
  },

  requirements: ({ at, distribution, recipe }) => [
    {
      kind: 'holds',
      what: `the image that \`${distribution.configuration.address}\` shares has a key from \`${recipe.address}\`, or none`,
      otherwise: `the key of this distribution is not applied to the image in the region of its build, and \`${recipe.address}\` has it built under an AWS managed key`,
      holds: any([
        not(distribution.isBuildRegion),
        not(distribution.isPermitted),
        all(buildVolumes(recipe).map(isVolumeShareable)),
      ]),
      severity: 'error',
      fix: buildVolumes(recipe)
        .filter(volume => isVolumeShareable(volume) === 'no')
        .flatMap(volumeKeyFix),
      evidence: [{ at, what: 'names a key for copies only' }],
      known: [
        ...buildVolumes(recipe).flatMap(volume => volume.known),
        ...(distribution.isBuildRegion === 'unknown' ? [`the region of ${distribution.configuration.address}`] : []),
        ...(distribution.isPermitted === 'unknown' ? [place(distribution.ami, 'launch_permission')] : []),
      ],
      because:
        'Image Builder encrypts copies under the key of the distribution, and the image itself as the recipe says',
    },
  ],
})

const key = ref('aws_kms_key.image', 'arn')

export const examples = (): Examples => ({
  pass: {
    'the recipe names the key': world({ ebs: { encrypted: 'true', kms_key_id: key } }),
    'copies for other accounts have the key of the distribution': world({
      ebs: { encrypted: 'true' },
      distribution: { kms_key_id: key, target_account_ids: ['111122223333'] },
    }),
  },
  fail: { 'only the distribution names a key': world({ ebs: { encrypted: 'true' } }) },
  unknown: {
    'the key of the recipe is not known until apply': world({ ebs: { encrypted: 'true', kms_key_id: later } }),
    'whom it is shared with is not known until apply': world({
      ebs: { encrypted: 'true' },
      distribution: { kms_key_id: key, launch_permission: [{ user_ids: later }] },
    }),
  },
})

/** Image Builder in 444455556666 lets 111122223333 launch an image where it is built. */
function world({
  ebs = {} as JsonObject,
  distribution = { kms_key_id: key, launch_permission: [{ user_ids: ['111122223333'] }] } as JsonObject,
}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_imagebuilder_image_recipe.app': { block_device_mapping: [{ device_name: '/dev/xvda', ebs: [ebs] }] },
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [{ region: 'eu-central-1', ami_distribution_configuration: [distribution] }],
    },
    'aws_imagebuilder_image_pipeline.app': {
      image_recipe_arn: ref('aws_imagebuilder_image_recipe.app', 'arn'),
      distribution_configuration_arn: ref('aws_imagebuilder_distribution_configuration.app', 'arn'),
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
