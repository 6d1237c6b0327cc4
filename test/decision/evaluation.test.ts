import { unknown } from '../../policies/lang/maybe'
import {
  type Asked,
  allow,
  ask,
  CONSUMER,
  deny,
  grant,
  KEY,
  may,
  mayNot,
  OWNER,
  role,
  root,
  slr,
  user,
} from './notation'

/** Each line: what is claimed, what is asked, and whether `kms:Decrypt` is allowed. The sections follow AWS's evaluation logic. */
type Line = readonly [claim: string, asked: Asked, allowed: 'yes' | 'no' | 'unknown']

function lines(title: string, table: readonly Line[]): void {
  describe(title, () => {
    test.each(table)('%s', (_, asked, allowed) => {
      const decision = ask(asked)
      expect(decision.allowed).toBe(allowed)
      expect(decision.known.length > 0).toBe(allowed === 'unknown')
    })
  })
}

const runner = role(OWNER, 'build/runner')
const launcher = role(CONSUMER, 'launcher')
const scaling = slr(CONSUMER)
const session = `arn:aws:sts::${OWNER}:assumed-role/runner/build`
const ada = user(OWNER, 'ada')
const except = (principals: readonly string[]) => ({
  Effect: 'Deny',
  NotPrincipal: { AWS: principals },
  Action: 'kms:*',
  Resource: '*',
})
const boundaryElsewhere = [may('s3:*', '*')]
const all8 = ['Encrypt', 'Decrypt', 'CreateGrant']

lines('in the account of the key', [
  ['nothing is allowed by nothing', { caller: runner }, 'no'],
  [
    'a role that the key policy names needs no policy of its own',
    { caller: runner, key: [allow(runner, 'kms:*')] },
    'yes',
  ],
  ['the path is part of the name of a role', { caller: runner, key: [allow(role(OWNER, 'runner'), 'kms:*')] }, 'no'],
  ['a role covers its sessions, whose ARN has no path', { caller: session, key: [allow(runner, 'kms:*')] }, 'yes'],
  ['a session can be named', { caller: session, key: [allow(session, 'kms:*')] }, 'yes'],
  [
    'another session of the role is another',
    { caller: session, key: [allow(session.replace('/build', '/test'), 'kms:*')] },
    'no',
  ],
  ['which session a role will have is not known', { caller: runner, key: [allow(session, 'kms:*')] }, 'unknown'],
  [
    'the session of Auto Scaling is known',
    {
      caller: slr(OWNER),
      key: [allow(`arn:aws:sts::${OWNER}:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling`, 'kms:*')],
    },
    'yes',
  ],
  ['a user is named by its ARN', { caller: user(OWNER, 'ada'), key: [allow(user(OWNER, 'ada'), 'kms:*')] }, 'yes'],
  ['everybody is everybody', { caller: runner, key: [allow('*', 'kms:*')] }, 'yes'],
  ['`"*"` is `{"AWS": "*"}`', { caller: runner, key: [{ ...allow('*', 'kms:*'), Principal: '*' }] }, 'yes'],
  ['the account alone gives nobody access', { caller: runner, key: [allow(root(OWNER), 'kms:*')] }, 'no'],
  [
    'the account lets its own IAM decide',
    { caller: runner, key: [allow(root(OWNER), 'kms:*')], iam: [may('kms:Decrypt', KEY)] },
    'yes',
  ],
  [
    'its number is the account',
    { caller: runner, key: [allow(OWNER, 'kms:*')], iam: [may('kms:Decrypt', KEY)] },
    'yes',
  ],
  [
    'only what it lists is delegated',
    { caller: runner, key: [allow(root(OWNER), 'kms:Describe*')], iam: [may('kms:*', '*')] },
    'no',
  ],
  ['without delegation IAM allows nothing', { caller: runner, iam: [may('kms:*', '*')] }, 'no'],
  [
    'without delegation IAM still forbids',
    { caller: runner, key: [allow(runner, 'kms:*')], iam: [mayNot('kms:*', '*')] },
    'no',
  ],
  [
    'a deny of the key policy decides',
    { caller: runner, key: [allow(runner, 'kms:*'), deny('*', 'kms:Decrypt')] },
    'no',
  ],
  [
    'a deny of the account is a deny of all in it',
    { caller: runner, key: [allow(runner, 'kms:*'), deny(root(OWNER), 'kms:*')] },
    'no',
  ],
  [
    'a service is not the role that it acts as',
    { caller: slr(OWNER), key: [{ ...allow('', 'kms:*'), Principal: { Service: 'autoscaling.amazonaws.com' } }] },
    'no',
  ],
  ['a principal has no wildcards', { caller: runner, key: [allow(role(OWNER, 'build/*'), 'kms:*')] }, 'no'],
  ['the id of a deleted role names nobody', { caller: runner, key: [allow('AROAEXAMPLEID', 'kms:*')] }, 'no'],
  ['a key policy that is not known decides nothing', { caller: runner, key: unknown('the policy') }, 'unknown'],
  [
    'policies of the caller that are not known may forbid',
    { caller: runner, key: [allow(runner, 'kms:*')], iam: unknown('its policies') },
    'unknown',
  ],
])

lines('across accounts', [
  ['a key policy that names the caller is half', { caller: launcher, key: [allow(launcher, 'kms:*')] }, 'no'],
  ['one that names its account is the same half', { caller: launcher, key: [allow(root(CONSUMER), 'kms:*')] }, 'no'],
  ['the caller’s IAM is the other half', { caller: launcher, iam: [may('kms:*', KEY)] }, 'no'],
  [
    'both are enough',
    { caller: launcher, key: [allow(root(CONSUMER), 'kms:*')], iam: [may('kms:Decrypt', KEY)] },
    'yes',
  ],
  [
    'everybody on the key’s side will do',
    { caller: launcher, key: [allow('*', 'kms:*')], iam: [may('kms:Decrypt', KEY)] },
    'yes',
  ],
  [
    'IAM has to mean this key',
    {
      caller: launcher,
      key: [allow(root(CONSUMER), 'kms:*')],
      iam: [may('kms:*', KEY.replace('1234abcd', 'ffffffff'))],
    },
    'no',
  ],
  [
    'a pattern may mean it',
    { caller: launcher, key: [allow(root(CONSUMER), 'kms:*')], iam: [may('kms:*', `arn:aws:kms:*:${OWNER}:key/*`)] },
    'yes',
  ],
  [
    'keys of one’s own account are others',
    { caller: launcher, key: [allow(root(CONSUMER), 'kms:*')], iam: [may('kms:*', `arn:aws:kms:*:${CONSUMER}:key/*`)] },
    'no',
  ],
  [
    'an alias is not the key',
    {
      caller: launcher,
      key: [allow(root(CONSUMER), 'kms:*')],
      iam: [may('kms:*', `arn:aws:kms:eu-central-1:${OWNER}:alias/image`)],
    },
    'no',
  ],
  [
    'some actions have no effect for outsiders',
    { caller: launcher, action: 'kms:PutKeyPolicy', key: [allow(launcher, 'kms:*')], iam: [may('kms:*', '*')] },
    'no',
  ],
  [
    'they have within the account',
    { caller: runner, action: 'kms:PutKeyPolicy', key: [allow(runner, 'kms:*')] },
    'yes',
  ],
  [
    'ListGrants has an effect for outsiders',
    { caller: launcher, action: 'kms:ListGrants', key: [allow(launcher, 'kms:*')], iam: [may('kms:*', '*')] },
    'yes',
  ],
  [
    'naming a service-linked role is not enough: its own policy has no KMS',
    { caller: scaling, key: [allow(scaling, 'kms:*')] },
    'no',
  ],
  [
    'an account that cannot be told',
    { caller: launcher, key: [allow(launcher, 'kms:*')], authority: { keyAccount: unknown('the account of the key') } },
    'unknown',
  ],
  [
    'an account that does not matter',
    {
      caller: launcher,
      key: [allow(launcher, 'kms:*')],
      iam: [may('kms:*', '*')],
      authority: { keyAccount: unknown('the account of the key') },
    },
    'yes',
  ],
])

lines('grants', [
  ['serve within the account without any policy', { caller: runner, grants: [grant(runner, OWNER, all8)] }, 'yes'],
  ['list what they allow', { caller: runner, grants: [grant(runner, OWNER, ['Encrypt'])] }, 'no'],
  ['are to one principal', { caller: runner, grants: [grant(role(OWNER, 'runner'), OWNER, all8)] }, 'no'],
  ['of a role are its sessions’', { caller: session, grants: [grant(runner, OWNER, all8)] }, 'yes'],
  [
    'are both halves if the caller’s account issued them',
    { caller: scaling, grants: [grant(scaling, CONSUMER, all8)] },
    'yes',
  ],
  [
    'are the key’s half only if the key’s account issued them',
    { caller: scaling, grants: [grant(scaling, OWNER, all8)] },
    'no',
  ],
  [
    'are then completed by IAM',
    { caller: launcher, grants: [grant(launcher, OWNER, all8)], iam: [may('kms:*', '*')] },
    'yes',
  ],
  [
    'of an unknown issuer',
    { caller: scaling, grants: [grant(scaling, unknown('who makes the grant'), all8)] },
    'unknown',
  ],
  [
    'do not override a deny',
    { caller: scaling, key: [deny('*', 'kms:*')], grants: [grant(scaling, CONSUMER, all8)] },
    'no',
  ],
  [
    'with a constraint hold for some requests',
    { caller: scaling, grants: [grant(scaling, CONSUMER, all8, true)] },
    'unknown',
  ],
  [
    'with a constraint let DescribeKey be',
    { caller: scaling, action: 'kms:DescribeKey', grants: [grant(scaling, CONSUMER, ['DescribeKey'], true)] },
    'yes',
  ],
  [
    'with an operation that is not known',
    { caller: scaling, grants: [grant(scaling, CONSUMER, [unknown('an operation')])] },
    'unknown',
  ],
  ['that no plan shows', { caller: scaling, authority: { otherGrants: 'unknown' } }, 'unknown'],
  ['to a whole account', { caller: launcher, grants: [grant(root(CONSUMER), CONSUMER, all8)] }, 'unknown'],
])

lines('statements', [
  ['names of actions have no case', { caller: runner, key: [allow(runner, 'KMS:dECRYPT')] }, 'yes'],
  [
    '`kms:ReEncrypt` is no action',
    { caller: runner, action: 'kms:ReEncryptFrom', key: [allow(runner, 'kms:ReEncrypt')] },
    'no',
  ],
  [
    '`kms:ReEncrypt*` is two',
    { caller: runner, action: 'kms:ReEncryptFrom', key: [allow(runner, 'kms:ReEncrypt*')] },
    'yes',
  ],
  [
    'one without Resource has no effect',
    { caller: runner, key: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*' }] },
    'no',
  ],
  [
    'one for another key has none either',
    { caller: runner, key: [allow(runner, 'kms:*', { Resource: KEY.replace('1234', '4321') })] },
    'no',
  ],
  [
    'NotAction is every other',
    { caller: runner, key: [{ Effect: 'Allow', Principal: '*', NotAction: 'kms:Encrypt', Resource: '*' }] },
    'yes',
  ],
  [
    'NotAction is not what it lists',
    { caller: runner, key: [{ Effect: 'Allow', Principal: '*', NotAction: 'kms:De*', Resource: '*' }] },
    'no',
  ],
  [
    'NotResource is every other',
    {
      caller: runner,
      key: [allow(root(OWNER), 'kms:*')],
      iam: [{ Effect: 'Allow', Action: 'kms:*', NotResource: 'arn:aws:s3:::*' }],
    },
    'yes',
  ],
  [
    'NotResource is not what it lists',
    {
      caller: runner,
      key: [allow(root(OWNER), 'kms:*')],
      iam: [{ Effect: 'Allow', Action: 'kms:*', NotResource: 'arn:aws:kms:*' }],
    },
    'no',
  ],
  [
    'a variable stands behind the fifth colon only',
    {
      caller: runner,
      context: { 'aws:principalaccount': [OWNER] },
      key: [allow(root(OWNER), 'kms:*')],
      iam: [may('kms:*', 'arn:aws:kms:*:${aws:PrincipalAccount}:key/*')],
    },
    'no',
  ],
  [
    'NotPrincipal with Allow is everybody else',
    {
      caller: runner,
      key: [{ Effect: 'Allow', NotPrincipal: { AWS: root(CONSUMER) }, Action: 'kms:*', Resource: '*' }],
    },
    'yes',
  ],
  [
    'NotPrincipal with Allow is not whom it names',
    { caller: runner, key: [{ Effect: 'Allow', NotPrincipal: { AWS: runner }, Action: 'kms:*', Resource: '*' }] },
    'no',
  ],
  [
    'NotPrincipal with Deny spares a user that it names with the account',
    { caller: ada, key: [allow(ada, 'kms:*'), except([ada, root(OWNER)])] },
    'yes',
  ],
  [
    'NotPrincipal with Deny spares a role that it names with session and account',
    { caller: session, key: [allow(runner, 'kms:*'), except([session, runner, root(OWNER)])] },
    'yes',
  ],
  [
    'NotPrincipal with Deny may spare a role that it names without a session',
    { caller: runner, key: [allow(runner, 'kms:*'), except([runner, root(OWNER)])] },
    'unknown',
  ],
  [
    'NotPrincipal with Deny does not spare whom it names without the account',
    { caller: runner, key: [allow(runner, 'kms:*'), except([runner])] },
    'no',
  ],
  [
    'NotPrincipal with Deny spares nobody with a boundary',
    { caller: ada, boundary: [may('*', '*')], key: [allow(ada, 'kms:*'), except([ada, root(OWNER)])] },
    'no',
  ],
  [
    'one whose Effect is garbage does nothing',
    { caller: runner, key: [{ ...allow(runner, 'kms:*'), Effect: 'allow' }] },
    'no',
  ],
  [
    'one whose elements are garbage does nothing',
    { caller: runner, key: [{ ...allow(runner, 'kms:*'), Action: { a: 1 } }] },
    'no',
  ],
])

lines('permissions boundaries', [
  [
    'limit what IAM allows',
    { caller: runner, key: [allow(root(OWNER), 'kms:*')], iam: [may('kms:*', '*')], boundary: boundaryElsewhere },
    'no',
  ],
  [
    'let through what both allow',
    { caller: runner, key: [allow(root(OWNER), 'kms:*')], iam: [may('kms:*', '*')], boundary: [may('kms:*', '*')] },
    'yes',
  ],
  [
    'limit what a key policy gives a role',
    { caller: runner, key: [allow(runner, 'kms:*')], boundary: boundaryElsewhere },
    'no',
  ],
  [
    'do not limit what it gives a user',
    { caller: user(OWNER, 'ada'), key: [allow(user(OWNER, 'ada'), 'kms:*')], boundary: boundaryElsewhere },
    'yes',
  ],
  [
    'do not limit what it gives a session',
    { caller: session, key: [allow(session, 'kms:*')], boundary: boundaryElsewhere },
    'yes',
  ],
  [
    'limit the caller’s half across accounts',
    { caller: launcher, key: [allow(launcher, 'kms:*')], iam: [may('kms:*', '*')], boundary: boundaryElsewhere },
    'no',
  ],
  [
    'forbid',
    { caller: user(OWNER, 'ada'), key: [allow(user(OWNER, 'ada'), 'kms:*')], boundary: [mayNot('kms:Decrypt', '*')] },
    'no',
  ],
  [
    'that are not known',
    { caller: runner, key: [allow(runner, 'kms:*')], boundary: unknown('the boundary') },
    'unknown',
  ],
])

const anyone = root(CONSUMER)

lines('some principal of an account, if its own IAM allows it', [
  ['is admitted by its account', { caller: anyone, key: [allow(root(CONSUMER), 'kms:*')] }, 'yes'],
  ['is admitted with everybody', { caller: anyone, key: [allow('*', 'kms:*')] }, 'yes'],
  ['is admitted by its name', { caller: anyone, key: [allow(launcher, 'kms:*')] }, 'yes'],
  ['is not admitted by another account', { caller: anyone, key: [allow(root(OWNER), 'kms:*')] }, 'no'],
  ['is denied with its account', { caller: anyone, key: [allow('*', 'kms:*'), deny(CONSUMER, 'kms:*')] }, 'no'],
  ['is not denied by the name of one', { caller: anyone, key: [allow('*', 'kms:*'), deny(launcher, 'kms:*')] }, 'yes'],
])

const REF = '0|aws_iam_role.runner'
const made = { unknown: 'aws_iam_role.runner.arn', candidates: [REF] }
const other = { unknown: 'aws_iam_role.other.arn', candidates: ['0|aws_iam_role.other'] }
const either = { unknown: 'the role', candidates: [REF, '0|aws_iam_role.other'] }
const notMade = { arn: made, account: OWNER, kind: 'role' as const }
const statement = {
  sid: null,
  effect: 'Allow',
  notPrincipals: null,
  otherPrincipals: [],
  actions: ['kms:*'],
  notActions: null,
  resources: ['*'],
  notResources: null,
  conditions: [],
  at: '',
}

describe('what is not made yet', () => {
  test.each([
    ['is itself', made, 'yes'],
    ['is itself by its id', REF, 'yes'],
    ['is no other', other, 'no'],
    ['may be one of two', either, 'unknown'],
    ['may have a written ARN', runner, 'unknown'],
    ['has not the ARN of a user', user(OWNER, 'ada'), 'no'],
    ['has not the ARN of a service-linked role', slr(OWNER), 'no'],
    ['has not the ARN of another account’s', launcher, 'no'],
    ['may be anything not known', unknown('a principal'), 'unknown'],
    ['is not known from elsewhere', { unknown: 'a principal', candidates: ['?'] }, 'unknown'],
  ])('%s', (_, principal, allowed) => {
    const keyPolicy = [{ ...statement, principals: [principal] }]
    expect(ask({ caller: notMade, authority: { keyPolicy } }).allowed).toBe(allowed)
  })

  test.each([
    ['is covered by everything', '*', 'yes'],
    ['is covered by its reference', { unknown: 'aws_kms_key.image.arn', candidates: ['0|aws_kms_key.image'] }, 'yes'],
    ['is not covered by another key', { unknown: 'aws_kms_key.b.arn', candidates: ['0|aws_kms_key.b'] }, 'no'],
    ['is covered by its account and region', `arn:aws:kms:eu-central-1:${OWNER}:key/*`, 'yes'],
    ['is not covered by another region', `arn:aws:kms:eu-west-1:${OWNER}:key/*`, 'no'],
    ['is not covered by another account', `arn:aws:kms:*:${CONSUMER}:key/*`, 'no'],
    ['is not covered by another service', 'arn:aws:s3:::*', 'no'],
    ['may be a written key', KEY, 'unknown'],
    ['is covered by all of the service', 'arn:aws:kms:*', 'yes'],
  ])('a key %s', (_, resource, allowed) => {
    const identity = [{ ...statement, principals: null, resources: [resource] }]
    const keyArn = { unknown: 'aws_kms_key.image.arn', candidates: ['0|aws_kms_key.image'] }
    expect(ask({ caller: runner, key: [allow(root(OWNER), 'kms:*')], authority: { identity, keyArn } }).allowed).toBe(
      allowed,
    )
  })
})
