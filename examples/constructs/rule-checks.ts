import { AmiCopy } from '@cdktf/provider-aws/lib/ami-copy'
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, Aspects, TerraformStack } from 'cdktf'
import { RuleChecks } from 'keyreach/cdktf'

const app = new App()
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })

const key = new KmsKey(images, 'key', { enableKeyRotation: true })
new AmiCopy(images, 'app', {
  name: 'app',
  sourceAmiId: 'ami-0f1e2d3c4b5a69788',
  sourceAmiRegion: 'eu-central-1',
  encrypted: true,
  kmsKeyId: key.arn,
})

const checks = new RuleChecks({ failOn: 'warning' })
for (const stack of app.node.children) Aspects.of(stack).add(checks)

app.synth()
