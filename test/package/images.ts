import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, Aspects, TerraformStack } from 'cdktf'
import { type IMultiRegionKey, MultiRegionKey, RuleChecks } from 'keyreach/cdktf'

const app = new App({ outdir: process.argv[2] ?? '' })
const images = new TerraformStack(app, 'images')
new AwsProvider(images, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })
const key = new MultiRegionKey(images, 'key', {
  accountId: '444455556666',
  alias: 'images',
  primary: { region: 'eu-central-1' },
  replicas: [{ region: 'eu-west-1' }],
})
key.primary.addOverride('tags.Team', 'platform')
Aspects.of(images).add(new RuleChecks({ failOn: 'unknown' }))
const { regions }: IMultiRegionKey = key
console.log(regions.join('\n'))
app.synth()
