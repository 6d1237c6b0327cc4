import { index } from '../intrinsics'
import { textOf } from './json'
import { encryptionsBy, type Key, keysAmong, unknownKey } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'

/** The keys of a topic of SNS, as it is named by its ARN: of AWS's own key none, and none of a topic that no plan has. */
export function topicKeys(topic: Maybe<string>, region: string | null): readonly Key[] {
  if (topic === null) return []
  if (!isUnknown(topic)) return topicsByArn(topic).flatMap(resourceOf).flatMap(keysOf)
  const planned = topic.candidates.flatMap(resourceOf).filter(({ type }) => type === 'aws_sns_topic')
  if (planned.length === 0) return [unknownKey(topic.unknown, region)]
  return planned.flatMap(keysOf)
}

function keysOf(topic: Node<Schema['aws_sns_topic']>): readonly Key[] {
  return keysAmong(encryptionsBy(attribute(topic, 'kms_master_key_id'), topic), topic.region)
}

const topicsByArn = index(function* () {
  for (const topic of resources('aws_sns_topic')) {
    const arn = textOf(topic.after['arn'] ?? null)
    if (arn !== null) yield [arn, topic.id]
  }
})
