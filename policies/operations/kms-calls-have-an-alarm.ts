import { distinct, entry, index, type Json, type JsonObject } from '../intrinsics'
import { composites, hasAction, isPublished, kmsAlarms, USAGE_DIMENSIONS } from '../lang/alarm'
import type { Fix } from '../lang/finding'
import type { Key } from '../lang/key'
import { ebsUses } from '../lang/key-uses'
import { type Node, place } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { builders } from '../lang/template'
import { any } from '../lang/truth'

/**
 * Where Packer builds under a key, an alarm on calls of KMS watches a metric that there is, and tells somebody.
 *
 * All that uses KMS in an account and region shares its quotas: a burst of launches or copies is throttled, and so is everything else. Which
 * calls there are is counted in `AWS/Usage`, as `CallCount` with the dimensions Class, Resource, Service and Type, all of them; for single
 * keys in `AWS/KMS`, as `SuccessfulRequest`. An alarm on a metric that nobody publishes never goes off, and shows no error either. A filter
 * on CloudTrail will do too.
 */
export default rule({
  severity: 'warning',
  aliases: ['ops-kms-alarm-real'],
  symptoms: [
    'ThrottlingException: You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-cloudwatch.html',
    'https://aws.amazon.com/blogs/security/manage-your-aws-kms-api-request-rates-using-service-quotas-and-amazon-cloudwatch/',
    'https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html',
  ],

  *situations() {
    for (const account of distinct(buildKeys().map(({ account }) => account ?? '')))
      for (const key of buildKeys()
        .filter(one => one.account === account)
        .slice(0, 1))
        yield {
          at: key.label,
          account: key.account,
          region: key.region,
          what: `account ${account} has an alarm on calls of KMS`,
          otherwise: `account ${account} builds images under \`${key.label}\`, and has no alarm on calls of KMS`,
          holds: any(
            kmsAlarms()
              .filter(({ alarm }) => alarm.account === account)
              .map(({ isKms }) => isKms),
          ),
          fix: alarmFix(key),
          known: ['the metrics of the alarms'],
          because: 'who calls KMS too often is throttled, with all else of the account, and finds out when builds fail',
        }
    for (const { alarm, metric, isKms } of kmsAlarms())
      if (isKms === 'yes') {
        yield {
          at: place(metric, ''),
          account: alarm.account,
          region: alarm.region,
          what: `the metric of \`${place(metric, '')}\` is published`,
          otherwise: `the metric of \`${place(metric, '')}\` is published by nobody`,
          holds: isPublished(metric),
          fix: metricFix(metric),
          known: [place(metric, 'metric_name'), place(metric, 'dimensions')],
          because: 'an alarm on what nobody counts never goes off',
        }
        yield {
          at: place(alarm, 'alarm_actions'),
          account: alarm.account,
          region: alarm.region,
          what: `\`${alarm.address}\` tells somebody`,
          otherwise: `\`${alarm.address}\` tells nobody`,
          holds: hasAction(alarm),
          fix: actionFix(alarm),
          known: [
            place(alarm, 'alarm_actions'),
            place(alarm, 'actions_enabled'),
            ...composites().map(composite => place(composite, 'alarm_rule')),
          ],
          because: 'an alarm without an action changes its colour in the console, and no more',
        }
      }
  },

  requirements: ({ what, otherwise, holds, fix, known, because }) => [
    { kind: 'holds', severity: 'warning', what, otherwise, holds, fix, evidence: [], known, because },
  ],
})

/** The keys of the plans under which Packer builds images: those of the regions of the builds before those of copies. */
function buildKeys(): readonly Key[] {
  const uses = ebsUses().filter(use => regions(use.target).length > 0 && use.key.node !== null)
  return [
    ...uses.filter(use => regions(use.target).includes(use.region ?? '')),
    ...uses.filter(use => !regions(use.target).includes(use.region ?? '')),
  ].map(({ key }) => key)
}

const regions = index(function* () {
  for (const builder of builders()) yield [builder.address, builder.region ?? '']
})

function topicFix({ account, region }: { account: string | null; region: string | null }): readonly Fix[] {
  const values = { name: 'keyreach-kms' }
  return [{ kind: 'resource', account, region, target: 'aws_sns_topic.keyreach', type: 'aws_sns_topic', values }]
}

function alarmFix({ account, region }: Key): readonly Fix[] {
  const values = {
    alarm_name: 'kms-calls',
    namespace: 'AWS/Usage',
    metric_name: 'CallCount',
    dimensions: USAGE_DIMENSIONS,
    statistic: 'Sum',
    period: 60,
    evaluation_periods: 1,
    threshold: 300000,
    comparison_operator: 'GreaterThanThreshold',
    alarm_actions: ['${aws_sns_topic.keyreach.arn}'],
  }
  const type = 'aws_cloudwatch_metric_alarm'
  return [
    ...topicFix({ account, region }),
    { kind: 'resource', account, region, target: `${type}.keyreach`, type, values },
  ]
}

function metricFix({ account, address, path }: Node): readonly Fix[] {
  const within = path === '' ? '' : `${path}.`
  return [
    { kind: 'attribute', account, target: address, path: `${within}namespace`, value: 'AWS/Usage' },
    { kind: 'attribute', account, target: address, path: `${within}metric_name`, value: 'CallCount' },
    { kind: 'attribute', account, target: address, path: `${within}dimensions`, value: USAGE_DIMENSIONS },
  ]
}

function actionFix({ account, region, address, after }: Node): readonly Fix[] {
  if (entry(after, 'actions_enabled') === false)
    return [{ kind: 'attribute', account, target: address, path: 'actions_enabled', value: true }]
  return [
    ...topicFix({ account, region }),
    { kind: 'attribute', account, target: address, path: 'alarm_actions', value: ['${aws_sns_topic.keyreach.arn}'] },
  ]
}

const usage: JsonObject = {
  alarm_name: 'kms-calls',
  namespace: 'AWS/Usage',
  metric_name: 'CallCount',
  dimensions: { Class: 'None', Resource: 'CryptographicOperationsSymmetric', Service: 'KMS', Type: 'API' },
  alarm_actions: [ref('aws_sns_topic.alarms', 'arn')],
}

export const examples = (): Examples => ({
  pass: {
    'the alarm counts calls': world({ 'aws_cloudwatch_metric_alarm.calls': usage }),
    'the alarm is on single keys': world({
      'aws_cloudwatch_metric_alarm.calls': {
        ...usage,
        namespace: 'AWS/KMS',
        metric_name: 'SuccessfulRequest',
        dimensions: { KeyArn: ref('aws_kms_key.image', 'arn') },
      },
    }),
    'the alarm is on a filter of a trail': world({
      'aws_cloudwatch_log_metric_filter.denied': {
        name: 'denied',
        log_group_name: 'trail',
        pattern: '{ ($.eventSource = "kms.amazonaws.com") && ($.errorCode = "AccessDenied*") }',
        metric_transformation: [{ name: 'Denied', namespace: 'Trail', value: '1' }],
      },
      'aws_cloudwatch_metric_alarm.calls': { ...usage, namespace: 'Trail', metric_name: 'Denied', dimensions: {} },
    }),
    'the alarm relates calls to their quota': world({
      'aws_cloudwatch_metric_alarm.calls': {
        alarm_name: 'kms-calls',
        alarm_actions: usage['alarm_actions'] ?? [],
        metric_query: [
          { id: 'share', expression: 'calls/SERVICE_QUOTA(calls)*100', return_data: true },
          {
            id: 'calls',
            metric: [{ namespace: 'AWS/Usage', metric_name: 'CallCount', dimensions: usage['dimensions'] ?? {} }],
          },
        ],
      },
    }),
    'a composite alarm tells what it shows': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, alarm_actions: [] },
      'aws_cloudwatch_composite_alarm.images': composite('ALARM("kms-calls") OR ALARM("images")'),
    }),
  },
  fail: {
    'there is no alarm': world({}),
    'the metric is not in that namespace': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, namespace: 'AWS/KMS', dimensions: {} },
    }),
    'a dimension is missing': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, dimensions: { Service: 'KMS', Resource: 'Decrypt' } },
    }),
    'the alarm has no action': world({ 'aws_cloudwatch_metric_alarm.calls': { ...usage, alarm_actions: [] } }),
    'a composite alarm watches others only': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, alarm_actions: [] },
      'aws_cloudwatch_composite_alarm.images': composite('ALARM("images")'),
    }),
    'the actions are off': world({ 'aws_cloudwatch_metric_alarm.calls': { ...usage, actions_enabled: false } }),
  },
  unknown: {
    'on what the alarm is, is not known until apply': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, namespace: later },
    }),
    'whom it tells is not known until apply': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, alarm_actions: later },
    }),
    'a composite alarm may watch it': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, alarm_actions: [] },
      'aws_cloudwatch_composite_alarm.images': composite(later),
    }),
    'nothing is known of what it counts': world({
      'aws_cloudwatch_metric_alarm.calls': {
        ...usage,
        dimensions: { Class: 'None', Resource: 'CryptographicOperationsSymetric', Service: 'KMS', Type: 'API' },
      },
    }),
    'nothing is known of the metric': world({
      'aws_cloudwatch_metric_alarm.calls': { ...usage, namespace: 'AWS/KMS', metric_name: 'KeysInUse', dimensions: {} },
    }),
  },
})

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

function composite(rule: Json): JsonObject {
  return { alarm_name: 'images-alarm', alarm_rule: rule, alarm_actions: [ref('aws_sns_topic.alarms', 'arn')] }
}

/** A key under which Packer builds, with alarms. */
function world(alarms: Resources): ExampleWorld {
  return {
    accounts: [
      {
        id: '444455556666',
        resources: { 'aws_kms_key.image': {}, 'aws_sns_topic.alarms': { name: 'alarms' }, ...alarms },
        identities: { 'aws_kms_key.image': arn },
      },
    ],
    templates: [
      {
        account: '444455556666',
        settings: { ami_name: 'app', region: 'eu-central-1', encrypt_boot: true, kms_key_id: arn },
      },
    ],
  }
}
