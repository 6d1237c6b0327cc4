import { existsSync, readdirSync } from 'node:fs'
import { evaluate, type World } from '../engine'
import { readConfig } from '../engine/config'
import { exampleWorld } from '../engine/example'
import { applyFix } from '../engine/fix'
import { load } from '../engine/load'
import type { JsonObject } from '../policies/intrinsics'
import type { Finding, Fix } from '../policies/lang/finding'
import { type ExampleAccount, ref } from '../policies/lang/rule'

const owner = '444455556666'
const consumer = '111122223333'
const statement = {
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${consumer}:root` },
  Action: ['kms:Decrypt'],
}

function worldOf(resources: ExampleAccount['resources'], ...others: readonly ExampleAccount[]): World {
  return exampleWorld({ accounts: [{ id: owner, resources }, ...others] })
}

/** What is planned of a resource. */
function planned(world: World, address: string, plan = 0): JsonObject {
  const changes = world.plans[plan]?.plan.resource_changes as readonly { address: string; change: JsonObject }[]
  return changes.find(item => item.address === address)?.change ?? {}
}

function statementsIn(change: JsonObject, attribute = 'policy'): readonly unknown[] {
  return JSON.parse(String((change.after as JsonObject)[attribute])).Statement
}

/** What the configuration of the root module says of a resource. */
function configured(world: World, address: string, plan = 0): JsonObject {
  const { root_module: root } = (world.plans[plan]?.plan.configuration ?? {}) as { root_module?: JsonObject }
  const resources = (root?.resources ?? []) as readonly JsonObject[]
  return resources.find(resource => resource.address === address) ?? {}
}

describe('a statement is added', () => {
  const fix: Fix = { kind: 'key-policy-statement', account: owner, target: 'aws_kms_key.a', statement }

  test('to the text of a key policy', () => {
    const world = worldOf({ 'aws_kms_key.a': { policy: { Statement: [] } } })
    expect(statementsIn(planned(applyFix(world, fix), 'aws_kms_key.a'))).toEqual([statement])
    expect(statementsIn(planned(world, 'aws_kms_key.a'))).toEqual([])
  })

  test('to the default policy of a key that has none of its own', () => {
    const world = applyFix(worldOf({ 'aws_kms_key.a': {} }), fix)
    expect(statementsIn(planned(world, 'aws_kms_key.a'))).toMatchObject([
      { Principal: { AWS: `arn:aws:iam::${owner}:root` }, Action: 'kms:*' },
      statement,
    ])
  })

  test('to the document that a policy comes from', () => {
    const identifiers = [ref('aws_iam_role.a', 'arn')]
    const world = worldOf({
      'aws_iam_role.a': {},
      'data.aws_iam_policy_document.a': {
        statement: [{ actions: ['kms:*'], principals: [{ type: 'AWS', identifiers }] }],
      },
      'aws_kms_key.a': { policy: ref('data.aws_iam_policy_document.a', 'json') },
    })
    expect(planned(applyFix(world, fix), 'data.aws_iam_policy_document.a').after).toMatchObject({
      statement: [{ actions: ['kms:*'] }, { sid: 'Use', actions: ['kms:Decrypt'], principals: [{ type: 'AWS' }] }],
    })
  })

  test('with a reference, which makes a document of the policy', () => {
    const world = applyFix(worldOf({ 'aws_kms_key.a': { policy: { Statement: [] } }, 'aws_iam_role.a': {} }), {
      ...fix,
      statement: { ...statement, Principal: { AWS: `\${aws_iam_role.a.arn}` } },
    })
    expect(planned(world, 'aws_kms_key.a')).toMatchObject({ after: {}, after_unknown: { policy: true } })
    expect(configured(world, 'data.aws_iam_policy_document.keyreach_a').expressions).toMatchObject({
      statement: [{ principals: [{ identifiers: { references: ['aws_iam_role.a.arn', 'aws_iam_role.a'] } }] }],
    })
  })

  test('to the policy that a resource of its own gives the key', () => {
    const policy = { Statement: [] }
    const world = worldOf({
      'aws_kms_key.a': {},
      'aws_kms_key_policy.a': { key_id: ref('aws_kms_key.a', 'id'), policy },
    })
    expect(statementsIn(planned(applyFix(world, fix), 'aws_kms_key_policy.a'))).toEqual([statement])
  })

  test('to the policy of a key that is only declared', () => {
    const arn = `arn:aws:kms:eu-central-1:${owner}:key/a`
    const world = exampleWorld({ accounts: [], declared: { keys: { [arn]: { policy: '{"Statement":[]}' } } } })
    expect(applyFix(world, { ...fix, target: arn })).toMatchObject({
      keys: { [arn]: { policy: JSON.stringify({ Statement: [statement] }) } },
    })
  })

  test('to a role, as a policy of its own', () => {
    const own = { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: '*' }
    const world = applyFix(worldOf({ 'aws_iam_role.a': { name: 'a' } }), {
      kind: 'identity-statement',
      account: owner,
      target: `arn:aws:iam::${owner}:role/a`,
      statement: own,
    })
    expect(planned(world, 'aws_iam_role_policy.keyreach').after).toMatchObject({ role: 'a' })
    expect(statementsIn(planned(world, 'aws_iam_role_policy.keyreach'))).toEqual([own])
  })

  test('to the trust policy of a role', () => {
    const world = applyFix(worldOf({ 'aws_iam_role.a': { assume_role_policy: { Statement: [] } } }), {
      kind: 'trust-statement',
      account: owner,
      target: 'aws_iam_role.a',
      statement,
    })
    expect(statementsIn(planned(world, 'aws_iam_role.a'), 'assume_role_policy')).toEqual([statement])
  })
})

test('a module waits by its call', () => {
  const world = applyFix(worldOf({ 'module.a.module.b.aws_kms_key.a': {}, 'aws_kms_grant.a': {} }), {
    kind: 'depends-on',
    account: owner,
    target: 'module.a.module.b',
    on: 'module.c',
  })
  expect(world.plans[0]?.plan.configuration).toMatchObject({
    root_module: { module_calls: { a: { module: { module_calls: { b: { depends_on: ['module.c'] } } } } } },
  })
})

test('a statement is taken out by Sid', () => {
  const world = applyFix(worldOf({ 'aws_kms_key.a': { policy: { Statement: [statement, { Sid: 'Deny' }] } } }), {
    kind: 'remove-statement',
    account: null,
    target: 'aws_kms_key.a.policy',
    statement: 'Deny',
  })
  expect(statementsIn(planned(world, 'aws_kms_key.a'))).toEqual([statement])
})

describe('a statement is changed', () => {
  const condition = { Bool: { 'kms:GrantIsForAWSResource': 'true' }, StringEquals: { 'kms:CallerAccount': owner } }
  const fix = {
    kind: 'edit-statement',
    account: null,
    statement: 'Use',
    drop: ['Condition.Bool.kms:GrantIsForAWSResource', 'Principal.Service'],
    set: {
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } },
    },
  } as const

  test('in a text', () => {
    const Principal = { AWS: `arn:aws:iam::${owner}:root`, Service: 'ec2.amazonaws.com' }
    const Statement = [{ ...statement, Principal, Condition: condition }, { Sid: 'Other' }]
    const world = applyFix(worldOf({ 'aws_kms_key.a': { policy: { Statement } } }), {
      ...fix,
      target: 'aws_kms_key.a.policy',
    })
    expect(statementsIn(planned(world, 'aws_kms_key.a'))).toEqual([
      {
        ...statement,
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: { 'kms:CallerAccount': owner, 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' },
        },
      },
      { Sid: 'Other' },
    ])
  })

  test('in a document', () => {
    const use = {
      sid: 'Use',
      actions: ['kms:Decrypt'],
      principals: [
        { type: 'AWS', identifiers: [ref('aws_iam_role.a', 'arn')] },
        { type: 'Service', identifiers: ['ec2.amazonaws.com'] },
      ],
      condition: [{ test: 'Bool', variable: 'kms:GrantIsForAWSResource', values: ['true'] }],
    }
    const world = worldOf({
      'aws_iam_role.a': {},
      'data.aws_iam_policy_document.a': { statement: [{ actions: ['kms:List*'] }, use] },
      'aws_kms_key.a': { policy: ref('data.aws_iam_policy_document.a', 'json') },
    })
    const changed = applyFix(world, { ...fix, target: 'aws_kms_key.a.policy' })
    const principals = [{ type: 'AWS', identifiers: ['*'] }]
    const values = ['ec2.eu-central-1.amazonaws.com']
    expect(planned(changed, 'data.aws_iam_policy_document.a').after).toMatchObject({
      statement: [
        { actions: ['kms:List*'] },
        { sid: 'Use', principals, condition: [{ test: 'StringEquals', variable: 'kms:ViaService', values }] },
      ],
    })
    expect(configured(changed, 'data.aws_iam_policy_document.a').expressions).toMatchObject({
      statement: [
        {},
        {
          principals: [{ identifiers: { constant_value: ['*'] } }],
          condition: [{ values: { constant_value: values } }],
        },
      ],
    })
  })
})

test('a resource is taken out', () => {
  const world = worldOf({ 'aws_kms_key.a': {}, 'aws_kms_key.b': {} })
  const left = applyFix(world, { kind: 'remove', account: null, target: 'aws_kms_key.a' })
  expect(planned(left, 'aws_kms_key.a')).toEqual({})
  expect(planned(left, 'aws_kms_key.b')).not.toEqual({})
})

test('a resource waits for another', () => {
  const world = worldOf({ 'aws_kms_key.a': {}, 'aws_kms_key.b': { depends_on: ['aws_kms_key.c'] } })
  const fix = { kind: 'depends-on', account: null, target: 'aws_kms_key.b', on: 'aws_kms_key.a' } as const
  expect(configured(applyFix(world, fix), 'aws_kms_key.b').depends_on).toEqual(['aws_kms_key.c', 'aws_kms_key.a'])
})

test('an attribute of a block of a set is set, and unset', () => {
  const distribution = [
    { region: 'eu-central-1', ami_distribution_configuration: [{ name: 'a' }] },
    { region: 'eu-west-1', ami_distribution_configuration: [{ name: 'b' }] },
  ]
  const address = 'aws_imagebuilder_distribution_configuration.a'
  const world = worldOf({ [address]: { distribution } })
  const fix = {
    kind: 'attribute',
    account: owner,
    target: address,
    path: 'distribution[region="eu-west-1"].ami_distribution_configuration[0].kms_key_id',
    value: 'alias/image',
  } as const
  const there = { ami_distribution_configuration: [{ name: 'b', kms_key_id: 'alias/image' }] }
  const set = applyFix(world, fix)
  expect(planned(set, address).after).toMatchObject({ distribution: [distribution[0], there] })
  expect(configured(set, address).expressions).toMatchObject({
    distribution: [{}, { ami_distribution_configuration: [{ kms_key_id: { constant_value: 'alias/image' } }] }],
  })
  const unset = applyFix(set, { ...fix, value: null })
  expect(configured(unset, address).expressions).not.toHaveProperty(
    'distribution.1.ami_distribution_configuration.0.kms_key_id',
  )
})

test('a block of a set is made where there is none', () => {
  const address = 'aws_imagebuilder_image_recipe.a'
  const mapping = { device_name: '/dev/sdf', ebs: [{ encrypted: 'true' }] }
  const set = applyFix(worldOf({ [address]: { block_device_mapping: [mapping] } }), {
    kind: 'attribute',
    account: owner,
    target: address,
    path: 'block_device_mapping[device_name="/dev/xvda"].ebs[0].encrypted',
    value: 'true',
  })
  const made = { device_name: '/dev/xvda', ebs: [{ encrypted: 'true' }] }
  expect(planned(set, address).after).toMatchObject({ block_device_mapping: [mapping, made] })
  expect(configured(set, address).expressions).toMatchObject({
    block_device_mapping: [{}, { device_name: { constant_value: '/dev/xvda' } }],
  })
})

test('an action is replaced', () => {
  const world = applyFix(worldOf({ 'aws_kms_key.a': { policy: { Statement: [statement] } } }), {
    kind: 'action',
    account: null,
    target: 'aws_kms_key.a.policy',
    from: 'kms:Decrypt',
    to: 'kms:ReEncrypt*',
  })
  expect(statementsIn(planned(world, 'aws_kms_key.a'))).toEqual([{ ...statement, Action: ['kms:ReEncrypt*'] }])
})

test('a principal is replaced, in the text of a policy and in a document', () => {
  const fix: Fix = {
    kind: 'principal',
    account: null,
    target: 'aws_kms_key.a.policy',
    from: `arn:aws:iam::${consumer}:root`,
    to: `arn:aws:iam::${owner}:root`,
  }
  const text = applyFix(worldOf({ 'aws_kms_key.a': { policy: { Statement: [statement] } } }), fix)
  expect(statementsIn(planned(text, 'aws_kms_key.a'))).toMatchObject([{ Principal: { AWS: [fix.to] } }])
  const identifiers = [fix.from, ref('aws_iam_role.a', 'arn')]
  const document = applyFix(
    worldOf({
      'aws_iam_role.a': {},
      'data.aws_iam_policy_document.a': { statement: [{ principals: [{ type: 'AWS', identifiers }] }] },
      'aws_kms_key.a': { policy: ref('data.aws_iam_policy_document.a', 'json') },
    }),
    fix,
  )
  expect(planned(document, 'data.aws_iam_policy_document.a').after).toMatchObject({
    statement: [{ principals: [{ identifiers: [fix.to, null] }] }],
  })
})

describe('what a plan takes away', () => {
  const arn = `arn:aws:kms:eu-central-1:${owner}:key/a`
  const before = { arn, multi_region: false, policy: '{"Statement":[]}' }
  const accountOf = (resources: ExampleAccount['resources']): World =>
    exampleWorld({ accounts: [{ id: owner, resources, deletes: { 'aws_kms_key.a': before } }] })

  test('is kept where it is added again', () => {
    const world = applyFix(accountOf({}), {
      kind: 'resource',
      account: owner,
      region: 'eu-central-1',
      target: 'aws_kms_key.a',
      type: 'aws_kms_key',
      values: { multi_region: false },
    })
    expect(planned(world, 'aws_kms_key.a')).toMatchObject({ actions: ['no-op'], after: { arn, multi_region: false } })
  })

  test('is kept where what forces a replacement is undone', () => {
    const fix = { kind: 'attribute', account: owner, target: 'aws_kms_key.a', path: 'multi_region' } as const
    const world = accountOf({ 'aws_kms_key.a': { multi_region: true } })
    expect(planned(applyFix(world, { ...fix, value: false }), 'aws_kms_key.a')).toMatchObject({ actions: ['update'] })
    expect(planned(applyFix(world, { ...fix, value: true }), 'aws_kms_key.a').actions).toContain('delete')
  })

  test('has a policy until it is gone', () => {
    const fix: Fix = { kind: 'key-policy-statement', account: owner, target: arn, statement }
    const { before } = planned(applyFix(accountOf({}), fix), 'aws_kms_key.a')
    expect(JSON.parse(String((before as JsonObject).policy)).Statement).toEqual([statement])
  })
})

test('an attribute is set, in blocks that are made where they are missing', () => {
  const template = { block_device_mappings: [{ device_name: '/dev/xvda' }] }
  const world = applyFix(worldOf({ 'aws_launch_template.a': template, 'aws_kms_key.a': {} }), {
    kind: 'attribute',
    account: owner,
    target: 'aws_launch_template.a',
    path: 'block_device_mappings[0].ebs[0].kms_key_id',
    value: `\${aws_kms_key.a.arn}`,
  })
  expect(planned(world, 'aws_launch_template.a')).toMatchObject({
    after: { block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{}] }] },
    after_unknown: { block_device_mappings: [{ ebs: [{ kms_key_id: true }] }] },
  })
  expect(configured(world, 'aws_launch_template.a').expressions).toMatchObject({
    block_device_mappings: [{ ebs: [{ kms_key_id: { references: ['aws_kms_key.a.arn', 'aws_kms_key.a'] } }] }],
  })
})

describe('a resource is added', () => {
  const fix: Fix = {
    kind: 'resource',
    account: consumer,
    region: 'eu-central-1',
    target: 'aws_kms_grant.keyreach',
    type: 'aws_kms_grant',
    values: { key_id: `\${aws_kms_key.a.arn}`, operations: ['Decrypt'] },
  }
  const identities = { 'aws_kms_key.a': `arn:aws:kms:eu-central-1:${owner}:key/a` }

  test('with the credentials of the account, and the name that the key is declared to have', () => {
    const accounts = [
      { id: owner, identities, resources: { 'aws_kms_key.a': {} } },
      { id: consumer, resources: {} },
    ]
    const world = applyFix(exampleWorld({ accounts }), fix)
    expect(planned(world, 'aws_kms_grant.keyreach', 1).after).toEqual({
      key_id: identities['aws_kms_key.a'],
      operations: ['Decrypt'],
    })
  })

  test('to a new plan where no plan reaches the account; the key gets a name', () => {
    const world = applyFix(worldOf({ 'aws_kms_key.a': {} }), fix)
    expect(world.plans).toMatchObject([
      { account: owner, identities: { 'aws_kms_key.a': expect.stringContaining(`:${owner}:key/`) } },
      { account: consumer, plan: { resource_changes: [{ address: 'aws_kms_grant.keyreach' }] } },
    ])
  })

  test('by the provider of the same plan that reaches the account', () => {
    const providers = { 'aws.consumer': { account: consumer, on: [] } }
    const accounts = [{ id: owner, providers, resources: { 'aws_kms_key.a': {} } }]
    const world = applyFix(exampleWorld({ accounts }), fix)
    expect(configured(world, 'aws_kms_grant.keyreach')).toMatchObject({ provider_config_key: 'aws.consumer' })
  })
})

test('a resource is moved to the provider of another account', () => {
  const providers = { 'aws.consumer': { account: consumer, on: [] } }
  const grant = { operations: ['Decrypt'] }
  const accounts = [{ id: owner, providers, resources: { 'aws_kms_grant.a': grant } }]
  const world = applyFix(exampleWorld({ accounts }), {
    kind: 'move',
    account: consumer,
    region: 'eu-central-1',
    target: 'aws_kms_grant.a',
    type: 'aws_kms_grant',
    values: grant,
  })
  expect(configured(world, 'aws_kms_grant.a')).toMatchObject({ provider_config_key: 'aws.consumer' })
})

describe('a fix turns the verdict', () => {
  const folder = 'test/fixtures'
  const scenarios = readdirSync(folder).filter(name => existsSync(`${folder}/${name}/expected.json`))

  test.each(scenarios)('in %s', async name => {
    const { world } = await load([], await readConfig(`${folder}/${name}/keyreach.yaml`))
    const { findings } = await evaluate(world)
    for (const finding of findings.filter(({ verdict, fix }) => verdict === 'fail' && fix.every(isWhole))) {
      const after = await evaluate(finding.fix.reduce(applyFix, world))
      expect(after.findings.filter(other => isSame(finding, other))).toEqual([])
    }
  })

  function isSame(a: Finding, b: Finding): boolean {
    const isAlike = a.rule === b.rule && a.requirement === b.requirement && a.message === b.message
    return b.verdict === 'fail' && isAlike && fileOf(a) === fileOf(b)
  }

  /** The template of a finding in one: two may lack the same. */
  function fileOf({ at }: Finding): string {
    return /^[^:]+\.(pkr\.hcl|json)(?=:)/.exec(at)?.[0] ?? ''
  }

  /** Whether a fix says all: where any key would do, it can only describe what to put there. */
  function isWhole(fix: Fix): boolean {
    return fix.kind !== 'attribute' || !String(fix.value).includes(' ')
  }
})
