import { callerOf } from '../lang/access'
import { deployerOf } from '../lang/deployer'
import { each, attribute } from '../lang/plan'
import { granteeOf } from '../lang/planned-grants'
import { rule } from '../lang/rule'
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
        yield { at: grant.address, account: grant.account, region: grant.region, grant, key }
  },

  requirements: ({ grant, key }) => [
    {
      kind: 'may',
      principal: callerOf(deployerOf(grant)),
      actions: ['kms:CreateGrant'],
      key,
      call: { kind: 'grant', grantee: granteeOf(grant), operations: each(attribute(grant, 'operations')).flatMap(one => (one === null ? [] : [one])) },
      because: 'Terraform makes the grant with these credentials, not through an AWS service',
    },
  ],
})
