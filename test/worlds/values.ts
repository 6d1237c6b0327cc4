import fc, { type GeneratorValue } from 'fast-check'
import type { Json, JsonObject } from '../../policies/intrinsics'
import { later, ref } from '../../policies/lang/rule'

/** Draws values; every world is a function of the draws, and so of the seed. */
export type Draw = GeneratorValue

export const accounts = ['444455556666', '111122223333', '999988887777'] as const
export const regions = ['eu-central-1', 'us-east-1', 'eu-west-1'] as const
export const images = ['ami-0f1e2d3c4b5a69788', 'ami-0a1b2c3d4e5f60718'] as const

/** One of several. */
export function pick<T>(draw: Draw, first: T, ...rest: readonly T[]): T {
  return rest[draw(fc.integer, { min: 0, max: rest.length }) - 1] ?? first
}

/** Whether something that happens in one of `n` cases happens. */
export function oneIn(draw: Draw, n: number): boolean {
  return draw(fc.integer, { min: 1, max: n }) === 1
}

/** Between `min` and `max` of what `make` makes. */
export function several<T>(draw: Draw, min: number, max: number, make: (i: number) => T): readonly T[] {
  return Array.from({ length: draw(fc.integer, { min, max }) }, (_, i) => make(i))
}

/** Text that breaks what was not written with care: patterns, quotes, paths, prototypes, characters outside the first plane. */
export function hostile(draw: Draw): string {
  return pick(
    draw,
    '',
    '*',
    '?*?*?*?*?*',
    '${aws:username}',
    '{{ region }}',
    '"];--',
    '__proto__',
    'constructor',
    'é✓😀',
    'a.b["c"].d',
    '[a-z](x+x+)+y',
    '\u0000\n\t',
    'arn:',
    'arn:aws:kms:::key/',
    ':::::::',
  )
}

/** `value` as it is, or once in a while absent, not known until apply, sensitive, or another of its type: plans are typed. */
export function perhaps(draw: Draw, value: Json): Json {
  if (!oneIn(draw, 12)) return value
  const common: readonly Json[] = [null, later, { $sensitive: value }]
  if (Array.isArray(value)) return pick<Json>(draw, [], ...common, [later], [hostile(draw)])
  if (typeof value === 'boolean') return pick<Json>(draw, !value, ...common)
  if (typeof value === 'number') return pick<Json>(draw, 0, ...common)
  return pick<Json>(draw, '', ...common, hostile(draw))
}

/** `value` as it is, or once in a while anything at all: what stands inside a policy is the author's own text. */
export function anything(draw: Draw, value: Json): Json {
  if (!oneIn(draw, 12)) return value
  return pick<Json>(draw, null, '', later, hostile(draw), [hostile(draw)], [value, value], 7, true, {}, [[]], {
    a: value,
  })
}

/** The ARN of the `i`th key of an account; a multi-Region key has one id in all regions. */
export function keyArn(account: string, region: string, i: number, multiRegion = false): string {
  const id = multiRegion ? `mrk-${i}234abcd12ab34cd56ef1234567890ab` : `${i}a345678-1234-1234-1234-123456789012`
  return `arn:aws:kms:${region}:${account}:key/${id}`
}

/** What an attribute that names a key may hold, seen from `account`. */
export function keyTerm(draw: Draw, account: string, attribute = 'arn'): Json {
  const other = pick(draw, ...accounts)
  const region = pick(draw, ...regions)
  const i = draw(fc.integer, { min: 0, max: 1 })
  return perhaps(
    draw,
    pick<Json>(
      draw,
      ref(`aws_kms_key.k${i}`, attribute),
      ref(`aws_kms_key.k${i}`, attribute),
      ref('aws_kms_replica_key.k0', 'arn'),
      ref('aws_kms_alias.k0', 'target_key_arn'),
      ref('module.keys.aws_kms_key.k0', 'arn'),
      keyArn(other, region, i),
      keyArn(account, region, i, true),
      keyArn(account, regions[0], i).split('/')[1] ?? null,
      `arn:aws:kms:${region}:${other}:alias/image`,
      'alias/image',
      'alias/aws/ebs',
      later,
    ),
  )
}

/** Who may stand in a policy or receive a grant. */
export function principal(draw: Draw, account: string): Json {
  const other = pick(draw, account, ...accounts)
  const root = `arn:aws:iam::${other}:`
  return perhaps(
    draw,
    pick<Json>(
      draw,
      `${root}root`,
      `${root}root`,
      other,
      `${root}role/deployer`,
      `${root}role/launcher`,
      `${root}role/EC2ImageBuilderDistributionCrossAccountRole`,
      `${root}role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      `${root}role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_app`,
      `${root}role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder`,
      `${root}role/aws-service-role/spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet`,
      `${root}role/AWSServiceRoleForAutoScaling`,
      `${root}user/ana`,
      `${root}role/*`,
      '*',
      ref('aws_iam_role.r0', 'arn'),
      ref('aws_iam_service_linked_role.autoscaling', 'arn'),
    ),
  )
}

const actions: [string[], ...string[][]] = [
  ['kms:*'],
  ['*'],
  ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
  ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
  ['kms:CreateGrant'],
  ['kms:ReEncrypt'],
  ['KMS:decrypt', 'kms:D?scribeKey'],
  ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:DescribeKey'],
  ['sts:AssumeRole'],
  ['ec2:RunInstances'],
]

/** A policy of `account`: statements, or once in a while what is no policy at all. */
export function policy(draw: Draw, account: string, withPrincipals: boolean): Json {
  if (oneIn(draw, 20))
    return pick<Json>(draw, later, null, '', 'not JSON', '{"Statement": 5}', '[]', '{"Statement":[null,{}]}')
  const statements = several(draw, 1, 4, i => statement(draw, account, withPrincipals, i))
  return {
    Version: '2012-10-17',
    Statement: statements.length === 1 && oneIn(draw, 4) ? statements[0] : statements,
  } as Json
}

function statement(draw: Draw, account: string, withPrincipals: boolean, i: number): JsonObject {
  const action = oneIn(draw, 15) ? [hostile(draw)] : pick(draw, ...actions)
  return {
    ...(oneIn(draw, 2) && { Sid: `S${i}` }),
    Effect: oneIn(draw, 6) ? 'Deny' : 'Allow',
    ...(withPrincipals && principals(draw, account)),
    [oneIn(draw, 12) ? 'NotAction' : 'Action']: anything(
      draw,
      action.length === 1 && oneIn(draw, 2) ? (action[0] ?? '') : action,
    ),
    ...resources(draw, account, withPrincipals),
    ...(oneIn(draw, 3) && { Condition: condition(draw, account) }),
  }
}

function principals(draw: Draw, account: string): JsonObject {
  const who = several(draw, 1, 2, () => anything(draw, principal(draw, account)))
  return pick<JsonObject>(
    draw,
    { Principal: { AWS: who } },
    { Principal: { AWS: who } },
    { Principal: { AWS: who[0] ?? null } },
    { Principal: '*' },
    { Principal: { Service: 'autoscaling.amazonaws.com' } },
    { NotPrincipal: { AWS: who } },
    {},
  )
}

function resources(draw: Draw, account: string, withPrincipals: boolean): JsonObject {
  if (withPrincipals && !oneIn(draw, 8)) return { Resource: '*' }
  return pick<JsonObject>(
    draw,
    { Resource: '*' },
    { Resource: anything(draw, [keyTerm(draw, account)]) },
    { Resource: [keyTerm(draw, account), keyTerm(draw, account)] },
    { Resource: `arn:aws:kms:*:${pick(draw, ...accounts)}:key/*` },
    { Resource: [ref('aws_kms_key.k0', 'arn')] },
    { NotResource: [keyArn(account, regions[0], 0)] },
    {},
  )
}

function condition(draw: Draw, account: string): JsonObject {
  const other = pick(draw, account, ...accounts)
  const region = pick(draw, ...regions)
  const drawn = pick<readonly [string, string, Json]>(
    draw,
    ['Bool', 'kms:GrantIsForAWSResource', 'true'],
    ['Bool', 'kms:GrantIsForAWSResource', true],
    ['StringEquals', 'kms:ViaService', `ec2.${region}.amazonaws.com`],
    ['StringLike', 'kms:ViaService', ['ec2.*.amazonaws.com', 'autoscaling.*.amazonaws.com']],
    ['StringEquals', 'kms:CallerAccount', other],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-abc'],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', ['o-abc/*']],
    ['ForAllValues:StringEquals', 'kms:GrantOperations', ['Decrypt', 'CreateGrant']],
    ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${other}:role/*`],
    ['ArnNotEquals', 'aws:PrincipalArn', `arn:aws:iam::${other}:role/deployer`],
    ['StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-1'],
    ['NotIpAddress', 'aws:SourceIp', '10.0.0.0/8'],
    ['Null', 'kms:GrantIsForAWSResource', 'true'],
    ['StringEquals', 'kms:EncryptionContext:aws:ebs:id', later],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '300'],
    ['BoolIfExists', 'aws:SecureTransport', 'false'],
    ['NoSuchOperator', hostile(draw), hostile(draw)],
  )
  return { [drawn[0]]: { [drawn[1]]: anything(draw, drawn[2]) } }
}
