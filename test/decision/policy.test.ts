import { isUnknown, unknown } from '../../policies/lang/maybe'
import { defaultKeyPolicy, policyStatements, statementsOf } from '../../policies/lang/policy'
import { ask, may, OWNER, role } from './notation'

const at = 'aws_kms_key.image.policy'

function elements(statement: object, version: string | null = '2012-10-17') {
  const document = { ...(version === null ? {} : { Version: version }), Statement: statement }
  return statementsOf(JSON.parse(JSON.stringify(document)), at)[0]
}

test('a statement stands alone or in a list, and so do its scalars', () => {
  const alone = elements({ Effect: 'Allow', Principal: { AWS: 'a' }, Action: 'b', Resource: 'c' })
  const listed = elements([{ Effect: 'Allow', Principal: { AWS: ['a'] }, Action: ['b'], Resource: ['c'] }])
  expect(alone).toEqual(listed)
  expect(alone).toEqual({
    sid: null,
    effect: 'Allow',
    principals: ['a'],
    notPrincipals: null,
    otherPrincipals: [],
    actions: ['b'],
    notActions: null,
    resources: ['c'],
    notResources: null,
    conditions: [],
    at,
  })
})

test.each([
  ['"*"', '*', ['*'], []],
  ['AWS: "*"', { AWS: '*' }, ['*'], []],
  ['a service', { Service: 'ec2.amazonaws.com' }, [], ['ec2.amazonaws.com']],
  ['both', { AWS: ['a', 'b'], Federated: 'c' }, ['a', 'b'], ['c']],
  ['a number', { AWS: 444455556666 }, ['444455556666'], []],
  ['a text', 'arn:aws:iam::444455556666:root', [], []],
  ['nothing', {}, [], []],
])('the principal %s', (_, principal, principals, otherPrincipals) => {
  expect(elements({ Principal: principal })).toMatchObject({ principals, otherPrincipals })
})

test('conditions are one a key, their values texts', () => {
  const condition = { Bool: { a: true, b: ['false'] }, NumericEquals: { c: [1, '2'] } }
  expect(elements({ Condition: condition })?.conditions).toEqual([
    { operator: 'Bool', key: 'a', values: ['true'] },
    { operator: 'Bool', key: 'b', values: ['false'] },
    { operator: 'NumericEquals', key: 'c', values: ['1', '2'] },
  ])
})

test('before 2012 a variable is a text like any other', () => {
  const statement = { Resource: 'arn:${aws:a}', Condition: { StringEquals: { a: '${b}' } } }
  expect(elements(statement)).toMatchObject({ resources: ['arn:${aws:a}'], conditions: [{ values: ['${b}'] }] })
  for (const version of ['2008-10-17', null])
    expect(elements(statement, version)).toMatchObject({
      resources: ['arn:${$}{aws:a}'],
      conditions: [{ values: ['${$}{b}'] }],
    })
})

test.each([
  ['null', null],
  ['a number', 4],
  ['a list', []],
  ['no statement', {}],
  ['a statement of text', { Statement: 'Allow' }],
  ['statements of text', { Statement: ['Allow', null, 4] }],
])('%s has no statements', (_, document) => {
  expect(statementsOf(document, at)).toEqual([])
})

test.each([
  ['elements', { Effect: [], Principal: [[]], Action: {}, Resource: {}, Sid: 4 }],
  ['conditions', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: 'a' } }],
  [
    'a condition',
    { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { a: { b: 1 } } } },
  ],
  ['a block', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: 'a' }],
])('malformed %s allow nothing', (_, statement) => {
  expect(ask({ caller: role(OWNER, 'a'), key: [statement] }).allowed).not.toBe('yes')
})

test('a text is parsed, no text is null, and what is not known stays so', () => {
  expect(policyStatements(null, at)).toBeNull()
  expect(policyStatements('{', at)).toEqual([])
  expect(policyStatements(JSON.stringify({ Statement: [{ Sid: 'a' }] }), at)).toMatchObject([{ sid: 'a' }])
  expect(isUnknown(policyStatements(unknown('the policy'), at))).toBe(true)
})

test('the default policy lets IAM decide, and alone allows nobody', () => {
  const keyPolicy = defaultKeyPolicy(OWNER, at)
  const caller = role(OWNER, 'a')
  expect(ask({ caller, authority: { keyPolicy } }).allowed).toBe('no')
  expect(ask({ caller, authority: { keyPolicy }, iam: [may('kms:*', '*')] }).allowed).toBe('yes')
})
