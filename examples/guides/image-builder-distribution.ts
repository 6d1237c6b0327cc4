import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { ImageBuilderPipeline, ImageDistributionTarget, MultiRegionKey } from 'keyreach/cdktf'

const [owner, target] = ['444455556666', '111122223333']
const [home, other] = ['eu-central-1', 'eu-west-1']
const app = new App()

// The account that builds.
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: home, allowedAccountIds: [owner] })
const key = new MultiRegionKey(images, 'key', {
  accountId: owner,
  alias: 'images',
  primary: { region: home },
  replicas: [{ region: other }],
})
new ImageBuilderPipeline(images, 'pipeline', {
  accountId: owner,
  name: 'app',
  version: '1.0.0',
  parentImage: `arn:aws:imagebuilder:${home}:aws:image/amazon-linux-2023-x86/x.x.x`,
  placement: { region: home },
  key,
  distributions: [home, other].map(region => ({ region, copyToAccounts: [target] })),
})

// The account that gets copies of its own.
const shop = new TerraformStack(app, 'shop')
new AwsProvider(shop, 'aws', { region: home, allowedAccountIds: [target] })
new ImageDistributionTarget(shop, 'target', { accountId: target, sourceAccountId: owner, key })

app.synth()
