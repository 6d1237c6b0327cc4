import type { Json, JsonObject } from '../intrinsics'
import { like, lower } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { isUnknown } from '../lang/maybe'
import { resourceOf } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Statement, Term } from '../lang/statement'
import { all, any, not, type Truth, truth } from '../lang/truth'
import { policies, statementId, statementName } from '../lang/written-policies'

/**
 * A policy that allows the use of keys names them, or closes it with a condition.
 *
 * On `*` it allows the use of every key that delegates to IAM, in the account and in others that trust it. Images need a few keys, and EC2
 * comes with `kms:ViaService`. A pattern of keys with an account in it is a choice, and not reported.
 */
export default rule({
  severity: 'warning',
  aliases: ['access-no-broad-key-resource'],
  symptoms: [],
  references: ['https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html'],

  *situations() {
    for (const policy of policies())
      if (!policy.isOfKey) yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ at, account, policy }) => [
    {
      kind: 'holds',
      what: 'the policy allows the use of keys that it names',
      otherwise: policy.statements
        .flatMap((one, i) => (isBroad(one) === 'yes' ? [statementName(policy, one, i)] : []))
        .map(name => `${name} allows the use of every key`)
        .join('; '),
      holds: not(any(policy.statements.map(isBroad))),
      severity: 'warning',
      fix: policy.statements.flatMap((one, i) => (isBroad(one) === 'yes' ? [closed(one, i, at, account)] : [])),
      evidence: [],
      known: policy.statements.flatMap(one =>
        isBroad(one) === 'unknown' ? ['the actions and resources of the policy'] : [],
      ),
      because: 'who may use every key may read every image and volume',
    },
  ],
})

function closed(statement: Statement, position: number, at: string, account: string | null): Fix {
  return {
    kind: 'edit-statement',
    account,
    target: at,
    statement: statementId(statement, position),
    drop: [],
    set: { Condition: { StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' } } },
  }
}

/** Whether an Allow without any condition is for the use of every key. */
function isBroad({ effect, actions, resources, conditions }: Statement): Truth {
  if (conditions.length > 0) return 'no'
  return all([
    isUnknown(effect) ? 'unknown' : truth(effect === 'Allow'),
    any((actions ?? []).map(isUse)),
    any((resources ?? []).map(isEveryKey)),
  ])
}

const USES = ['kms:creategrant', 'kms:decrypt', 'kms:encrypt', 'kms:generatedatakey', 'kms:reencryptfrom'] as const

function isUse(action: Term): Truth {
  if (isUnknown(action)) return 'unknown'
  return truth(USES.some(use => like(lower(action), use)))
}

/** A reference to a resource of the plans is to that one. */
function isEveryKey(resource: Term): Truth {
  if (isUnknown(resource)) return resource.candidates.flatMap(resourceOf).length > 0 ? 'no' : 'unknown'
  return truth(['*', 'arn:aws:kms:*:*:key/*', 'arn:aws:kms:*:*:*', 'arn:aws:kms:*'].includes(resource))
}

export const examples = (): Examples => ({
  pass: {
    'a key is named': world({ Resource: 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d' }),
    'the keys of an account are named': world({ Resource: 'arn:aws:kms:*:444455556666:key/*' }),
    'the use is through EC2': world({ Condition: { StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' } } }),
    'keys are only listed': world({ Action: ['kms:ListAliases', 'kms:CreateKey'] }),
  },
  fail: { 'every key may be used': world({}) },
  unknown: { 'the key is not known until apply': world({ Resource: [later] }) },
})

/** A role whose policy has one statement. */
function world(more: { readonly [element: string]: Json }): ExampleWorld {
  const { Action, Resource, Condition, ...rest } = {
    Action: ['kms:Decrypt'] as Json,
    Resource: '*' as Json,
    Condition: {} as Json,
    ...more,
  }
  const conditions = Object.entries(Condition as JsonObject).flatMap(([test, given]) =>
    Object.entries(given as JsonObject).map(([variable, value]) => ({ test, variable, values: [value] })),
  )
  const statement = { effect: 'Allow', actions: Action, resources: [Resource].flat(), condition: conditions, ...rest }
  const resources = {
    'data.aws_iam_policy_document.use': { statement: [statement] },
    'aws_iam_role_policy.use': { role: 'launcher', policy: { $ref: 'data.aws_iam_policy_document.use.json' } },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
