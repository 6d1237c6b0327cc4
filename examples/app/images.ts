import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group'
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic'
import type { App } from 'cdktf'
import { ImageBuilderPipeline, KmsUsageAlarm, MultiRegionKey, PackerBuild, type PackerTemplate } from 'keyreach/cdktf'
import { consumers, images, stackIn } from './accounts'

/** What others need of the account of the images. */
export interface Images {
  readonly key: MultiRegionKey
  readonly packer: PackerTemplate
}

/** The account of the images: their key, the two ways in which they are built, and what watches over the key. */
export function imagesIn(app: App): Images {
  const { id: accountId, home, copies } = images
  const stack = stackIn(app, 'images', accountId, home)
  const key = new MultiRegionKey(stack, 'key', {
    accountId,
    alias: 'images',
    primary: { region: home },
    replicas: copies.map(region => ({ region })),
  })

  // The image of the operating system, every week.
  new ImageBuilderPipeline(stack, 'base', {
    accountId,
    name: 'base',
    version: '1.0.0',
    parentImage: `arn:aws:imagebuilder:${home}:aws:image/amazon-linux-2023-x86/x.x.x`,
    placement: { region: home },
    key,
    schedule: 'cron(0 3 ? * mon)',
    distributions: [home, ...copies].map(region => {
      const there = consumers.filter(one => one.region === region)
      return {
        region,
        copyToAccounts: idsOf(there.filter(one => one.gets === 'copies')),
        shareWith: { accountIds: idsOf(there.filter(one => one.gets === 'permission')) },
      }
    }),
  })

  // The image of an application, whenever its own pipeline runs Packer.
  const { template } = new PackerBuild(stack, 'packer', {
    accountId,
    roleName: 'packer',
    trustedBy: [{ arn: `arn:aws:iam::${accountId}:role/ci` }],
    placement: { region: home },
    key,
    sourceAmi: 'ami-0f1e2d3c4b5a69788',
    imageName: 'app-{{timestamp}}',
    copyToRegions: [...copies],
    shareWithAccounts: idsOf(consumers),
  })

  // Trails write to a log group of their own region; this account has one trail, at home.
  const trail = new CloudwatchLogGroup(stack, 'trail', { name: 'trail', retentionInDays: 90 })
  new KmsUsageAlarm(stack, 'usage', {
    key,
    threshold: 10_000,
    regions: key.regions.map(region => ({
      placement: { region },
      notify: [new SnsTopic(stack, `alerts-${region}`, { region, name: 'kms-alerts' }).arn],
      ...(region === home && { trailLogGroupName: trail.name }),
    })),
  })
  return { key, packer: template }
}

function idsOf(some: readonly { readonly id: string }[]): string[] {
  return some.map(({ id }) => id)
}
