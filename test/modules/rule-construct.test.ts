import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { ImagebuilderDistributionConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-distribution-configuration'
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { TerraformStack, Testing } from 'cdktf'
import { AutoScalingConsumer, keyIn, MultiRegionKey, RuleConstruct, rules } from '../../modules'
import type { JsonObject } from '../../policies/intrinsics'
import { callerOf } from '../../policies/lang/access'
import type { Fix } from '../../policies/lang/finding'
import type { Rule, Situation } from '../../policies/lang/rule'

const owner = '444455556666'
const consumer = '111122223333'
const region = 'eu-central-1'
const place = { at: 'images', account: owner, region }

function stackOf(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'images')
  new AwsProvider(stack, 'aws', { region })
  return stack
}

function synthesized(stack: TerraformStack): { readonly resource: Types; readonly data?: Types } {
  return JSON.parse(Testing.synth(stack))
}

type Types = { readonly [type: string]: { readonly [name: string]: JsonObject } }

function only(types: Types | undefined, type: string): JsonObject {
  const all = Object.values(types?.[type] ?? {})
  expect(all).toHaveLength(1)
  return all[0] ?? {}
}

function statements(policy: unknown): readonly JsonObject[] {
  return JSON.parse(String(policy)).Statement
}

/** A rule that asks of every situation for one change. */
function asking(...fix: readonly Fix[]): Rule<Situation> {
  const holds = {
    kind: 'holds',
    what: '',
    otherwise: '',
    holds: 'no',
    severity: 'error',
    evidence: [],
    known: [],
  } as const
  const header = { severity: 'error', aliases: [], symptoms: [], references: [] } as const
  return { ...header, situations: () => [], requirements: () => [{ ...holds, fix, because: '' }] }
}

function admitted(stack: TerraformStack, key: KmsKey): void {
  new rules.AmiSharedImageKeyAdmitsAudience(stack, 'consumer', {
    situation: { ...place, audience: { kind: 'account', id: consumer }, key: keyIn(owner, region, key.arn) },
    resources: [key],
  })
}

describe('statements', () => {
  test('of a key policy that is left out come beside the default one', () => {
    const stack = stackOf()
    admitted(stack, new KmsKey(stack, 'key', {}))
    const { policy } = only(synthesized(stack).resource, 'aws_kms_key')
    expect(statements(policy)[0]).toMatchObject({ Principal: { AWS: `arn:aws:iam::${owner}:root` }, Action: 'kms:*' })
    expect(statements(policy)).toHaveLength(3)
  })

  test('that are there stay as they are', () => {
    const stack = stackOf()
    const own = { Sid: 'Own', Effect: 'Allow', NotPrincipal: { AWS: ['a', 'b'] }, Action: 'kms:*', Resource: '*' }
    admitted(stack, new KmsKey(stack, 'key', { policy: JSON.stringify({ Version: '2008-10-17', Statement: own }) }))
    const { policy } = only(synthesized(stack).resource, 'aws_kms_key')
    expect(statements(policy)[0]).toEqual(own)
    expect(JSON.parse(String(policy)).Version).toBe('2008-10-17')
  })

  test('of a document are the beginning of another', () => {
    const stack = stackOf()
    const document = new DataAwsIamPolicyDocument(stack, 'own', { statement: [{ actions: ['kms:*'] }] })
    admitted(stack, new KmsKey(stack, 'key', { policy: document.json }))
    const { resource, data } = synthesized(stack)
    const { policy } = only(resource, 'aws_kms_key')
    const [, name = ''] = /^\$\{data\.aws_iam_policy_document\.(\w+)\.json\}$/.exec(String(policy)) ?? []
    const { source_policy_documents: sources } = data?.aws_iam_policy_document?.[name] ?? {}
    const [first, second] = sources as readonly string[]
    expect(first).toBe('${data.aws_iam_policy_document.own.json}')
    expect(statements(second)).toHaveLength(2)
  })

  test('for a key of another account are collected', () => {
    const stack = stackOf()
    const arns = { [region]: `arn:aws:kms:${region}:${owner}:key/a` }
    const key = MultiRegionKey.fromArns(stack, 'key', { accountId: owner, alias: 'images', arns })
    new rules.AccessLauncherPoliciesAllowKey(stack, 'launcher', {
      situation: {
        ...place,
        account: consumer,
        launcher: callerOf(`arn:aws:iam::${consumer}:role/launcher`),
        key: keyIn(owner, region, key.arnIn(region)),
      },
      key,
    })
    expect(JSON.stringify(key.requiredPolicy)).toContain(`arn:aws:iam::${consumer}:role/launcher`)
    expect(only(synthesized(stack).resource, 'aws_iam_role_policy')).toMatchObject({
      role: 'launcher',
      name: 'launcher',
    })
  })

  test('that let a role be assumed are added to those that do', () => {
    const stack = stackOf()
    const role = new IamRole(stack, 'role', { assumeRolePolicy: JSON.stringify({ Statement: [{ Sid: 'Own' }] }) })
    const fix = {
      kind: 'trust-statement',
      account: owner,
      target: 'aws_iam_role.role',
      statement: { Sid: 'New' },
    } as const
    new RuleConstruct(stack, 'trust', asking(fix), { situation: place, resources: [role] })
    const { assume_role_policy: policy } = only(synthesized(stack).resource, 'aws_iam_role')
    expect(statements(policy).map(({ Sid }) => Sid)).toEqual(['Own', 'New'])
  })
})

describe('attributes', () => {
  const set = (target: string, path: string, value: string | null): Rule<Situation> =>
    asking({ kind: 'attribute', account: owner, target, path, value })

  test('are set in blocks, by position and by what a block has', () => {
    const stack = stackOf()
    const template = new LaunchTemplate(stack, 'template', {
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: 20 } }],
    })
    const address = `aws_launch_template.${template.friendlyUniqueId}`
    const props = { situation: place, resources: [template] }
    const ebs = (device: string) => `block_device_mappings[device_name="${device}"].ebs[0].encrypted`
    new RuleConstruct(stack, 'there', set(address, ebs('/dev/xvda'), 'true'), props)
    new RuleConstruct(stack, 'new', set(address, ebs('/dev/sdf'), 'true'), props)
    new RuleConstruct(stack, 'first', set(address, 'block_device_mappings[0].ebs[0].volume_size', null), props)
    expect(only(synthesized(stack).resource, 'aws_launch_template').block_device_mappings).toEqual([
      { device_name: '/dev/xvda', ebs: { encrypted: 'true' } },
      { device_name: '/dev/sdf', ebs: { encrypted: 'true' } },
    ])
  })

  test('are set in blocks of blocks of which there may be one', () => {
    const stack = stackOf()
    const distribution = new ImagebuilderDistributionConfiguration(stack, 'images', {
      name: 'images',
      distribution: [{ region }],
    })
    const path = `distribution[region="${region}"].ami_distribution_configuration[0].launch_permission[0].user_ids`
    const rule = asking({ kind: 'attribute', account: owner, target: 'any', path, value: [consumer] })
    new RuleConstruct(stack, 'shared', rule, { situation: place, resources: [distribution] })
    expect(only(synthesized(stack).resource, distribution.terraformResourceType).distribution).toEqual([
      { region, ami_distribution_configuration: { launch_permission: { user_ids: [consumer] } } },
    ])
  })
})

describe('what cannot be built is refused in one line', () => {
  test.each<[string, Fix, RegExp]>([
    [
      'no key',
      { kind: 'key-policy-statement', account: owner, target: 'aws_kms_key.a', statement: {} },
      /^images\/a: key: the policy of `aws_kms_key.a` has to be changed: give the key$/,
    ],
    [
      'no resource',
      { kind: 'attribute', account: owner, target: 'aws_kms_key.a', path: 'policy', value: '' },
      /^images\/a: resources: `aws_kms_key.a` is not among them$/,
    ],
    [
      'an unknown role',
      { kind: 'identity-statement', account: owner, target: 'aws_iam_role.a', statement: {} },
      /^images\/a: resources: `aws_iam_role.a` is not among them$/,
    ],
    [
      'what is to be taken away',
      { kind: 'remove', account: owner, target: 'aws_kms_key.a' },
      /^images\/a: situation: it asks to change what is there \(remove\)/,
    ],
    [
      'an unheard-of type',
      { kind: 'resource', account: owner, region, target: 'aws_vpc.a', type: 'aws_vpc', values: {} },
      /^images\/a: situation: it asks for aws_vpc, which this cannot make$/,
    ],
  ])('%s', (_, fix, message) => {
    expect(() => new RuleConstruct(stackOf(), 'a', asking(fix), { situation: place })).toThrow(message)
  })
})

test('an application is synthesized alike, however often', () => {
  const once = () => {
    const stack = stackOf()
    const key = new MultiRegionKey(stack, 'key', {
      accountId: owner,
      alias: 'images',
      primary: { region },
      replicas: [{ region: 'eu-west-1' }],
    })
    new AutoScalingConsumer(stack, 'groups', {
      accountId: consumer,
      placement: { region: 'eu-west-1' },
      key,
      deployer: { arn: `arn:aws:iam::${consumer}:role/deployer` },
      launchers: [{ arn: `arn:aws:iam::${consumer}:role/deployer` }],
    })
    return Testing.synth(stack)
  }
  const first = once()
  // Two statements of one name, which are told apart by what they say: that has to be what is synthesized, not how it is known before.
  expect(first).toMatch(/KeyreachGrants[0-9a-f]+/)
  expect(once()).toBe(first)
})
