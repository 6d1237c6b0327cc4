import { AmiCopy } from '@cdktf/provider-aws/lib/ami-copy'
import { AmiLaunchPermission } from '@cdktf/provider-aws/lib/ami-launch-permission'
import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { type App, Aspects, TerraformStack, Testing } from 'cdktf'
import type { Construct } from 'constructs'
import { AutoScalingConsumer, MultiRegionKey, RuleChecks, type RuleChecksProps } from '../../modules'
import { consumer, owner } from './synthesized'

const region = 'eu-central-1'
const role = `arn:aws:iam::${consumer}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`

function stackIn(app: App, name: string, account = owner): TerraformStack {
  const stack = new TerraformStack(app, name)
  new AwsProvider(stack, 'aws', { region, allowedAccountIds: [account] })
  return stack
}

function keyIn(stack: Construct, id = 'key'): MultiRegionKey {
  return new MultiRegionKey(stack, id, { accountId: owner, alias: id, primary: { region } })
}

/** What people write by hand: an image under a key of its own, shared with an account that the key policy does not know. */
function shareBadly(stack: Construct): void {
  const key = new KmsKey(stack, 'key', { enableKeyRotation: true })
  const copy = new AmiCopy(stack, 'app', {
    name: 'app',
    sourceAmiId: 'ami-0f1e2d3c4b5a69788',
    sourceAmiRegion: region,
    encrypted: true,
    kmsKeyId: key.arn,
  })
  new AmiLaunchPermission(stack, 'shop', { imageId: copy.id, accountId: consumer })
}

/** A group, whose instances have their volumes under a key where one is given. */
function groupIn(stack: Construct, key?: MultiRegionKey): AutoscalingGroup {
  const mapping = key && { deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key.arnIn(region) } }
  const template = new LaunchTemplate(stack, 'template', {
    name: 'shop',
    imageId: 'ami-0f1e2d3c4b5a69788',
    ...(mapping && { blockDeviceMappings: [mapping] }),
  })
  return new AutoscalingGroup(stack, 'group', {
    name: 'shop',
    minSize: 1,
    maxSize: 3,
    availabilityZones: [`${region}a`],
    launchTemplate: { id: template.id, version: '$Latest' },
    serviceLinkedRoleArn: role,
  })
}

function checked(scope: Construct, props: RuleChecksProps = {}): void {
  Aspects.of(scope).add(new RuleChecks(props))
}

/** The lines with which a synthesis fails; none where it does not. */
function complaints(app: App): readonly string[] {
  try {
    app.synth()
    return []
  } catch (error) {
    const [first, ...lines] = (error as Error).message.trim().split('\n')
    expect(first).toBe('App-level validation failed with the following errors:')
    const help = lines.findIndex(line => line.includes('help: `npx keyreach rule ID`'))
    return lines.slice(0, help).map(line => line.trim())
  }
}

test('what is written by hand fails where a rule does, each time in one line: where, what, why and by which rule', () => {
  const app = Testing.app()
  const images = stackIn(app, 'images')
  shareBadly(images)
  checked(images)
  const [line, ...others] = complaints(app)
  expect(line).toBe(
    'images/shop (aws_ami_launch_permission.shop): the policy of `aws_kms_key.key` does not allow `kms:CreateGrant` to account 111122223333: EC2 attaches an encrypted volume through a grant, which it makes for the launcher (ami/shared-image-key-admits-audience)',
  )
  expect(others).toHaveLength(1)
})

test('nothing fails where nobody asked for it, nor in what was not asked for', () => {
  const app = Testing.app()
  const images = stackIn(app, 'images')
  shareBadly(images)
  const others = stackIn(app, 'others')
  checked(others)
  expect(complaints(app)).toEqual([])
})

test.each([
  ['of one account', owner, ['eu/shop (eu:aws_ami_launch_permission.shop): the policy of `eu:aws_kms_key.key` ']],
  ['of two accounts', '777788889999', ['eu/shop (aws_ami_launch_permission.shop): the policy of `aws_kms_key.key` ']],
])('of two stacks %s that call alike what they have, the one that fails is named', (_, other, [expected = '']) => {
  const app = Testing.app()
  const bad = stackIn(app, 'eu')
  const good = stackIn(app, 'us', other)
  shareBadly(bad)
  new KmsKey(good, 'key', { enableKeyRotation: true })
  new AmiLaunchPermission(good, 'shop', { imageId: 'ami-0f1e2d3c4b5a69788', accountId: other })
  for (const stack of [bad, good]) checked(stack)
  const lines = complaints(app)
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(line).toContain(expected)
})

test('what is fine passes', () => {
  const app = Testing.app()
  const images = stackIn(app, 'images')
  keyIn(images)
  checked(images, { failOn: 'unknown' })
  expect(complaints(app)).toEqual([])
})

test.each([
  ['error', []],
  [
    'warning',
    [expect.stringMatching(/^images\/key \(aws_kms_key\.key\.deletion_window_in_days\): .*\/deletion-leaves-time\)$/)],
  ],
] as const)('failOn %s fails what is so bad', (failOn, expected) => {
  const app = Testing.app()
  const images = stackIn(app, 'images')
  const key = new KmsKey(images, 'key', { enableKeyRotation: true, deletionWindowInDays: 7 })
  new AmiCopy(images, 'app', {
    name: 'app',
    sourceAmiId: 'ami-0f1e2d3c4b5a69788',
    sourceAmiRegion: region,
    encrypted: true,
    kmsKeyId: key.arn,
  })
  checked(images, { failOn })
  expect(complaints(app)).toEqual(expected)
})

test('what no configuration shows is asked for, and taken where it is declared', () => {
  const deployer = `arn:aws:iam::${consumer}:role/deployer`
  const asking = (declared: RuleChecksProps['declared'] = {}) => {
    const app = Testing.app()
    const key = keyIn(stackIn(app, 'images'))
    const shop = stackIn(app, 'shop', consumer)
    const made = new IamRole(shop, 'deployer', { name: 'deployer', assumeRolePolicy: '{"Statement":[]}' })
    new AutoScalingConsumer(shop, 'access', {
      accountId: consumer,
      placement: { region },
      key,
      deployer: { arn: deployer, dependsOn: [made] },
    })
    checked(shop, { failOn: 'unknown', declared })
    return complaints(app)
  }
  const [line, ...others] = asking()
  expect(line).toMatch(
    /^shop\/access\/Resource .*; known by .*deployer of account 111122223333 in keyreach\.yaml.* \([\w/-]+\)$/,
  )
  expect(others).toEqual([])
  expect(asking({ accounts: { [consumer]: { deployer } } })).toEqual([])
})

test('a construct that somebody broke fails by itself', () => {
  const app = Testing.app()
  const images = stackIn(app, 'images')
  const key = keyIn(images)
  key.grantAudience({ accountIds: [consumer] })
  const copy = new AmiCopy(images, 'app', {
    name: 'app',
    sourceAmiId: 'ami-0f1e2d3c4b5a69788',
    sourceAmiRegion: region,
    encrypted: true,
    kmsKeyId: key.arnIn(region),
  })
  new AmiLaunchPermission(images, 'shop', { imageId: copy.id, accountId: consumer })
  expect(complaints(app)).toEqual([])
  const [first] = key.policyDocument.Statement as readonly object[]
  key.primary.addOverride(
    'policy',
    JSON.stringify({ Version: '2012-10-17', Statement: [{ ...first, Effect: 'Deny' }] }),
  )
  expect(complaints(app)).toContainEqual(
    expect.stringMatching(
      /^images\/key\/Resource \(aws_kms_key\.key_\w+\.policy\): .* \(kms\/policy-delegates-to-iam\)$/,
    ),
  )
})

test('stacks are judged together: what one lacks another may have', () => {
  const app = Testing.app()
  const key = keyIn(stackIn(app, 'images'))
  const shop = stackIn(app, 'shop', consumer)
  const group = groupIn(shop, key)
  checked(shop)
  expect(complaints(app)).toContainEqual(
    expect.stringMatching(
      /^shop\/group \(aws_autoscaling_group\.group\.service_linked_role_arn\): .*\/service-linked-role-holds-grant\)$/,
    ),
  )
  const access = new AutoScalingConsumer(shop, 'access', { accountId: consumer, placement: { region }, key })
  access.precede(group)
  expect(complaints(app)).toEqual([])
  key.primary.addOverride('policy', '{"Version":"2012-10-17","Statement":[]}')
  const [line] = complaints(app)
  expect(line).toMatch(/^images\/key\/Resource \(aws_kms_key\.key_\w+\.policy\): .*\/grant-creator-may-create-it\)$/)
})
