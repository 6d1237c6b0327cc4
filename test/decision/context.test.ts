import type { JsonObject } from '../../policies/intrinsics'
import { EBS_MIN } from '../../policies/lang/aws'
import { directContext, ebsContext, type KeyFacts } from '../../policies/lang/context'
import { serviceLinkedRoleStatements } from '../../policies/lang/managed'
import { type Unknown, unknown } from '../../policies/lang/maybe'
import { allow, ask, CONSUMER, callerOf, OWNER, role, root, slr } from './notation'

const key: KeyFacts = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: true,
  multiRegionType: 'PRIMARY',
}
const membership = { id: 'o-abc', path: 'o-abc/r-1/ou-1/' }
const runner = role(OWNER, 'runner')
const scaling = slr(OWNER)
const imageBuilder = role(OWNER, 'aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder')

type Way = 'EC2' | 'direct'

function allowed(way: Way, caller: string, action: string, condition: JsonObject): string {
  const who = callerOf(caller)
  const context =
    way === 'EC2'
      ? ebsContext(who, action, 'eu-central-1', key, membership)
      : directContext(
          who,
          action,
          action === 'kms:CreateGrant' ? scaling : null,
          ['Decrypt', 'CreateGrant'],
          key,
          membership,
        )
  return ask({ caller, action, context, key: [allow('*', 'kms:*', { Condition: condition })] }).allowed
}

/** Each line: the condition of an Allow, and whether it lets `kms:Decrypt` and `kms:CreateGrant` through. */
test.each([
  ['EC2', runner, { StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } }, 'yes', 'yes'],
  ['EC2', runner, { StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' } }, 'yes', 'yes'],
  ['EC2', runner, { StringEquals: { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } }, 'no', 'no'],
  ['EC2', runner, { StringEquals: { 'kms:CallerAccount': OWNER } }, 'yes', 'yes'],
  ['EC2', runner, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'no', 'yes'],
  ['EC2', runner, { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:ebs:id' } }, 'yes', 'yes'],
  ['EC2', runner, { StringLike: { 'kms:EncryptionContext:aws:ebs:id': 'vol-*' } }, 'unknown', 'unknown'],
  ['EC2', runner, { StringLike: { 'kms:EncryptionContext:Team': '*' } }, 'no', 'no'],
  ['EC2', runner, { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }, 'yes', 'unknown'],
  ['EC2', runner, { ArnLike: { 'kms:GranteePrincipal': scaling } }, 'no', 'unknown'],
  ['EC2', runner, { StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextSubset' } }, 'no', 'yes'],
  ['EC2', runner, { Bool: { 'aws:ViaAWSService': 'true' } }, 'yes', 'yes'],
  ['EC2', scaling, { Bool: { 'aws:ViaAWSService': 'true' } }, 'no', 'no'],
  ['EC2', scaling, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, 'no', 'no'],
  ['EC2', scaling, { StringEquals: { 'aws:SourceAccount': OWNER } }, 'no', 'no'],
  ['EC2', scaling, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWNER}:role/aws-service-role/*` } }, 'yes', 'yes'],
  ['EC2', runner, { ArnEquals: { 'aws:PrincipalArn': root(OWNER) } }, 'no', 'no'],
  ['EC2', runner, { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } }, 'yes', 'yes'],
  ['EC2', runner, { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abc/r-1/*' } }, 'yes', 'yes'],
  ['EC2', runner, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, 'unknown', 'unknown'],
  ['EC2', runner, { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, 'unknown', 'unknown'],
  ['EC2', runner, { StringEquals: { 'aws:PrincipalTag/team': 'a' } }, 'unknown', 'unknown'],
  ['EC2', runner, { StringEquals: { 'aws:ResourceTag/team': 'a' } }, 'unknown', 'unknown'],
  ['EC2', runner, { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'ec2.amazonaws.com' } }, 'no', 'no'],
  ['EC2', runner, { Bool: { 'kms:MultiRegion': true } }, 'yes', 'yes'],
  [
    'EC2',
    runner,
    { StringEquals: { 'kms:MultiRegionKeyType': 'PRIMARY', 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } },
    'yes',
    'yes',
  ],
  ['direct', runner, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'no', 'no'],
  ['direct', runner, { Bool: { 'kms:GrantIsForAWSResource': 'false' } }, 'no', 'yes'],
  ['direct', runner, { StringLike: { 'kms:ViaService': '*' } }, 'no', 'no'],
  ['direct', runner, { ArnEquals: { 'kms:GranteePrincipal': scaling } }, 'no', 'yes'],
  ['direct', runner, { ArnEquals: { 'kms:GranteePrincipal': runner } }, 'no', 'no'],
  [
    'direct',
    runner,
    { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt', 'CreateGrant'] } },
    'yes',
    'yes',
  ],
  ['direct', runner, { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }, 'yes', 'no'],
  ['direct', runner, { Bool: { 'aws:ViaAWSService': 'false' } }, 'yes', 'yes'],
] as const)('%s for %s under %j: Decrypt %s, CreateGrant %s', (way, caller, condition, decrypt, createGrant) => {
  expect([allowed(way, caller, 'kms:Decrypt', condition), allowed(way, caller, 'kms:CreateGrant', condition)]).toEqual([
    decrypt,
    createGrant,
  ])
})

test.each([
  ['a member', membership, 'yes'],
  ['no member', null, 'no'],
  ['perhaps a member', unknown('the organization'), 'unknown'],
] as const)('the organization of %s', (_, organization: typeof membership | null | Unknown, expected) => {
  const context = ebsContext(callerOf(runner), 'kms:Decrypt', 'eu-central-1', key, organization)
  const statement = allow('*', 'kms:*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } } })
  expect(ask({ caller: runner, context, key: [statement] }).allowed).toBe(expected)
})

describe('service-linked roles in the account of the key', () => {
  const may = (caller: string, statements: readonly JsonObject[]) =>
    EBS_MIN.map(action => {
      const context = ebsContext(callerOf(caller), action, 'eu-central-1', key, null)
      return ask({
        caller,
        action,
        context,
        key: statements,
        authority: { identity: serviceLinkedRoleStatements(caller) },
      }).allowed
    })
  const ebsStyle = allow(
    '*',
    ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'],
    {
      Condition: { StringEquals: { 'kms:CallerAccount': OWNER, 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } },
    },
  )

  test.each([
    ['Auto Scaling by delegation alone', scaling, [allow(root(OWNER), 'kms:*')], 'no'],
    ['Auto Scaling by its name', scaling, [allow(scaling, 'kms:*')], 'yes'],
    ['Auto Scaling by the statement of the EBS key', scaling, [ebsStyle], 'yes'],
    ['Auto Scaling of another account by that statement', slr(CONSUMER), [ebsStyle], 'no'],
    ['Image Builder by delegation alone', imageBuilder, [allow(root(OWNER), 'kms:*')], 'yes'],
    ['Image Builder without it', imageBuilder, [allow(runner, 'kms:*')], 'no'],
  ])('%s', (_, caller, statements, expected) => {
    expect(may(caller, statements)).toEqual(EBS_MIN.map(() => expected))
  })

  test('Image Builder of another account is admitted by the key policy', () => {
    const abroad = imageBuilder.replace(OWNER, CONSUMER)
    expect(may(abroad, [allow(root(CONSUMER), 'kms:*')])).toEqual(EBS_MIN.map(() => 'yes'))
  })
})
