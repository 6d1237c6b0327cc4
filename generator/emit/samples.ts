/** What the page about the language shows: each sample is compiled when the page is made, and stands beside the Rego it became. */
export interface Sample {
  readonly name: string
  readonly title: string
  readonly text: string
  readonly code: string
}

export const samples: readonly Sample[] = [
  {
    name: 'constants-and-functions',
    title: 'Constants and functions',
    text: 'A constant, a function, an early return. What is not exported gets an underscore. There is no `else`, no `let`, no loop and no recursion; every function returns, whatever it is given.',
    code: `
/** How a rule that is broken is reported. */
export const LEVELS = ['error', 'warning'] as const

/** The kind of a partition. */
export function kind(partition: string): string {
  if (partition === 'aws') return 'commercial'
  if (partition.startsWith('aws-')) return label(partition, true)
  return label(partition, false)
}

function label(name: string, isKnown: boolean): string {
  const suffix = isKnown ? 'special' : 'unknown'
  return \`\${name} (\${suffix})\`
}`,
  },
  {
    name: 'conditions',
    title: 'Conditions',
    text: 'Conditions are booleans: nothing else counts as true. Text and numbers are compared by value; numbers can be ordered and calculated with.',
    code: `
export function isWindow(days: number, isForced: boolean): boolean {
  return days >= 7 && days < 31 && !(isForced || days === 8) && days + 1 !== 2 * 10
}

export function isRoleName(text: string): boolean {
  return /^[A-Za-z0-9+=,.@_-]{1,64}$/u.test(text) && !text.includes('..') && text !== ''
}`,
  },
  {
    name: 'absence',
    title: 'What may be absent',
    text: '`??` gives way to its default where a value is absent and where it is null; there is no other way to come near `undefined`. An unknown has to be asked for before it is compared.',
    code: `
import { isUnknown, type Maybe } from '../lang/maybe'

export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? ''
}

export function isEnabled(setting: Maybe<boolean>): boolean {
  if (isUnknown(setting)) return false
  return setting ?? true
}`,
  },
  {
    name: 'data',
    title: 'Lists and objects',
    text: 'Lists and objects are data: made, spread, taken apart, never changed. The type of an object says which of its keys are there.',
    code: `
export interface Grant {
  readonly grantee: string
  readonly operations: readonly string[]
}

export function widened(grant: Grant, more: readonly string[]): Grant {
  const { operations } = grant
  return { ...grant, operations: [...operations, ...more, 'DescribeKey'] }
}

export function count(grants: readonly Grant[]): number {
  return grants.length
}`,
  },
  {
    name: 'lists',
    title: 'Going through lists',
    text: '`map`, `filter`, `flatMap`, `some`, `every`, `find` with its default, `includes`, `join`, `slice`, `concat`; a callback is written where it is used, or is the name of a function.',
    code: `
import { sorted } from '../intrinsics'

export function kmsActions(statements: readonly { readonly actions: readonly string[] }[]): readonly string[] {
  return sorted(statements.flatMap(statement => statement.actions.filter(isKms)))
}

export function lacking(wanted: readonly string[], given: readonly string[]): string {
  const missing = wanted.filter(action => !given.includes(action))
  if (missing.every(isKms) && given.some(action => action === 'kms:*')) return ''
  return missing.map((action, i) => \`\${i}: \${action}\`).join(', ')
}

export function firstForeign(arns: readonly string[], account: string): string | null {
  return arns.find(arn => arn.split(':')[4] !== account) ?? null
}

function isKms(action: string): boolean {
  return action.startsWith('kms:')
}`,
  },
  {
    name: 'json',
    title: 'Values of any kind',
    text: 'What a plan holds is `Json` until `typeof`, `Array.isArray` or `isObject` have said what it is.',
    code: `
import { at, isObject, type Json, keys, parseJson } from '../intrinsics'

export function texts(value: Json): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(item => (typeof item === 'string' ? [item] : []))
  return []
}

export function operators(policy: string): readonly string[] {
  const condition = at(parseJson(policy), ['Statement', 0, 'Condition'])
  if (isObject(condition)) return keys(condition)
  return []
}`,
  },
  {
    name: 'facts-and-indexes',
    title: 'Facts and indexes',
    text: 'A fact is computed once for an input. An index is a generator of keys and values, read by key; `situations` of a rule is a generator of the same kind. What a generator yields is a set: it has no order, and nothing twice.',
    code: `
import { at, fact, index, input, isObject, type Json } from '../intrinsics'

const changes = fact((): readonly Json[] => {
  const listed = at(input(), ['resource_changes'])
  if (Array.isArray(listed)) return listed
  return []
})

/** The addresses of each type of resource. */
export const addresses = index(function* () {
  for (const change of changes()) {
    if (!isObject(change)) continue
    const address = at(change, ['address'])
    const type = at(change, ['type'])
    if (typeof type === 'string' && typeof address === 'string') yield [type, address]
  }
})

export function keysOf(): readonly string[] {
  return addresses('aws_kms_key')
}`,
  },
]
