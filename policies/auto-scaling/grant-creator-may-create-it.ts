import type { JsonObject } from '../intrinsics'
import { callerOf } from '../lang/access'
import { GRANT8 } from '../lang/aws'
import { deployerOf } from '../lang/deployer'
import { attribute, each } from '../lang/plan'
import { granteeOf } from '../lang/planned-grants'
import { type Examples, type ExampleWorld, rule } from '../lang/rule'
import { serviceGrants } from '../lang/service-grants'

/**
 * Whoever makes a grant on a key of another account may create it: the key's policy and their own policies both allow it.
 *
 * The statement that AWS's examples give to consumers closes `kms:CreateGrant` with `kms:GrantIsForAWSResource`. That is true of the
 * grants that EC2 makes, and false of one that Terraform or a person makes: the grant for the service-linked role needs a statement
 * without that condition (best closed with `kms:GranteePrincipal`), and an IAM policy that allows `kms:CreateGrant` on the key's ARN.
 */
export default rule({
  severity: 'error',
  aliases: ['asg-grant-creator-authorised'],
  symptoms: [
    'is not authorized to perform: kms:CreateGrant on resource: {key} because no resource-based policy allows the kms:CreateGrant action',
    'is not authorized to perform: kms:CreateGrant on resource: {key} because no identity-based policy allows the kms:CreateGrant action',
  ],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource',
  ],

  *situations() {
    for (const { grant, key } of serviceGrants())
      if (key !== null && key.account !== grant.account)
        yield {
          at: grant.address,
          account: grant.account,
          region: grant.region,
          creator: callerOf(deployerOf(grant)),
          grantee: granteeOf(grant),
          operations: each(attribute(grant, 'operations')).flatMap(one => (one === null ? [] : [one])),
          key,
        }
  },

  requirements: ({ creator, grantee, operations, key }) => [
    {
      kind: 'may',
      principal: creator,
      actions: ['kms:CreateGrant'],
      key,
      call: { kind: 'grant', grantee, operations },
      because: 'Terraform makes the grant with these credentials, not through an AWS service',
    },
  ],
})

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const grantee = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const deployer = 'arn:aws:iam::111122223333:role/deployer'
const root: JsonObject = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:root' },
  Action: 'kms:*',
  Resource: '*',
}

export const examples = (): Examples => ({
  pass: {
    'both sides allow it': world(),
    'the key policy closes it with the grantee': world({
      condition: { StringEquals: { 'kms:GranteePrincipal': grantee } },
    }),
  },
  fail: {
    'the key policy allows it for grants of AWS services only': world({
      condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    'the key policy allows it through EC2 only': world({
      condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } },
    }),
    'the key policy does not admit the account': world({ statements: [root] }),
    "the creator's own policy does not allow it": world({ own: ['kms:ListGrants'] }),
  },
  unknown: {
    'nobody is declared to deploy': world({ declared: {} }),
    'no plan has the creator': world({
      declared: { accounts: { '111122223333': { deployer: `${deployer}-elsewhere` } } },
    }),
    'no plan has the key': world({ on: arn.replace('1a2b', 'ffff') }),
  },
})

/** A grant that `deployer` of 111122223333 makes on a key of 444455556666. */
function world({
  condition = {} as JsonObject,
  statements = [
    root,
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: condition,
    },
  ] as readonly JsonObject[],
  own = ['kms:CreateGrant'],
  on = arn,
  declared = { accounts: { '111122223333': { deployer } } } as JsonObject,
} = {}): ExampleWorld {
  const owner = { 'aws_kms_key.image': { policy: { Version: '2012-10-17', Statement: statements } } }
  const consumer = {
    'aws_kms_grant.autoscaling': { key_id: on, grantee_principal: grantee, operations: GRANT8 },
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
    declared,
  }
}
