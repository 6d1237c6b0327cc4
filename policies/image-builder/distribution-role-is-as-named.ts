import type { JsonObject } from '../intrinsics'
import { partitionOfRegion } from '../lang/aws'
import {
  DISTRIBUTION_POLICY,
  DISTRIBUTION_ROLE,
  distributionRoles,
  mayCopyImages,
  spelling,
} from '../lang/distribution-role'
import { targets } from '../lang/image-builder'
import { isUnknown, type Maybe } from '../lang/maybe'
import { type Node, place } from '../lang/plan'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'

/**
 * Every target account has the role `EC2ImageBuilderDistributionCrossAccountRole`, by that name, without a path, and with AWS's policy.
 *
 * Name and path are fixed: the service-linked role that assumes it may assume no other. The role needs
 * `Ec2ImageBuilderCrossAccountDistributionAccess`, with a small c in `Ec2`, or what that allows. A role that another state has cannot be
 * seen.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-distribution-role-shape'],
  symptoms: [
    "Please make sure your 'EC2ImageBuilderDistributionCrossAccountRole' is setup with correct permission policies. If you are copying AMI to opt-in regions, please make sure the region is enabled in the account",
    "Not all distribution jobs are completed. 1) STS Client Error: 'User: arn:aws:sts::{account}:assumed-role/AWSServiceRoleForImageBuilder/Ec2ImageBuilderIntegrationService is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::{account}:role/EC2ImageBuilderDistributionCrossAccountRole'",
  ],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/Ec2ImageBuilderCrossAccountDistributionAccess.html',
  ],

  *situations() {
    for (const target of targets()) {
      const roles = target.account === null || isUnknown(target.account) ? [] : distributionRoles(target.account)
      if (roles.length === 0)
        yield { at: target.at, account: target.source, region: target.region, role: null, target: target.account }
      for (const role of roles)
        yield { at: role.address, account: role.account, region: target.region, role, target: target.account }
    }
  },

  requirements: ({ role, target, region }) => [
    ...(role === null ? [presence(target)] : [...settings(role), permission(role, region)]),
  ],
})

const BECAUSE = 'as this role Image Builder copies an image into another account, by `ec2:CopyImage`'

function presence(target: Maybe<string>): Requirement {
  const account = target === null || isUnknown(target) ? 'the target account' : target
  return {
    kind: 'holds',
    what: `${account} has the role \`${DISTRIBUTION_ROLE}\``,
    otherwise: '',
    holds: 'unknown',
    severity: 'error',
    fix: [],
    evidence: [],
    known: [isUnknown(target) ? target.unknown : `a plan of ${account} with the role ${DISTRIBUTION_ROLE}`],
    because: BECAUSE,
  }
}

/** Name and path, by which alone Image Builder knows the role. */
function settings(role: Node): readonly Requirement[] {
  const { name, path } = spelling(role)
  return [
    {
      kind: 'is',
      what: `the name of \`${role.address}\``,
      actual: isUnknown(name) ? null : name,
      wanted: DISTRIBUTION_ROLE,
      value: DISTRIBUTION_ROLE,
      at: place(role, 'name'),
      target: role.address,
      path: 'name',
      because: 'names of roles are compared with regard to case',
    },
    {
      kind: 'is',
      what: `the path of \`${role.address}\``,
      actual: isUnknown(path) ? null : (path ?? '/'),
      wanted: '/',
      value: '/',
      at: place(role, 'path'),
      target: role.address,
      path: 'path',
      because: 'Image Builder may assume the role without a path alone',
    },
  ]
}

function permission(role: Node, region: string | null): Requirement {
  const arn = `arn:${partitionOfRegion(region ?? '')}:iam::aws:policy/${DISTRIBUTION_POLICY}`
  return {
    kind: 'holds',
    what: `\`${role.address}\` may copy images`,
    otherwise: `nothing allows \`${role.address}\` to copy images; \`${DISTRIBUTION_POLICY}\` is not attached`,
    holds: mayCopyImages(role),
    severity: 'error',
    fix: [
      {
        kind: 'resource',
        account: role.account,
        region: null,
        target: 'aws_iam_role_policy_attachment.keyreach',
        type: 'aws_iam_role_policy_attachment',
        values: { role: `\${${role.address}.name}`, policy_arn: arn },
      },
    ],
    evidence: [],
    known: [`the policies of ${role.address}`],
    because: BECAUSE,
  }
}

const attached: Resources = { 'aws_iam_role_policy_attachment.distribution': attachment(DISTRIBUTION_POLICY) }

export const examples = (): Examples => ({
  pass: {
    'the role is as Image Builder wants it': world({ name: DISTRIBUTION_ROLE }),
    'the role has a policy of its own for images': world(
      { name: DISTRIBUTION_ROLE },
      {
        'aws_iam_role_policy.images': {
          role: DISTRIBUTION_ROLE,
          policy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: ['ec2:Copy*', 'ec2:CreateTags'], Resource: '*' }],
          },
        },
      },
    ),
  },
  fail: {
    'the name is written otherwise': world({ name: 'Ec2ImageBuilderDistributionCrossAccountRole' }),
    'the role has a path': world({ name: DISTRIBUTION_ROLE, path: '/images/' }),
    "AWS's policy is not attached": world({ name: DISTRIBUTION_ROLE }, {}),
    'the policy is written otherwise': world(
      { name: DISTRIBUTION_ROLE },
      { 'aws_iam_role_policy_attachment.distribution': attachment('EC2ImageBuilderCrossAccountDistributionAccess') },
    ),
  },
  unknown: {
    'no plan has the role': world({ name: 'app' }),
    'the path is not known until apply': world({ name: DISTRIBUTION_ROLE, path: later }),
  },
})

function attachment(policy: string): JsonObject {
  return { role: ref('aws_iam_role.distribution', 'name'), policy_arn: `arn:aws:iam::aws:policy/${policy}` }
}

/** Image Builder in 444455556666 distributes to 111122223333. */
function world(role: JsonObject, policies: Resources = attached): ExampleWorld {
  const distribution = [
    { region: 'eu-central-1', ami_distribution_configuration: [{ target_account_ids: ['111122223333'] }] },
  ]
  return {
    accounts: [
      { id: '444455556666', resources: { 'aws_imagebuilder_distribution_configuration.app': { distribution } } },
      { id: '111122223333', resources: { 'aws_iam_role.distribution': role, ...policies } },
    ],
  }
}
