import { unknown } from '../../policies/lang/maybe'
import { type Asked, allow, ask, CONSUMER, deny, grant, KEY, may, mayNot, OWNER, role, root, slr } from './notation'

const runner = role(OWNER, 'runner')
const launcher = role(CONSUMER, 'launcher')
const scaling = slr(CONSUMER)
const where = {
  iam: 'aws_iam_role_policy.a.policy',
  key: 'aws_kms_key.image.policy',
  grant: 'aws_kms_grant.a',
  boundary: 'aws_iam_policy.boundary.policy',
}
const viaEc2 = { Condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } } }
const byOffice = { Sid: 'Office', Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }
const office = { 'aws:sourceip': unknown('the address of the caller') }

/** Each line: what is asked, and the evidence as `place: what`. */
test.each<readonly [claim: string, asked: Asked, evidence: readonly string[]]>([
  [
    'what allows is named',
    { caller: runner, key: [allow(runner, 'kms:*', { Sid: 'Use' })] },
    ['key: statement `Use` allows `kms:Decrypt`'],
  ],
  [
    'by its Sid, if it has one',
    { caller: runner, key: [allow(runner, 'kms:*')] },
    ['key: a statement allows `kms:Decrypt`'],
  ],
  [
    'a delegation is called so',
    { caller: runner, key: [allow(root(OWNER), 'kms:*', { Sid: 'Root' })], iam: [may('kms:Decrypt', KEY)] },
    [
      'key: statement `Root` allows `kms:Decrypt` to whom the IAM of the account allows it',
      'iam: a statement allows `kms:Decrypt`',
    ],
  ],
  [
    'what is about others is not named',
    { caller: runner, key: [allow(launcher, 'kms:*'), allow(runner, 'kms:Encrypt')] },
    [],
  ],
  [
    'what denies is named',
    { caller: runner, key: [deny('*', 'kms:*', { Sid: 'No' })] },
    ['key: statement `No` denies `kms:Decrypt`'],
  ],
  [
    'what does not deny is not',
    { caller: runner, key: [deny('*', 'kms:*', viaEc2)], iam: [mayNot('kms:Encrypt', '*')] },
    [],
  ],
  [
    'a condition that does not hold is named',
    { caller: runner, key: [allow(runner, 'kms:*', viaEc2)] },
    ['key: a statement would allow `kms:Decrypt`: its condition on `kms:ViaService` does not hold'],
  ],
  [
    'so is one that cannot be told',
    { caller: runner, context: office, key: [allow(runner, 'kms:*', byOffice)] },
    ['key: statement `Office` may allow `kms:Decrypt`: its condition on `aws:SourceIp` cannot be told'],
  ],
  [
    'in a deny too',
    { caller: runner, context: office, key: [deny(runner, 'kms:*', byOffice)] },
    ['key: statement `Office` may deny `kms:Decrypt`: its condition on `aws:SourceIp` cannot be told'],
  ],
  [
    'a statement without Resource is called dead',
    { caller: runner, key: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*' }] },
    ['key: a statement has no `Resource` and so no effect'],
  ],
  [
    'IAM for other keys is near',
    { caller: launcher, key: [], iam: [may('kms:*', `arn:aws:kms:*:${CONSUMER}:key/*`)] },
    ['iam: a statement allows `kms:Decrypt` on other resources only'],
  ],
  [
    'a grant that serves',
    { caller: scaling, grants: [grant(scaling, CONSUMER, ['Decrypt'])] },
    ['grant: the grant allows `kms:Decrypt`'],
  ],
  [
    'a grant without the operation',
    { caller: scaling, grants: [grant(scaling, CONSUMER, ['Encrypt'])] },
    ['grant: the grant does not list `kms:Decrypt`'],
  ],
  [
    'a grant of the wrong account',
    { caller: scaling, grants: [grant(scaling, OWNER, ['Decrypt'])] },
    ['grant: the grant lists `kms:Decrypt`, but was not issued from the account of the grantee'],
  ],
  [
    'a grant with a constraint',
    { caller: scaling, grants: [grant(scaling, CONSUMER, ['Decrypt'], true)] },
    ['grant: the grant may allow `kms:Decrypt`'],
  ],
  ['a grant to another', { caller: scaling, grants: [grant(runner, OWNER, ['Decrypt'])] }, []],
  [
    'a boundary in the way',
    { caller: runner, key: [allow(runner, 'kms:*')], boundary: [may('s3:*', '*')] },
    ['key: a statement allows `kms:Decrypt`', 'boundary: the permissions boundary does not allow `kms:Decrypt`'],
  ],
])('%s', (_, asked, evidence) => {
  const named = evidence.map(line => {
    const [place, what] = line.split(/: (.*)/s) as [keyof typeof where, string]
    return { at: where[place], what }
  })
  expect(ask(asked).evidence).toEqual(named)
})

/** Each line: what is asked, and what would make the answer known. */
test.each<readonly [asked: Asked, known: readonly string[]]>([
  [{ caller: runner, key: unknown('the policy of the key') }, ['the policy of the key']],
  [
    { caller: runner, key: [allow(root(OWNER), 'kms:*')], iam: unknown('the policies of the runner') },
    ['the policies of the runner'],
  ],
  [{ caller: runner, context: office, key: [allow(runner, 'kms:*', byOffice)] }, ['the address of the caller']],
  [
    { caller: runner, context: { 'aws:': unknown('the request') }, key: [allow(runner, 'kms:*', byOffice)] },
    ['the value of `aws:SourceIp` in the request'],
  ],
  [{ caller: scaling, grants: [grant(unknown('the grantee'), CONSUMER, ['Decrypt'])] }, ['the grantee']],
  [{ caller: scaling, grants: [grant(scaling, unknown('who makes the grant'), ['Decrypt'])] }, ['who makes the grant']],
  [
    { caller: scaling, grants: [grant(scaling, CONSUMER, ['Decrypt'], true)] },
    ['whether the constraint of aws_kms_grant.a fits the request'],
  ],
  [{ caller: scaling, authority: { otherGrants: 'unknown' } }, ['the grants on the key that no plan shows']],
  [
    { caller: { arn: unknown('the launcher'), account: OWNER, kind: 'role' }, key: [allow(runner, 'kms:*')] },
    ['the launcher'],
  ],
])('%j: %j', (asked, known) => {
  expect(ask(asked)).toMatchObject({ allowed: 'unknown', known })
})
