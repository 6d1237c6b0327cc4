import { writeFileSync } from 'node:fs'
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic'
import { App, TerraformStack } from 'cdktf'
import { KmsUsageAlarm, MultiRegionKey, PackerBuild } from 'keyreach/cdktf'

const owner = '444455556666'
const region = 'eu-central-1'
const app = new App()

const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region, allowedAccountIds: [owner] })
const key = new MultiRegionKey(images, 'key', { accountId: owner, alias: 'images', primary: { region } })

// What calls KMS: one build, which calls it for every snapshot and volume.
const build = new PackerBuild(images, 'packer', {
  accountId: owner,
  roleName: 'packer',
  trustedBy: [{ arn: `arn:aws:iam::${owner}:role/ci` }],
  placement: { region },
  key,
  sourceAmi: 'ami-0f1e2d3c4b5a69788',
  imageName: 'app-{{timestamp}}',
})
writeFileSync('app.pkr.hcl', build.template.toHcl())

// What watches: `trail` is the log group that the trail of the account writes to.
const trail = new CloudwatchLogGroup(images, 'trail', { name: 'trail', retentionInDays: 90 })
const alerts = new SnsTopic(images, 'alerts', { name: 'kms-alerts' })
new KmsUsageAlarm(images, 'usage', {
  key,
  threshold: 10_000,
  regions: [{ placement: { region }, notify: [alerts.arn], trailLogGroupName: trail.name }],
})

app.synth()
