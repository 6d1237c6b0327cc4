import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { MultiRegionKey, SharedEncryptedAmi } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

const regions = [{ region: 'eu-central-1' }, { region: 'eu-west-1' }]
const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
  replicas: [{ region: 'eu-west-1' }],
})
new SharedEncryptedAmi(images, 'app', {
  name: 'app',
  source: { amiId: 'ami-0f1e2d3c4b5a69788', placement: { region: 'eu-central-1' } },
  key,
  copyTo: regions,
  shareWith: { organizationArns: ['arn:aws:organizations::999988887777:organization/o-exampleorgid'] },
})

app.synth()
