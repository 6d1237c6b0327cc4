import type { JsonObject } from '../intrinsics'
import { imageEncryption, imageName, isEncrypted } from '../lang/image'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { any, not, type Truth } from '../lang/truth'

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
      if (isUnknown(group) || group === 'all')
        yield {
          at: permission.address,
          account: permission.account,
          region: permission.region,
          image: imageName(image),
          isPublic: publicBy(group),
          open: isUnknown(group) ? group.unknown : `the keys of ${imageName(image)} (images in keyreach.yaml)`,
          encryption: imageEncryption(image),
        }
    }
  },

  requirements: ({ at, account, image, isPublic, open, encryption }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `\`${image}\`, which is public, is not encrypted`,
      otherwise: `\`${image}\` is encrypted, and everyone is given the permission to launch it`,
      holds: encryption.length === 0 ? 'unknown' : any([not(isPublic), not(isEncrypted(encryption))]),
      fix: [{ kind: 'remove', account, target: at }],
      evidence: [{ at, what: 'shares the image with everyone' }],
      known: [open],
      because: 'EC2 shares encrypted snapshots with accounts and organizations only',
    },
  ],
})

function publicBy(group: Maybe<string>): Truth {
  if (isUnknown(group)) return 'unknown'
  return 'yes'
}

export const examples = (): Examples => ({
  pass: {
    'the image is not encrypted': world({ encrypted: false }),
    'the encrypted image is for one account': world(keyed, { account_id: '111122223333' }),
  },
  fail: { 'the encrypted image is for everyone': world(keyed) },
  unknown: {
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
