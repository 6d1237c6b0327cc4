import { type Context, holds } from '../../policies/lang/condition'
import { unknown } from '../../policies/lang/maybe'
import type { Term } from '../../policies/lang/statement'
import type { Truth } from '../../policies/lang/truth'

type Line = readonly [
  operator: string,
  values: readonly Term[],
  request: readonly string[] | 'absent' | 'open',
  truth: Truth,
]

const KEY = 'aws:Key'

/** Each line: operator, values of the policy, values of the request, and whether the condition holds. */
function lines(title: string, table: readonly Line[], key = KEY): void {
  describe(title, () => {
    test.each(table)('%s %j in a request of %j: %s', (operator, values, request, truth) => {
      expect(holds({ operator, key, values }, contextOf(key, request))).toBe(truth)
    })
  })
}

function contextOf(key: string, request: Line[2]): Context {
  if (request === 'absent') return {}
  if (request === 'open') return { [key.toLowerCase()]: unknown('the value') }
  return { [key.toLowerCase()]: request }
}

lines('texts', [
  ['StringEquals', ['a', 'b'], ['b'], 'yes'],
  ['StringEquals', ['a'], ['A'], 'no'],
  ['StringEquals', ['a*'], ['ab'], 'no'],
  ['stringequals', ['a'], ['a'], 'yes'],
  ['StringNotEquals', ['a', 'b'], ['c'], 'yes'],
  ['StringNotEquals', ['a', 'b'], ['b'], 'no'],
  ['StringEqualsIgnoreCase', ['a'], ['A'], 'yes'],
  ['StringNotEqualsIgnoreCase', ['a'], ['A'], 'no'],
  ['StringLike', ['ec2.*.amazonaws.com'], ['ec2.eu-central-1.amazonaws.com'], 'yes'],
  ['StringLike', ['a?c'], ['abc'], 'yes'],
  ['StringLike', ['A*'], ['abc'], 'no'],
  ['StringNotLike', ['a*', 'b*'], ['bc'], 'no'],
  ['StringEquals', [], ['a'], 'no'],
  ['StringNotEquals', [], ['a'], 'yes'],
  ['BinaryEquals', ['QQ=='], ['QQ=='], 'yes'],
])

lines('booleans, written as texts or not', [
  ['Bool', ['true'], ['true'], 'yes'],
  ['Bool', ['True'], ['true'], 'yes'],
  ['Bool', ['false'], ['true'], 'no'],
])

lines('numbers', [
  ['NumericEquals', ['10'], ['10'], 'yes'],
  ['NumericNotEquals', ['10'], ['10'], 'no'],
  ['NumericLessThan', ['10'], ['9'], 'yes'],
  ['NumericLessThan', ['10'], ['10'], 'no'],
  ['NumericLessThanEquals', ['10'], ['10'], 'yes'],
  ['NumericGreaterThan', ['-5'], ['0'], 'yes'],
  ['NumericGreaterThanEquals', ['10'], ['9'], 'no'],
  ['NumericLessThan', ['ten'], ['9'], 'unknown'],
  ['NumericEquals', ['1e3'], ['1000'], 'unknown'],
])

lines('dates', [
  ['DateLessThan', ['2026-02-01T00:00:00Z'], ['2026-01-31T23:59:59Z'], 'yes'],
  ['DateGreaterThan', ['2026-02-01'], ['2026-02-01T00:00:00Z'], 'no'],
  ['DateGreaterThanEquals', ['2026-02-01'], ['2026-02-01T00:00:00Z'], 'yes'],
  ['DateEquals', ['2026-02-01'], ['2026-02-01T00:00:00Z'], 'yes'],
  ['DateNotEquals', ['2026-02-01'], ['2026-02-02'], 'yes'],
  ['DateLessThanEquals', ['2026-02-01T00:00:00+01:00'], ['2026-02-01'], 'unknown'],
])

lines('ARNs, part by part', [
  ['ArnLike', ['arn:aws:iam::*:role/a*'], ['arn:aws:iam::111122223333:role/ab'], 'yes'],
  ['ArnEquals', ['arn:aws:iam::*:role/a*'], ['arn:aws:iam::111122223333:role/ab'], 'yes'],
  ['ArnLike', ['arn:aws:*:role/a'], ['arn:aws:iam::111122223333:role/a'], 'unknown'],
  ['ArnLike', ['arn:aws:*:::role/a'], ['arn:aws:iam::111122223333:role/a'], 'no'],
  ['ArnNotLike', ['arn:aws:iam::*:role/a*'], ['arn:aws:iam::111122223333:role/b'], 'yes'],
  ['ArnNotEquals', ['arn:aws:iam::*:role/a*'], ['arn:aws:iam::111122223333:role/ab'], 'no'],
  ['ArnLike', ['arn:aws:sns:*:*:a:*'], ['arn:aws:sns:eu-central-1:111122223333:a:b:c'], 'yes'],
])

lines('addresses, which no plan shows', [
  ['IpAddress', ['0.0.0.0/0'], ['192.0.2.1'], 'yes'],
  ['IpAddress', ['192.0.2.1'], ['192.0.2.1'], 'yes'],
  ['IpAddress', ['192.0.2.0/24'], ['192.0.2.1'], 'unknown'],
  ['NotIpAddress', ['192.0.2.0/24'], 'absent', 'yes'],
  ['IpAddress', ['192.0.2.0/24'], 'open', 'unknown'],
])

lines('a key that the request does not carry', [
  ['StringEquals', ['a'], 'absent', 'no'],
  ['StringLike', ['*'], 'absent', 'no'],
  ['StringNotEquals', ['a'], 'absent', 'yes'],
  ['ArnNotLike', ['a'], 'absent', 'yes'],
  ['NumericNotEquals', ['1'], 'absent', 'yes'],
  ['Bool', ['false'], 'absent', 'no'],
  ['StringEqualsIfExists', ['a'], 'absent', 'yes'],
  ['BoolIfExists', ['true'], 'absent', 'yes'],
  ['StringEqualsIfExists', ['a'], ['b'], 'no'],
  ['StringEquals', ['a'], [], 'no'],
  ['Null', ['true'], 'absent', 'yes'],
  ['Null', ['false'], 'absent', 'no'],
  ['Null', ['true'], ['a'], 'no'],
  ['Null', ['false'], ['a'], 'yes'],
  ['Null', ['true'], 'open', 'unknown'],
])

lines(
  'several values',
  [
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], 'yes'],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'c'], 'no'],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'c'], 'yes'],
    ['ForAnyValue:StringNotEquals', ['a', 'c'], ['a', 'c'], 'no'],
    ['ForAnyValue:StringEquals', ['a'], 'absent', 'no'],
    ['ForAnyValue:StringNotEquals', ['a'], 'absent', 'no'],
    ['ForAnyValue:StringEqualsIfExists', ['a'], 'absent', 'unknown'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'no'],
    ['ForAllValues:StringNotLike', ['a*'], ['b', 'c'], 'yes'],
    ['ForAllValues:StringNotLike', ['a*'], ['b', 'ac'], 'no'],
    ['ForAllValues:StringEquals', ['a'], 'absent', 'yes'],
    ['ForAllValues:StringEquals', ['a'], [], 'yes'],
    ['StringEquals', ['Decrypt'], ['Decrypt'], 'unknown'],
  ],
  'kms:GrantOperations',
)

lines('what is not known', [
  ['StringEquals', ['a'], 'open', 'unknown'],
  ['StringLike', ['*'], 'open', 'unknown'],
  ['StringNotEqualsIfExists', ['a'], 'open', 'unknown'],
  ['ForAllValues:StringEquals', ['a'], 'open', 'unknown'],
  ['StringEquals', [unknown('a value')], ['a'], 'unknown'],
  ['StringEquals', [unknown('a value'), 'a'], ['a'], 'yes'],
  ['StringNotEquals', [unknown('a value'), 'a'], ['a'], 'no'],
  ['StringSounds', ['a'], ['a'], 'unknown'],
])

describe('policy variables', () => {
  const context: Context = {
    'aws:principalaccount': ['111122223333'],
    'aws:principaltag/team': unknown('the tags'),
    'aws:principaltag/city': [],
    'kms:granteeprincipal': ['111122223333', '*'],
  }
  test.each([
    ['${aws:PrincipalAccount}', '111122223333', 'yes'],
    ['${aws:PrincipalAccount}', '444455556666', 'no'],
    ['a-${aws:principalaccount}-${AWS:PrincipalAccount}', 'a-111122223333-111122223333', 'yes'],
    ["${aws:PrincipalTag/city, 'Bonn'}", 'Bonn', 'yes'],
    ["${aws:PrincipalAccount, '0'}", '111122223333', 'yes'],
    ['${$}{aws:PrincipalAccount}', '${aws:PrincipalAccount}', 'yes'],
    ['${aws:PrincipalTag/team}', 'a', 'unknown'],
    ['${aws:PrincipalTag/city}', 'a', 'unknown'],
    ['${kms:GranteePrincipal}', 'a', 'unknown'],
    ['${*}', '*', 'unknown'],
    ['${', '${', 'unknown'],
  ])('%s is %s: %s', (pattern, value, truth) => {
    expect(
      holds({ operator: 'StringLike', key: 'aws:Key', values: [pattern] }, { ...context, 'aws:key': [value] }),
    ).toBe(truth)
  })
})

describe('keys', () => {
  const context: Context = {
    'aws:': unknown('the request'),
    'aws:principaltag/': unknown('the tags'),
    'aws:sourcearn': [],
  }
  test.each([
    ['aws:SourceArn', 'no'],
    ['AWS:SOURCEARN', 'no'],
    ['aws:UserAgent', 'unknown'],
    ['aws:PrincipalTag/a:b', 'unknown'],
    ['kms:ViaService', 'no'],
  ])('%s', (key, truth) => {
    expect(holds({ operator: 'StringLike', key, values: ['*'] }, context)).toBe(truth)
  })

  test('a value not made yet is the same value elsewhere, and not another’s', () => {
    const term = (name: string) => ({ unknown: `aws_iam_role.${name}.arn`, candidates: [`0|aws_iam_role.${name}`] })
    const asked = (operator: string, name: string) =>
      holds({ operator, key: 'aws:PrincipalArn', values: [term(name)] }, { 'aws:principalarn': term('a') })
    expect(asked('ArnEquals', 'a')).toBe('yes')
    expect(asked('StringEquals', 'b')).toBe('no')
    expect(asked('ArnNotLike', 'a')).toBe('no')
    expect(asked('StringEqualsIgnoreCase', 'a')).toBe('unknown')
  })
})
