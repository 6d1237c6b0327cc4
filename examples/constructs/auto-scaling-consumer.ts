import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { AutoScalingConsumer, MultiRegionKey } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

// Applied once, by an administrator: the role with which all else in the account is made.
const base = new TerraformStack(app, 'shop-base')
new AwsProvider(base, 'aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] })
const deployer = { arn: 'arn:aws:iam::111122223333:role/deployer' }
new IamRole(base, 'deployer', {
  name: 'deployer',
  assumeRolePolicy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
  }),
})

const shop = new TerraformStack(app, 'shop')
new AwsProvider(shop, 'aws', { region: 'eu-central-1', assumeRole: [{ roleArn: deployer.arn }] })

const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
})
const access = new AutoScalingConsumer(shop, 'access', {
  accountId: '111122223333',
  placement: { region: 'eu-central-1' },
  key,
  deployer,
})
const template = new LaunchTemplate(shop, 'template', {
  name: 'shop',
  imageId: 'ami-0f1e2d3c4b5a69788',
  blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key.arnIn('eu-central-1') } }],
})
const group = new AutoscalingGroup(shop, 'group', {
  name: 'shop',
  minSize: 1,
  maxSize: 3,
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  launchTemplate: { id: template.id, version: '$Latest' },
  serviceLinkedRoleArn: access.serviceLinkedRoleArn,
})
access.precede(group)

app.synth()
