import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf'
import {
  AutoScalingConsumer,
  ImageBuilderPipeline,
  ImageDistributionTarget,
  KmsUsageAlarm,
  MultiRegionKey,
  type MultiRegionKeyProps,
  PackerBuild,
  SharedEncryptedAmi,
} from '../../modules'

const owner = '444455556666'
const consumer = '111122223333'
const home = { region: 'eu-central-1' }
const arns = { 'eu-central-1': `arn:aws:kms:eu-central-1:${owner}:key/mrk-1a2b3c4d00004000800000000000abcd` }

function stackOf(name = 'images'): TerraformStack {
  const stack = new TerraformStack(Testing.app(), name)
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' })
  return stack
}

function keyIn(stack: TerraformStack, props: Partial<MultiRegionKeyProps> = {}): MultiRegionKey {
  return new MultiRegionKey(stack, 'key', { accountId: owner, alias: 'images', primary: home, ...props })
}

function resources(stack: TerraformStack, type: string): readonly { readonly [name: string]: unknown }[] {
  return Object.values(JSON.parse(Testing.synth(stack, true)).resource[type] ?? {})
}

test('every key has the same policy, and the alias in every region', () => {
  const stack = stackOf()
  const key = keyIn(stack, { replicas: [{ region: 'eu-west-1' }, { region: 'us-east-1' }] })
  key.grantConsumer({ accountId: consumer })
  const policies = ['aws_kms_key', 'aws_kms_replica_key'].flatMap(type => resources(stack, type).map(one => one.policy))
  expect(policies).toHaveLength(3)
  expect(new Set(policies).size).toBe(1)
  expect(policies[0]).toContain(consumer)
  expect(resources(stack, 'aws_kms_alias').map(({ name, region }) => [name, region])).toEqual([
    ['alias/images', 'eu-central-1'],
    ['alias/images', 'eu-west-1'],
    ['alias/images', 'us-east-1'],
  ])
})

test('accounts with the same needs share a statement', () => {
  const key = keyIn(stackOf(), { consumers: [{ accountId: consumer }, { accountId: '222233334444' }] })
  expect(key.policyDocument.Statement).toHaveLength(3)
})

test('a policy that KMS would not take is refused at synthesis, with what to do instead', () => {
  const stack = stackOf()
  const accounts = Array.from({ length: 900 }, (_, i) => `${100_000_000_000 + i}`)
  keyIn(stack, { consumers: accounts.map(accountId => ({ accountId })) })
  expect(() => Testing.synth(stack, true)).toThrow(/KMS takes 32768: admit an organization/)
})

test('a group of another account holds a grant that its own account makes', () => {
  const stack = stackOf('consumer')
  const key = MultiRegionKey.fromArns(stack, 'key', { accountId: owner, alias: 'images', arns })
  new AutoScalingConsumer(stack, 'groups', { accountId: consumer, placement: home, key })
  expect(resources(stack, 'aws_kms_grant')).toEqual([
    expect.objectContaining({
      key_id: arns['eu-central-1'],
      grantee_principal: `arn:aws:iam::${consumer}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      region: 'eu-central-1',
    }),
  ])
})

test('what the owner of an imported key has to allow is told', () => {
  const stack = stackOf('consumer')
  const key = MultiRegionKey.fromArns(stack, 'key', { accountId: owner, alias: 'images', arns })
  new AutoScalingConsumer(stack, 'groups', { accountId: consumer, placement: home, key })
  expect(JSON.stringify(key.requiredPolicy)).toContain('kms:GranteePrincipal')
})

test('a copy of an image is encrypted under the key of its region, and shared with it', () => {
  const stack = stackOf()
  const key = keyIn(stack)
  new SharedEncryptedAmi(stack, 'app', {
    name: 'app',
    source: { amiId: 'ami-0f1e2d3c4b5a69788', placement: home },
    key,
    copyTo: [home],
    shareWith: { accountIds: [consumer] },
  })
  expect(resources(stack, 'aws_ami_copy')).toEqual([expect.objectContaining({ encrypted: true })])
  expect(resources(stack, 'aws_ami_launch_permission')).toHaveLength(1)
  expect(JSON.stringify(key.policyDocument)).toContain(`arn:aws:iam::${consumer}:root`)
})

test('a pipeline encrypts what it builds, and copies under the key of the other region', () => {
  const stack = stackOf()
  const key = keyIn(stack, { replicas: [{ region: 'eu-west-1' }] })
  const pipeline = new ImageBuilderPipeline(stack, 'pipeline', {
    accountId: owner,
    name: 'app',
    version: '1.0.0',
    parentImage: 'ami-0f1e2d3c4b5a69788',
    placement: home,
    key,
  })
  pipeline.addDistribution({ region: 'eu-west-1', copyToAccounts: [consumer] })
  const [distribution] = resources(stack, 'aws_imagebuilder_distribution_configuration')
  expect(distribution?.distribution).toEqual([
    expect.objectContaining({ region: 'eu-central-1' }),
    expect.objectContaining({
      region: 'eu-west-1',
      ami_distribution_configuration: expect.objectContaining({ target_account_ids: [consumer] }),
    }),
  ])
  expect(JSON.stringify(resources(stack, 'aws_imagebuilder_image_recipe'))).toContain('"encrypted":"true"')
})

test('the role of a target account has the name that Image Builder looks for', () => {
  const stack = stackOf('target')
  const key = MultiRegionKey.fromArns(stack, 'key', { accountId: owner, alias: 'images', arns })
  new ImageDistributionTarget(stack, 'target', { accountId: consumer, sourceAccountId: owner, key })
  const [role] = resources(stack, 'aws_iam_role')
  expect(role?.name).toBe('EC2ImageBuilderDistributionCrossAccountRole')
  expect(role?.assume_role_policy).toContain(`arn:aws:iam::${owner}:root`)
})

test('a template names the alias in every region that the image goes to', () => {
  const stack = stackOf()
  const { template } = new PackerBuild(stack, 'packer', {
    accountId: owner,
    roleName: 'packer',
    trustedBy: [{ arn: `arn:aws:iam::${owner}:role/ci` }],
    placement: home,
    key: keyIn(stack, { replicas: [{ region: 'eu-west-1' }] }),
    sourceAmi: 'ami-0f1e2d3c4b5a69788',
    imageName: 'app-{{timestamp}}',
    copyToRegions: ['eu-west-1'],
    shareWithAccounts: [consumer],
  })
  expect(template.settings).toMatchObject({
    encrypt_boot: true,
    kms_key_id: 'alias/images',
    region_kms_key_ids: { 'eu-central-1': 'alias/images', 'eu-west-1': 'alias/images' },
    snapshot_users: [consumer],
  })
  expect(JSON.parse(template.toJson()).builders).toEqual([{ type: 'amazon-ebs', ...template.settings }])
  expect(template.toHcl()).toContain('"eu-west-1" = "alias/images"')
})

test('an alarm counts calls where AWS counts them', () => {
  const stack = stackOf()
  new KmsUsageAlarm(stack, 'alarm', {
    key: keyIn(stack),
    threshold: 1000,
    regions: [{ placement: home, notify: [`arn:aws:sns:eu-central-1:${owner}:alerts`], trailLogGroupName: 'trail' }],
  })
  expect(resources(stack, 'aws_cloudwatch_metric_alarm').map(({ namespace }) => namespace)).toEqual([
    'Keyreach',
    'AWS/Usage',
  ])
})

describe('what nothing can be made of is refused in one line', () => {
  const stack = stackOf()
  const later = new TerraformVariable(stack, 'account', {}).stringValue
  const elsewhere = new AwsProvider(new TerraformStack(new App(), 'other'), 'aws', {})
  test.each<[string, Partial<MultiRegionKeyProps>, RegExp]>([
    ['an account that is none', { accountId: '4444' }, /^images\/.*: accountId: `4444` is not a number of twelve/],
    ['an account known at apply', { accountId: later }, /accountId: it is known only at apply/],
    ['a region twice', { replicas: [home] }, /replicas: eu-central-1 is there twice/],
    ['a region that is none', { primary: { region: 'Frankfurt' } }, /region: `Frankfurt` is not the name of a region/],
    ['an alias with its prefix', { alias: 'alias/images' }, /alias: `alias\/images` is not the name of an alias/],
    ['a provider of another stack', { primary: { ...home, provider: elsewhere } }, /provider of another stack/],
    ['a role that is none', { builders: [{ arn: 'packer' }] }, /arn: `packer` is not the ARN of a role or user/],
    ['a week to rotate in', { rotationPeriodInDays: 7 }, /rotationPeriodInDays: 7 is not a whole number from 90/],
    ['the owner as consumer', { consumers: [{ accountId: owner }] }, /accountId: the owner of the key is no consumer/],
  ])('%s', (name, props, message) => {
    const make = () =>
      new MultiRegionKey(stack, name.replaceAll(' ', '-'), {
        accountId: owner,
        alias: 'images',
        primary: home,
        ...props,
      })
    expect(make).toThrow(message)
    expect(Token.isUnresolved(later)).toBe(true)
  })
})
