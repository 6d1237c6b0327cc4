import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { MultiRegionKey, SharedEncryptedAmi } from 'keyreach/cdktf'

const [owner, consumer] = ['444455556666', '111122223333']
const [home, ...others] = [{ region: 'eu-central-1' }, { region: 'eu-west-1' }, { region: 'us-east-1' }] as const
const app = new App()

// The account that owns the image: a key in every region, a copy under each, all of them shared.
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: home.region, allowedAccountIds: [owner] })
const key = new MultiRegionKey(images, 'key', {
  accountId: owner,
  alias: 'images',
  primary: home,
  replicas: others,
})
const image = new SharedEncryptedAmi(images, 'app', {
  name: 'app',
  source: { amiId: 'ami-0f1e2d3c4b5a69788', placement: home },
  key,
  copyTo: [home, ...others],
  shareWith: { accountIds: [consumer] },
})

// The account that launches: the key policy admits it as a whole, and its own policies say who in it.
const shop = new TerraformStack(app, 'shop')
new AwsProvider(shop, 'aws', { region: home.region, allowedAccountIds: [consumer] })
const launcher = new IamRole(shop, 'launcher', {
  name: 'launcher',
  assumeRolePolicy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${consumer}:root` } }],
  }),
})
const keys = key.regions.map(region => key.arnIn(region))
new IamRolePolicy(shop, 'launcher-keys', {
  name: 'keys-of-images',
  role: launcher.name,
  policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'UseKeys',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncrypt*'],
        Resource: keys,
      },
      {
        Sid: 'AttachVolumes',
        Effect: 'Allow',
        Action: 'kms:CreateGrant',
        Resource: keys,
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ],
  }),
})
for (const region of key.regions)
  new LaunchTemplate(shop, `app-${region}`, {
    region,
    name: 'app',
    imageId: image.amiIdIn(region),
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key.arnIn(region) } }],
  })

app.synth()
