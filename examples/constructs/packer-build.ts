import { writeFileSync } from 'node:fs'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { KmsUsageAlarm, MultiRegionKey, PackerBuild } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
  replicas: [{ region: 'eu-west-1' }],
})
const build = new PackerBuild(images, 'packer', {
  accountId: '444455556666',
  roleName: 'packer',
  trustedBy: [{ arn: 'arn:aws:iam::444455556666:role/ci' }],
  placement: { region: 'eu-central-1' },
  key,
  sourceAmi: 'ami-0f1e2d3c4b5a69788',
  imageName: 'app-{{timestamp}}',
  copyToRegions: ['eu-west-1'],
})
new KmsUsageAlarm(images, 'usage', {
  key,
  threshold: 10_000,
  regions: [
    { placement: { region: 'eu-central-1' }, notify: ['arn:aws:sns:eu-central-1:444455556666:alerts'] },
    { placement: { region: 'eu-west-1' }, notify: ['arn:aws:sns:eu-west-1:444455556666:alerts'] },
  ],
})
writeFileSync('app.pkr.hcl', build.template.toHcl())

app.synth()
