import { callerOf } from '../lang/access'
import { EBS_MIN } from '../lang/aws'
import { ownKeys } from '../lang/group-keys'
import { groups, launchingRole } from '../lang/launch'
import { rule } from '../lang/rule'

/**
 * The service-linked role of a group can use every key of its own account that the instances need.
 *
 * An Auto Scaling group, and the group behind an EKS node group, starts instances as a service-linked role, whose own policy has no action
 * of KMS. Delegation to the account's IAM therefore gives it nothing: the key policy has to admit the role itself, or everyone of the account
 * who comes through EBS, or a grant has to. Permissions of the person who made the group, or of the instance's role, do not help.
 */
export default rule({
  severity: 'error',
  aliases: ['asg-same-account-slr-access'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
    'Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: {reason}',
    'AsgInstanceLaunchFailures',
  ],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html',
  ],

  *situations() {
    for (const group of groups())
      for (const use of ownKeys(group))
        yield { at: use.at, account: group.account, region: group.region, key: use.key, role: launchingRole(group) }
  },

  requirements: ({ key, role, region }) => [
    {
      kind: 'may',
      principal: callerOf(role),
      actions: EBS_MIN,
      key,
      call: { kind: 'ebs', region },
      because: 'EC2 makes, decrypts and attaches the volumes as the service-linked role',
    },
  ],
})
