import type { JsonObject } from '../../policies/intrinsics'
import { directContext, ebsContext, type Membership } from '../../policies/lang/context'
import type { Grant } from '../../policies/lang/grant'
import { SOME_KEY } from '../../policies/lang/key-facts'
import { serviceLinkedRoleStatements } from '../../policies/lang/managed'
import { type Unknown, unknown } from '../../policies/lang/maybe'
import { allow, ask, CONSUMER, callerOf, deny, grant, KEY, may, mayNot, OWNER, role, root, slr } from './notation'

/*
 * What the oracle does not know, written by hand from AWS's documentation, in requests as EC2 really makes them: delegation, the role
 * that EC2 takes on for an instance, organizations, service-linked roles, grants and who issued them.
 */

type Way = 'EC2' | 'directly'

/** By whom, how and what is asked; the key policy, the caller's IAM, the grants; whether it is allowed. */
type Line = readonly [
  claim: string,
  caller: string,
  way: Way,
  action: string,
  key: readonly JsonObject[],
  iam: readonly JsonObject[],
  grants: readonly Grant[],
  allowed: 'yes' | 'no' | 'unknown',
]

function lines(
  title: string,
  table: readonly Line[],
  organization: Membership | null | Unknown = unknown('the organization'),
): void {
  describe(title, () => {
    test.each(table)('%s', (_, caller, way, action, key, iam, grants, allowed) => {
      const who = callerOf(caller)
      const context =
        way === 'EC2'
          ? ebsContext(who, action, 'eu-central-1', SOME_KEY, organization)
          : directContext(who, action, slr(CONSUMER), ['Decrypt'], SOME_KEY, organization)
      const authority = caller.includes('/aws-service-role/') ? { identity: serviceLinkedRoleStatements(caller) } : {}
      expect(ask({ caller, action, context, key, iam, grants, authority }).allowed).toBe(allowed)
    })
  })
}

const builder = role(OWNER, 'builder')
const launcher = role(CONSUMER, 'launcher')
const scaling = slr(CONSUMER)
const imageBuilder = role(OWNER, 'aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder')
const instance = role(OWNER, 'aws:ec2-infrastructure/i-0123456789abcdef0')
const elsewhere = role(CONSUMER, 'aws:ec2-infrastructure/i-0123456789abcdef0')

const where = (Condition: JsonObject) => ({ Condition })
const viaEc2 = where({ StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } })
const ofItsAccount = where({ StringEquals: { 'kms:CallerAccount': OWNER } })
const forServices = where({ Bool: { 'kms:GrantIsForAWSResource': 'true' } })
const delegated = allow(root(OWNER), 'kms:*')
const shared = allow(root(CONSUMER), 'kms:*')
const any = may('kms:*', '*')
const use = ['Decrypt', 'CreateGrant']
const D = 'kms:Decrypt'
const C = 'kms:CreateGrant'

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
lines('the account', [
  ['delegates to its IAM', builder, 'EC2', D, [delegated], [may(D, KEY)], [], 'yes'],
  ['gives nobody anything', builder, 'EC2', D, [delegated], [], [], 'no'],
  ['delegates under conditions', builder, 'EC2', D, [{ ...delegated, ...viaEc2 }], [any], [], 'yes'],
  [
    'delegates under conditions that do not hold',
    builder,
    'directly',
    D,
    [{ ...delegated, ...viaEc2 }],
    [any],
    [],
    'no',
  ],
  ['delegates what it lists', builder, 'EC2', C, [allow(root(OWNER), [D])], [any], [], 'no'],
  ['delegates only to its own', launcher, 'EC2', D, [delegated], [any], [], 'no'],
  ['of the consumer is half', launcher, 'EC2', D, [shared], [], [], 'no'],
  ['of the consumer and the IAM of the consumer', launcher, 'EC2', D, [shared], [may(D, KEY)], [], 'yes'],
  ['does not override its own IAM', builder, 'EC2', D, [delegated], [any, mayNot(D, KEY)], [], 'no'],
  ['needs no delegation for whom the key names', builder, 'EC2', D, [allow(builder, D)], [], [], 'yes'],
  [
    'everybody of an account, by condition, needs no IAM',
    builder,
    'EC2',
    D,
    [allow('*', D, ofItsAccount)],
    [],
    [],
    'yes',
  ],
  ['everybody of another account', launcher, 'EC2', D, [allow('*', D, ofItsAccount)], [any], [], 'no'],
])

// https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html: it has no policies but the grant that EC2 makes for it
lines('the role that EC2 takes on for an instance', [
  ['may nothing by itself', instance, 'EC2', D, [delegated], [], [], 'no'],
  ['may what its grant lists', instance, 'EC2', D, [], [], [grant(instance, OWNER, ['Decrypt'])], 'yes'],
  ['may nothing else', instance, 'EC2', C, [delegated], [], [grant(instance, OWNER, ['Decrypt'])], 'no'],
  [
    'is reached by a grant across accounts',
    elsewhere,
    'EC2',
    D,
    [],
    [],
    [grant(elsewhere, CONSUMER, ['Decrypt'])],
    'yes',
  ],
  ['is hit by a deny of everybody', instance, 'EC2', D, [deny('*', D)], [], [grant(instance, OWNER, use)], 'no'],
  [
    'may be hit by a deny of everybody outside a network',
    instance,
    'EC2',
    D,
    [deny('*', D, where({ NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))],
    [],
    [grant(instance, OWNER, use)],
    'unknown',
  ],
  [
    'is spared by its name',
    instance,
    'EC2',
    D,
    [
      deny(
        '*',
        D,
        where({
          NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
          ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws:ec2-infrastructure/*' },
        }),
      ),
    ],
    [],
    [grant(instance, OWNER, use)],
    'yes',
  ],
  [
    'is not spared by the name of its session',
    instance,
    'EC2',
    D,
    [
      deny(
        '*',
        D,
        where({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:sts::*:assumed-role/aws:ec2-infrastructure/*' } }),
      ),
    ],
    [],
    [grant(instance, OWNER, use)],
    'no',
  ],
])

const ofOrg = where({ StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } })
const notOfOrg = where({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-abc' } })
const notOfOrgIfAny = where({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abc' } })
const below = (path: string) => where({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': path } })
const allBelow = where({ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-abc/r-1/ou-2/*' } })

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
lines(
  'an account of the organization',
  [
    ['is let in by its id, beside its IAM', launcher, 'EC2', D, [allow('*', D, ofOrg)], [any], [], 'yes'],
    ['is let in by its id, without IAM not', launcher, 'EC2', D, [allow('*', D, ofOrg)], [], [], 'no'],
    ['needs no IAM where the key is', builder, 'EC2', D, [allow('*', D, ofOrg)], [], [], 'yes'],
    ['is let in by its unit', launcher, 'EC2', D, [allow('*', D, below('o-abc/r-1/ou-1/*'))], [any], [], 'yes'],
    ['is let in by the root', launcher, 'EC2', D, [allow('*', D, below('o-abc/r-1/*'))], [any], [], 'yes'],
    ['is not let in by another unit', launcher, 'EC2', D, [allow('*', D, below('o-abc/r-1/ou-2/*'))], [any], [], 'no'],
    [
      'is not let in by a path without its end',
      launcher,
      'EC2',
      D,
      [allow('*', D, below('o-abc/r-1/ou-1'))],
      [any],
      [],
      'no',
    ],
    ['is spared a deny of others', launcher, 'EC2', D, [shared, deny('*', D, notOfOrg)], [any], [], 'yes'],
    [
      'has service-linked roles in it, with a grant',
      scaling,
      'EC2',
      D,
      [deny('*', D, notOfOrg)],
      [],
      [grant(scaling, CONSUMER, use)],
      'yes',
    ],
  ],
  { id: 'o-abc', path: 'o-abc/r-1/ou-1/' },
)

lines(
  'an account of no organization',
  [
    ['is not let in by an id', launcher, 'EC2', D, [allow('*', D, ofOrg)], [any], [], 'no'],
    ['is not let in by a path', launcher, 'EC2', D, [allow('*', D, below('o-abc/*'))], [any], [], 'no'],
    [
      'is let in by ForAllValues, which holds of nothing',
      launcher,
      'EC2',
      D,
      [allow('*', D, allBelow)],
      [any],
      [],
      'yes',
    ],
    ['is hit by a deny of others', launcher, 'EC2', D, [shared, deny('*', D, notOfOrg)], [any], [], 'no'],
    ['is hit by it with IfExists', launcher, 'EC2', D, [shared, deny('*', D, notOfOrgIfAny)], [any], [], 'no'],
  ],
  null,
)

lines('an account of which that is not known', [
  ['may be let in by an id', launcher, 'EC2', D, [allow('*', D, ofOrg)], [any], [], 'unknown'],
  ['may be let in by a path', launcher, 'EC2', D, [allow('*', D, below('o-abc/*'))], [any], [], 'unknown'],
  ['may be hit by a deny of others', launcher, 'EC2', D, [shared, deny('*', D, notOfOrg)], [any], [], 'unknown'],
  ['is let in if its number stands beside it', launcher, 'EC2', D, [shared, allow('*', D, ofOrg)], [any], [], 'yes'],
])

lines(
  'an account of the organization whose unit is not known',
  [
    ['is let in by its id', launcher, 'EC2', D, [allow('*', D, ofOrg)], [any], [], 'yes'],
    ['may be let in by its unit', launcher, 'EC2', D, [allow('*', D, below('o-abc/r-1/ou-1/*'))], [any], [], 'unknown'],
  ],
  { id: 'o-abc', path: unknown('the unit') },
)

// https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html,
// https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-service-linked-role.html
lines('a service-linked role', [
  ['whose policy has no KMS needs the key to name it', slr(OWNER), 'EC2', D, [delegated], [], [], 'no'],
  ['that the key names needs nothing else', slr(OWNER), 'EC2', D, [allow(slr(OWNER), 'kms:*')], [], [], 'yes'],
  ['may have grants made for services', slr(OWNER), 'EC2', C, [allow(slr(OWNER), C, forServices)], [], [], 'yes'],
  [
    'is no service',
    slr(OWNER),
    'EC2',
    D,
    [allow('*', D, where({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }))],
    [],
    [],
    'no',
  ],
  [
    'does not ask through a service',
    slr(OWNER),
    'EC2',
    D,
    [allow('*', D, where({ Bool: { 'aws:ViaAWSService': 'true' } }))],
    [],
    [],
    'no',
  ],
  [
    'is not named by its name without its path',
    slr(OWNER),
    'EC2',
    D,
    [allow(role(OWNER, 'AWSServiceRoleForAutoScaling'), D)],
    [],
    [],
    'no',
  ],
  ['whose policy has KMS needs delegation alone', imageBuilder, 'EC2', D, [delegated], [], [], 'yes'],
  ['whose policy has KMS for EC2 may nothing directly', imageBuilder, 'directly', D, [delegated], [], [], 'no'],
  ['of another account is not helped by its name', scaling, 'EC2', D, [allow(scaling, 'kms:*')], [], [], 'no'],
  ['of another account is not helped by its account', scaling, 'EC2', D, [shared], [], [], 'no'],
  ['of another account needs a grant', scaling, 'EC2', D, [shared], [], [grant(scaling, CONSUMER, use)], 'yes'],
])

// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html,
// https://repost.aws/knowledge-center/kms-launch-ec2-instance: created from the account of the group, not of the key
lines('a grant', [
  ['of the consumer is both halves', scaling, 'EC2', C, [], [], [grant(scaling, CONSUMER, use)], 'yes'],
  ['of the owner is one', scaling, 'EC2', D, [], [], [grant(scaling, OWNER, use)], 'no'],
  ['of the owner and IAM', launcher, 'EC2', D, [], [any], [grant(launcher, OWNER, use)], 'yes'],
  ['of the owner within its account', slr(OWNER), 'EC2', D, [], [], [grant(slr(OWNER), OWNER, use)], 'yes'],
  ['to another role', scaling, 'EC2', D, [], [], [grant(launcher, CONSUMER, use)], 'no'],
  ['without the operation', scaling, 'EC2', 'kms:ReEncryptFrom', [], [], [grant(scaling, CONSUMER, use)], 'no'],
  [
    'of two, one with each operation',
    scaling,
    'EC2',
    D,
    [],
    [],
    [grant(scaling, CONSUMER, ['Encrypt']), grant(scaling, CONSUMER, ['Decrypt'])],
    'yes',
  ],
  ['is void under a deny', scaling, 'EC2', D, [deny(root(CONSUMER), D)], [], [grant(scaling, CONSUMER, use)], 'no'],
  ['is made by whom both sides let', launcher, 'directly', C, [allow(root(CONSUMER), C)], [may(C, KEY)], [], 'yes'],
  [
    'is not made where only services may',
    launcher,
    'directly',
    C,
    [allow(root(CONSUMER), C, forServices)],
    [any],
    [],
    'no',
  ],
  [
    'is not made directly where only EC2 may',
    launcher,
    'directly',
    C,
    [allow(root(CONSUMER), C, viaEc2)],
    [any],
    [],
    'no',
  ],
  [
    'is made for the grantee that is let',
    launcher,
    'directly',
    C,
    [allow(root(CONSUMER), C, where({ StringEquals: { 'kms:GranteePrincipal': scaling } }))],
    [any],
    [],
    'yes',
  ],
  [
    'is not made for another',
    launcher,
    'directly',
    C,
    [allow(root(CONSUMER), C, where({ StringEquals: { 'kms:GranteePrincipal': slr(OWNER) } }))],
    [any],
    [],
    'no',
  ],
  [
    'is not made with other operations than are let',
    launcher,
    'directly',
    C,
    [allow(root(CONSUMER), C, where({ 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt'] } }))],
    [any],
    [],
    'no',
  ],
])
