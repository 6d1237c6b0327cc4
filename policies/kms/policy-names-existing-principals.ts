import { distinct, type Json } from '../intrinsics'
import { accountOf, serviceOf } from '../lang/aws'
import { type Existence, existenceOf, isNamed } from '../lang/existence'
import type { Fix } from '../lang/finding'
import { nameOf } from '../lang/fix'
import { textOf } from '../lang/json'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { policies, type WrittenPolicy } from '../lang/written-policies'

/**
 * The roles and users that a key policy names exist when it is set.
 *
 * AWS puts ids in place of ARNs as it saves a policy, and refuses one that names nobody. A service-linked role is not there in a fresh
 * account before the service was used once; a role's ARN has its path, and its name in the case in which it was made. A statement for
 * everybody whose requests come through EC2 (`kms:CallerAccount` and `kms:ViaService`), or a condition on `aws:PrincipalArn`, names nobody.
 * To name `aws_iam_service_linked_role` by reference, or in `depends_on`, has Terraform make it first. It does not help to wait.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-policy-principals-exist'],
  symptoms: ['MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.'],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/28644',
  ],

  *situations() {
    for (const policy of policies())
      if (policy.isOfKey) yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ policy }) => {
    const named = policy.statements.flatMap(({ principals, notPrincipals }) =>
      [...(principals ?? []), ...(notPrincipals ?? [])].filter(isNamed),
    )
    const written = distinct(named.map(nameOf))
    return written.flatMap(name =>
      named
        .filter(principal => nameOf(principal) === name)
        .slice(0, 1)
        .map(principal => existing(name, existenceOf(principal), policy)),
    )
  },
})

function existing(name: string, { exists, instead, known }: Existence, policy: WrittenPolicy): Requirement {
  const isHidden = policy.isSensitive || name.startsWith('${')
  const who = isHidden ? 'a role or user that the policy names' : `\`${name}\``
  return {
    kind: 'holds',
    severity: 'error',
    what: `${who} exists`,
    otherwise:
      instead === null || policy.isSensitive ? `${who} does not exist` : `${who} does not exist; \`${instead}\` does`,
    holds: exists,
    fix: policy.isSensitive ? [] : fixOf(name, instead, policy),
    evidence: [],
    known: policy.isSensitive ? [policy.at] : known,
    because: 'AWS refuses a key policy that names a role or user who is not there',
  }
}

/** The right ARN in place of the wrong one; else the service-linked role, made before the policy is set. */
function fixOf(name: string, instead: string | null, policy: WrittenPolicy): readonly Fix[] {
  if (instead !== null)
    return [{ kind: 'principal', account: policy.account, target: policy.at, from: name, to: instead }]
  const account = accountOf(name)
  const suffix = textOf((name.split('/')[3] ?? '').split('_').slice(1).join('_'))
  const target = 'aws_iam_service_linked_role.keyreach'
  return [
    {
      kind: 'resource',
      account,
      region: null,
      target,
      type: 'aws_iam_service_linked_role',
      values: { aws_service_name: serviceOf(name), custom_suffix: suffix },
    },
    ...(account === policy.account
      ? [{ kind: 'depends-on' as const, account, target: policy.at.replaceAll('.policy', ''), on: target }]
      : []),
  ]
}

export const examples = (): Examples => ({
  pass: {
    'the plan makes the role': world([ROLE], { 'aws_iam_service_linked_role.autoscaling': autoscaling }),
    'the role is declared to exist': world([ROLE], {}, { 'service-linked-roles': ['AWSServiceRoleForAutoScaling'] }),
    'the role is referred to': world([ref('aws_iam_role.app', 'arn')], { 'aws_iam_role.app': {} }),
    'the account is named': world(['arn:aws:iam::444455556666:root']),
    'a plan has read the role': world(['arn:aws:iam::444455556666:role/app'], {
      'data.aws_iam_role.app': { name: 'app', arn: 'arn:aws:iam::444455556666:role/app' },
    }),
  },
  fail: {
    'the role is declared not to exist': world([ROLE], {}, { 'service-linked-roles': [] }),
    'the path of the role is left out': world(['arn:aws:iam::444455556666:role/AWSServiceRoleForAutoScaling'], {
      'aws_iam_service_linked_role.autoscaling': autoscaling,
    }),
    'the path of the role is left out, which is declared to exist': world(
      ['arn:aws:iam::444455556666:role/AWSServiceRoleForEC2Spot'],
      {},
      { 'service-linked-roles': ['AWSServiceRoleForEC2Spot'] },
    ),
    'the role has another case': world(['arn:aws:iam::444455556666:role/Deployer'], {
      'aws_iam_role.deployer': { name: 'deployer', path: '/' },
    }),
    'the role may have no suffix': world([
      'arn:aws:iam::444455556666:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot_app',
    ]),
  },
  unknown: {
    'nothing is known of the role': world([ROLE]),
    'no plan has the role': world(['arn:aws:iam::444455556666:role/app']),
    'the principal is known at apply': world([later]),
  },
})

const ROLE = 'arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'

const autoscaling = { aws_service_name: 'autoscaling.amazonaws.com' }

/** A key whose policy names these principals. */
function world(
  identifiers: readonly Json[],
  others: Resources = {},
  declared: Record<string, Json> = {},
): ExampleWorld {
  const principals = [{ type: 'AWS', identifiers }]
  const resources = {
    'data.aws_iam_policy_document.key': {
      statement: [{ effect: 'Allow', actions: ['kms:*'], resources: ['*'], principals }],
    },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.key', 'json') },
    ...others,
  }
  return { accounts: [{ id: '444455556666', resources }], declared: { accounts: { '444455556666': declared } } }
}
