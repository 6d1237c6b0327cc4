import { distinct, index, type JsonObject, like, lower } from '../intrinsics'
import { anyoneIn } from '../lang/access'
import { accountOf } from '../lang/aws'
import { directContext } from '../lang/context'
import { type Decision, decide } from '../lang/decision'
import { nameOf } from '../lang/fix'
import { encryptionsBy, keyOf } from '../lang/key'
import { SOME_KEY } from '../lang/key-facts'
import { isUnknown, type Maybe, unknown } from '../lang/maybe'
import { attribute, type Node, resourceOf, resources } from '../lang/plan'
import { grantedKeys } from '../lang/planned-grants'
import { accountPrincipal } from '../lang/principal'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { serviceGrants } from '../lang/service-grants'
import type { Statement, Term } from '../lang/statement'
import { all, not, type Truth } from '../lang/truth'
import { plans } from '../lang/world'
import { policies, type WrittenPolicy } from '../lang/written-policies'

/**
 * Another account may create grants for AWS services only, unless it has to make one itself.
 *
 * Who may create any grant may pass the key on to anybody, for ever. EC2 asks for grants with `kms:GrantIsForAWSResource`, so that a
 * condition on it takes nothing away. An account that makes a grant for its service-linked role needs a statement without; it is best
 * closed with `kms:GranteePrincipal`.
 */
export default rule({
  severity: 'warning',
  aliases: ['access-grant-condition-for-services'],
  symptoms: [],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
  ],

  *situations() {
    for (const policy of policies())
      for (const consumer of consumersOf(policy))
        yield { at: policy.at, account: policy.account, region: policy.region, policy, consumer }
  },

  requirements: ({ at, account, region, policy, consumer }) => [
    {
      kind: 'holds',
      what: `account ${consumer} may create no other grants than it has to`,
      otherwise: `account ${consumer} may create any grant, and makes none itself`,
      holds: isClosed(policy, consumer),
      severity: 'warning',
      fix: [
        {
          kind: 'key-policy-statement',
          account,
          target: at.replaceAll('.policy', ''),
          statement: {
            Sid: 'KeyreachGrantsForServices',
            Effect: 'Deny',
            Principal: { AWS: nameOf(anyoneIn(consumer, region).arn) },
            Action: 'kms:CreateGrant',
            Resource: '*',
            Condition: { Bool: { 'kms:GrantIsForAWSResource': 'false' } },
          },
        },
      ],
      evidence: [],
      known: [
        `whether account ${consumer} makes a grant on the key itself (its plan)`,
        ...directly(policy, consumer).known,
      ],
      because: 'who may create any grant may pass the key on to anybody',
    },
  ],
})

/** The other accounts that the Allows of a key policy with CreateGrant name. */
function consumersOf({ isOfKey, account, statements }: WrittenPolicy): readonly string[] {
  if (!isOfKey || account === null) return []
  const named = statements.filter(isAboutGrants).flatMap(({ principals }) => principals ?? [])
  return distinct(named.flatMap(accountsIn)).filter(consumer => consumer !== account)
}

function isAboutGrants({ effect, actions }: Statement): boolean {
  return (
    !isUnknown(effect) &&
    effect === 'Allow' &&
    (actions ?? []).some(one => !isUnknown(one) && like(lower(one), 'kms:creategrant'))
  )
}

function accountsIn(principal: Term): readonly string[] {
  if (isUnknown(principal)) return []
  const account = accountPrincipal(principal) ?? accountOf(principal)
  return /^[0-9]{12}$/u.test(account) ? [account] : []
}

/** An account that makes grants on the key itself may have to make any; of one without a plan that is not known. */
function isClosed(policy: WrittenPolicy, consumer: string): Truth {
  const { keySide, denied } = directly(policy, consumer)
  const isOpen = all([keySide, not(denied)])
  const isMade = makesGrant(policy, consumer)
  if (isOpen === 'no' || isMade === 'yes') return 'yes'
  if (isOpen === 'unknown' || isMade === 'unknown' || !plans().some(({ account }) => account === consumer))
    return 'unknown'
  return 'no'
}

/** Whether an account makes a grant on the key of a policy. */
function makesGrant({ source }: WrittenPolicy, consumer: string): Truth {
  const keys = resourceOf(source).flatMap(keysOf)
  if (keys.some(key => granted(`${consumer}|${key}`).length > 0)) return 'yes'
  return granted(`${consumer}|`).length > 0 ? 'unknown' : 'no'
}

/** The ids of the keys that a resource gives a policy: itself, or those that it may name. */
function keysOf(source: Node): readonly string[] {
  if (source.type !== 'aws_kms_key_policy') return [keyOf(source).id]
  return encryptionsBy(keyIdentifier(source), source).flatMap(one => (one.kind === 'key' ? [one.key.id] : []))
}

function keyIdentifier(policy: Node<Schema['aws_kms_key_policy']>): Maybe<string> {
  return attribute(policy, 'key_id')
}

/** The grants that an account makes, by the key that they are on, or are meant for; under none where that is not known. */
const granted = index(function* () {
  for (const grant of resources('aws_kms_grant'))
    for (const one of grantedKeys(grant)) {
      if (one.kind === 'key') yield [`${grant.account ?? ''}|${one.key.id}`, grant.id]
      if (one.kind === 'unknown') yield [`${grant.account ?? ''}|`, grant.id]
    }
  for (const { grant, key } of serviceGrants()) yield [`${grant.account ?? ''}|${key?.id ?? ''}`, grant.id]
})

/** Whether somebody of the account may make a grant to anybody, not through an AWS service. */
function directly(policy: WrittenPolicy, consumer: string): Decision {
  const caller = anyoneIn(consumer, policy.region)
  const context = directContext(
    caller,
    'kms:CreateGrant',
    STRANGER,
    ['Decrypt'],
    SOME_KEY,
    unknown(`the organization of ${consumer}`),
  )
  return decide(caller, 'kms:CreateGrant', context, {
    keyArn: unknown('the ARN of the key'),
    keyAccount: policy.account ?? unknown('the account of the key'),
    keyRegion: policy.region ?? unknown('the region of the key'),
    keyPolicy: policy.statements,
    identity: [],
    boundary: null,
    grants: [],
    otherGrants: 'no',
  })
}

/** Whom no grant was meant for. */
const STRANGER = 'arn:aws:iam::000000000000:role/stranger'

const KEY = 'arn:aws:kms:eu-central-1:444455556666:key/1'

const scaling = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const create: JsonObject = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
  Resource: '*',
}
const forService: JsonObject = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }
const grant: JsonObject = {
  key_id: KEY,
  grantee_principal: scaling,
  operations: ['Decrypt'],
}

export const examples = (): Examples => ({
  pass: {
    'grants are for AWS services': world([{ ...create, Condition: forService }]),
    'the grantee is given': world([{ ...create, Condition: { StringEquals: { 'kms:GranteePrincipal': scaling } } }]),
    'all but two kinds of grants are denied': world([
      create,
      {
        ...create,
        Effect: 'Deny',
        Condition: {
          Bool: { 'kms:GrantIsForAWSResource': 'false' },
          StringNotEquals: { 'kms:GranteePrincipal': scaling },
        },
      },
    ]),
    'the account makes a grant on the key': world([create], { 'aws_kms_grant.scaling': grant }),
  },
  fail: {
    'the account may create any grant': world([create]),
    'the account makes a grant on another key': world([create], {
      'aws_kms_grant.scaling': { ...grant, key_id: 'arn:aws:kms:eu-central-1:444455556666:key/2' },
    }),
  },
  unknown: {
    'on which key the account makes a grant is not known until apply': world([create], {
      'aws_kms_grant.scaling': { ...grant, key_id: later },
    }),
    'no plan of the account is there': { accounts: world([create]).accounts.slice(0, 1) },
  },
})

/** A key of 444455556666 with these statements, and what 111122223333 has. */
function world(
  statements: readonly JsonObject[],
  consumer: { readonly [address: string]: JsonObject } = {},
): ExampleWorld {
  const policy = { Version: '2012-10-17', Statement: statements }
  return {
    accounts: [
      { id: '444455556666', resources: { 'aws_kms_key.image': { policy } }, identities: { 'aws_kms_key.image': KEY } },
      { id: '111122223333', resources: { 'aws_iam_role.launcher': { name: 'launcher' }, ...consumer } },
    ],
  }
}
