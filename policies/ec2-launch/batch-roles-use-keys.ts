import type { Json, JsonObject } from '../intrinsics'
import { LAUNCH_MIN } from '../lang/aws'
import { batchUses } from '../lang/batch'
import { launchRequirements } from '../lang/launch-requirements'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'

/**
 * The service-linked roles by which Batch has instances launched can use the keys of the instances.
 *
 * Batch makes groups of Auto Scaling for its compute environments, which start instances as `AWSServiceRoleForAutoScaling`; Spot Instances of
 * the strategy `BEST_FIT`, which is the one where none is named, are those of a Spot Fleet, and start as `AWSServiceRoleForEC2SpotFleet`. None
 * of the roles has an action of KMS in its own policy, and neither has that of Batch. A compute environment whose instances do not start
 * stays empty, and its jobs stay `RUNNABLE`. AWS writes down what Auto Scaling and fleets need, and not that Batch uses them: a lack is a
 * warning.
 */
export default rule({
  severity: 'warning',
  aliases: [],
  symptoms: ['Client.InternalError: Client error on launch'],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
    'https://docs.aws.amazon.com/batch/latest/userguide/spot_fleet_IAM_role.html',
    'https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html',
  ],

  *situations() {
    for (const use of batchUses()) yield use
  },

  requirements: launch => launchRequirements(launch, 'warning'),
})

const roles = 'arn:aws:iam::111122223333:role/aws-service-role'
const autoScaling = `${roles}/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`
const spotFleet = `${roles}/spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet`
const foreign = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const own = 'ami-0f1e2d3c4b5a69788'

export const examples = (): Examples => ({
  pass: {
    'the key policy admits the role of Auto Scaling': world({ admitted: autoScaling }),
    'Spot Instances of the best fit start as those of a fleet': world({
      compute: { type: 'SPOT', ...template },
      admitted: spotFleet,
    }),
    'Spot Instances of another strategy start as those of a group': world({
      compute: { type: 'SPOT', allocation_strategy: 'SPOT_PRICE_CAPACITY_OPTIMIZED', ...template },
      admitted: autoScaling,
    }),
    'a grant names the role, on the key of an image of another account': world({
      compute: { type: 'EC2', ec2_configuration: [{ image_id_override: own }] },
      resources: grant(autoScaling),
    }),
    'the default key admits the role': world({ compute: { type: 'EC2' }, resources: byDefault, admitted: autoScaling }),
  },
  fail: {
    'the key policy admits nobody but the account': world({}),
    'the key policy names the role of Auto Scaling for a Spot Fleet': world({
      compute: { type: 'SPOT', allocation_strategy: 'BEST_FIT', ...template },
      admitted: autoScaling,
    }),
    'there is no grant on the key of an image of another account': world({
      compute: { type: 'EC2', image_id: own, ...template },
      admitted: autoScaling,
    }),
    'the default key admits nobody but the account': world({ compute: { type: 'EC2' }, resources: byDefault }),
  },
  unknown: {
    'the policy is not known until apply': world({ policy: later }),
    'it is known at apply what kind of instances are launched': world({
      compute: { type: later, ...template },
      admitted: autoScaling,
    }),
    'it is known at apply by which strategy': world({
      compute: { type: 'SPOT', allocation_strategy: later, ...template },
      admitted: autoScaling,
    }),
  },
})

const template: JsonObject = {
  launch_template: [{ launch_template_id: ref('aws_launch_template.app', 'id'), version: '1' }],
}
const byDefault: Resources = {
  'aws_ebs_encryption_by_default.this': {},
  'aws_ebs_default_kms_key.this': { key_arn: ref('aws_kms_key.app', 'arn') },
}

function grant(grantee: string): Resources {
  const operations = LAUNCH_MIN.map(action => action.replaceAll('kms:', ''))
  return { 'aws_kms_grant.batch': { key_id: foreign, grantee_principal: grantee, operations } }
}

/** A compute environment of 111122223333, and a key of the account whose policy admits it and a role. */
function world({
  compute = { type: 'EC2', ...template } as JsonObject,
  resources = {} as Resources,
  admitted = null as string | null,
  policy = null as Json,
}): ExampleWorld {
  const use = ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:CreateGrant']
  const statements: readonly Json[] = [
    allow('arn:aws:iam::111122223333:root', ['kms:*']),
    ...(admitted === null ? [] : [allow(admitted, use)]),
  ]
  const ebs = [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.app', 'arn') }]
  const launched = {
    'aws_launch_template.app': { name: 'app', block_device_mappings: [{ device_name: '/dev/xvda', ebs }] },
  }
  return {
    accounts: [
      {
        id: '111122223333',
        resources: {
          ...(!('ec2_configuration' in compute) && {
            'aws_kms_key.app': { policy: policy ?? { Version: '2012-10-17', Statement: statements } },
          }),
          ...('launch_template' in compute && launched),
          'aws_batch_compute_environment.app': { name: 'app', type: 'MANAGED', compute_resources: [compute] },
          ...resources,
        },
      },
    ],
    declared: { images: { [own]: [foreign] } },
  }
}

function allow(principal: string, actions: readonly string[]): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*' }
}
