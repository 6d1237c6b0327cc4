import type { JsonObject } from '../intrinsics'
import { policyOwners } from '../lang/access'
import { isAuthored } from '../lang/authored'
import type { Fix } from '../lang/finding'
import { keyNodes } from '../lang/key-identity'
import { isUnknown } from '../lang/maybe'
import { attribute, type Node, place, resourceOf, resources } from '../lang/plan'
import { ELSEWHERE } from '../lang/reference'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import type { Truth } from '../lang/truth'

/**
 * The policy of a key is set in one place.
 *
 * A key has one policy. Where `aws_kms_key.policy` and an `aws_kms_key_policy` both set it, or two of the latter, the last to be applied
 * wins, and each plan finds the other's to be undone: consumers come and go from apply to apply. Merge the statements into one place first;
 * Terraform puts the default policy back where an `aws_kms_key_policy` is destroyed.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-single-policy-owner'],
  symptoms: ['Client.InternalError: Client error on launch'],
  references: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key_policy',
    'https://github.com/hashicorp/terraform-provider-aws/issues/46432',
  ],

  *situations() {
    for (const node of keyNodes()) {
      const owners = policyOwners(node.id).flatMap(resourceOf)
      if (owners.length > 0)
        yield {
          at: place(node, 'policy'),
          account: node.account,
          region: node.region,
          node,
          owners,
          holds: isOwned(node, owners),
          fix: fixOf(node, owners),
          known: [place(node, 'policy'), ...owners.map(keyPlace)],
        }
    }
    for (const owner of resources('aws_kms_key_policy'))
      if (isOfSomeKey(owner))
        yield {
          at: keyPlace(owner),
          account: owner.account,
          region: owner.region,
          node: owner,
          owners: [],
          holds: isOwned(owner, []),
          fix: [],
          known: [keyPlace(owner)],
        }
  },

  requirements: ({ node, owners, holds, fix, known }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `the policy of \`${node.address}\` is set in one place`,
      otherwise: `the policy of \`${node.address}\` is set by ${[
        ...(isAuthored(node, 'policy') === 'yes' ? ['the key itself'] : []),
        ...owners.map(owner => `\`${owner.address}\``),
      ].join(' and ')}`,
      holds,
      fix,
      evidence: owners.map(owner => ({ at: place(owner, 'policy'), what: 'sets the policy' })),
      known,
      because: 'a key has one policy, and each of its owners undoes what the other has set',
    },
  ],
})

/** Whether nothing tells of which key this is the policy. */
function isOfSomeKey(owner: Node): boolean {
  const key = attribute(owner, 'key_id')
  return isUnknown(key) && key.candidates.includes(ELSEWHERE)
}

function keyPlace(owner: Node): string {
  return place(owner, 'key_id')
}

/** What is set for certain counts; where a policy is only perhaps this key's, or perhaps not set, that cannot be told. */
function isOwned(node: Node, owners: readonly Node[]): Truth {
  const certain = owners.filter(isCertain)
  const own = isAuthored(node, 'policy')
  if (certain.length > 1 || (certain.length === 1 && own === 'yes')) return 'no'
  return owners.length === 1 && own === 'no' ? 'yes' : 'unknown'
}

function isCertain(owner: Node): boolean {
  const key = attribute(owner, 'key_id')
  return !isUnknown(key) || key.candidates.length === 1
}

/** The key keeps none of its own; of several resources that set it, the first stays. */
function fixOf(node: Node, owners: readonly Node[]): readonly Fix[] {
  const { account, address } = node
  const own: readonly Fix[] = [{ kind: 'attribute', account, target: address, path: 'policy', value: null }]
  const others = owners.filter((_, i) => i > 0)
  return [
    ...(isAuthored(node, 'policy') === 'yes' ? own : []),
    ...others.map((other): Fix => ({ kind: 'remove', account: other.account, target: other.address })),
  ]
}

export const examples = (): Examples => ({
  pass: { 'one resource sets it': world({}, ['aws_kms_key_policy.image']) },
  fail: {
    'the key sets it too': world({ policy: POLICY }, ['aws_kms_key_policy.image']),
    'the key that is there sets it too': world({ id: ID, key_id: ID, arn: ARN, policy: POLICY }, [
      'aws_kms_key_policy.image',
    ]),
    'two resources set it': world({}, ['aws_kms_key_policy.image', 'aws_kms_key_policy.other']),
  },
  unknown: {
    'of which key it is the policy is known at apply': {
      accounts: [{ id: '444455556666', resources: { 'aws_kms_key_policy.image': { key_id: later, policy: POLICY } } }],
    },
    'the module of the key may set it': {
      accounts: [
        {
          id: '444455556666',
          resources: {
            'data.aws_iam_policy_document.key': { statement: [] },
            'module.keys.aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.key', 'json') },
            'aws_kms_key_policy.image': { key_id: ref('module.keys.aws_kms_key.image', 'id'), policy: POLICY },
          },
        },
      ],
    },
  },
})

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab'

const ARN = `arn:aws:kms:eu-central-1:444455556666:key/${ID}`

const POLICY: JsonObject = {
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 'kms:*', Resource: '*' },
  ],
}

/** A key, and resources that set its policy. */
function world(key: JsonObject, owners: readonly string[]): ExampleWorld {
  const owner = { key_id: ref('aws_kms_key.image', 'id'), policy: POLICY }
  return {
    accounts: [
      {
        id: '444455556666',
        resources: { 'aws_kms_key.image': key, ...Object.fromEntries(owners.map(address => [address, owner])) },
      },
    ],
  }
}
