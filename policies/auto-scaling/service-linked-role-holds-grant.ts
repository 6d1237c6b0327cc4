import { callerOf } from '../lang/access'
import { GRANT8, LAUNCH_MIN } from '../lang/aws'
import { foreignKeys } from '../lang/group-keys'
import { groups, launchingRole } from '../lang/launch'
import { rule } from '../lang/rule'

/**
 * The service-linked role of a group holds a grant on every key of another account that its instances need.
 *
 * An Auto Scaling group starts instances as its service-linked role. AWS's policy for that role has no action of KMS, nobody can edit it,
 * and a key policy alone never suffices across accounts. What takes the place of the missing half is a grant, made by a principal of the
 * group's own account. Without it instances die at launch, one after the other.
 */
export default rule({
  severity: 'error',
  aliases: ['asg-cross-account-grant'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
    'One or more of the attached Amazon EBS volumes are encrypted with an inaccessible AWS KMS key',
    'Need at least {number} healthy instances in ASG, have 0',
  ],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
    'https://repost.aws/knowledge-center/ec2-encrypted-ami-autoscaling-group',
  ],

  *situations() {
    for (const group of groups())
      for (const use of foreignKeys(group))
        yield { at: use.at, account: group.account, region: group.region, key: use.key, role: launchingRole(group) }
  },

  requirements: ({ key, role }) => [
    {
      kind: 'holds-grant',
      principal: callerOf(role),
      operations: LAUNCH_MIN.map(action => action.replaceAll('kms:', '')),
      key,
      severity: 'error',
      because: 'EC2 decrypts and attaches the volumes as the service-linked role, which only a grant lets use a key of another account',
    },
    {
      kind: 'holds-grant',
      principal: callerOf(role),
      operations: GRANT8,
      key,
      severity: 'warning',
      because: "AWS's guide gives the role eight operations; instances were seen to start with fewer",
    },
  ],
})
