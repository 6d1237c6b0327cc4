import type { Json, JsonObject } from '../../policies/intrinsics'
import { later, ref } from '../../policies/lang/rule'
import {
  accounts,
  type Draw,
  hostile,
  images,
  keyTerm,
  oneIn,
  perhaps,
  pick,
  policy,
  principal,
  regions,
  several,
} from './values'

/** The resources of an account, by address; kinds that belong together come together, more often than not. */
export function resourcesOf(draw: Draw, account: string, region: string): { readonly [address: string]: JsonObject } {
  const kinds = [
    keys,
    grants,
    identities,
    copies,
    permissions,
    launches,
    groups,
    builds,
    distributionRole,
    fleets,
    operations,
  ]
  const chosen = kinds.filter(() => oneIn(draw, 2))
  const made = chosen.flatMap(kind => Object.entries(kind(draw, account, region)))
  return Object.fromEntries(made.map(([address, values]) => [placed(draw, address), values]))
}

/** Once in a while inside a module, with or without an instance key. */
function placed(draw: Draw, address: string): string {
  if (!oneIn(draw, 12)) return address
  return `${pick(draw, 'module.keys', 'module.keys["a.b"]', 'module.outer[0].module.keys')}.${address}`
}

type Resources = { readonly [address: string]: JsonObject }

function keys(draw: Draw, account: string): Resources {
  const made = several(draw, 1, 2, i => [`aws_kms_key.k${i}`, key(draw, account)] as const)
  return {
    ...Object.fromEntries(made),
    ...(oneIn(draw, 3) && { 'aws_kms_replica_key.k0': replica(draw, account) }),
    ...(oneIn(draw, 3) && {
      'aws_kms_alias.k0': { name: 'alias/image', target_key_id: keyTerm(draw, account, 'key_id') },
    }),
    ...(oneIn(draw, 6) && {
      'aws_kms_key_policy.k0': { key_id: keyTerm(draw, account), policy: policy(draw, account, true) },
    }),
    ...(oneIn(draw, 6) && { 'aws_ebs_default_kms_key.this': { key_arn: keyTerm(draw, account) } }),
    ...(oneIn(draw, 4) && { 'aws_ebs_encryption_by_default.this': { enabled: perhaps(draw, !oneIn(draw, 4)) } }),
  }
}

function key(draw: Draw, account: string): JsonObject {
  return {
    ...(!oneIn(draw, 8) && { policy: policy(draw, account, true) }),
    ...(oneIn(draw, 3) && { multi_region: perhaps(draw, true) }),
    ...(oneIn(draw, 4) && { is_enabled: perhaps(draw, !oneIn(draw, 2)) }),
    ...(oneIn(draw, 2) && { enable_key_rotation: perhaps(draw, !oneIn(draw, 4)) }),
    ...(oneIn(draw, 2) && { deletion_window_in_days: perhaps(draw, pick(draw, 7, 30)) }),
    ...(oneIn(draw, 8) && { customer_master_key_spec: pick(draw, 'RSA_2048', 'SYMMETRIC_DEFAULT') }),
    ...(oneIn(draw, 8) && { key_usage: pick(draw, 'SIGN_VERIFY', 'ENCRYPT_DECRYPT') }),
    ...(oneIn(draw, 8) && { bypass_policy_lockout_safety_check: perhaps(draw, true) }),
  }
}

function replica(draw: Draw, account: string): JsonObject {
  return {
    primary_key_arn: keyTerm(draw, account),
    ...(oneIn(draw, 2) && { policy: policy(draw, account, true) }),
    ...(oneIn(draw, 2) && { region: perhaps(draw, pick(draw, ...regions)) }),
    ...(oneIn(draw, 5) && { enabled: perhaps(draw, false) }),
  }
}

const operations8 =
  'Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant'

function grants(draw: Draw, account: string): Resources {
  const made = several(draw, 1, 2, i => {
    const all = operations8.split(' ').filter(() => !oneIn(draw, 20))
    const values: JsonObject = {
      key_id: keyTerm(draw, account),
      grantee_principal: principal(draw, account),
      operations: perhaps(draw, oneIn(draw, 10) ? ['ReEncrypt', hostile(draw)] : all),
      ...(oneIn(draw, 10) && { constraints: [{ encryption_context_equals: { a: 'b' } }] }),
    }
    return [`aws_kms_grant.g${i}`, values] as const
  })
  return Object.fromEntries(made)
}

function identities(draw: Draw, account: string): Resources {
  const name = pick(draw, 'deployer', 'launcher', 'r0', 'EC2ImageBuilderDistributionCrossAccountRole')
  return {
    'aws_iam_role.r0': {
      name: perhaps(draw, name),
      assume_role_policy: policy(draw, account, true),
      ...knownArn(draw, account, name),
    },
    'aws_iam_role_policy.r0': {
      role: perhaps(draw, ref('aws_iam_role.r0', 'name')),
      policy: policy(draw, account, false),
    },
    ...(oneIn(draw, 2) && {
      'aws_iam_policy.p0': { name: 'p0', policy: policy(draw, account, false) },
      'aws_iam_role_policy_attachment.r0': {
        role: ref('aws_iam_role.r0', 'name'),
        policy_arn: perhaps(draw, ref('aws_iam_policy.p0', 'arn')),
      },
    }),
    ...(oneIn(draw, 3) && {
      'aws_iam_user.ana': { name: 'ana' },
      'aws_iam_user_policy.ana': { user: ref('aws_iam_user.ana', 'name'), policy: policy(draw, account, false) },
    }),
    ...(oneIn(draw, 2) && { 'aws_iam_service_linked_role.autoscaling': serviceLinkedRole(draw) }),
  }
}

function knownArn(draw: Draw, account: string, name: string): JsonObject {
  return oneIn(draw, 2) ? { arn: `arn:aws:iam::${account}:role/${name}` } : {}
}

function serviceLinkedRole(draw: Draw): JsonObject {
  return {
    aws_service_name: pick(
      draw,
      'autoscaling.amazonaws.com',
      'autoscaling.amazonaws.com',
      'imagebuilder.amazonaws.com',
    ),
    ...(oneIn(draw, 4) && { custom_suffix: perhaps(draw, 'app') }),
  }
}

function copies(draw: Draw, account: string): Resources {
  return {
    'aws_ami_copy.image': {
      name: 'image',
      source_ami_id: perhaps(draw, pick(draw, ...images)),
      source_ami_region: perhaps(draw, pick(draw, ...regions)),
      ...(!oneIn(draw, 5) && { encrypted: perhaps(draw, !oneIn(draw, 5)) }),
      ...(!oneIn(draw, 5) && { kms_key_id: keyTerm(draw, account) }),
    },
    ...(oneIn(draw, 4) && {
      'aws_ebs_snapshot_copy.image': {
        source_snapshot_id: 'snap-1',
        source_region: perhaps(draw, pick(draw, ...regions)),
        encrypted: perhaps(draw, true),
        ...(!oneIn(draw, 3) && { kms_key_id: keyTerm(draw, account) }),
      },
    }),
    ...(oneIn(draw, 6) && {
      'aws_ami_from_instance.image': { name: 'i', source_instance_id: ref('aws_instance.app', 'id') },
    }),
  }
}

/** An image as seen in an attribute: one of this account's, or an id. */
function image(draw: Draw): Json {
  return perhaps(
    draw,
    pick<Json>(draw, ref('aws_ami_copy.image', 'id'), ref('aws_ami_copy.image', 'id'), ...images, later),
  )
}

function permissions(draw: Draw): Resources {
  const audience = pick<JsonObject>(
    draw,
    { account_id: perhaps(draw, pick(draw, ...accounts)) },
    { account_id: perhaps(draw, pick(draw, ...accounts)) },
    { group: 'all' },
    { organization_arn: perhaps(draw, 'arn:aws:organizations::999988887777:organization/o-abc') },
    { organizational_unit_arn: perhaps(draw, 'arn:aws:organizations::999988887777:ou/o-abc/ou-abcd-1') },
  )
  return {
    'aws_ami_launch_permission.share': { image_id: image(draw), ...audience },
    ...(oneIn(draw, 3) && {
      'aws_snapshot_create_volume_permission.share': {
        snapshot_id: perhaps(draw, ref('aws_ami_copy.image', 'root_snapshot_id')),
        account_id: perhaps(draw, pick(draw, ...accounts)),
      },
    }),
  }
}

function volume(draw: Draw, account: string, encrypted: Json): JsonObject {
  return {
    ...(!oneIn(draw, 5) && { encrypted: perhaps(draw, encrypted) }),
    ...(!oneIn(draw, 4) && { kms_key_id: keyTerm(draw, account) }),
  }
}

function launchTemplate(draw: Draw, account: string): JsonObject {
  const mappings = several(draw, 0, 2, i => ({
    device_name: `/dev/xvd${'ab'[i]}`,
    ebs: [volume(draw, account, 'true')],
  }))
  return {
    name: 'app',
    image_id: oneIn(draw, 8) ? 'resolve:ssm:/image' : image(draw),
    block_device_mappings: mappings as Json,
    ...(oneIn(draw, 5) && { instance_market_options: [{ market_type: 'spot' }] }),
  }
}

function launches(draw: Draw, account: string): Resources {
  return {
    'aws_instance.app': {
      ami: image(draw),
      root_block_device: [volume(draw, account, true)],
      ...(oneIn(draw, 3) && { ebs_block_device: [{ device_name: '/dev/xvdb', ...volume(draw, account, true) }] }),
    },
  }
}

function groups(draw: Draw, account: string): Resources {
  const byTemplate: JsonObject = { launch_template: [{ id: ref('aws_launch_template.app', 'id'), version: '$Latest' }] }
  const bySpecification: JsonObject = {
    launch_template_specification: [{ launch_template_id: ref('aws_launch_template.app', 'id') }],
  }
  const source = pick<JsonObject>(
    draw,
    byTemplate,
    byTemplate,
    { launch_template: [{ name: 'app' }] },
    {
      mixed_instances_policy: [
        {
          launch_template: [bySpecification],
          instances_distribution: [{ on_demand_percentage_above_base_capacity: 0 }],
        },
      ],
    },
    { launch_configuration: ref('aws_launch_configuration.app', 'name') },
    { launch_template: later },
  )
  return {
    'aws_launch_template.app': launchTemplate(draw, account),
    'aws_launch_configuration.app': {
      name: 'app',
      image_id: image(draw),
      root_block_device: [{ encrypted: perhaps(draw, true) }],
    },
    'aws_autoscaling_group.app': {
      name: 'app',
      min_size: 0,
      max_size: 3,
      ...source,
      ...(oneIn(draw, 3) && {
        service_linked_role_arn: perhaps(
          draw,
          pick<Json>(draw, ref('aws_iam_service_linked_role.autoscaling', 'arn'), principal(draw, account)),
        ),
      }),
    },
    ...(oneIn(draw, 4) && {
      'aws_eks_node_group.app': { launch_template: [{ id: ref('aws_launch_template.app', 'id'), version: '1' }] },
    }),
  }
}

function fleets(draw: Draw, account: string): Resources {
  const specification = { ami: image(draw), root_block_device: [volume(draw, account, true)] }
  return {
    'aws_launch_template.app': launchTemplate(draw, account),
    'aws_spot_fleet_request.app': {
      iam_fleet_role: 'arn:aws:iam::1:role/fleet',
      launch_specification: [specification],
    },
    ...(oneIn(draw, 2) && { 'aws_spot_instance_request.app': specification }),
    ...(oneIn(draw, 2) && {
      'aws_ec2_fleet.app': {
        launch_template_config: [
          { launch_template_specification: [{ launch_template_id: ref('aws_launch_template.app', 'id') }] },
        ],
      },
    }),
  }
}

function builds(draw: Draw, account: string, region: string): Resources {
  const mappings = several(draw, 0, 2, i => ({
    device_name: `/dev/xvd${'ab'[i]}`,
    ebs: [volume(draw, account, pick(draw, 'true', 'true', 'false', ''))],
  }))
  const distributions = several(draw, 1, 2, i =>
    distribution(draw, account, oneIn(draw, 12) ? 'eu-south-1' : (regions[i] ?? region)),
  )
  return {
    'aws_imagebuilder_image_recipe.app': {
      name: 'app',
      parent_image: perhaps(draw, images[1]),
      block_device_mapping: mappings as Json,
    },
    'aws_imagebuilder_distribution_configuration.app': { name: 'app', distribution: distributions as Json },
    'aws_imagebuilder_infrastructure_configuration.app': { name: 'app', instance_profile_name: 'builder' },
    'aws_imagebuilder_image_pipeline.app': {
      name: 'app',
      image_recipe_arn: perhaps(draw, ref('aws_imagebuilder_image_recipe.app', 'arn')),
      distribution_configuration_arn: perhaps(draw, ref('aws_imagebuilder_distribution_configuration.app', 'arn')),
      infrastructure_configuration_arn: ref('aws_imagebuilder_infrastructure_configuration.app', 'arn'),
    },
  }
}

function distribution(draw: Draw, account: string, region: string): JsonObject {
  const audience: JsonObject = { user_ids: perhaps(draw, [pick(draw, ...accounts)]) }
  const ami: JsonObject = {
    ...(!oneIn(draw, 4) && { kms_key_id: keyTerm(draw, account) }),
    ...(!oneIn(draw, 3) && { target_account_ids: perhaps(draw, [pick(draw, ...accounts)]) }),
    ...(oneIn(draw, 4) && { launch_permission: [oneIn(draw, 4) ? { user_groups: ['all'] } : audience] }),
  }
  return {
    region: perhaps(draw, region),
    ami_distribution_configuration: [ami],
    ...(oneIn(draw, 8) && { fast_launch_configuration: [{ account_id: account, enabled: true }] }),
    ...(oneIn(draw, 8) && {
      launch_template_configuration: [{ launch_template_id: 'lt-1', account_id: pick(draw, ...accounts) }],
    }),
  }
}

function distributionRole(draw: Draw, account: string): Resources {
  const name = oneIn(draw, 8)
    ? 'ec2imagebuilderdistributioncrossaccountrole'
    : 'EC2ImageBuilderDistributionCrossAccountRole'
  const managed = pick(
    draw,
    'Ec2ImageBuilderCrossAccountDistributionAccess',
    'EC2ImageBuilderCrossAccountDistributionAccess',
  )
  return {
    'aws_iam_role.distribution': {
      name,
      assume_role_policy: policy(draw, account, true),
      ...(oneIn(draw, 8) && { path: perhaps(draw, '/service/') }),
    },
    ...(!oneIn(draw, 4) && {
      'aws_iam_role_policy.distribution': {
        role: ref('aws_iam_role.distribution', 'name'),
        policy: policy(draw, account, false),
      },
    }),
    ...(!oneIn(draw, 4) && {
      'aws_iam_role_policy_attachment.distribution': {
        role: ref('aws_iam_role.distribution', 'name'),
        policy_arn: perhaps(draw, `arn:aws:iam::aws:policy/${managed}`),
      },
    }),
  }
}

function operations(draw: Draw): Resources {
  return {
    'aws_cloudwatch_metric_alarm.kms': {
      alarm_name: 'kms',
      namespace: perhaps(draw, pick(draw, 'AWS/KMS', 'AWS/Usage')),
      metric_name: perhaps(draw, pick(draw, 'CallCount', 'SecondsUntilKeyMaterialExpiration')),
      dimensions: perhaps(draw, { Service: 'KMS', Type: 'API', Resource: 'CreateGrant', Class: 'None' }),
      ...(oneIn(draw, 2) && { alarm_actions: perhaps(draw, ['arn:aws:sns:eu-central-1:444455556666:a']) }),
    },
  }
}
