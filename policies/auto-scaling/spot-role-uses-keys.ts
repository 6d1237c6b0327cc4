import type { Json, JsonObject } from '../intrinsics'
import { LAUNCH_MIN } from '../lang/aws'
import { foreignKeys, ownKeys } from '../lang/group-keys'
import { unknownKey } from '../lang/key'
import { launchRequirements } from '../lang/launch-requirements'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { roleOf } from '../lang/spot'
import { spotGroups } from '../lang/spot-group'

/**
 * Where a group launches Spot Instances, the service-linked role of Spot can use their keys too.
 *
 * A group asks for instances as the role of Auto Scaling, and that role is all that most groups need. AWS's guide to Spot has
 * `AWSServiceRoleForEC2Spot` admitted to every customer managed key of Spot Instances; a launch configuration with a price for Spot starts
 * instances as that role alone. Which role a group with mixed instances starts them as is not written down: a lack is a warning.
 */
export default rule({
  severity: 'warning',
  aliases: [],
  symptoms: ['Client.InternalError: Client error on launch'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
  ],

  *situations() {
    for (const { group, isSpot } of spotGroups()) {
      const open = unknownKey(`whether ${group.address} launches Spot Instances`, group.region)
      for (const { at, key } of [...ownKeys(group), ...foreignKeys(group)])
        yield {
          at,
          account: group.account,
          region: group.region,
          role: roleOf(group, 'spot.amazonaws.com'),
          key: isSpot === 'yes' ? key : open,
        }
    }
  },

  requirements: launch => launchRequirements(launch, 'warning'),
})

const roles = 'arn:aws:iam::111122223333:role/aws-service-role'
const autoScaling = `${roles}/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`
const spot = `${roles}/spot.amazonaws.com/AWSServiceRoleForEC2Spot`
const foreign = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const specification = [{ launch_template_id: ref('aws_launch_template.app', 'id'), version: '1' }]

export const examples = (): Examples => ({
  pass: {
    'the key policy admits both roles': world({ launcher: mixed(50), admitted: [autoScaling, spot] }),
    'a grant names the role, on the key of an image of another account': world({
      launcher: { ...configured, ...grants },
    }),
  },
  fail: {
    'part of the instances is of Spot, and the key policy admits the role of Auto Scaling alone': world({
      launcher: mixed(50),
    }),
    'the template asks for Spot Instances': world({
      launcher: { 'aws_autoscaling_group.app': { launch_template: [{ id: ref('aws_launch_template.app', 'id') }] } },
      market: { instance_market_options: [{ market_type: 'spot' }] },
    }),
    'the launch configuration has a price for Spot, and there is no grant': world({ launcher: configured }),
    'a node group of EKS is of Spot': world({
      launcher: {
        'aws_eks_node_group.app': {
          cluster_name: 'app',
          capacity_type: 'SPOT',
          launch_template: [{ id: ref('aws_launch_template.app', 'id'), version: '1' }],
        },
      },
    }),
  },
  unknown: {
    'the policy is not known until apply': world({ launcher: mixed(50), policy: later }),
    'how much is left to Spot is known at apply': world({ launcher: mixed(later) }),
  },
})

const configured: Resources = {
  'aws_launch_configuration.app': { name: 'app', image_id: 'ami-0f1e2d3c4b5a69788', spot_price: '0.02' },
  'aws_autoscaling_group.app': { launch_configuration: ref('aws_launch_configuration.app', 'name') },
}
const grants: Resources = {
  'aws_kms_grant.spot': {
    key_id: foreign,
    grantee_principal: spot,
    operations: LAUNCH_MIN.map(action => action.replaceAll('kms:', '')),
  },
}

/** A group of mixed instances, of which so many percent are on demand. */
function mixed(onDemand: Json): Resources {
  return {
    'aws_autoscaling_group.app': {
      mixed_instances_policy: [
        {
          launch_template: [{ launch_template_specification: specification }],
          instances_distribution: [{ on_demand_percentage_above_base_capacity: onDemand }],
        },
      ],
    },
  }
}

/** What 111122223333 launches, and a key of the account whose policy admits it and roles. */
function world({
  launcher,
  market = {},
  admitted = [autoScaling],
  policy = null,
}: {
  readonly launcher: Resources
  readonly market?: JsonObject
  readonly admitted?: readonly string[]
  readonly policy?: Json
}): ExampleWorld {
  const use = ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:CreateGrant']
  const statements: readonly Json[] = [
    allow('arn:aws:iam::111122223333:root', ['kms:*']),
    ...admitted.map(role => allow(role, use)),
  ]
  const ebs = [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.app', 'arn') }]
  const isTemplated = !('aws_launch_configuration.app' in launcher)
  const resources = {
    ...(isTemplated && {
      'aws_kms_key.app': { policy: policy ?? { Version: '2012-10-17', Statement: statements } },
      'aws_launch_template.app': {
        name: 'app',
        block_device_mappings: [{ device_name: '/dev/xvda', ebs }],
        ...market,
      },
    }),
    ...launcher,
  }
  return {
    accounts: [{ id: '111122223333', resources }],
    declared: { images: { 'ami-0f1e2d3c4b5a69788': [foreign] } },
  }
}

function allow(principal: string, actions: readonly string[]): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*' }
}
