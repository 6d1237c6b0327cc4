import type { Json, JsonObject } from '../intrinsics'
import { keyPolicyPlace, keyStatements } from '../lang/access'
import { EBS_USE } from '../lang/aws'
import { type Consumer, consumersOf, isForOthers, judgeConsumer } from '../lang/consumer'
import { type Key, keyOf, unknownKey } from '../lang/key'
import { isUnknown, type Unknown } from '../lang/maybe'
import { attribute, place, resourceOf } from '../lang/plan'
import { ELSEWHERE } from '../lang/reference'
import { primariesOf, replicaNodes } from '../lang/replica'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, ref, rule, type Severity } from '../lang/rule'
import { truthOf } from '../lang/verdict'

/**
 * The policy of a replica admits whom that of its primary admits.
 *
 * Replicas share the material of a multi-Region key and nothing else: policy, grants, aliases and state are each key's own, and nothing
 * copies them, now or later. A replica for which no `policy` is set has the default policy, which admits nobody of another account. It does
 * not help to change the primary: give both keys the policy of one document, without a region in `kms:ViaService` (`ec2.*.amazonaws.com`),
 * and make grants in each region. Where nothing under the replica is seen to go to anybody else, it is a warning.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-replica-policy-parity'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
  ],

  *situations() {
    for (const node of replicaNodes())
      for (const primary of primariesOf(node)) {
        const replica = keyOf(node)
        const policy = keyPolicyPlace(replica)
        yield { at: policy.at, account: policy.account, region: node.region, replica, primary }
      }
    for (const node of replicaNodes()) {
      const arn = attribute(node, 'primary_key_arn')
      if (isUnknown(arn) && primariesOf(node).length === 0)
        yield {
          at: place(node, 'primary_key_arn'),
          account: node.account,
          region: node.region,
          replica: keyOf(node),
          primary: unknownKey(arn.unknown, null),
        }
    }
  },

  requirements: ({ replica, primary }) => {
    const severity: Severity = isForOthers(replica) ? 'error' : 'warning'
    const statements = keyStatements(primary)
    if (isUnknown(statements)) return [alike(replica, primary, statements, severity)]
    return consumersOf(statements, primary).flatMap(consumer => admitted(consumer, replica, primary, severity))
  },
})

const BECAUSE =
  'an image is used with the key of its region, and nothing copies the policy of a primary to its replicas'

/** What the primary lets somebody do, of using the key and having EC2 make its grant, the replica lets them do too. */
function admitted(consumer: Consumer, replica: Key, primary: Key, severity: Severity): readonly Requirement[] {
  const actions = [EBS_USE, ['kms:CreateGrant']]
    .filter(part => judgeConsumer(consumer, part, primary).verdict === 'pass')
    .flatMap(part => part)
  if (actions.length === 0) return []
  const { verdict, message, fix, evidence, known } = judgeConsumer(consumer, actions, replica)
  return [
    {
      kind: 'holds',
      severity: consumer.kind === 'role' ? 'warning' : severity,
      what: `\`${replica.label}\` admits whom \`${primary.label}\` admits`,
      otherwise: `${message}, which \`${primary.label}\` does`,
      holds: truthOf(verdict),
      fix,
      evidence,
      known,
      because: BECAUSE,
    },
  ]
}

/** Where the policy of the primary is not known, that of the replica may still be the same. */
function alike(replica: Key, primary: Key, hole: Unknown, severity: Severity): Requirement {
  return {
    kind: 'holds',
    severity,
    what: `\`${replica.label}\` admits whom \`${primary.label}\` admits`,
    otherwise: '',
    holds: isOneDocument(replica, primary) ? 'yes' : 'unknown',
    fix: [],
    evidence: [],
    known: [hole.unknown],
    because: BECAUSE,
  }
}

function isOneDocument(replica: Key, primary: Key): boolean {
  const source = sourceOf(replica)
  return source !== null && source !== ELSEWHERE && source === sourceOf(primary)
}

/** The resource that the policy of a key comes from, where that is one and its text is not known yet. */
function sourceOf(key: Key): string | null {
  const sources = resourceOf(key.node ?? '').flatMap(node => {
    const policy = attribute(node, 'policy')
    return isUnknown(policy) ? policy.candidates : []
  })
  if (sources.length !== 1) return null
  return sources[0] ?? null
}

export const examples = (): Examples => ({
  pass: {
    'both have one policy': world({ replica: CONSUMER }),
    'the replica names the consumer in another way': world({
      replica: [ROOT, { ...(CONSUMER[1] as JsonObject), Principal: { AWS: '111122223333' }, Action: 'kms:*' }],
    }),
    'the primary admits nobody of another account': world({ primary: [ROOT, SERVICE], replica: [ROOT, SERVICE] }),
  },
  fail: {
    'the replica has the default policy': world({ replica: null }),
    'the replica is for EC2 of the other region only': world({
      replica: [
        ROOT,
        {
          ...(CONSUMER[1] as JsonObject),
          Condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } },
        },
      ],
    }),
    'the replica does not name the service-linked role': world({ primary: [ROOT, SERVICE], replica: null }),
    'nothing is shared yet': world({ replica: null, isShared: false }),
  },
  unknown: {
    'the policy of the replica is known at apply': world({ replica: later }),
    'the primary is known at apply': world({ primary: CONSUMER, of: later }),
    'the policy of the primary is known at apply': world({ primary: later, replica: CONSUMER }),
  },
})

const ROOT: Json = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:root' },
  Action: 'kms:*',
  Resource: '*',
}

const ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:CreateGrant']

const CONSUMER: readonly Json[] = [
  ROOT,
  { Sid: 'Use', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: ACTIONS, Resource: '*' },
]

const SERVICE: Json = {
  Sid: 'Groups',
  Effect: 'Allow',
  Principal: {
    AWS: 'arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  },
  Action: ACTIONS,
  Resource: '*',
}

/** A multi-Region key of Frankfurt with a replica in Ireland, under which an image is copied there, and shared. */
function world({
  primary = CONSUMER as Json,
  replica = null as Json,
  isShared = true,
  of = ref('aws_kms_key.image', 'arn') as Json,
}): ExampleWorld {
  const copy = {
    source_ami_id: 'ami-0a1b2c3d4e5f60718',
    encrypted: true,
    kms_key_id: ref('aws_kms_replica_key.image', 'arn'),
  }
  const permission = { image_id: ref('aws_ami_copy.ireland', 'id'), account_id: '111122223333' }
  const resources = {
    'aws_kms_key.image': { multi_region: true, ...policyOf(primary) },
    'aws_kms_replica_key.image': { primary_key_arn: of, ...policyOf(replica) },
    'aws_ami_copy.ireland': copy,
    ...(isShared ? { 'aws_ami_launch_permission.consumer': permission } : {}),
  }
  const ireland = {
    region: 'eu-west-1',
    on: ['aws_kms_replica_key.image', 'aws_ami_copy.ireland', 'aws_ami_launch_permission.consumer'],
  }
  return { accounts: [{ id: '444455556666', resources, providers: { 'aws.ireland': ireland } }] }
}

function policyOf(statements: Json): JsonObject {
  if (statements === null) return {}
  return { policy: Array.isArray(statements) ? { Version: '2012-10-17', Statement: statements } : statements }
}
