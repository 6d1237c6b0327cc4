import { sharings } from '../lang/audience'
import { EBS_USE } from '../lang/aws'
import { rule } from '../lang/rule'

/**
 * The key of a shared image admits everyone the image is shared with, for use and for the grant that EC2 makes.
 *
 * A launch permission shares the image, not its key. The key's policy has to allow the audience the use of the key, and `kms:CreateGrant`
 * besides, without which no volume is ever attached. For an organization, AWS's own sample statement lacks that action.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-share-key-with-audience'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK',
    'is not authorized to perform: kms:CreateGrant on resource: {key} because no resource-based policy allows the kms:CreateGrant action',
  ],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/allow-org-ou-to-use-key.html',
  ],

  *situations() {
    for (const sharing of sharings())
      for (const alternatives of sharing.encryption)
        for (const encryption of alternatives)
          if (encryption.kind === 'key')
            yield { at: sharing.at, account: sharing.account, region: sharing.region, audience: sharing.audience, key: encryption.key }
  },

  requirements: ({ audience, key, region }) => [
    {
      kind: 'admits',
      audience,
      actions: EBS_USE,
      key,
      region,
      because: 'whoever launches the image has EC2 decrypt its snapshots with the key',
    },
    {
      kind: 'admits',
      audience,
      actions: ['kms:CreateGrant'],
      key,
      region,
      because: 'EC2 attaches an encrypted volume through a grant, which it makes for the launcher',
    },
  ],
})
