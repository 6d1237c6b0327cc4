import type { Json, JsonObject } from '../intrinsics'
import { callerOf } from '../lang/access'
import { GRANT8 } from '../lang/aws'
import { deployerOf } from '../lang/deployer'
import { type Key, unknownKey } from '../lang/key'
import { isUnknown } from '../lang/maybe'
import { attribute, each, type Node } from '../lang/plan'
import { granteeOf } from '../lang/planned-grants'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { serviceGrants } from '../lang/service-grants'
import type { Term } from '../lang/statement'

/**
 * Whoever makes a grant on a key of another account may also find it, and take it back.
 *
 * Terraform reads a grant by `kms:ListGrants` once it has made it, and with every plan after that; it ends one by `kms:RevokeGrant`, unless
 * `retire_on_delete` has it retired. Who may create grants and no more has an apply that fails after the grant is there, or a grant that
 * nobody of the account can end. As for `kms:CreateGrant`, both the key's policy and the creator's own have to allow it, without
 * `kms:GrantIsForAWSResource`.
 */
export default rule({
  severity: 'warning',
  aliases: [],
  symptoms: [
    'is not authorized to perform: kms:ListGrants on resource: {key}',
    'is not authorized to perform: kms:RevokeGrant on resource: {key}',
  ],
  references: [
    'https://repost.aws/knowledge-center/ec2-encrypted-ami-autoscaling-group',
    'https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html',
  ],

  *situations() {
    // Who it is that deploys is asked once, for CreateGrant.
    for (const { grant, key } of serviceGrants())
      if (key !== null && key.account !== grant.account && !isUndeclared(deployerOf(grant)))
        yield {
          at: grant.address,
          account: grant.account,
          region: grant.region,
          creator: callerOf(deployerOf(grant)),
          grantee: granteeOf(grant),
          operations: each(attribute(grant, 'operations')).flatMap(one => (one === null ? [] : [one])),
          ...endOf(grant, key),
        }
  },

  requirements: ({ creator, grantee, operations, actions, key }) => [
    {
      kind: 'may',
      principal: creator,
      actions,
      key,
      call: { kind: 'grant', grantee, operations },
      because: 'Terraform reads the grant with these credentials as soon as it has made it, and ends it',
    },
  ],
})

function isUndeclared(deployer: Term): boolean {
  return isUnknown(deployer) && deployer.candidates.length === 0
}

/** What becomes of a grant in the end: a key of which nothing is known stands for what is not known of that. */
function endOf(
  grant: Node<Schema['aws_kms_grant']>,
  key: Key,
): { readonly actions: readonly string[]; readonly key: Key } {
  const isRetired = attribute(grant, 'retire_on_delete')
  const actions = ['kms:ListGrants', 'kms:RevokeGrant']
  if (isUnknown(isRetired)) return { actions, key: unknownKey(isRetired.unknown, grant.region) }
  if (isRetired === true) return { actions: ['kms:ListGrants'], key }
  return { actions, key }
}

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const grantee = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const deployer = 'arn:aws:iam::111122223333:role/deployer'
const all = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant']

export const examples = (): Examples => ({
  pass: {
    'both sides allow it': world(),
    'the grant is retired, and need not be revoked': world({
      admitted: ['kms:CreateGrant', 'kms:ListGrants'],
      retired: true,
    }),
  },
  fail: {
    'the key policy does not allow to list them': world({ admitted: ['kms:CreateGrant', 'kms:RevokeGrant'] }),
    'the key policy does not allow to revoke them': world({ admitted: ['kms:CreateGrant', 'kms:ListGrants'] }),
    'the key policy allows it for grants of AWS services only': world({
      condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    'the key policy allows it with a grantee only, whom these calls do not name': world({
      condition: { StringEquals: { 'kms:GranteePrincipal': grantee } },
    }),
    "the creator's own policy does not allow it": world({ own: ['kms:CreateGrant', 'kms:ListGrants'] }),
  },
  unknown: {
    'whether the grant is retired is known at apply': world({ retired: later }),
    'no plan has the key': world({ on: arn.replace('1a2b', 'ffff') }),
  },
})

/** A grant that `deployer` of 111122223333 makes on a key of 444455556666. */
function world({
  admitted = all,
  condition = {} as JsonObject,
  own = all,
  on = arn,
  retired = false as Json,
} = {}): ExampleWorld {
  const principal = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })
  const statements = [
    { Effect: 'Allow', Principal: principal('444455556666'), Action: 'kms:*', Resource: '*' },
    { Effect: 'Allow', Principal: principal('111122223333'), Action: admitted, Resource: '*', Condition: condition },
  ]
  const owner = { 'aws_kms_key.image': { policy: { Version: '2012-10-17', Statement: statements } } }
  const consumer = {
    'aws_kms_grant.autoscaling': {
      key_id: on,
      grantee_principal: grantee,
      operations: GRANT8,
      ...(retired !== false && { retire_on_delete: retired }),
    },
    'aws_iam_role.deployer': { name: 'deployer' },
    'aws_iam_role_policy.deployer': {
      role: 'deployer',
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: own, Resource: on }] },
    },
  }
  return {
    accounts: [
      { id: '444455556666', resources: owner, identities: { 'aws_kms_key.image': arn } },
      { id: '111122223333', resources: consumer },
    ],
    declared: { accounts: { '111122223333': { deployer } } },
  }
}
