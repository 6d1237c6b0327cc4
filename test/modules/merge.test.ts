import { mergedStatements } from '../../engine/fix/merge'
import type { JsonObject } from '../../policies/intrinsics'

const use = (arn: string, ...actions: string[]): JsonObject => ({
  Sid: 'KeyreachUse',
  Effect: 'Allow',
  Principal: { AWS: arn },
  Action: actions,
  Resource: '*',
})

test('statements for several principals become one, whatever their order', () => {
  const statements = [use('b', 'kms:Decrypt', 'kms:Encrypt'), use('a', 'kms:Encrypt', 'kms:Decrypt')]
  const merged = {
    Sid: 'KeyreachUse',
    Effect: 'Allow',
    Principal: { AWS: ['a', 'b'] },
    Action: ['kms:Decrypt', 'kms:Encrypt'],
    Resource: '*',
  }
  expect(mergedStatements(statements)).toEqual([merged])
  expect(mergedStatements([...statements].reverse())).toEqual([merged])
  expect(mergedStatements([merged, ...statements])).toEqual([merged])
})

test('what one principal may do is listed once, and nothing is given to another', () => {
  const statements = [use('a', 'kms:Decrypt'), use('a', 'kms:Encrypt'), use('b', 'kms:Decrypt')]
  const merged = mergedStatements(statements)
  expect(merged.map(({ Principal, Action }) => [Principal, Action])).toEqual(
    expect.arrayContaining([
      [{ AWS: 'a' }, ['kms:Decrypt', 'kms:Encrypt']],
      [{ AWS: 'b' }, 'kms:Decrypt'],
    ]),
  )
  expect(merged).toHaveLength(2)
})

test('a condition keeps statements apart', () => {
  const closed = { ...use('a', 'kms:Decrypt'), Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }
  expect(mergedStatements([use('a', 'kms:Encrypt'), closed])).toHaveLength(2)
})

test('a Sid stays what it is when a principal is added', () => {
  const sids = (statements: readonly JsonObject[]) => mergedStatements(statements).map(({ Sid }) => Sid)
  const two = [use('a', 'kms:Decrypt'), use('b', 'kms:Encrypt')]
  expect(new Set(sids(two)).size).toBe(2)
  expect(sids([...two, use('c', 'kms:Encrypt')])).toEqual(sids(two))
})
