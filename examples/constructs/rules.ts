import { KmsKey } from '@cdktf/provider-aws/lib/kms-key'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { keyIn, rules } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

const key = new KmsKey(images, 'key', { description: 'Images', enableKeyRotation: true })
const place = { account: '444455556666', region: 'eu-central-1' }
new rules.AmiSharedImageKeyAdmitsAudience(images, 'consumer', {
  situation: {
    ...place,
    at: 'images',
    key: keyIn(place.account, place.region, key.arn),
    audience: { kind: 'account', id: '111122223333' },
  },
  resources: [key],
})

app.synth()
