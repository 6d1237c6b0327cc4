import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { isUnknown, unknown } from '../../../policies/lang/maybe'
import { functions } from './functions'
import { type Expression, type Loop, parseTemplate } from './parse'

/** What the names in expressions stand for. */
export interface Scope {
  /** By name: values, of those without one what would make it known. */
  readonly variables: JsonObject
  /** By name, as they are written. */
  readonly locals: JsonObject
  /** What a `for` around the expression binds. */
  readonly bound: JsonObject
  /** What is being evaluated (`local.a`): what needs itself has no value. */
  readonly within: readonly string[]
  /** The value of any other name (`['aws_kms_key', 'image', 'arn']`); undefined where it has none. */
  readonly other?: (path: readonly string[], scope: Scope) => Json | undefined
}

/** The scope of a file that may use no names. */
export const nothing: Scope = { variables: {}, locals: {}, bound: {}, within: [] }

/**
 * The value of what is written, as far as the scope allows. What cannot be told is an unknown that names what is missing:
 * `var.key`, a function, the attribute of a data source.
 */
export function evaluate(written: Json, scope: Scope): Json {
  if (typeof written === 'string') return text(written, scope)
  if (Array.isArray(written)) return written.map(item => evaluate(item, scope))
  if (!isObject(written) || isUnknown(written)) return written
  return object(Object.entries(written).map(([key, value]) => [text(key, scope), evaluate(value, scope)]))
}

/** The first thing that is not known in values, at any depth. */
export function missingIn(...values: readonly Json[]): Json | undefined {
  for (const value of values) {
    if (isUnknown(value)) return value
    const inside = typeof value === 'object' && value !== null ? missingIn(...Object.values(value)) : undefined
    if (inside !== undefined) return inside
  }
  return undefined
}

function text(written: string, scope: Scope): Json {
  if (!written.includes('${') && !written.includes('%{')) return written
  const expression = parseTemplate(written)
  return expression ? resultOf(expression, scope) : lacking(written)
}

/** The value of an expression. */
export function resultOf(expression: Expression, scope: Scope): Json {
  const value = (evaluators[expression.kind] as Evaluator<Expression>)(expression, scope)
  return value === undefined ? lacking(expression.source) : value
}

type Kind = Expression['kind']
type Of<K extends Kind> = Extract<Expression, { readonly kind: K }>
type Evaluator<E> = (expression: E, scope: Scope) => Json | undefined

/** Each kind of expression; where it has no value here, undefined. */
const evaluators: { readonly [K in Kind]: Evaluator<Of<K>> } = {
  literal: ({ value }) => value,
  template: ({ parts }, scope) => joined(parts.map(part => (typeof part === 'string' ? part : resultOf(part, scope)))),
  list: ({ items }, scope) => items.map(item => resultOf(item, scope)),
  object: ({ members }, scope) => object(members.map(([key, value]) => [resultOf(key, scope), resultOf(value, scope)])),
  name: traversed,
  member: (expression, scope) => {
    if (rootOf(expression) !== null) return traversed(expression, scope)
    const [collection, key] = [resultOf(expression.of, scope), resultOf(expression.key, scope)]
    return isUnknown(key) ? key : inside(collection, [String(key)], expression.source)
  },
  splat: ({ of, each }, scope) => {
    const collection = resultOf(of, scope)
    if (isUnknown(collection)) return collection
    const items = Array.isArray(collection) ? collection : collection === null ? [] : [collection]
    const values = items.map(item => resultOf(each, { ...scope, bound: { ...scope.bound, '*': item } }))
    return values.some(isUnknown) ? undefined : values
  },
  choice: ({ of: [condition, yes, no] }, scope) => {
    const value = resultOf(condition, scope)
    return isUnknown(value) ? value : resultOf(isTrue(value) ? yes : no, scope)
  },
  operation: ({ operator, sides }, scope) => {
    const values = sides.map(side => resultOf(side, scope))
    const missing = missingIn(...values)
    return missing === undefined ? operated(operator, values) : missing
  },
  call: ({ name, values: given, spread }, scope) => {
    const values = given.map(value => resultOf(value, scope))
    const last = values.at(-1)
    if (spread && !Array.isArray(last)) return isUnknown(last) ? last : undefined
    const all = spread && Array.isArray(last) ? [...values.slice(0, -1), ...last] : values
    return functions[name] && (all.find(isUnknown) ?? functions[name](...all))
  },
  for: loop,
}

function joined(values: readonly Json[]): Json | undefined {
  const missing = missingIn(...values)
  if (missing !== undefined) return missing
  if (values.some(value => typeof value === 'object')) return undefined
  const text = values.map(String).join('')
  return text.length > longest ? undefined : text
}

/** Locals that repeat each other grow without end; no text of use is as long. */
const longest = 1_000_000

function object(members: readonly (readonly [Json, Json])[]): Json {
  const unnamed = missingIn(...members.map(([key]) => key))
  return unnamed ?? Object.fromEntries(members.map(([key, value]) => [String(key), value]))
}

function loop({ key, value, over, name, result, wanted, grouped }: Loop, scope: Scope): Json | undefined {
  const collection = resultOf(over, scope)
  if (isUnknown(collection) || grouped) return isUnknown(collection) ? collection : undefined
  if (typeof collection !== 'object' || collection === null) return undefined
  const pairs: (readonly [Json, Json])[] = []
  for (const [position, item] of Object.entries(collection as JsonObject)) {
    const own = {
      ...(key !== null && { [key]: Array.isArray(collection) ? Number(position) : position }),
      [value]: item,
    }
    const inner = { ...scope, bound: { ...scope.bound, ...own } }
    const isWanted = wanted === null ? true : resultOf(wanted, inner)
    if (isUnknown(isWanted)) return isWanted
    if (isTrue(isWanted)) pairs.push([name === null ? null : resultOf(name, inner), resultOf(result, inner)])
  }
  return name === null ? pairs.map(([, item]) => item) : object(pairs)
}

/** The name that `a.b["c"]` begins with; null where it begins with something else. */
function rootOf(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.name
  return expression.kind === 'member' ? rootOf(expression.of) : null
}

/** A variable, a local, what a `for` binds or what else has a name, and what stands inside it. */
function traversed(expression: Of<'name' | 'member'>, scope: Scope): Json | undefined {
  const keys = keysOf(expression, scope)
  const missing = keys.find(isUnknown)
  if (missing !== undefined) return missing
  const path = keys.map(String)
  const [root = '', name = '', ...deeper] = path
  const { bound, variables, locals, within, other } = scope
  const source = path.join('.')
  if (Object.hasOwn(bound, root)) return inside(bound[root] ?? null, path.slice(1), source)
  if (root === 'var' && Object.hasOwn(variables, name)) return inside(variables[name] ?? null, deeper, source)
  if (root !== 'local') return other?.(path, scope) ?? lacking(source)
  if (!Object.hasOwn(locals, name) || within.includes(`local.${name}`)) return lacking(source)
  return inside(localOf(name, scope), deeper, source)
}

/** The values of locals that have been worked out: they are the same wherever they are used. */
const worked = new WeakMap<JsonObject, Map<string, Json>>()

function localOf(name: string, scope: Scope): Json {
  const { locals, within } = scope
  const known = worked.get(locals) ?? new Map<string, Json>()
  worked.set(locals, known)
  const value =
    known.get(name) ?? evaluate(locals[name] ?? null, { ...scope, bound: {}, within: [...within, `local.${name}`] })
  known.set(name, value)
  return value
}

function keysOf(expression: Expression, scope: Scope): readonly Json[] {
  if (expression.kind === 'name') return [expression.name]
  if (expression.kind !== 'member') return []
  return [...keysOf(expression.of, scope), resultOf(expression.key, scope)]
}

/** What stands at a path inside a value; an unknown where nothing does. */
export function inside(value: Json, path: readonly string[], source: string): Json {
  return path.reduce<Json>((here, step) => {
    if (isUnknown(here)) return here
    const held = typeof here === 'object' && here !== null && Object.hasOwn(here, step)
    return held ? ((here as JsonObject)[step] ?? null) : lacking(source)
  }, value)
}

function operated(operator: string, [left = null, right]: readonly Json[]): Json | undefined {
  if (right === undefined) return operator === '!' ? !isTrue(left) : -Number(left)
  if (operator === '&&') return isTrue(left) && isTrue(right)
  if (operator === '||') return isTrue(left) || isTrue(right)
  if (operator === '==') return JSON.stringify(left) === JSON.stringify(right)
  if (operator === '!=') return JSON.stringify(left) !== JSON.stringify(right)
  const number = arithmetic[operator]?.(Number(left), Number(right))
  return typeof number === 'number' && !Number.isFinite(number) ? undefined : number
}

const arithmetic: { readonly [operator: string]: (left: number, right: number) => number | boolean } = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}

function isTrue(value: Json): boolean {
  return value === true || value === 'true'
}

function lacking(what: string): Json {
  return { ...unknown(what) }
}
