import type { Json, JsonObject } from '../intrinsics'
import { callerOf } from '../lang/access'
import { DISTRIBUTION_ROLE, distributionRoles, imageBuilderRole } from '../lang/distribution-role'
import { targets } from '../lang/image-builder'
import { isUnknown } from '../lang/maybe'
import { attribute, place } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'

/**
 * The distribution role of a target account trusts the account that builds.
 *
 * `AWSServiceRoleForImageBuilder` of the account that builds assumes the role, and AWS's policy for it allows that. The trust policy has to
 * name that account, or the service-linked role by its full ARN. A service principal (`ec2.amazonaws.com`, `imagebuilder.amazonaws.com`)
 * does not help: it is no service that asks, but a role. Nor is a condition on an external id ever met.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-distribution-role-trust'],
  symptoms: [
    "Not all distribution jobs are completed. 1) STS Client Error: 'User: arn:aws:sts::{account}:assumed-role/AWSServiceRoleForImageBuilder/Ec2ImageBuilderIntegrationService is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::{account}:role/EC2ImageBuilderDistributionCrossAccountRole'",
    "Please make sure your 'EC2ImageBuilderDistributionCrossAccountRole' is setup with correct permission policies. If you are copying AMI to opt-in regions, please make sure the region is enabled in the account",
  ],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const target of targets())
      if (target.account !== null && !isUnknown(target.account))
        for (const role of distributionRoles(target.account))
          if (attribute(role, 'name') === DISTRIBUTION_ROLE)
            yield {
              at: place(role, 'assume_role_policy'),
              account: role.account,
              region: null,
              role,
              builder: callerOf(imageBuilderRole(target.source, target.region, 'the distribution configuration')),
            }
  },

  requirements: ({ role, builder }) => [
    {
      kind: 'trusts',
      role,
      principal: builder,
      because: 'Image Builder assumes the role from the account that builds',
    },
  ],
})

const source = 'arn:aws:iam::444455556666:root'
const builder =
  'arn:aws:iam::444455556666:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder'

export const examples = (): Examples => ({
  pass: {
    'the role trusts the account': world([trust({ AWS: source })]),
    'the role trusts the service-linked role': world([trust({ AWS: builder, Service: 'ec2.amazonaws.com' })]),
    'the role trusts whom it knows by ARN': world([
      trust({ AWS: '*' }, { ArnEquals: { 'aws:PrincipalArn': builder } }),
    ]),
  },
  fail: {
    'the role trusts another account': world([trust({ AWS: 'arn:aws:iam::777788889999:root' })]),
    'the role trusts services': world([trust({ Service: ['ec2.amazonaws.com', 'imagebuilder.amazonaws.com'] })]),
    'the role asks for an external id': world([
      trust({ AWS: source }, { StringEquals: { 'sts:ExternalId': 'images' } }),
    ]),
    'the role denies service-linked roles': world([
      trust({ AWS: source }),
      {
        ...trust({ AWS: '*' }, { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-service-role/*' } }),
        Sid: 'NoServices',
        Effect: 'Deny',
      },
    ]),
  },
  unknown: {
    'the trust policy is not known until apply': world([], later),
    'the role trusts an organization of which nothing is declared': world([
      trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
    ]),
  },
})

/** Image Builder in 444455556666 distributes to 111122223333. */
function world(
  statements: readonly JsonObject[],
  policy: Json = { Version: '2012-10-17', Statement: statements },
): ExampleWorld {
  const distribution = [
    { region: 'eu-central-1', ami_distribution_configuration: [{ target_account_ids: ['111122223333'] }] },
  ]
  return {
    accounts: [
      { id: '444455556666', resources: { 'aws_imagebuilder_distribution_configuration.app': { distribution } } },
      {
        id: '111122223333',
        resources: { 'aws_iam_role.distribution': { name: DISTRIBUTION_ROLE, assume_role_policy: policy } },
      },
    ],
  }
}

function trust(principal: JsonObject, condition: JsonObject = {}): JsonObject {
  return { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: condition }
}
