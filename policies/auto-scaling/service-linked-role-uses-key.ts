import type { Json, JsonObject } from '../intrinsics'
import { callerOf } from '../lang/access'
import { EBS_MIN, GRANT8 } from '../lang/aws'
import { ownKeys } from '../lang/group-keys'
import { groups, launchingRole } from '../lang/launch'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'

/**
 * The service-linked role of a group can use every key of its own account that the instances need.
 *
 * An Auto Scaling group, and the group behind an EKS node group, starts instances as a service-linked role, whose own policy has no action
 * of KMS. Delegation to the account's IAM therefore gives it nothing: the key policy has to admit the role itself, or everyone of the account
 * who comes through EBS, or a grant has to. That goes for the key by which the account encrypts by default too, where a template or node
 * group names none. Permissions of the person who made the group, or of the instance's role, do not help.
 */
export default rule({
  severity: 'error',
  aliases: ['asg-same-account-slr-access'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
    'Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: {reason}',
    'AsgInstanceLaunchFailures',
    'waiting for Auto Scaling Group ({name}) capacity satisfied: timeout while waiting',
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

const role = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const root: JsonObject = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
}
const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
const forService = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }

export const examples = (): Examples => ({
  pass: {
    'the key policy names the role': world(),
    'the key policy admits everyone of the account through EBS': world({
      statements: [root, throughEbs('eu-central-1')],
    }),
    'a grant names the role': world({ statements: [root], grantee: role }),
    'a node group of EKS launches as the same role': world({ launcher: 'aws_eks_node_group.app' }),
    'the default key admits the role': byDefault({}),
    'the key of an image that Image Builder builds admits the role': built({}),
  },
  fail: {
    'the key policy only delegates to the account': world({ statements: [root] }),
    'the role may not create grants': world({ statements: [root, allow(use)] }),
    'the use is closed by a condition that holds for grants only': world({
      statements: [root, allow(use, forService), allow(['kms:CreateGrant'], forService)],
    }),
    'the statement for the role is about another key': world({
      statements: [
        root,
        {
          ...allow([...use, 'kms:CreateGrant']),
          Resource: 'arn:aws:kms:eu-central-1:111122223333:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f',
        },
      ],
    }),
    'the ARN of the role lacks its path': world({
      principal: role.replace('aws-service-role/autoscaling.amazonaws.com/', ''),
    }),
    'the key policy admits who comes through EBS in another region': world({
      statements: [root, throughEbs('us-east-1')],
    }),
    'the default key only delegates to the account': byDefault({ statements: [root] }),
    'a node group without a template goes under the default key': byDefault({
      statements: [root],
      launcher: { 'aws_ebs_encryption_by_default.this': {}, 'aws_eks_node_group.app': { cluster_name: 'app' } },
    }),
    'Image Builder builds the image under a key that only delegates to the account': built({ statements: [root] }),
    'the role is denied': world({
      statements: [
        root,
        allow([...use, 'kms:CreateGrant']),
        { ...allow(['kms:Decrypt']), Sid: 'Stop', Effect: 'Deny' },
      ],
    }),
  },
  unknown: {
    'the image may be under another key than the default key': byDefault({ statements: [root], images: {} }),
    'the image may be the one that Image Builder takes to another region': built({
      statements: [root],
      regions: ['eu-central-1', 'eu-west-1'],
    }),
    'the policy is not known until apply': world({ policy: later }),
  },
})

/** A group whose launch template encrypts its volume under a key of the same account. */
function world({
  principal = role,
  statements = [root, allow(use, {}, principal), allow(['kms:CreateGrant'], forService, principal)],
  policy = { Version: '2012-10-17', Statement: statements } as Json,
  grantee = null as string | null,
  launcher = 'aws_autoscaling_group.app',
} = {}): ExampleWorld {
  const grant = { key_id: ref('aws_kms_key.volumes', 'key_id'), grantee_principal: grantee, operations: GRANT8 }
  const resources = {
    'aws_kms_key.volumes': { policy },
    'aws_launch_template.app': {
      name: 'app',
      block_device_mappings: [
        { device_name: '/dev/xvda', ebs: [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.volumes', 'arn') }] },
      ],
    },
    [launcher]: { launch_template: [{ id: ref('aws_launch_template.app', 'id'), version: '1' }] },
    ...(grantee === null ? {} : { 'aws_kms_grant.autoscaling': grant }),
  }
  return { accounts: [{ id: '111122223333', resources }] }
}

/** A group whose template asks for encryption and names no key, and an image that is not encrypted, or of which that is not known. */
function byDefault({
  statements = [root, allow(use), allow(['kms:CreateGrant'], forService)],
  images = { 'ami-0f1e2d3c4b5a69788': [] } as JsonObject,
  launcher = {
    'aws_launch_template.app': {
      name: 'app',
      image_id: 'ami-0f1e2d3c4b5a69788',
      block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ encrypted: 'true' }] }],
    },
    'aws_autoscaling_group.app': { launch_template: [{ id: ref('aws_launch_template.app', 'id'), version: '1' }] },
  } as Resources,
}): ExampleWorld {
  const resources = {
    'aws_kms_key.volumes': { policy: { Version: '2012-10-17', Statement: statements } },
    'aws_ebs_default_kms_key.this': { key_arn: ref('aws_kms_key.volumes', 'arn') },
    ...launcher,
  }
  return { accounts: [{ id: '111122223333', resources }], declared: { images } }
}

/** A group whose image Image Builder builds, and distributes to these regions where there are any. */
function built({
  statements = [root, allow(use), allow(['kms:CreateGrant'], forService)],
  regions = [] as readonly string[],
}): ExampleWorld {
  const distributed = {
    'aws_imagebuilder_distribution_configuration.app': {
      name: 'app',
      distribution: regions.map(region => ({
        region,
        ami_distribution_configuration: [{ name: 'app-{{ imagebuilder:buildDate }}' }],
      })),
    },
  }
  const distribution = ref('aws_imagebuilder_distribution_configuration.app', 'arn')
  const resources = {
    ...(regions.length > 0 && distributed),
    'aws_kms_key.volumes': { policy: { Version: '2012-10-17', Statement: statements } },
    'aws_imagebuilder_image_recipe.app': {
      name: 'app',
      version: '1.0.0',
      block_device_mapping: [
        { device_name: '/dev/xvda', ebs: [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.volumes', 'arn') }] },
      ],
    },
    'aws_imagebuilder_image.app': {
      image_recipe_arn: ref('aws_imagebuilder_image_recipe.app', 'arn'),
      ...(regions.length > 0 && { distribution_configuration_arn: distribution }),
    },
    'aws_launch_template.app': { name: 'app', image_id: ref('aws_imagebuilder_image.app', 'output_resources') },
    'aws_autoscaling_group.app': { launch_template: [{ id: ref('aws_launch_template.app', 'id'), version: '1' }] },
  }
  return { accounts: [{ id: '111122223333', resources }] }
}

function allow(actions: readonly string[], condition: JsonObject = {}, principal = role): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*', Condition: condition }
}

function throughEbs(region: string): JsonObject {
  const condition = {
    StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': `ec2.${region}.amazonaws.com` },
  }
  return { ...allow([...use, 'kms:CreateGrant'], condition), Principal: { AWS: '*' } }
}
