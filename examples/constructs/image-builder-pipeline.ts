import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { ImageBuilderPipeline, MultiRegionKey } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
  replicas: [{ region: 'eu-west-1' }],
})
const pipeline = new ImageBuilderPipeline(images, 'pipeline', {
  accountId: '444455556666',
  name: 'app',
  version: '1.0.0',
  parentImage: 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x',
  placement: { region: 'eu-central-1' },
  key,
  schedule: 'cron(0 3 ? * mon)',
})
const shareWith = { organizationArns: ['arn:aws:organizations::999988887777:organization/o-exampleorgid'] }
pipeline.addDistribution({ region: 'eu-central-1', shareWith })
pipeline.addDistribution({ region: 'eu-west-1', shareWith })

app.synth()
