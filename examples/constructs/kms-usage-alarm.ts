import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { KmsUsageAlarm, MultiRegionKey } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
})
new KmsUsageAlarm(images, 'usage', {
  key,
  threshold: 10_000,
  regions: [
    {
      placement: { region: 'eu-central-1' },
      notify: ['arn:aws:sns:eu-central-1:444455556666:alerts'],
      trailLogGroupName: 'trail',
    },
  ],
})

app.synth()
