import type { Json, JsonObject } from '../intrinsics'
import { GRANT8, LAUNCH_MIN } from '../lang/aws'
import { grantAdvice, isOfOtherAccount, launchRequirements } from '../lang/launch-requirements'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { spotUses } from '../lang/spot'

/**
 * The service-linked roles of Spot and of fleets can use the keys of what they launch.
 *
 * EC2 starts Spot Instances as `AWSServiceRoleForEC2Spot`, Spot Fleets as `AWSServiceRoleForEC2SpotFleet`, and the instances of an EC2 Fleet
 * that is not `instant` as `AWSServiceRoleForEC2Fleet`. None of them has an action of KMS in its own policy. In the key's account the key
 * policy has to admit the role, or a grant has to; across accounts only a grant does, made by the account that launches. The ARN of each role
 * has its path (`role/aws-service-role/spot.amazonaws.com/…`). What whoever asks for the instances may do does not help.
 */
export default rule({
  severity: 'error',
  aliases: ['ec2-spot-and-fleet-slr-access'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-fleet-prerequisites.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-prerequisites.html',
  ],

  *situations() {
    for (const use of spotUses()) yield use
  },

  requirements: launch => [
    ...launchRequirements(launch, 'error'),
    ...(isOfOtherAccount(launch) ? [grantAdvice(launch.role, launch.key)] : []),
  ],
})

const roles = 'arn:aws:iam::111122223333:role/aws-service-role'
const spot = `${roles}/spot.amazonaws.com/AWSServiceRoleForEC2Spot`
const spotFleet = `${roles}/spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet`
const fleet = `${roles}/ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet`
const foreign = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const device = { encrypted: true, kms_key_id: ref('aws_kms_key.app', 'arn') }

export const examples = (): Examples => ({
  pass: {
    'the key policy admits the role of Spot': world(spotInstance, spot),
    'the key policy admits the role of Spot Fleet': world(spotFleetRequest, spotFleet),
    'the key policy admits the role of EC2 Fleet': world(ec2Fleet({}), fleet),
    'an instant fleet launches with the permissions of whoever asks for it': world(ec2Fleet({ type: 'instant' }), null),
    'a grant names the role, on a key of another account': world({ ...spotImage, ...grant(spot, GRANT8) }, null),
  },
  fail: {
    'the key policy admits nobody but the account': world(spotInstance, null),
    'the instance is a Spot Instance by its market': world(
      { 'aws_instance.app': { root_block_device: [device], instance_market_options: [{ market_type: 'spot' }] } },
      null,
    ),
    'the key policy names the role of Spot for a Spot Fleet': world(spotFleetRequest, spot),
    'the ARN of the role lacks its path': world(
      ec2Fleet({}),
      'arn:aws:iam::111122223333:role/AWSServiceRoleForEC2Fleet',
    ),
    'there is no grant on the key of another account': world(spotImage, null),
    'the default key, of a volume that names none, admits nobody but the account': world(
      {
        'aws_ebs_default_kms_key.this': { key_arn: ref('aws_kms_key.app', 'arn') },
        'aws_spot_instance_request.app': { ami: 'ami-0a1b2c3d4e5f60718', root_block_device: [{ encrypted: true }] },
      },
      null,
    ),
    'the grant has only what instances were seen to start with, which is a warning': world(
      {
        ...spotImage,
        ...grant(
          spot,
          LAUNCH_MIN.map(action => action.replaceAll('kms:', '')),
        ),
      },
      null,
    ),
  },
  unknown: {
    'the policy is not known until apply': world({ ...spotInstance, 'aws_kms_key.app': { policy: later } }, null),
    'whether the fleet is instant is known at apply': world(ec2Fleet({ type: later }), null),
  },
})

const spotInstance: Resources = { 'aws_spot_instance_request.app': { root_block_device: [device] } }
const spotImage: Resources = { 'aws_spot_instance_request.app': { ami: 'ami-0f1e2d3c4b5a69788' } }
const spotFleetRequest: Resources = {
  'aws_spot_fleet_request.app': { target_capacity: 1, launch_specification: [{ root_block_device: [device] }] },
}

function ec2Fleet(attributes: JsonObject): Resources {
  return {
    'aws_launch_template.app': {
      name: 'app',
      block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ ...device, encrypted: 'true' }] }],
    },
    'aws_ec2_fleet.app': {
      launch_template_config: [
        { launch_template_specification: [{ launch_template_id: ref('aws_launch_template.app', 'id'), version: '1' }] },
      ],
      ...attributes,
    },
  }
}

function grant(grantee: string, operations: readonly string[]): Resources {
  return { 'aws_kms_grant.spot': { key_id: foreign, grantee_principal: grantee, operations } }
}

/** What 111122223333 launches, and a key of the account whose policy admits it and a role. */
function world(resources: Resources, admitted: string | null): ExampleWorld {
  const use = ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:CreateGrant']
  const statements: readonly Json[] = [
    allow('arn:aws:iam::111122223333:root', ['kms:*']),
    ...(admitted === null ? [] : [allow(admitted, use)]),
  ]
  const planned = { 'aws_kms_key.app': { policy: { Version: '2012-10-17', Statement: statements } }, ...resources }
  return {
    accounts: [{ id: '111122223333', resources: planned }],
    declared: { images: { 'ami-0f1e2d3c4b5a69788': [foreign], 'ami-0a1b2c3d4e5f60718': [] } },
  }
}

function allow(principal: string, actions: readonly string[]): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*' }
}
