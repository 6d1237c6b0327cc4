import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group'
import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import type { App } from 'cdktf'
import { AutoScalingConsumer, ImageDistributionTarget, type MultiRegionKey } from 'keyreach/cdktf'
import { type Consumer, images, stackIn } from './accounts'

/** An account that launches images: the role that applies the rest, and then the group with what its instances need. */
export function consumerIn(app: App, consumer: Consumer, key: MultiRegionKey): void {
  const { name, id: accountId, region, gets } = consumer
  const deployer = { arn: `arn:aws:iam::${accountId}:role/deployer` }

  // Applied once, by an administrator.
  const base = stackIn(app, `${name}-base`, accountId, region)
  new IamRole(base, 'deployer', {
    name: 'deployer',
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${accountId}:root` } }],
    }),
  })
  if (gets === 'copies')
    new ImageDistributionTarget(base, 'target', {
      accountId,
      sourceAccountId: images.id,
      key,
      regions: [images.home, region],
    })

  const stack = stackIn(app, name, accountId, region, deployer.arn)
  stack.addDependency(base)
  const access = new AutoScalingConsumer(stack, 'access', {
    accountId,
    placement: { region },
    key,
    deployer,
    launchers: [deployer],
  })
  const image = new DataAwsAmi(stack, 'image', {
    mostRecent: true,
    owners: [gets === 'copies' ? 'self' : images.id],
    filter: [{ name: 'name', values: ['base-*'] }],
  })
  const template = new LaunchTemplate(stack, 'template', {
    name,
    imageId: image.id,
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key.arnIn(region) } }],
  })
  const group = new AutoscalingGroup(stack, 'group', {
    name,
    minSize: 1,
    maxSize: 3,
    availabilityZones: [`${region}a`, `${region}b`],
    launchTemplate: { id: template.id, version: '$Latest' },
    serviceLinkedRoleArn: access.serviceLinkedRoleArn,
  })
  access.precede(group)
}
