import type { Json, JsonObject } from '../intrinsics'
import { callerOf } from '../lang/access'
import { LAUNCH_MIN } from '../lang/aws'
import { foreignKeys } from '../lang/group-keys'
import { groups, launchingRole } from '../lang/launch'
import { grantAdvice } from '../lang/launch-requirements'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'

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
    'waiting for Auto Scaling Group ({name}) capacity satisfied: timeout while waiting',
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
      because:
        'EC2 decrypts and attaches the volumes as the service-linked role, which only a grant lets use a key of another account',
    },
    grantAdvice(role, key),
  ],
})

const key = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const role = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const launch = ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom']
const eight = [...launch, 'Encrypt', 'GenerateDataKey', 'ReEncryptTo']

export const examples = (): Examples => ({
  pass: {
    'a grant of the eight operations names the role': world(),
    'the grant refers to the role without a suffix': world({
      grantee: ref('aws_iam_service_linked_role.autoscaling', 'arn'),
    }),
    'the grant is declared': world({
      granted: {},
      declared: [{ key, grantee: role, operations: eight, issuer: '111122223333' }],
    }),
  },
  fail: {
    'there is no grant': world({ granted: {} }),
    'the grant lacks CreateGrant': world({ operations: eight.filter(operation => operation !== 'CreateGrant') }),
    'the grant is for the role of the owner': world({ grantee: role.replace('111122223333', '444455556666') }),
    'the group launches as a role with a suffix': world({ group: { service_linked_role_arn: `${role}_images` } }),
    'the grant has only what instances were seen to start with, which is a warning': world({ operations: launch }),
    'the grant is on another key': world({ on: key.replace('1a2b', 'ffff') }),
  },
  unknown: {
    'the key of the grant is not known until apply': world({ on: later }),
  },
})

/** A group of 111122223333 whose image is encrypted under a key of 444455556666, and a grant that lets it start. */
function world({
  on = key as Json,
  grantee = role as Json,
  operations = eight,
  granted = { 'aws_kms_grant.autoscaling': { key_id: on, grantee_principal: grantee, operations } } as Resources,
  group = {} as JsonObject,
  declared = [] as Json,
} = {}): ExampleWorld {
  const consumer = {
    id: '111122223333',
    resources: {
      'aws_iam_service_linked_role.autoscaling': { aws_service_name: 'autoscaling.amazonaws.com' },
      'aws_launch_template.app': { name: 'app', image_id: 'ami-0f1e2d3c4b5a69788' },
      'aws_autoscaling_group.app': {
        name: 'app',
        launch_template: [{ id: ref('aws_launch_template.app', 'id') }],
        ...group,
      },
      ...granted,
    },
  }
  return { accounts: [consumer], declared: { images: { 'ami-0f1e2d3c4b5a69788': [key] }, grants: declared } }
}
