import { writeFileSync } from 'node:fs'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { AutoScalingConsumer, MultiRegionKey } from 'keyreach/cdktf'

const app = new App()

// Applied once, by an administrator: the role with which all else in the account is made.
const base = new TerraformStack(app, 'shop-base')
new AwsProvider(base, 'aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] })
const deployer = { arn: 'arn:aws:iam::111122223333:role/deployer' }
new IamRole(base, 'deployer', {
  name: 'deployer',
  assumeRolePolicy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
  }),
})

const shop = new TerraformStack(app, 'shop')
new AwsProvider(shop, 'aws', { region: 'eu-central-1', assumeRole: [{ roleArn: deployer.arn }] })

const key = MultiRegionKey.fromArns(shop, 'key', {
  accountId: '444455556666',
  alias: 'images',
  arns: { 'eu-central-1': 'arn:aws:kms:eu-central-1:444455556666:key/mrk-1a2b3c4d00004000800000000000abcd' },
})
new AutoScalingConsumer(shop, 'access', {
  accountId: '111122223333',
  placement: { region: 'eu-central-1' },
  key,
  deployer,
})
writeFileSync('key-policy.json', JSON.stringify(key.requiredPolicy, null, 2))

app.synth()
