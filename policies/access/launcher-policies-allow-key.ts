import { callerOf, identityPlaces } from '../lang/access'
import { EBS_MIN } from '../lang/aws'
import { launcherUses } from '../lang/launcher'
import { rule } from '../lang/rule'

/**
 * The policies of whoever launches or copies an image allow the use of its key, where that key belongs to another account.
 *
 * A key policy that names another account, or one of its roles, is half of a permission. The other half is a policy of the role itself that
 * allows the same on the key's ARN: not on an alias, which no policy for the use of keys ever matches.
 */
export default rule({
  severity: 'error',
  aliases: ['access-consumer-iam-allows-key'],
  symptoms: [
    'is not authorized to perform: {action} on resource: {key} because no identity-based policy allows the {action} action',
    'Client.InternalError: Client error on launch',
  ],
  references: [
    'https://repost.aws/knowledge-center/ec2-instance-launch-copied-ami',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  ],

  *situations() {
    for (const { launcher, account, region, key } of launcherUses())
      yield { at: identityPlaces(callerOf(launcher), key)[0]?.at ?? launcher, account, region, launcher, key }
  },

  requirements: ({ launcher, key, region }) => [
    {
      kind: 'allowed-by-identity',
      principal: callerOf(launcher),
      actions: EBS_MIN,
      key,
      call: { kind: 'ebs', region },
      because: 'across accounts the launcher needs an allow of its own beside the one in the key policy',
    },
  ],
})
