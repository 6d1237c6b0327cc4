import type { Json, JsonObject } from '../intrinsics'
import { type Death, deathOf } from '../lang/dead-statement'
import { isUnknown } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Truth } from '../lang/truth'
import { policies, statementName, type WrittenPolicy } from '../lang/written-policies'

/**
 * Every statement about keys can have the effect that it was written for.
 *
 * AWS takes statements that match nothing: one without `Resource` in a key policy, or with the ARN of another key, where `*` is the key itself;
 * `kms:GrantIsForAWSResource` on anything but CreateGrant, ListGrants and RevokeGrant; `aws:SourceAccount` on a role; EC2 or Auto Scaling as
 * a service, as which EBS never comes; actions that no other account can be given. Whoever wrote it believes that something is allowed, or
 * denied, that is not.
 */
export default rule({
  severity: 'warning',
  aliases: ['kms-no-dead-statements'],
  symptoms: [
    'is not authorized to perform: kms:Decrypt on resource: {key} because no resource-based policy allows the kms:Decrypt action',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  ],

  *situations() {
    for (const policy of policies())
      yield { at: policy.at, account: policy.account, region: policy.region, policy, deaths: deathsIn(policy) }
  },

  requirements: ({ policy, deaths }) => [
    {
      kind: 'holds',
      what: 'every statement of the policy can match',
      otherwise: deaths.map(({ why }) => why).join('; '),
      holds: deaths.length > 0 ? 'no' : areKnown(policy),
      severity: 'warning',
      fix: deaths.map(({ fix }) => fix),
      evidence: [],
      known: policy.statements.flatMap(({ effect }) => (isUnknown(effect) ? [effect.unknown] : [])),
      because: 'a statement that matches nothing allows and denies nothing',
    },
  ],
})

/** Every statement of a policy that matches nothing, by its name. */
function deathsIn(policy: WrittenPolicy): readonly Death[] {
  return policy.statements.flatMap((statement, i) => {
    const death = deathOf(policy, statement, i)
    if (death === null) return []
    return [{ why: `${statementName(policy, statement, i)} ${death.why}`, fix: death.fix }]
  })
}

function areKnown({ statements }: WrittenPolicy): Truth {
  return statements.some(({ effect }) => isUnknown(effect)) ? 'unknown' : 'yes'
}

const own = { AWS: 'arn:aws:iam::444455556666:role/launcher' }
const consumer = { AWS: 'arn:aws:iam::111122223333:root' }
const forService = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }
const grants = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant']

export const examples = (): Examples => ({
  pass: {
    'a role may use the key': world({ Principal: own }),
    'grants are for AWS services': world({ Principal: consumer, Action: grants, Condition: forService }),
    'a service of another kind may use the key': world({ Principal: { Service: 'logs.eu-central-1.amazonaws.com' } }),
    'all actions are for AWS services': world({ Principal: consumer, Action: 'kms:*', Condition: forService }),
  },
  fail: {
    'there is no Resource': world({ Principal: own, Resource: null }),
    'its Resource is another key': world({
      Principal: own,
      Resource: 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f',
    }),
    'the use is closed by a condition of grants': world({ Principal: own, Condition: forService }),
    'a role has to come from an account as services do': world({
      Principal: own,
      Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } },
    }),
    'EC2 as a service may use the key': world({ Principal: { Service: 'ec2.amazonaws.com' } }),
    'another account may change the policy': world({ Principal: consumer, Action: ['kms:PutKeyPolicy'] }),
  },
  unknown: {
    'the policy is not known until apply': {
      accounts: [{ id: '444455556666', resources: { 'aws_kms_key.image': { policy: later } } }],
    },
  },
})

/** A key with a statement besides the one for its account. */
function world(statement: { readonly [element: string]: Json }): ExampleWorld {
  const root = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 'kms:*', Resource: '*' }
  const whole: JsonObject = { Sid: 'Use', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: '*', ...statement }
  const given = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null))
  const resources = { 'aws_kms_key.image': { policy: { Version: '2012-10-17', Statement: [root, given] } } }
  return { accounts: [{ id: '444455556666', resources }] }
}
