import type { JsonObject } from '../../policies/intrinsics'
import type { Context } from '../../policies/lang/condition'
import { CONSUMER, KEY, OWNER, role, root, slr, user } from './notation'

/** A question that both the decision and the oracle can answer: policies as JSON, a caller and a request. */
export interface Question {
  readonly caller: string
  readonly action: string
  readonly context: Context
  readonly key: readonly JsonObject[]
  readonly iam: readonly JsonObject[]
  readonly boundary: readonly JsonObject[] | null
}

/** Numbers in [0, 1) that depend on the seed only (mulberry32). */
export type Random = () => number

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function question(random: Random): Question {
  const caller = one(random, CALLERS)
  const action = one(random, ACTIONS)
  return {
    caller,
    action,
    context: contextOf(random, caller),
    key: many(random, 4, () => keyStatement(random, caller)),
    iam: many(random, 3, () => identityStatement(random)),
    boundary: random() < 0.25 ? many(random, 2, () => identityStatement(random)) : null,
  }
}

const STRANGER = '777788889999'

const session = (account: string): string => `arn:aws:sts::${account}:assumed-role/packer/build`

export const CALLERS = [OWNER, CONSUMER].flatMap(account => [
  role(account, 'build/packer'),
  role(account, 'runner'),
  user(account, 'ada'),
  session(account),
  slr(account),
])

/** Only such as have an effect across accounts: the oracle knows of no others. */
const ACTIONS = [
  'kms:Decrypt',
  'kms:Decrypt',
  'kms:CreateGrant',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
]

export const PATTERNS = [
  ...ACTIONS,
  'kms:*',
  'kms:*',
  '*',
  'KMS:decrypt',
  'kms:?ecrypt',
  'kms:ReEncrypt*',
  'kms:ReEncrypt',
  'kms:GenerateDataKey*',
  'kms:*Key*',
  's3:*',
]

export const PRINCIPALS = [
  '*',
  root(OWNER),
  root(OWNER),
  OWNER,
  root(CONSUMER),
  root(CONSUMER),
  CONSUMER,
  root(STRANGER),
  role(OWNER, 'packer'),
  role(CONSUMER, 'build/*'),
  role(STRANGER, 'runner'),
  user(STRANGER, 'ada'),
]

export const RESOURCES = [
  '*',
  '*',
  KEY,
  `arn:aws:kms:*:${OWNER}:key/*`,
  'arn:aws:kms:eu-central-1:*:key/1234abcd-*',
  `arn:aws:kms:eu-west-1:${OWNER}:key/*`,
  `arn:aws:kms:*:${CONSUMER}:key/*`,
  `arn:aws:kms:eu-central-1:${OWNER}:alias/image`,
  'arn:aws:kms:eu-central-1:${aws:PrincipalAccount}:key/*',
  `arn:aws:kms:eu-central-1:${OWNER}:key/\${kms:CallerAccount}*`,
  'arn:aws:kms:*',
]

function keyStatement(random: Random, caller: string): JsonObject {
  const { resources, ...rest } = body(random)
  const wide = random() < 0.8 ? { Resource: '*' } : resources
  if (random() < 0.04) return { ...rest, ...wide, Effect: 'Allow', NotPrincipal: { AWS: some(random, PRINCIPALS) } }
  if (random() < 0.04) return { ...rest, ...wide, Effect: 'Deny', NotPrincipal: { AWS: spared(random, caller) } }
  return { ...rest, ...wide, Principal: principal(random, caller) }
}

/**
 * The oracle spares whom NotPrincipal names in any way; AWS whom it names with the account, and a role with its session. Here it is all
 * of that or nothing.
 */
function spared(random: Random, caller: string): readonly string[] {
  const account = caller.split(':')[4] ?? ''
  if (caller.includes(':role/') || random() < 0.5) return [role(STRANGER, 'runner'), root(STRANGER)]
  return [caller, role(account, 'build/packer'), root(account)]
}

function principal(random: Random, caller: string): JsonObject[string] {
  const chance = random()
  if (chance < 0.1) return '*'
  if (chance < 0.15) return { Service: 'ec2.amazonaws.com' }
  if (chance < 0.2) return { AWS: one(random, PRINCIPALS), Service: 'ec2.amazonaws.com' }
  if (chance < 0.45) return { AWS: caller }
  return { AWS: some(random, [...PRINCIPALS, ...named(caller)]) }
}

/** A role that asks as itself has no session that the oracle could compare with a session's ARN. */
function named(caller: string): readonly string[] {
  if (caller.includes(':assumed-role/')) return CALLERS
  return CALLERS.filter(other => !other.includes(':assumed-role/'))
}

function identityStatement(random: Random): JsonObject {
  const { resources, ...rest } = body(random)
  return { ...rest, ...resources }
}

function body(random: Random): JsonObject & { readonly resources: JsonObject } {
  const actions = some(random, PATTERNS)
  const resource = some(random, RESOURCES)
  return {
    ...(random() < 0.3 ? { Sid: `S${Math.floor(random() * 9)}` } : {}),
    Effect: random() < 0.85 ? 'Allow' : 'Deny',
    ...(random() < 0.92 ? { Action: actions } : { NotAction: actions }),
    ...(random() < 0.45 ? { Condition: condition(random) } : {}),
    resources: random() < 0.93 ? { Resource: resource } : { NotResource: resource },
  }
}

interface Key {
  readonly name: string
  readonly operators: readonly string[]
  readonly values: readonly string[]
  /** What requests carry, where it is not the values without wildcards. */
  readonly asked?: readonly string[]
  readonly several?: boolean
}

const TEXT = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
]
const ARN = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringEquals', 'StringLike', 'StringNotLike']
const NUMBER = [
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
]
const DATE = [
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
]

const KEYS: readonly Key[] = [
  {
    name: 'kms:ViaService',
    operators: TEXT,
    values: ['ec2.eu-central-1.amazonaws.com', 'ec2.*.amazonaws.com', 'EC2.eu-central-1.amazonaws.com'],
  },
  { name: 'kms:CallerAccount', operators: TEXT, values: [OWNER, CONSUMER, '${aws:PrincipalAccount}', '4444*'] },
  { name: 'KMS:grantisforawsresource', operators: ['Bool'], values: ['true', 'false', 'True'] },
  {
    name: 'aws:PrincipalArn',
    operators: ARN,
    values: [
      role(OWNER, 'runner'),
      role(CONSUMER, '*'),
      'arn:aws:iam::*:role/build/packer',
      'arn:*:iam::*:role/*',
      user(OWNER, 'ad?'),
    ],
  },
  { name: 'aws:PrincipalOrgID', operators: TEXT, values: ['o-abc', 'o-*', 'o-xyz'] },
  { name: 'aws:PrincipalOrgPaths', operators: TEXT, values: ['o-abc/r-1/ou-1/', 'o-abc/*', 'o-xyz/*'], several: true },
  { name: 'kms:EncryptionContextKeys', operators: TEXT, values: ['aws:ebs:id', 'aws:*', 'Department'], several: true },
  { name: 'kms:GrantOperations', operators: TEXT, values: ['Decrypt', 'Encrypt', 'ReEncrypt*'], several: true },
  { name: 'aws:MultiFactorAuthAge', operators: NUMBER, values: ['0', '300', '3600', '-1'] },
  {
    name: 'aws:TokenIssueTime',
    operators: DATE,
    values: ['2026-01-31T00:00:00Z', '2026-02-01T12:00:00Z', '2026-01-31'],
  },
  { name: 'aws:ViaAWSService', operators: ['Bool'], values: ['true', 'false'] },
  {
    name: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress'],
    values: ['192.0.2.1/32', '198.51.100.7/32', '203.0.113.9/32'],
    asked: ['192.0.2.1', '198.51.100.7'],
  },
  // No key of KMS is binary; the operator compares any text
  { name: 'aws:userid', operators: ['BinaryEquals'], values: ['QmluYXJ5', 'VGV4dA=='] },
]

function condition(random: Random): JsonObject {
  const blocks = many(random, 2, () => block(random))
  return Object.fromEntries(blocks.flatMap(entries => Object.entries(entries)))
}

function block(random: Random): JsonObject {
  const key = one(random, KEYS)
  if (random() < 0.1) return { Null: { [key.name]: one(random, ['true', 'false']) } }
  return { [one(random, formsOf(key))]: { [key.name]: some(random, key.values) } }
}

/** The operators of a key, with and without IfExists; ForAnyValue without: what it means with it, AWS does not say. */
function formsOf(key: Key): readonly string[] {
  const forms = key.several ? ['ForAnyValue:_', 'ForAllValues:_', 'ForAllValues:_IfExists'] : ['_', '_IfExists']
  return key.operators.flatMap(operator => forms.map(form => form.replace('_', operator)))
}

/** A condition of every form, and what a request may carry of its key. */
export interface Posed {
  readonly condition: JsonObject
  readonly key: string
  readonly values: readonly string[]
}

/** Every operator of every key in every form, with each value of a policy, in requests that carry each value or none. */
export const everyCondition: readonly Posed[] = KEYS.flatMap(key =>
  [...formsOf(key), 'Null'].flatMap(form =>
    (form === 'Null' ? ['true', 'false'] : key.values).flatMap(value =>
      [[], ...plainValues(key).map(plain => [plain])].map(values => ({
        condition: { [form]: { [key.name]: value } },
        key: key.name.toLowerCase(),
        values,
      })),
    ),
  ),
)

/** Each key is absent in a third of the requests, but for those that say who the caller is. */
function contextOf(random: Random, caller: string): Context {
  const account = caller.split(':')[4] ?? ''
  const open = KEYS.filter(() => random() < 0.65).map(key => [key.name.toLowerCase(), valuesOf(random, key)] as const)
  return {
    ...Object.fromEntries(open),
    'kms:calleraccount': [account],
    'aws:principalaccount': [account],
    'aws:principalarn': [caller.includes(':assumed-role/') ? role(account, 'build/packer') : caller],
  }
}

function valuesOf(random: Random, key: Key): readonly string[] {
  return key.several ? some(random, plainValues(key)) : [one(random, plainValues(key))]
}

/** What a request may carry of a condition key: nothing, or values; of a key that is of the caller alone, the values of any. */
export function requestValues(random: Random, name: string): readonly string[] {
  const key = keyNamed(name)
  if (key === undefined || random() < 0.3) return []
  return valuesOf(random, key)
}

/** What a policy may compare a condition key with. */
export function policyValue(random: Random, name: string): string {
  return one(random, name === 'Null' ? ['true', 'false'] : (keyNamed(name)?.values ?? [OWNER, CONSUMER]))
}

function keyNamed(name: string): Key | undefined {
  return KEYS.find(key => key.name.toLowerCase() === name.toLowerCase())
}

function plainValues({ values, asked }: Key): readonly string[] {
  return asked ?? values.filter(value => !/[*?$]/.test(value))
}

export function one<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

function some(random: Random, list: readonly string[]): readonly string[] {
  return [one(random, list), ...(random() < 0.4 ? [one(random, list)] : [])]
}

function many<T>(random: Random, most: number, make: () => T): readonly T[] {
  return Array.from({ length: 1 + Math.floor(random() * most) }, make)
}
