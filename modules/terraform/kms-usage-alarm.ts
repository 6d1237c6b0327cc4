import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm'
import { ImportedKey } from '../imported-key'
import { KmsUsageAlarm } from '../kms-usage-alarm'
import { optional, plainModule } from './specimen'

export default plainModule({
  construct: 'KmsUsageAlarm',
  describedBy: { usageAlarmArns: 'usage', refusalAlarmArns: 'refusals' },
  specimen: {
    name: 'zz-name',
    key: {
      accountId: '100000000001',
      alias: 'zz-alias',
      arns: { 'cn-watched-1': 'arn:aws-cn:kms:cn-watched-1:100000000001:key/zz-key' },
    },
    threshold: 12345,
    regions: [
      {
        region: 'cn-watched-1',
        notify: ['arn:aws-cn:sns:cn-watched-1:100000000001:zz-topic'],
        trailLogGroupName: optional('zz-trail'),
      },
    ],
    periodSeconds: optional(299),
    evaluationPeriods: optional(17),
  },
  make(stack, { name, key, regions, ...props }) {
    const alarm = new KmsUsageAlarm(stack, name, {
      ...props,
      key: new ImportedKey(stack, 'key', key),
      regions: regions.map(({ region, ...watched }) => ({ ...watched, placement: { region } })),
    })
    return { usageAlarmArns: arnsOf(alarm.usage), refusalAlarmArns: arnsOf(alarm.refusals) }
  },
})

function arnsOf(alarms: { readonly [region: string]: CloudwatchMetricAlarm }): { readonly [region: string]: string } {
  return Object.fromEntries(Object.entries(alarms).map(([region, { arn }]) => [region, arn]))
}
