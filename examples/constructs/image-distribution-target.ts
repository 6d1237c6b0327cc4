import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { ImageBuilderPipeline, ImageDistributionTarget, MultiRegionKey } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })
const shop = new TerraformStack(app, 'shop')
new AwsProvider(shop, 'aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] })

const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
})
new ImageBuilderPipeline(images, 'pipeline', {
  accountId: '444455556666',
  name: 'app',
  version: '1.0.0',
  parentImage: 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x',
  placement: { region: 'eu-central-1' },
  key,
  distributions: [{ region: 'eu-central-1', copyToAccounts: ['111122223333'] }],
})
new ImageDistributionTarget(shop, 'target', {
  accountId: '111122223333',
  sourceAccountId: '444455556666',
  key,
})

app.synth()
