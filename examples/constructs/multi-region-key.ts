import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { MultiRegionKey } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
  replicas: [{ region: 'eu-west-1' }],
  consumers: [{ accountId: '111122223333', autoScaling: {} }],
})
key.grantAudience({ organizationArns: ['arn:aws:organizations::999988887777:organization/o-exampleorgid'] })

app.synth()
