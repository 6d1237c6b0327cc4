import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import fc from 'fast-check'
import {
  AutoScalingConsumer,
  ImageBuilderPipeline,
  ImageDistributionTarget,
  KmsUsageAlarm,
  MultiRegionKey,
  PackerBuild,
  SharedEncryptedAmi,
} from '../../modules'
import { Accounts, consumer, other, owner } from './synthesized'

const regions = ['eu-central-1', 'eu-west-1', 'us-east-1'] as const
const source = { amiId: 'ami-0f1e2d3c4b5a69788', placement: { region: 'eu-central-1' } }
const organization = 'arn:aws:organizations::999988887777:organization/o-exampleorgid'
const unit = 'arn:aws:organizations::999988887777:ou/o-exampleorgid/ou-abcd-11112222'

/** What an application is made of. */
export interface Design {
  readonly home: (typeof regions)[number]
  readonly replicas: readonly string[]
  readonly share: boolean
  readonly organization: boolean
  readonly unit: boolean
  readonly suffix: string | undefined
  readonly groups: 'foreign' | 'own' | 'none'
  readonly builder: 'image-builder' | 'packer' | 'none'
  readonly copyToAccount: boolean
  readonly sharePermission: boolean
}

/** One with most parts. */
export const whole: Design = {
  home: 'eu-central-1',
  replicas: ['eu-west-1'],
  share: true,
  organization: true,
  unit: false,
  suffix: undefined,
  groups: 'foreign',
  builder: 'image-builder',
  copyToAccount: true,
  sharePermission: true,
}

/** Any of them. */
export const designs = fc
  .record({
    home: fc.constantFrom(...regions),
    others: fc.subarray([...regions]),
    share: fc.boolean(),
    organization: fc.boolean(),
    unit: fc.boolean(),
    suffix: fc.constantFrom(undefined, 'app'),
    groups: fc.constantFrom('foreign', 'own', 'none'),
    builder: fc.constantFrom('image-builder', 'packer', 'none'),
    copyToAccount: fc.boolean(),
    sharePermission: fc.boolean(),
  })
  .map(({ others, ...design }): Design => ({ ...design, replicas: others.filter(region => region !== design.home) }))

/** Two accounts, or three, that build images, share them and launch them. */
export function built(design: Design): Accounts {
  const accounts = new Accounts()
  const regions = [design.home, ...design.replicas]
  const copies = regions.map(region => ({ region }))
  const key = new MultiRegionKey(accounts.of(owner), 'images', {
    accountId: owner,
    alias: 'images',
    primary: { region: design.home },
    replicas: design.replicas.map(region => ({ region })),
    tags: { Team: 'platform' },
  })
  const region = regions.at(-1) ?? design.home
  const audience = {
    ...(design.share && { accountIds: [consumer, other] }),
    ...(design.organization && { organizationArns: [organization] }),
    ...(design.unit && { organizationalUnitArns: [unit] }),
  }
  const image = new SharedEncryptedAmi(accounts.of(owner), 'app', {
    name: 'app',
    source,
    key,
    copyTo: copies,
    shareWith: audience,
  })
  if (design.groups !== 'none') {
    const account = design.groups === 'own' ? owner : consumer
    accounts.declared.add(account)
    const role = (name: string) => new IamRole(accounts.of(account), name, { name, assumeRolePolicy: trust(account) })
    const deployer = { arn: `arn:aws:iam::${account}:role/deployer`, dependsOn: [role('deployer')] }
    const launcher = { arn: `arn:aws:iam::${account}:role/launcher`, dependsOn: [role('launcher')] }
    const access = new AutoScalingConsumer(accounts.of(account), 'access', {
      accountId: account,
      placement: { region },
      key,
      serviceLinkedRole: { ...(design.suffix !== undefined && { customSuffix: design.suffix }) },
      createServiceLinkedRole: true,
      deployer,
      launchers: design.groups === 'own' ? [] : [launcher],
    })
    if (design.groups === 'own') key.grantUse(launcher)
    access.precede(
      group(accounts, account, {
        region,
        imageId: image.amiIdIn(region),
        keyArn: key.arnIn(region),
        role: access.serviceLinkedRoleArn,
      }),
    )
  }
  if (design.builder === 'image-builder')
    new ImageBuilderPipeline(accounts.of(owner), 'pipeline', {
      accountId: owner,
      name: 'app',
      version: '1.0.0',
      parentImage: `arn:aws:imagebuilder:${design.home}:aws:image/amazon-linux-2023-x86/x.x.x`,
      placement: { region: design.home },
      key,
      volumes: [{ deviceName: '/dev/sdf', size: 20 }],
      distributions: regions.map(one => ({
        region: one,
        ...(design.copyToAccount && { copyToAccounts: [consumer] }),
        ...(design.sharePermission && { shareWith: { accountIds: [other] } }),
      })),
    })
  if (design.builder === 'image-builder' && design.copyToAccount)
    new ImageDistributionTarget(accounts.of(consumer), 'target', {
      accountId: consumer,
      sourceAccountId: owner,
      key,
    })
  if (design.builder === 'packer')
    accounts.template = new PackerBuild(accounts.of(owner), 'packer', {
      accountId: owner,
      roleName: 'packer',
      trustedBy: [{ arn: `arn:aws:iam::${owner}:role/ci` }],
      placement: { region: design.home },
      key,
      sourceAmi: source.amiId,
      imageName: 'app',
      copyToRegions: [...design.replicas],
      shareWithAccounts: design.share ? [consumer] : [],
    }).template
  new KmsUsageAlarm(accounts.of(owner), 'alarm', {
    key,
    threshold: 1000,
    regions: regions.map(one => ({
      placement: { region: one },
      notify: [`arn:aws:sns:${one}:${owner}:alerts`],
      trailLogGroupName: 'trail',
    })),
  })
  return accounts
}

interface Launch {
  readonly region: string
  readonly imageId: string
  readonly keyArn: string
  readonly role: string
}

function group(accounts: Accounts, account: string, { region, imageId, keyArn, role }: Launch): AutoscalingGroup {
  const template = new LaunchTemplate(accounts.of(account), 'template', {
    region,
    name: 'app',
    imageId,
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: keyArn } }],
  })
  return new AutoscalingGroup(accounts.of(account), 'group', {
    region,
    name: 'app',
    minSize: 1,
    maxSize: 3,
    availabilityZones: [`${region}a`],
    launchTemplate: { id: template.id, version: '$Latest' },
    serviceLinkedRoleArn: role,
  })
}

function trust(account: string): string {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${account}:root` } }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}
