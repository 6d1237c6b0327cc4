import fc from 'fast-check'
import { parseJson } from '../../policies/intrinsics'
import { holds } from '../../policies/lang/condition'
import { statementsOf } from '../../policies/lang/policy'
import { ask, OWNER, role, user } from './notation'

/** Elements by their right names, with any values: closer to a policy than any JSON is. */
const element = fc.constantFrom(
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'Condition',
)
const word = fc.constantFrom(
  'Allow',
  'Deny',
  '*',
  'AWS',
  'kms:*',
  'arn:aws:iam::',
  ':root',
  '${',
  '}',
  'StringLike',
  'aws:PrincipalArn',
)
const value = fc.oneof(
  word,
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(word, fc.oneof(word, fc.jsonValue({ maxDepth: 2 }))),
)
const statement = fc.dictionary(element, value)

test('no policy makes the decision throw', () => {
  fc.assert(
    fc.property(fc.array(statement), fc.array(statement), (key, iam) => {
      const asked = parseJson(JSON.stringify({ key, iam })) as { key: []; iam: [] }
      for (const caller of [role(OWNER, 'a/b'), user(OWNER, 'a'), `arn:aws:sts::${OWNER}:assumed-role/b/c`])
        ask({ caller, ...asked, boundary: asked.iam })
    }),
    { numRuns: 500 },
  )
})

test('no document makes its reading throw', () => {
  fc.assert(fc.property(fc.json(), text => statementsOf(parseJson(text), 'at').length >= 0))
})

test('no condition makes its reading throw', () => {
  const text = fc.oneof(word, fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(text, text, fc.array(text), fc.array(text), (operator, key, values, request) =>
      ['yes', 'no', 'unknown'].includes(holds({ operator, key, values }, { [key.toLowerCase()]: request })),
    ),
    { numRuns: 500 },
  )
})
