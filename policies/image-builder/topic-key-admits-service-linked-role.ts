import type { Json, JsonObject } from '../intrinsics'
import { callerOf } from '../lang/access'
import { imageBuilderRole } from '../lang/distribution-role'
import { attribute, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { topicKeys } from '../lang/topic'

/**
 * Image Builder's service-linked role can use the key of the topic by which it tells of builds.
 *
 * An infrastructure configuration may name a topic of SNS. Where that is encrypted under a customer managed key, SNS asks KMS as whoever
 * publishes, and AWS's policy for the role allows it the use of keys through EC2 only: the key policy has to name the role. The key has to
 * belong to the account that builds. The images are built without it, and nobody hears of it.
 */
export default rule({
  severity: 'warning',
  aliases: [],
  symptoms: [],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-infra-config.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  ],

  *situations() {
    for (const configuration of resources('aws_imagebuilder_infrastructure_configuration'))
      for (const key of topicKeys(attribute(configuration, 'sns_topic_arn'), configuration.region))
        yield {
          at: place(configuration, 'sns_topic_arn'),
          account: configuration.account,
          region: configuration.region,
          role: imageBuilderRole(configuration.account, configuration.region, configuration.address),
          key,
        }
  },

  requirements: ({ role, key, region }) => [
    {
      kind: 'may',
      principal: callerOf(role),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      key,
      call: { kind: 'sns', region },
      because: 'SNS encrypts what Image Builder publishes with the permissions of this role',
    },
  ],
})

const role = 'arn:aws:iam::444455556666:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder'
const both = ['kms:Decrypt', 'kms:GenerateDataKey*']

export const examples = (): Examples => ({
  pass: {
    'the key policy names the role': world({ admitted: both }),
    'the key policy names it where it comes through SNS': world({
      admitted: both,
      condition: { StringEquals: { 'kms:ViaService': 'sns.eu-central-1.amazonaws.com' } },
    }),
  },
  fail: {
    'the key policy only delegates to the account': world({ admitted: [] }),
    'the key policy allows one of the actions': world({ admitted: ['kms:Decrypt'] }),
    'the key policy admits it through EC2': world({
      admitted: both,
      condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } },
    }),
  },
  unknown: {
    'the policy is not known until apply': world({ policy: later }),
    'the topic is not known until apply': world({ topic: later }),
    'the key of the topic is not known until apply': world({ key: later }),
  },
})

/** Image Builder in 444455556666 with a topic under a key of the account. */
function world({
  admitted = both,
  condition = {} as JsonObject,
  policy = null as Json,
  topic = ref('aws_sns_topic.builds', 'arn'),
  key = ref('aws_kms_key.builds', 'arn'),
}): ExampleWorld {
  const statements = [
    allow('arn:aws:iam::444455556666:root', ['kms:*'], {}),
    ...(admitted.length === 0 ? [] : [allow(role, admitted, condition)]),
  ]
  const resources = {
    'aws_kms_key.builds': { policy: policy ?? { Version: '2012-10-17', Statement: statements } },
    'aws_sns_topic.builds': { name: 'builds', kms_master_key_id: key },
    'aws_imagebuilder_infrastructure_configuration.app': {
      name: 'app',
      instance_profile_name: 'app',
      sns_topic_arn: topic,
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}

function allow(principal: string, actions: readonly string[], condition: JsonObject): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*', Condition: condition }
}
