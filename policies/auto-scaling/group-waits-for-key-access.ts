import type { JsonObject } from '../intrinsics'
import { policyOwners } from '../lang/access'
import { GRANT8 } from '../lang/aws'
import { foreignKeys, ownKeys } from '../lang/group-keys'
import type { Key } from '../lang/key'
import { beginsEmpty, groups, launchingRole } from '../lang/launch'
import { waitFix, waitsFor } from '../lang/order'
import { type Node, resourceOf } from '../lang/plan'
import { granteeOf, grantNodesOn } from '../lang/planned-grants'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { same } from '../lang/term'
import { any } from '../lang/truth'

/**
 * A group is made after the grants and key policies that let its service-linked role use the keys.
 *
 * A group launches instances as soon as it is there, and Terraform makes what does not refer to each other at the same time. The first
 * instances then find no access to the key, and die at launch; Terraform waits for healthy ones until it gives up, though the next try
 * would do. Nothing in a group refers to a grant, so that it takes `depends_on`. A grant to the group's own `service_linked_role_arn`
 * cannot come before it: let such a group begin without instances, or name the role by its ARN.
 */
export default rule({
  severity: 'warning',
  aliases: ['asg-grant-before-group'],
  symptoms: ['Need at least {number} healthy instances in ASG, have 0', 'Client.InternalError: Client error on launch'],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on',
  ],

  *situations() {
    for (const group of groups())
      for (const { key } of [...foreignKeys(group), ...ownKeys(group)])
        for (const access of accessTo(key, group))
          if (waitsFor(access, group) !== 'yes')
            yield { at: `${group.address}.depends_on`, account: group.account, region: group.region, group, access }
  },

  requirements: ({ at, group, access }) => [
    {
      kind: 'holds',
      what: `\`${group.address}\` waits for \`${access.address}\`, or begins without instances`,
      otherwise: `\`${group.address}\` does not wait for \`${access.address}\``,
      holds: any([waitsFor(group, access), beginsEmpty(group)]),
      severity: 'warning',
      fix: waitFix(group, access),
      evidence: [{ at: access.address, what: "lets the group's service-linked role use the key" }],
      known: [`${at} (what a local refers to, or how many instances there are at first, does not show)`],
      because: 'the group launches instances at once, which die without access to the key',
    },
  ],
})

/** What the plan of a group makes to let its role use a key: grants to the role, and policies apart from their key. */
function accessTo(key: Key, group: Node): readonly Node[] {
  const role = launchingRole(group)
  const grants = grantNodesOn(key).filter(grant => same(granteeOf(grant), role) === 'yes')
  const policies = policyOwners(key.node ?? '').flatMap(resourceOf)
  return [...grants, ...policies].filter(access => access.plan === group.plan)
}

const key = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const role = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const grant: JsonObject = { key_id: key, grantee_principal: role, operations: GRANT8 }

export const examples = (): Examples => ({
  pass: {
    'the group depends on the grant': world({ depends_on: ['aws_kms_grant.autoscaling'] }),
    'the group depends on what waits for the grant': world(
      { depends_on: ['aws_iam_role_policy.app'] },
      {
        'aws_iam_role_policy.app': {
          role: 'app',
          policy: { Statement: [] },
          depends_on: ['aws_kms_grant.autoscaling'],
        },
      },
    ),
    'the grant waits for the group': world(
      {},
      { 'aws_kms_grant.autoscaling': { ...grant, depends_on: ['aws_autoscaling_group.app'] } },
    ),
    'the group begins without instances': world({ min_size: 0 }),
  },
  fail: {
    'nothing makes the group wait for the grant': world({}),
    'nothing makes the group wait for the policy of its key': world(
      { depends_on: ['aws_kms_grant.autoscaling'] },
      {
        'aws_kms_key.volumes': {},
        'aws_kms_key_policy.volumes': { key_id: ref('aws_kms_key.volumes', 'id'), policy: { Statement: [] } },
        'aws_launch_template.app': {
          name: 'app',
          image_id: 'ami-0f1e2d3c4b5a69788',
          block_device_mappings: [{ ebs: [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.volumes', 'arn') }] }],
        },
      },
    ),
  },
  unknown: {
    'how many instances there are at first is not known until apply': world({ min_size: 0, desired_capacity: later }),
  },
})

/** A group whose image is under a key of another account, and a grant that lets it start. */
function world(group: JsonObject, others: Resources = {}): ExampleWorld {
  const resources = {
    'aws_kms_grant.autoscaling': grant,
    'aws_launch_template.app': { name: 'app', image_id: 'ami-0f1e2d3c4b5a69788' },
    'aws_autoscaling_group.app': {
      min_size: 1,
      launch_template: [{ id: ref('aws_launch_template.app', 'id') }],
      ...group,
    },
    ...others,
  }
  return {
    accounts: [{ id: '111122223333', resources }],
    declared: { images: { 'ami-0f1e2d3c4b5a69788': [key] } },
  }
}
