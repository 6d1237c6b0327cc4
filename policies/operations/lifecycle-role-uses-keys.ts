import type { Json, JsonObject } from '../intrinsics'
import { callerOf, identityPlaces } from '../lang/access'
import { EBS_MIN } from '../lang/aws'
import { principalTerm } from '../lang/identity'
import { defaultEncryption, type Encryption, encryptionsBy, keysAmong } from '../lang/key'
import { type LifecycleCopy, lifecycleCopies } from '../lang/lifecycle'
import { isUnknown } from '../lang/maybe'
import { attribute, type Node, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'

type Policy = Schema['aws_dlm_lifecycle_policy']

/**
 * The role of a lifecycle policy can use the keys under which it copies snapshots.
 *
 * Amazon Data Lifecycle Manager copies snapshots into other regions, and those that other accounts share, as the role that the policy
 * names. AWS's policies for the default roles have actions of EC2 only: the snapshots are made, their copies are not, and only an event and the
 * state of the policy tell. The role needs the key of the copy, whoever's that is, and that of the snapshot, which the policy does not name.
 */
export default rule({
  severity: 'error',
  aliases: [],
  symptoms: ['Given key ID is not accessible'],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/dlm-prerequisites.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/event-policy.html',
  ],

  *situations() {
    for (const policy of resources('aws_dlm_lifecycle_policy')) {
      const role = principalTerm(attribute(policy, 'execution_role_arn') ?? '')
      for (const copy of lifecycleCopies(policy))
        for (const key of keysAmong(encryptionsOf(copy, policy), copy.region)) {
          const own = identityPlaces(callerOf(role), key)[0] ?? null
          yield {
            at: own?.at ?? place(copy.encryption, 'cmk_arn'),
            account: own?.account ?? policy.account,
            region: copy.region,
            role,
            key,
          }
        }
    }
  },

  requirements: ({ role, key, region }) => [
    {
      kind: 'may',
      principal: callerOf(role),
      actions: EBS_MIN,
      key,
      call: { kind: 'ebs', region },
      because: 'EC2 encrypts the copies of snapshots on behalf of the role of the lifecycle policy',
    },
  ],
})

/** Under what copies are encrypted: the key that is named or, where they are to be, the default key of their region. */
function encryptionsOf(copy: LifecycleCopy, { account, address }: Node<Policy>): readonly Encryption[] {
  const { encrypted, key, region } = copy
  if (key !== null) return encryptionsBy(key, { account, region })
  if (!isUnknown(encrypted) && encrypted !== true) return []
  if (region === null) return [{ kind: 'unknown', unknown: `the regions that ${address} copies to` }]
  const byDefault = defaultEncryption({ account, region })
  if (isUnknown(encrypted)) return [...byDefault, { kind: 'none' }]
  return byDefault
}

const arn = 'arn:aws:kms:eu-west-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const role = 'arn:aws:iam::444455556666:role/snapshots'

export const examples = (): Examples => ({
  pass: {
    "the role's policy allows the use of the key": world({}),
    'the key policy names the role': world({
      allowed: [],
      statements: [{ Effect: 'Allow', Principal: { AWS: role }, Action: EBS_MIN, Resource: '*' }],
    }),
    'the copies go under the default key of the region': world({ key: null, isDefault: true }),
  },
  fail: {
    'the role has nothing but what AWS attaches': world({ allowed: [] }),
    'the role may not create grants': world({ allowed: EBS_MIN.filter(action => action !== 'kms:CreateGrant') }),
    'the copies go under the default key of the region, which the role may not use': world({
      key: null,
      isDefault: true,
      allowed: [],
    }),
    'what another account shares is copied under a key that the role may not use': world({
      isEvent: true,
      allowed: [],
    }),
  },
  unknown: {
    'the key is known at apply': world({ key: later }),
    'the role is known at apply': world({ role: later }),
    'whether the copies are encrypted is known at apply': world({
      key: null,
      isDefault: true,
      encrypted: later,
      allowed: [],
    }),
  },
})

/** Snapshots of 444455556666 that are copied to Ireland. */
function world({
  key = ref('aws_kms_key.west', 'arn') as Json,
  allowed = EBS_MIN as readonly string[],
  statements = null as readonly JsonObject[] | null,
  encrypted = true as Json,
  isDefault = false,
  isEvent = false,
  role = ref('aws_iam_role.snapshots', 'arn') as Json,
}): ExampleWorld {
  const statement = { Effect: 'Allow', Action: allowed, Resource: arn }
  const target = 'eu-west-1'
  const encryption: JsonObject = { encrypted, ...(key === null ? {} : { cmk_arn: key }) }
  const schedule: JsonObject = {
    name: 'daily',
    create_rule: [{ interval: 24 }],
    retain_rule: [{ count: 7 }],
    cross_region_copy_rule: [{ target, ...encryption }],
  }
  const action: JsonObject = {
    name: 'copy',
    cross_region_copy: [{ target, encryption_configuration: [encryption] }],
  }
  const resources = {
    'aws_kms_key.west': statements === null ? {} : { policy: { Version: '2012-10-17', Statement: statements } },
    ...(isDefault ? { 'aws_ebs_default_kms_key.west': { key_arn: ref('aws_kms_key.west', 'arn') } } : {}),
    'aws_iam_role.snapshots': { name: 'snapshots' },
    ...(allowed.length > 0
      ? {
          'aws_iam_role_policy.keys': {
            role: ref('aws_iam_role.snapshots', 'id'),
            policy: { Version: '2012-10-17', Statement: [statement] },
          },
        }
      : {}),
    'aws_dlm_lifecycle_policy.daily': {
      execution_role_arn: role,
      policy_details: [isEvent ? { policy_type: 'EVENT_BASED_POLICY', action: [action] } : { schedule: [schedule] }],
    },
  }
  const west = { region: 'eu-west-1', on: ['aws_kms_key.west', 'aws_ebs_default_kms_key.west'] }
  const identities = { 'aws_kms_key.west': arn }
  return { accounts: [{ id: '444455556666', resources, providers: { 'aws.west': west }, identities }] }
}
