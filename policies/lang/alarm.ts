import { at, entry, fact, index, keys, lower } from '../intrinsics'
import { isKmsAction } from './aws'
import { objectOf, textOf } from './json'
import { isUnknown, type Maybe, unknown } from './maybe'
import { attribute, blocks, each, type Node, place, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import { agreed, all, any, type Truth, truth } from './truth'

type Alarm = Node<Schema['aws_cloudwatch_metric_alarm']>
type Composite = Node<Schema['aws_cloudwatch_composite_alarm']>
type Metric = Node<Schema['aws_cloudwatch_metric_alarm']['blocks']['metric_query']['blocks']['metric']>

/** An alarm of which a metric is about KMS. */
export interface KmsAlarm {
  readonly alarm: Alarm
  readonly metric: Metric
  /** Whether it is certain that the metric is about KMS. */
  readonly isKms: Truth
}

/** The alarms on metrics that are about KMS, or may be, one for each metric. */
export const kmsAlarms = fact((): readonly KmsAlarm[] =>
  resources('aws_cloudwatch_metric_alarm').flatMap(alarm =>
    metricsOf(alarm)
      .map(metric => ({ alarm, metric, isKms: isAboutKms(metric) }))
      .filter(({ isKms }) => isKms !== 'no'),
  ),
)

/** The dimensions by which `AWS/Usage` counts the calls of KMS: each alarm has to have all of them, and no other. */
export const USAGE_DIMENSIONS: { readonly [name: string]: string } = {
  Class: 'None',
  Resource: 'CryptographicOperationsSymmetric',
  Service: 'KMS',
  Type: 'API',
}

/**
 * Whether AWS, or a filter of a log, publishes a metric. What is added to `AWS/KMS` later is not known here: of a name that is neither in
 * the documentation nor that of a call it cannot be told.
 * https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-cloudwatch.html, as of 2026-11-26
 */
export function isPublished(metric: Metric): Truth {
  const namespace = attribute(metric, 'namespace')
  const name = attribute(metric, 'metric_name')
  if (isUnknown(namespace) || isUnknown(name) || name === null) return 'unknown'
  if (namespace === 'AWS/Usage') return all([named(name, ['CallCount']), hasUsageDimensions(metric)])
  if (namespace === 'AWS/KMS') return named(name, PUBLISHED)
  return 'yes'
}

/** Whether an alarm tells somebody: itself, or by a composite alarm that watches it. */
export function hasAction(alarm: Alarm): Truth {
  const own = acts(attribute(alarm, 'actions_enabled'), attribute(alarm, 'alarm_actions'))
  return any([
    own,
    ...composites().map(composite =>
      all([
        watches(composite, alarm),
        acts(attribute(composite, 'actions_enabled'), attribute(composite, 'alarm_actions')),
      ]),
    ),
  ])
}

/** The composite alarms that may tell what others show. */
export function composites(): readonly Composite[] {
  return resources('aws_cloudwatch_composite_alarm')
}

function acts(enabled: Maybe<boolean>, actions: Maybe<readonly string[]>): Truth {
  return all([isUnknown(enabled) ? 'unknown' : truth(enabled !== false), isGiven(actions)])
}

/**
 * Whether a composite alarm goes off by another. Where it names it otherwise than as an alarm that is on, that is not decided here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
function watches(composite: Composite, alarm: Alarm): Truth {
  const rule = attribute(composite, 'alarm_rule')
  const name = attribute(alarm, 'alarm_name')
  if (composite.account !== alarm.account || composite.region !== alarm.region) return 'no'
  if (isUnknown(rule) || isUnknown(name)) return 'unknown'
  const said = bare(rule ?? '')
  const meant = bare(name ?? '')
  if (said.includes(`ALARM(${meant})`) || said.includes(`:alarm:${meant})`)) return 'yes'
  return said.includes(meant) ? 'unknown' : 'no'
}

function bare(text: string): string {
  return text.replaceAll('"', '').replaceAll(' ', '')
}

const PUBLISHED = [
  'ExternalKeyStoreThrottle',
  'SecondsUntilKeyMaterialExpiration',
  'SuccessfulRequest',
  'XksExternalKeyManagerStates',
  'XksProxyCertificateDaysToExpire',
  'XksProxyCredentialAge',
  'XksProxyErrors',
  'XksProxyLatency',
]

/** An alarm has one metric itself, or those of its queries. */
function metricsOf(alarm: Alarm): readonly Metric[] {
  const queries = blocks(alarm, 'metric_query').flatMap(query => blocks(query, 'metric'))
  if (attribute(alarm, 'namespace') === null) return queries
  return [alarm as unknown as Metric, ...queries]
}

function isAboutKms(metric: Metric): Truth {
  const namespace = attribute(metric, 'namespace')
  if (isUnknown(namespace)) return 'unknown'
  if (namespace === 'AWS/KMS') return 'yes'
  if (namespace === 'AWS/Usage') return isService(dimension(metric, 'Service'))
  return isFiltered(namespace ?? '', attribute(metric, 'metric_name'))
}

/** Whether a metric is made of what is logged of KMS. */
function isFiltered(namespace: string, name: Maybe<string>): Truth {
  if (!isUnknown(name) && filters(`${namespace}|${name ?? ''}`).length > 0) return 'yes'
  if (filters('').length > 0 || (isUnknown(name) && filters(namespace).length > 0)) return 'unknown'
  return 'no'
}

function isService(service: Maybe<string>): Truth {
  if (isUnknown(service)) return 'unknown'
  return truth(lower(service ?? '') === 'kms')
}

function named(name: string, published: readonly string[]): Truth {
  if (published.includes(name)) return 'yes'
  if (name === 'CallCount' || isKmsAction(`kms:${name}`)) return 'no'
  return 'unknown'
}

/** Whether a metric has the dimensions by which calls are counted, and no other. */
function hasUsageDimensions(metric: Metric): Truth {
  const given = attribute(metric, 'dimensions')
  if (isUnknown(given)) return 'unknown'
  const wanted = keys(USAGE_DIMENSIONS)
  return all([
    truth(keys(objectOf(given)).every(name => wanted.includes(name))),
    ...wanted.map(name => isUsual(name, dimension(metric, name))),
  ])
}

function isUsual(name: string, value: Maybe<string>): Truth {
  if (isUnknown(value)) return 'unknown'
  if (name === 'Resource' && value !== null) return isCounted(value)
  return truth(value === entry(USAGE_DIMENSIONS, name))
}

/** Whether the calls of a resource are counted: of an operation, or of all that share the quota of symmetric keys. AWS has no list of them. */
function isCounted(resource: string): Truth {
  return resource === entry(USAGE_DIMENSIONS, 'Resource') || isKmsAction(`kms:${resource}`) ? 'yes' : 'unknown'
}

function dimension(metric: Metric, name: string): Maybe<string> {
  const given = attribute(metric, 'dimensions')
  if (isUnknown(given)) return given
  if (at(metric.unknown, ['dimensions', name]) === true) return unknown(place(metric, `dimensions.${name}`))
  return textOf(at(objectOf(given), [name]))
}

/** Whether a list has anything in it; one that comes from topics has. */
function isGiven(actions: Maybe<readonly string[]>): Truth {
  if (!isUnknown(actions)) return truth(each(actions).length > 0)
  return agreed(actions.candidates.map(isTopic)) === 'yes' ? 'yes' : 'unknown'
}

function isTopic(id: string): Truth {
  return truth(resourceOf(id).some(node => node.type === 'aws_sns_topic'))
}

/** The filters of what a trail has logged of KMS, by namespace and name of the metric, and by namespace; those that may be such under ''. */
const filters = index(function* () {
  for (const filter of resources('aws_cloudwatch_log_metric_filter')) {
    const pattern = attribute(filter, 'pattern')
    if (isUnknown(pattern)) yield ['', filter.id]
    if (!isUnknown(pattern) && lower(pattern ?? '').includes('kms'))
      for (const made of blocks(filter, 'metric_transformation')) {
        const namespace = attribute(made, 'namespace')
        const name = attribute(made, 'name')
        if (isUnknown(namespace) || isUnknown(name)) yield ['', filter.id]
        if (!isUnknown(namespace)) yield [namespace ?? '', filter.id]
        if (!isUnknown(namespace) && !isUnknown(name)) yield [`${namespace ?? ''}|${name ?? ''}`, filter.id]
      }
  }
})
