import type { Json, JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { askedOfInstances, deniesInstances, instanceRoles, isNetworkDeny } from '../lang/instance-role'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { any, not } from '../lang/truth'
import { policies, statementId, statementName } from '../lang/written-policies'

/**
 * A Deny by network address spares the roles of instances.
 *
 * A volume is attached with a role that belongs to the instance alone, `role/aws:ec2-infrastructure/i-…`. It calls from AWS's own network, as
 * service-linked roles do: a Deny unless the address or VPC is the company's stops every launch, while people still can use the key.
 */
export default rule({
  severity: 'warning',
  aliases: ['kms-deny-spares-instance-role'],
  symptoms: [
    'is not authorized to perform: {action} on resource: {key} with an explicit deny in a resource-based policy',
    'is not authorized to perform: {action} on resource: {key} with an explicit deny in a service control policy',
    'Client.InternalError: Client error on launch',
  ],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html',
  ],

  *situations() {
    for (const policy of policies())
      if (policy.isOfKey && policy.statements.some(isNetworkDeny))
        yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ at, account, region, policy }) => [
    {
      kind: 'holds',
      what: 'what the policy denies by network it does not deny to instances',
      otherwise: `${policy.statements
        .flatMap((statement, i) =>
          deniesInstances(policy, statement) === 'yes' ? [statementName(policy, statement, i)] : [],
        )
        .join(' and ')} denies the key to whoever is not in a network, and so to instances`,
      holds: not(any(policy.statements.map(statement => deniesInstances(policy, statement)))),
      severity: 'warning',
      fix: policy.statements.flatMap((statement, i): readonly Fix[] => {
        if (deniesInstances(policy, statement) !== 'yes') return []
        return [
          {
            kind: 'edit-statement',
            account,
            target: at,
            statement: statementId(statement, i),
            drop: [],
            set: { Condition: { ArnNotLike: { 'aws:PrincipalArn': instanceRoles(region) } } },
          },
        ]
      }),
      evidence: [],
      known: policy.statements.flatMap(statement => askedOfInstances(policy, statement)),
      because: 'EC2 attaches a volume with the role of the instance, which calls from no network of yours',
    },
  ],
})

const elsewhere = { StringNotEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }

export const examples = (): Examples => ({
  pass: {
    'the roles of instances are spared': world({
      ...elsewhere,
      ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws:ec2-infrastructure/*' },
    }),
    'what comes through EC2 is spared': world({
      StringNotEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0', 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' },
    }),
    'something else is denied': world(elsewhere, ['kms:PutKeyPolicy']),
  },
  fail: {
    'everyone outside of a VPC is denied': world(elsewhere),
    'everyone of other addresses is denied': world({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
  },
  unknown: {
    'who is spared is not known until apply': world({ ...elsewhere, ArnNotLike: { 'aws:PrincipalArn': later } }),
  },
})

/** A key whose policy denies under a condition. */
function world(condition: { readonly [operator: string]: Json }, actions = ['kms:Decrypt']): ExampleWorld {
  const everybody = [{ type: 'AWS', identifiers: ['*'] }]
  const conditions = Object.entries(condition).flatMap(([test, keys]) =>
    Object.entries(keys as JsonObject).map(([variable, value]) => ({ test, variable, values: [value] })),
  )
  const statement = [
    {
      effect: 'Allow',
      actions: ['kms:*'],
      resources: ['*'],
      principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::444455556666:root'] }],
    },
    { sid: 'Network', effect: 'Deny', actions, resources: ['*'], principals: everybody, condition: conditions },
  ]
  const resources = {
    'data.aws_iam_policy_document.image': { statement },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.image', 'json') },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
