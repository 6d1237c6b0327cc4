import { exampleWorld } from '../engine/example'
import type { JsonObject } from '../policies/intrinsics'
import { type ExampleAccount, later, ref } from '../policies/lang/rule'

const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*' }] }

function planOf(account: Partial<ExampleAccount>): JsonObject {
  const [entry] = exampleWorld({ accounts: [{ id: '444455556666', resources: {}, ...account }] }).plans
  return entry?.plan ?? {}
}

function changeOf(resources: ExampleAccount['resources'], address: string): JsonObject {
  const changes = planOf({ resources }).resource_changes as readonly { address: string; change: JsonObject }[]
  return changes.find(item => item.address === address)?.change ?? {}
}

/** The expressions of a resource, and the modules around it, by path into the configuration. */
function configured(resources: ExampleAccount['resources'], ...path: readonly string[]): unknown {
  const { root_module } = planOf({ resources }).configuration as { root_module: JsonObject }
  return path.reduce<unknown>((here, step) => (here as JsonObject)[step], root_module)
}

describe('an example becomes a plan', () => {
  test('an attribute is in `after` and a constant in the configuration', () => {
    const resources = { 'aws_kms_key.image': { multi_region: true } }
    expect(changeOf(resources, 'aws_kms_key.image')).toMatchObject({
      actions: ['create'],
      after: { multi_region: true },
    })
    expect(configured(resources, 'resources')).toMatchObject([
      {
        address: 'aws_kms_key.image',
        provider_config_key: 'aws',
        expressions: { multi_region: { constant_value: true } },
      },
    ])
  })

  test('what is deleted, replaced and waited for', () => {
    const account = {
      resources: { 'aws_kms_key.a': { depends_on: ['aws_kms_key.b'] } },
      replaces: ['aws_kms_key.a'],
      deletes: { 'aws_kms_key.c': { is_enabled: true } },
    }
    expect(planOf(account)).toMatchObject({
      resource_changes: [
        { address: 'aws_kms_key.a', change: { actions: ['delete', 'create'] } },
        { address: 'aws_kms_key.c', change: { actions: ['delete'], before: { is_enabled: true }, after: null } },
      ],
      configuration: { root_module: { resources: [{ depends_on: ['aws_kms_key.b'] }] } },
    })
  })

  test('a policy given as an object is a text', () => {
    const { after } = changeOf({ 'aws_kms_key.image': { policy } }, 'aws_kms_key.image')
    expect(after).toEqual({ policy: JSON.stringify(policy) })
  })

  test('what AWS computes is unknown, unless it is given', () => {
    const { after_unknown } = changeOf({ 'aws_kms_key.image': { arn: 'arn:a' } }, 'aws_kms_key.image')
    expect(after_unknown).toEqual({ id: true, key_id: true, multi_region: true, policy: true })
  })

  test('a reference to what is not given is unknown and refers to attribute and resource', () => {
    const resources = {
      'aws_kms_key.image': {},
      'aws_ami_copy.image': { encrypted: true, kms_key_id: ref('aws_kms_key.image', 'arn') },
    }
    expect(changeOf(resources, 'aws_ami_copy.image')).toMatchObject({
      after: { encrypted: true },
      after_unknown: { kms_key_id: true },
    })
    expect(configured(resources, 'resources', '0', 'expressions')).toEqual({
      encrypted: { constant_value: true },
      kms_key_id: { references: ['aws_kms_key.image.arn', 'aws_kms_key.image'] },
    })
  })

  test('a reference to what is given is known', () => {
    const resources = {
      'aws_iam_role.packer': { name: 'packer' },
      'aws_iam_role_policy.packer': { role: ref('aws_iam_role.packer', 'name') },
    }
    expect(changeOf(resources, 'aws_iam_role_policy.packer').after).toEqual({ role: 'packer' })
  })

  test('one unknown part leaves nothing of a policy known', () => {
    const resources = {
      'aws_iam_role.a': {},
      'aws_kms_key.a': {
        policy: { Statement: [{ Principal: { AWS: ref('aws_iam_role.a', 'arn') }, Action: 'kms:*' }] },
      },
    }
    expect(changeOf(resources, 'aws_kms_key.a')).toMatchObject({ after: {}, after_unknown: { policy: true } })
    expect(configured(resources, 'resources', '1', 'expressions', 'policy')).toEqual({
      references: ['aws_iam_role.a.arn', 'aws_iam_role.a'],
    })
  })

  test('blocks are lists, and say in each place what is unknown', () => {
    const ebs = [{ encrypted: 'true', kms_key_id: later }]
    const resources = { 'aws_launch_template.app': { block_device_mappings: [{ device_name: '/dev/xvda', ebs }] } }
    const change = changeOf(resources, 'aws_launch_template.app')
    expect(change.after).toEqual({
      block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ encrypted: 'true' }] }],
    })
    expect(change.after_unknown).toMatchObject({ block_device_mappings: [{ ebs: [{ kms_key_id: true }] }] })
    expect(configured(resources, 'resources', '0', 'expressions', 'block_device_mappings')).toMatchObject([
      { ebs: [{ kms_key_id: { references: ['data.external.later.result', 'data.external.later'] } }] },
    ])
  })

  test('an element of a list may be unknown alone', () => {
    const resources = { 'aws_kms_grant.a': { operations: ['Decrypt', later] } }
    expect(changeOf(resources, 'aws_kms_grant.a')).toMatchObject({
      after: { operations: ['Decrypt', null] },
      after_unknown: { operations: [false, true] },
    })
  })

  test('a sensitive value is known and marked', () => {
    const resources = { 'aws_kms_key.a': { policy: { $sensitive: policy }, description: { $sensitive: 'a' } } }
    expect(changeOf(resources, 'aws_kms_key.a')).toMatchObject({
      after: { policy: JSON.stringify(policy), description: 'a' },
      after_sensitive: { policy: true, description: true },
    })
  })
})

describe('modules and instances go by address', () => {
  const resources = {
    'module.keys["eu"].aws_kms_key.image[0]': {},
    'module.pipeline.module.copy.aws_ami_copy.image': {
      kms_key_id: ref('module.keys["eu"].aws_kms_key.image[0]', 'arn'),
    },
  }

  test('a change carries its module and its key', () => {
    expect(planOf({ resources }).resource_changes).toMatchObject([
      { module_address: 'module.keys["eu"]', type: 'aws_kms_key', name: 'image', index: 0 },
      { module_address: 'module.pipeline.module.copy', type: 'aws_ami_copy', name: 'image' },
    ])
  })

  test('a value leaves its module by an output', () => {
    expect(configured(resources, 'module_calls', 'keys')).toMatchObject({
      for_each_expression: {},
      module: {
        outputs: {
          aws_kms_key_image_arn: {
            expression: { references: ['aws_kms_key.image[0].arn', 'aws_kms_key.image[0]', 'aws_kms_key.image'] },
          },
        },
        resources: [{ address: 'aws_kms_key.image', count_expression: { constant_value: 1 } }],
      },
    })
  })

  test('and enters another by a variable', () => {
    expect(configured(resources, 'module_calls', 'pipeline')).toMatchObject({
      expressions: {
        aws_kms_key_image_arn: {
          references: ['module.keys["eu"].aws_kms_key_image_arn', 'module.keys["eu"]', 'module.keys'],
        },
      },
      module: {
        variables: { aws_kms_key_image_arn: {} },
        module_calls: {
          copy: {
            expressions: { aws_kms_key_image_arn: { references: ['var.aws_kms_key_image_arn'] } },
            module: { resources: [{ expressions: { kms_key_id: { references: ['var.aws_kms_key_image_arn'] } } }] },
          },
        },
      },
    })
  })
})

describe('accounts', () => {
  test('a plan reaches its account, and knows what it will be called', () => {
    const identities = { 'aws_kms_key.a': 'arn:a' }
    expect(exampleWorld({ accounts: [{ id: '444455556666', identities, resources: {} }] }).plans).toMatchObject([
      { file: '444455556666.json', account: '444455556666', identities },
    ])
  })

  test('a provider may reach another region and another account', () => {
    const providers = { 'aws.consumer': { region: 'eu-west-1', account: '111122223333', on: ['aws_kms_grant.a'] } }
    const resources = { 'aws_kms_grant.a': {}, 'aws_kms_key.a': {} }
    const [entry] = exampleWorld({ accounts: [{ id: '444455556666', providers, resources }] }).plans
    expect(entry).toMatchObject({ providers: { aws: '444455556666', 'aws.consumer': '111122223333' } })
    expect(entry?.plan.configuration).toMatchObject({
      provider_config: {
        aws: { expressions: { region: { constant_value: 'eu-central-1' } } },
        'aws.consumer': { alias: 'consumer', expressions: { region: { constant_value: 'eu-west-1' } } },
      },
      root_module: { resources: [{ provider_config_key: 'aws.consumer' }, { provider_config_key: 'aws' }] },
    })
  })

  test('what is declared is a part of the world', () => {
    const images = { 'ami-0a1b2c3d4e5f60718': ['arn:a'] }
    expect(exampleWorld({ accounts: [], declared: { images } })).toEqual({ images, plans: [] })
  })
})

describe('data sources', () => {
  test('one that is known was read before', () => {
    const plan = planOf({ resources: { 'module.a.data.aws_kms_key.a': { arn: 'arn:a' } } })
    expect(plan.resource_changes).toEqual([])
    expect(plan.prior_state).toMatchObject({
      values: {
        root_module: {
          child_modules: [
            { address: 'module.a', resources: [{ mode: 'data', type: 'aws_kms_key', values: { arn: 'arn:a' } }] },
          ],
        },
      },
    })
  })

  test('one that is not is read at apply, and shows what it knows', () => {
    const statement = [{ actions: ['kms:*'], principals: [{ type: 'AWS', identifiers: [later] }] }]
    const change = changeOf({ 'data.aws_iam_policy_document.a': { statement } }, 'data.aws_iam_policy_document.a')
    expect(change).toMatchObject({
      actions: ['read'],
      after: { statement: [{ actions: ['kms:*'], principals: [{ type: 'AWS', identifiers: [null] }] }] },
      after_unknown: { json: true, statement: [{ principals: [{ identifiers: [true] }] }] },
    })
  })
})
