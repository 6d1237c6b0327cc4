import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter'
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm'
import type { Construct } from 'constructs'
import type { IMultiRegionKey } from './image-key'
import { type Placement, placed, refused } from './placement'
import { CheckedConstruct } from './rule-checks'

/** A region that is watched. */
export interface WatchedRegion {
  /** Where it is. */
  readonly placement: Placement
  /** The topics of SNS that are told, of the same region, by ARN. */
  readonly notify: string[]
  /**
   * The log group that CloudTrail writes to: a refused call with the key, or one while its deletion is pending, then raises an alarm.
   * @default - nothing but the number of calls is watched
   */
  readonly trailLogGroupName?: string
}

export interface KmsUsageAlarmProps {
  /** The key whose refusals are watched. */
  readonly key: IMultiRegionKey
  /** The regions. Metrics and topics are a region's own. */
  readonly regions: WatchedRegion[]
  /** How many calls in a period raise the alarm. */
  readonly threshold: number
  /**
   * The length of a period in seconds.
   * @default 300
   */
  readonly periodSeconds?: number
  /**
   * How many periods in a row it takes.
   * @default 1
   */
  readonly evaluationPeriods?: number
}

/**
 * Tells when KMS is called more than expected, and when calls with the key are refused.
 *
 * `AWS/KMS` has no metric that counts calls with an ordinary key: an alarm on one never fires. `AWS/Usage` counts the calls of an account and
 * region, against which KMS throttles; who was refused, or used a key whose deletion is pending, is in CloudTrail.
 */
export class KmsUsageAlarm extends CheckedConstruct {
  /** The alarms on the number of calls, by region. */
  readonly usage: { readonly [region: string]: CloudwatchMetricAlarm }
  /** The alarms on refusals, by region. */
  readonly refusals: { readonly [region: string]: CloudwatchMetricAlarm }
  /** What counts the refusals, by region. */
  readonly filters: { readonly [region: string]: CloudwatchLogMetricFilter }

  constructor(scope: Construct, id: string, props: KmsUsageAlarmProps) {
    super(scope, id)
    const { regions, threshold } = props
    if (!(threshold > 0)) throw refused(this, 'threshold', `${threshold} is no number of calls`)
    const twice = regions.find(
      (one, i) => regions.findIndex(other => other.placement.region === one.placement.region) < i,
    )
    if (twice) throw refused(this, 'regions', `${twice.placement.region} is there twice`)
    for (const { placement, notify } of regions)
      if (notify.length === 0) throw refused(this, 'notify', `an alarm in ${placement.region} would tell nobody`)
    const watched = regions.filter(one => one.trailLogGroupName !== undefined)
    this.usage = byRegion(regions, one => this.usageAlarm(one, props))
    this.filters = byRegion(watched, one => this.filter(one, props.key))
    this.refusals = byRegion(watched, one => this.refusalAlarm(one))
  }

  private usageAlarm({ placement, notify }: WatchedRegion, props: KmsUsageAlarmProps): CloudwatchMetricAlarm {
    return new CloudwatchMetricAlarm(this, `usage-${placement.region}`, {
      ...placed(this, placement),
      alarmName: `${this.node.id}-kms-usage`,
      alarmDescription: 'Calls of KMS, against which it throttles',
      namespace: 'AWS/Usage',
      metricName: 'CallCount',
      // https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-cloudwatch.html
      dimensions: { Service: 'KMS', Type: 'API', Resource: 'CryptographicOperationsSymmetric', Class: 'None' },
      statistic: 'Sum',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: props.threshold,
      period: props.periodSeconds ?? 300,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      treatMissingData: 'notBreaching',
      alarmActions: notify,
    })
  }

  private filter(
    { placement, trailLogGroupName = '' }: WatchedRegion,
    key: IMultiRegionKey,
  ): CloudwatchLogMetricFilter {
    const isRefused = '(($.errorCode = "AccessDenied*") || ($.errorMessage = "* is pending deletion*"))'
    return new CloudwatchLogMetricFilter(this, `filter-${placement.region}`, {
      ...placed(this, placement),
      name: `${this.node.id}-refused`,
      logGroupName: trailLogGroupName,
      pattern: `{ ($.eventSource = "kms.amazonaws.com") && ($.resources[0].ARN = "${key.arnIn(placement.region)}") && ${isRefused} }`,
      metricTransformation: { ...this.refusalMetric(), value: '1', defaultValue: '0' },
    })
  }

  private refusalAlarm({ placement, notify }: WatchedRegion): CloudwatchMetricAlarm {
    const { name, namespace } = this.refusalMetric()
    return new CloudwatchMetricAlarm(this, `refused-${placement.region}`, {
      ...placed(this, placement),
      alarmName: `${this.node.id}-kms-refused`,
      alarmDescription: 'A call with the key of images was refused',
      namespace,
      metricName: name,
      statistic: 'Sum',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      period: 300,
      evaluationPeriods: 1,
      treatMissingData: 'notBreaching',
      alarmActions: notify,
    })
  }

  private refusalMetric() {
    return { name: `${this.node.id}-refused`, namespace: 'Keyreach' }
  }
}

function byRegion<T>(
  regions: readonly WatchedRegion[],
  make: (one: WatchedRegion) => T,
): { readonly [region: string]: T } {
  return Object.fromEntries(regions.map(one => [one.placement.region, make(one)]))
}
