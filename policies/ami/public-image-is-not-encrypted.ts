import type { JsonObject } from '../intrinsics'
import { isDistributedEncrypted } from '../lang/build-volume'
import type { Fix } from '../lang/finding'
import { imageEncryption, imageName, isEncrypted } from '../lang/image'
import { distributions } from '../lang/image-builder'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, blocks, each, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { any, not, type Truth, truth } from '../lang/truth'

/**
 * An image that is public has no encrypted snapshot.
 *
 * EC2 lets nobody share an encrypted snapshot with everyone, whatever the policy of its key says. Share the image with the accounts or the
 * organization that need it, or make an image of what was never encrypted: a copy cannot take encryption off.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-no-public-encrypted'],
  symptoms: ['Encrypted snapshots cannot be shared publicly', 'You can share only unencrypted snapshots publicly'],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html',
  ],

  *situations() {
    for (const permission of resources('aws_ami_launch_permission')) {
      const group = attribute(permission, 'group')
      const image = attribute(permission, 'image_id')
      const encryption = imageEncryption(image)
      const { account, address: at } = permission
      const fix: readonly Fix[] = [{ kind: 'remove', account, target: at }]
      if (isUnknown(group) || group === 'all')
        yield {
          at,
          account,
          region: permission.region,
          what: `\`${imageName(image)}\``,
          isPublic: publicBy(group),
          encrypted: encryption.length === 0 ? 'unknown' : isEncrypted(encryption),
          fix,
          known: [isUnknown(group) ? group.unknown : `the keys of ${imageName(image)} (images in keyreach.yaml)`],
        }
    }
    for (const distribution of distributions())
      for (const permission of blocks(distribution.ami, 'launch_permission')) {
        const isPublic = any(each(attribute(permission, 'user_groups')).map(publicBy))
        if (isPublic !== 'no') {
          const { account, address: target } = distribution.configuration
          const path = `${permission.path}.user_groups`
          const fix: readonly Fix[] = [{ kind: 'attribute', account, target, path, value: null }]
          yield {
            at: place(permission, 'user_groups'),
            account,
            region: distribution.region,
            what: `what \`${target}\` leaves in ${distribution.region ?? 'a region that is not known'}`,
            isPublic,
            encrypted: isDistributedEncrypted(distribution),
            fix,
            known: [place(permission, 'user_groups'), `the encryption of what ${target} leaves`],
          }
        }
      }
  },

  requirements: ({ at, what, isPublic, encrypted, fix, known }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `${what}, which is public, is not encrypted`,
      otherwise: `${what} is encrypted, and everyone is given the permission to launch it`,
      holds: any([not(isPublic), not(encrypted)]),
      fix,
      evidence: [{ at, what: 'shares the image with everyone' }],
      known,
      because: 'EC2 shares encrypted snapshots with accounts and organizations only',
    },
  ],
})

function publicBy(group: Maybe<string>): Truth {
  if (isUnknown(group)) return 'unknown'
  return truth(group === 'all')
}

export const examples = (): Examples => ({
  pass: {
    'the image is not encrypted': world({ encrypted: false }),
    'the encrypted image is for one account': world(keyed, { account_id: '111122223333' }),
  },
  fail: {
    'the encrypted image is for everyone': world(keyed),
    'Image Builder gives an encrypted image to everyone': distributed({ encrypted: 'true' }),
    'Image Builder gives an encrypted copy to everyone': distributed({}, 'eu-west-1'),
  },
  unknown: {
    'whether what Image Builder builds is encrypted is known at apply': distributed({ encrypted: later }),
    'whether it is encrypted is known at apply': world({ encrypted: later }),
    'whom it is for is known at apply': world(keyed, { group: later }),
  },
})

const keyed = { encrypted: true, kms_key_id: ref('aws_kms_key.image', 'arn') }

/** A copy of an image in an account that does not encrypt by default, and whom it is for. */
function world(copy: JsonObject, audience: JsonObject = { group: 'all' }): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', source_ami_region: 'eu-central-1', ...copy },
    'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami_copy.image', 'id'), ...audience },
  }
  const accounts = { '444455556666': { 'encryption-by-default': [] } }
  return { accounts: [{ id: '444455556666', resources }], declared: { accounts } }
}

/** An image that Image Builder builds in eu-central-1, and gives to everyone there or as a copy under a key of another region. */
function distributed(ebs: JsonObject, region = 'eu-central-1'): ExampleWorld {
  const west = 'arn:aws:kms:eu-west-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
  const resources = {
    'aws_imagebuilder_image_recipe.app': {
      parent_image: 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x',
      block_device_mapping: [{ device_name: '/dev/xvda', ebs: [ebs] }],
    },
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [
        {
          region,
          ami_distribution_configuration: [
            {
              launch_permission: [{ user_groups: ['all'] }],
              ...(region === 'eu-central-1' ? {} : { kms_key_id: west }),
            },
          ],
        },
      ],
    },
    'aws_imagebuilder_image_pipeline.app': {
      image_recipe_arn: ref('aws_imagebuilder_image_recipe.app', 'arn'),
      distribution_configuration_arn: ref('aws_imagebuilder_distribution_configuration.app', 'arn'),
    },
  }
  const accounts = { '444455556666': { 'encryption-by-default': [] } }
  return { accounts: [{ id: '444455556666', resources }], declared: { accounts } }
}
