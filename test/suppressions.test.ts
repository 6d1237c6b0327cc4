import { evaluate } from '../engine'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { suppressionsOf } from '../engine/suppressions'
import type { Json, JsonObject } from '../policies/intrinsics'
import type { Finding, Verdict } from '../policies/lang/finding'

const trust = (principal: string, more: JsonObject = {}) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...more } })
const policy = (statement: Json) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const use = (actions: Json, resource = 'arn:aws:kms:eu-central-1:444455556666:key/a') =>
  policy({ Effect: 'Allow', Action: actions, Resource: resource })
const distribution = 'EC2ImageBuilderDistributionCrossAccountRole'
const closed = { StringEquals: { 'kms:CallerAccount': '444455556666' } }
const open = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }
const mrk = 'arn:aws:kms:eu-central-1:444455556666:key/mrk-1234'

test.each<[string, string, JsonObject, readonly string[]]>([
  ['an image is shared', 'aws_ami_launch_permission.a', { account_id: '111122223333' }, ['CKV_AWS_205']],
  ['a closed principal', 'aws_kms_key.a', { policy: policy({ ...open, Condition: closed }) }, ['CKV_AWS_33']],
  ['an open principal', 'aws_kms_key.a', { policy: policy(open) }, []],
  ['a key policy that is not known', 'aws_kms_key.a', {}, []],
  ['a multi-Region key', 'aws_kms_key.a', { arn: mrk }, ['kms_cmk_not_multi_region']],
  [
    'a role that an account assumes',
    'aws_iam_role.a',
    { name: distribution, assume_role_policy: trust('arn:aws:iam::444455556666:root') },
    ['CKV_AWS_61', '09c35abf-5852-4622-ac7a-b987b331232e'],
  ],
  [
    'a role that takes an external id',
    'aws_iam_role.a',
    {
      name: distribution,
      assume_role_policy: trust('444455556666', { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
    },
    [],
  ],
  ['a role with another name', 'aws_iam_role.a', { name: 'deployer', assume_role_policy: trust('444455556666') }, []],
  [
    "AWS's patterns of actions",
    'aws_iam_policy.a',
    { policy: use(['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']) },
    ['AVD-AWS-0057'],
  ],
  ['other patterns beside them', 'aws_iam_policy.a', { policy: use(['kms:ReEncrypt*', 's3:*']) }, []],
  ['every key', 'aws_iam_policy.a', { policy: use(['kms:ReEncrypt*'], '*') }, []],
  ['no pattern', 'aws_iam_policy.a', { policy: use('kms:Decrypt') }, []],
])('%s: %s', (_, address, values, wanted) => {
  expect(suppressed([[address, values, 'pass']])).toEqual(wanted)
})

test.each<Verdict>(['fail', 'unknown'])('what is not safe is left alone: %s', verdict => {
  expect(suppressed([['aws_ami_launch_permission.a', {}, verdict]])).toEqual([])
})

test('instances of one block share its comment, so that all have to be safe', () => {
  const instance = (key: string, verdict: Verdict) =>
    [`module.m["${key}"].aws_ami_launch_permission.a[0]`, {}, verdict] as const
  expect(suppressed([instance('x', 'pass'), instance('y', 'pass')])).toEqual(['CKV_AWS_205'])
  expect(suppressed([instance('x', 'pass'), instance('y', 'fail')])).toEqual([])
})

test('KICS flags an image that several blocks share', () => {
  const share = (name: string, image_id: string) => [`aws_ami_launch_permission.${name}`, { image_id }, 'pass'] as const
  const kics = 'ba4e0031-3e9d-4d7d-b0d6-bd8f003f8698'
  expect(suppressed([share('a', 'ami-1'), share('b', 'ami-1')])).toEqual(['CKV_AWS_205', kics, 'CKV_AWS_205', kics])
  expect(suppressed([share('a', 'ami-1'), share('b', 'ami-2')])).toEqual(['CKV_AWS_205', 'CKV_AWS_205'])
})

test('Prowler is told account, region and id', () => {
  const [only] = suppressionsIn([['aws_kms_key.a', { arn: mrk }, 'pass']])
  expect(only?.text).toBe(`Mutelist:
  Accounts:
    "444455556666":
      Checks:
        "kms_cmk_not_multi_region":
          Regions: ["eu-central-1"]
          Resources: ["^mrk-1234$"]`)
})

test.each([
  ['copied-ami-launch', 'aws_ami_launch_permission.consumer', true],
  ['copied-ami-launch-no-creategrant', 'aws_ami_launch_permission.consumer', false],
])('%s: %s', async (scenario, resource, wanted) => {
  const { world } = await load([], await readConfig(`test/fixtures/${scenario}/keyreach.yaml`))
  const suppressions = suppressionsOf(world, await evaluate(world))
  expect(suppressions.some(one => one.resource === resource && one.check === 'CKV_AWS_205')).toBe(wanted)
})

type Resource = readonly [address: string, values: JsonObject, verdict: Verdict]

function suppressed(resources: readonly Resource[]): readonly string[] {
  return suppressionsIn(resources).map(({ check }) => check)
}

function suppressionsIn(resources: readonly Resource[]) {
  const changes = resources.map(([address, after]) => ({
    address,
    type: /aws_[a-z_]+/.exec(address)?.[0] ?? '',
    change: { after },
  }))
  const findings = resources.map(([address, , verdict]) => {
    return { at: `${address}.policy`, verdict, account: '444455556666', region: 'eu-central-1' } as Finding
  })
  const report = { findings, counts: { pass: 0, fail: 0, unknown: 0, waived: 0 }, errors: [] }
  return suppressionsOf({ plans: [{ file: 'plan.json', plan: { resource_changes: changes } }] }, report)
}
