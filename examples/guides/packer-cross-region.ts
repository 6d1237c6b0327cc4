import { writeFileSync } from 'node:fs'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic'
import { App, TerraformStack } from 'cdktf'
import { KmsUsageAlarm, MultiRegionKey, PackerBuild } from 'keyreach/cdktf'

const owner = '444455556666'
const [home, ...others] = ['eu-central-1', 'eu-west-1', 'us-east-1'] as const
const app = new App()

const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: home, allowedAccountIds: [owner] })
const key = new MultiRegionKey(images, 'key', {
  accountId: owner,
  alias: 'images',
  primary: { region: home },
  replicas: others.map(region => ({ region })),
})
const build = new PackerBuild(images, 'packer', {
  accountId: owner,
  roleName: 'packer',
  trustedBy: [{ arn: `arn:aws:iam::${owner}:role/ci` }],
  placement: { region: home },
  key,
  sourceAmi: 'ami-0f1e2d3c4b5a69788',
  imageName: 'app-{{timestamp}}',
  copyToRegions: [...others],
})
new KmsUsageAlarm(images, 'usage', {
  key,
  threshold: 10_000,
  regions: key.regions.map(region => ({
    placement: { region },
    notify: [new SnsTopic(images, `alerts-${region}`, { region, name: 'kms-alerts' }).arn],
  })),
})
writeFileSync('app.pkr.hcl', build.template.toHcl())

app.synth()
