import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { AutoScalingConsumer, MultiRegionKey, SharedEncryptedAmi } from 'keyreach/cdktf'

const [owner, consumer, region] = ['444455556666', '111122223333', 'eu-central-1']
const app = new App()

// The account that owns the image: its key, a copy under that key, and the permission to launch the copy.
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region, allowedAccountIds: [owner] })
const key = new MultiRegionKey(images, 'key', { accountId: owner, alias: 'images', primary: { region } })
const image = new SharedEncryptedAmi(images, 'app', {
  name: 'app',
  source: { amiId: 'ami-0f1e2d3c4b5a69788', placement: { region } },
  key,
  copyTo: [{ region }],
  shareWith: { accountIds: [consumer] },
})

// Applied once, by an administrator: the role with which all else in the account of the group is made.
const base = new TerraformStack(app, 'shop-base')
new AwsProvider(base, 'aws', { region, allowedAccountIds: [consumer] })
const deployer = { arn: `arn:aws:iam::${consumer}:role/deployer` }
new IamRole(base, 'deployer', {
  name: 'deployer',
  assumeRolePolicy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${consumer}:root` } }],
  }),
})

// The account of the group: the grant first, and then the group.
const shop = new TerraformStack(app, 'shop')
new AwsProvider(shop, 'aws', { region, assumeRole: [{ roleArn: deployer.arn }] })
const access = new AutoScalingConsumer(shop, 'access', {
  accountId: consumer,
  placement: { region },
  key,
  deployer,
  launchers: [deployer],
})
const template = new LaunchTemplate(shop, 'template', {
  name: 'shop',
  imageId: image.amiIdIn(region),
  blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key.arnIn(region) } }],
})
const group = new AutoscalingGroup(shop, 'group', {
  name: 'shop',
  minSize: 1,
  maxSize: 3,
  availabilityZones: [`${region}a`, `${region}b`],
  launchTemplate: { id: template.id, version: '$Latest' },
  serviceLinkedRoleArn: access.serviceLinkedRoleArn,
})
access.precede(group)

app.synth()
