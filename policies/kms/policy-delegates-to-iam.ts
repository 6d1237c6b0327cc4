import type { Json } from '../intrinsics'
import { keyPolicyPlace } from '../lang/access'
import { comers, comingOf, delegationFix, isChangeable } from '../lang/delegation'
import { nameOf } from '../lang/fix'
import { type Key, keyOf } from '../lang/key'
import { keyNodes } from '../lang/key-identity'
import { attribute } from '../lang/plan'
import type { Caller } from '../lang/principal'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'

/**
 * A key policy lets count what IAM gives to whoever comes in by no other way.
 *
 * A KMS key is not the account's by itself: without the statement for `arn:aws:iam::…:root` the policies of roles and users of the account
 * are void for it, administrators' too, and of its actions only those count that the statement lists. Who is named in the key policy, or
 * holds a grant, needs none of it. AWS refuses a policy that nobody may change afterwards. More permissions in IAM do not help.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-root-delegation'],
  symptoms: [
    'is not authorized to perform: kms:{action} on resource: {key} because no resource-based policy allows the kms:{action} action',
    'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam',
    'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies.html',
  ],

  *situations() {
    for (const node of keyNodes()) {
      const key = keyOf(node)
      const policy = keyPolicyPlace(key)
      if (attribute(node, 'policy') !== null || policy.at !== `${node.address}.policy`)
        yield { at: policy.at, account: policy.account, region: node.region, key, comers: comers(key) }
    }
  },

  requirements: ({ key, comers }) => [changeable(key), ...comers.map(caller => coming(caller, key))],
})

function changeable(key: Key): Requirement {
  const { holds, known } = isChangeable(key)
  return {
    kind: 'holds',
    severity: 'error',
    what: `somebody of the account may change the policy of \`${key.label}\``,
    otherwise: `nobody may change the policy of \`${key.label}\` once it is set`,
    holds,
    fix: delegationFix(key),
    evidence: [],
    known,
    because: 'AWS refuses a policy that does not allow kms:PutKeyPolicy to whoever sets it',
  }
}

function coming(caller: Caller, key: Key): Requirement {
  const { isLet, kept, known } = comingOf(caller, key)
  const who = nameOf(caller.arn)
  return {
    kind: 'holds',
    severity: 'error',
    what: `the policy of \`${key.label}\` lets count what IAM gives to \`${who}\``,
    otherwise: `the policy of \`${key.label}\` does not leave \`${kept.join('`, `')}\` to IAM, by which alone \`${who}\` is given it`,
    holds: isLet,
    fix: delegationFix(key),
    evidence: [],
    known,
    because: 'no policy of a role or user counts for a key unless the key policy says so',
  }
}

export const examples = (): Examples => ({
  pass: {
    'the account may do everything': world([root(['kms:*'])]),
    'the account may do everything by a document that another merges': merging(
      ref('data.aws_iam_policy_document.root', 'json'),
    ),
    'EBS has nothing to do with the key': {
      accounts: [
        {
          id: '444455556666',
          resources: { 'aws_kms_key.image': { policy: { Statement: [named('role/admin', ['kms:*'])] } } },
        },
      ],
    },
    'an administrator is named, and the role too': world([named('role/admin', ['kms:*']), named('role/app', USE)]),
    'all that come through EC2 are let in': world([
      named('role/admin', ['kms:*']),
      {
        Effect: 'Allow',
        Principal: '*',
        Action: [...USE, 'kms:CreateGrant'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': '444455556666', 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' },
        },
      },
    ]),
  },
  fail: {
    'nobody may change the policy': world([named('role/app', USE)]),
    'the role is not named': world([named('role/admin', ['kms:*'])]),
    'the account may administer only': world([root(['kms:Create*', 'kms:Describe*', 'kms:Put*'])]),
    'Image Builder comes through IAM': {
      accounts: [
        {
          id: '444455556666',
          resources: {
            'aws_kms_key.image': { policy: { Statement: [named('role/admin', ['kms:*'])] } },
            'aws_imagebuilder_image_recipe.app': {
              block_device_mapping: [
                { device_name: '/dev/xvda', ebs: [{ encrypted: 'true', kms_key_id: ref('aws_kms_key.image', 'arn') }] },
              ],
            },
          },
        },
      ],
    },
  },
  unknown: {
    'the policy is known at apply': {
      accounts: [{ id: '444455556666', resources: { 'aws_kms_key.image': { policy: later } } }],
    },
    'what a document merges is known at apply': merging(later),
  },
})

const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']

function root(actions: readonly string[]): Json {
  return named('root', actions)
}

function named(resource: string, actions: readonly string[]): Json {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::444455556666:${resource}` },
    Action: actions,
    Resource: '*',
  }
}

/** A key, a volume under it, and a role whose own policy gives it the use of the key. */
function world(statements: readonly Json[]): ExampleWorld {
  const use = {
    statement: [{ effect: 'Allow', actions: USE, resources: [ref('aws_kms_key.image', 'arn')] }],
  }
  const resources = {
    'aws_kms_key.image': { policy: { Statement: statements } },
    'aws_ebs_volume.data': { encrypted: true, kms_key_id: ref('aws_kms_key.image', 'arn') },
    'aws_iam_role.app': { name: 'app' },
    'data.aws_iam_policy_document.use': use,
    'aws_iam_role_policy.use': {
      name: 'use',
      role: ref('aws_iam_role.app', 'name'),
      policy: ref('data.aws_iam_policy_document.use', 'json'),
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}

/** A key whose policy is a document that merges others, one of which merges the one that is given. */
function merging(merged: Json): ExampleWorld {
  const resources = {
    'data.aws_iam_policy_document.root': {
      statement: [
        {
          effect: 'Allow',
          actions: ['kms:*'],
          resources: ['*'],
          principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::444455556666:root'] }],
        },
      ],
    },
    'data.aws_iam_policy_document.team': { source_policy_documents: [merged] },
    'data.aws_iam_policy_document.image': {
      source_policy_documents: [ref('data.aws_iam_policy_document.team', 'json')],
    },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.image', 'json') },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
