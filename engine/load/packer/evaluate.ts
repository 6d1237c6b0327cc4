import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { isUnknown, unknown } from '../../../policies/lang/maybe'
import { functions } from './functions'
import { type Expression, expressionOf } from './hcl'
import { partsOf } from './text'

/** What the names in expressions stand for. */
export interface Scope {
  /** By name: values, of those without one what would make it known. */
  readonly variables: JsonObject
  /** By name, as they are written. */
  readonly locals: JsonObject
  /** What a `for` around the expression binds. */
  readonly bound: JsonObject
  /** The locals that are being evaluated: one that needs itself has no value. */
  readonly within: readonly string[]
}

/** The scope of a file that may use no names. */
export const nothing: Scope = { variables: {}, locals: {}, bound: {}, within: [] }

/**
 * The value of what is written, as far as the scope allows. What cannot be told is an unknown that names what is missing:
 * `var.key`, a function, the attribute of a data source.
 */
export async function evaluate(written: Json, scope: Scope): Promise<Json> {
  if (typeof written === 'string') return text(written, scope)
  if (Array.isArray(written)) return Promise.all(written.map(item => evaluate(item, scope)))
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

async function text(written: string, scope: Scope): Promise<Json> {
  if (!written.includes('${') && !written.includes('%{')) return written
  const parts = partsOf(written)
  if (!parts) return lacking(written)
  const values = await Promise.all(parts.map(part => ('text' in part ? part.text : source(part.source, scope))))
  return values.length === 1 ? (values[0] ?? null) : joined(values, written)
}

function joined(values: readonly Json[], written: string): Json {
  const missing = missingIn(...values)
  if (missing !== undefined) return missing
  return values.some(value => typeof value === 'object') ? lacking(written) : values.map(String).join('')
}

async function source(written: string, scope: Scope): Promise<Json> {
  const expression = await expressionOf(written)
  return expression ? resultOf(expression, written, scope) : lacking(written)
}

/** Each kind of expression; what is not among them has no value here. */
const kinds: { readonly [type: string]: (expression: Expression, scope: Scope) => Promise<Json | undefined> } = {
  literalValue: async ({ meta }) => literal(meta),
  template: async (expression, scope) => {
    const values = await all(expression, scope)
    return values.length === 1 ? values[0] : joined(values, String(expression.meta?.value))
  },
  templateWrap: first,
  '': first,
  tuple: all,
  object: async ({ meta }, scope) =>
    object(
      Object.entries((meta?.items ?? {}) as { readonly [key: string]: string }).map(([key, value]) => [
        /^[\w-]+$/.test(key) ? key : source(key, scope),
        source(value, scope),
      ]),
    ),
  scopeTraversal: ({ meta }, scope) => named(stepsOf(meta), scope),
  relativeTraversal: async ({ meta }, scope) =>
    inside(await part(meta?.sourceExpression, scope), stepsOf(meta), String(meta?.value)),
  index: async ({ meta }, scope) => {
    const [collection, key] = [await part(meta?.collectionExpression, scope), await part(meta?.keyExpression, scope)]
    return isUnknown(key) ? key : inside(collection, [String(key)], String(meta?.value))
  },
  conditional: async ({ meta }, scope) => {
    const condition = await part(meta?.conditionExpression, scope)
    if (isUnknown(condition)) return condition
    return part(isTrue(condition) ? meta?.trueExpression : meta?.falseExpression, scope)
  },
  unaryOp: async ({ meta }, scope) => {
    const value = await part(meta?.valueExpression, scope)
    if (isUnknown(value)) return value
    return meta?.operator === 'logicalNot' ? !isTrue(value) : undefined
  },
  binaryOp: async ({ meta }, scope) => {
    const sides = [await part(meta?.lhsExpression, scope), await part(meta?.rhsExpression, scope)] as const
    return missingIn(...sides) ?? compared(String(meta?.operator), ...sides)
  },
  function: async (expression, scope) => {
    const apply = functions[String(expression.meta?.name)]
    const values = await all(expression, scope)
    if (!apply || expression.meta?.expandedFinalArgument === true) return undefined
    return values.map(value => (isUnknown(value) ? value : null)).find(isUnknown) ?? apply(...values)
  },
  for: loop,
}

async function resultOf(expression: Expression, written: string, scope: Scope): Promise<Json> {
  const value = await kinds[expression.type]?.(expression, scope)
  return value === undefined ? lacking(written) : value
}

async function first({ children }: Expression, scope: Scope): Promise<Json | undefined> {
  const [only] = children
  return only && kinds[only.type]?.(only, scope)
}

async function all({ children }: Expression, scope: Scope): Promise<readonly Json[]> {
  return Promise.all(children.map(child => resultOf(child, String(child.meta?.value ?? ''), scope)))
}

async function part(written: unknown, scope: Scope): Promise<Json> {
  return source(String(written), scope)
}

async function object(members: readonly (readonly [Json | Promise<Json>, Promise<Json>])[]): Promise<Json> {
  const entries = await Promise.all(members.map(async ([key, value]) => [await key, await value] as const))
  const unnamed = missingIn(...entries.map(([key]) => key))
  return unnamed ?? Object.fromEntries(entries.map(([key, value]) => [String(key), value]))
}

async function loop({ meta = {} }: Expression, scope: Scope): Promise<Json | undefined> {
  const collection = await part(meta.collectionExpression, scope)
  if (isUnknown(collection) || meta.groupedValue === true) return isUnknown(collection) ? collection : undefined
  if (typeof collection !== 'object' || collection === null) return undefined
  const pairs: (readonly [Json, Json])[] = []
  for (const [key, value] of Object.entries(collection as JsonObject)) {
    const position = Array.isArray(collection) ? Number(key) : key
    const inner = {
      ...scope,
      bound: { ...scope.bound, [String(meta.keyVar)]: position, [String(meta.valVar)]: value },
    }
    const wanted = meta.conditionalExpression === undefined ? true : await part(meta.conditionalExpression, inner)
    if (isUnknown(wanted)) return wanted
    if (!isTrue(wanted)) continue
    const name = meta.keyExpression === undefined ? null : await part(meta.keyExpression, inner)
    pairs.push([name, await part(meta.valueExpression, inner)])
  }
  if (meta.openRangeValue === '[') return pairs.map(([, value]) => value)
  return (
    missingIn(...pairs.map(([key]) => key)) ?? Object.fromEntries(pairs.map(([key, value]) => [String(key), value]))
  )
}

/** A variable, a local, or what a `for` binds, and what stands inside it. */
async function named(steps: readonly string[], scope: Scope): Promise<Json> {
  const [root = '', name = '', ...deeper] = steps
  const path = steps.join('.')
  const { bound, variables, locals, within } = scope
  if (Object.hasOwn(bound, root)) return inside(bound[root] ?? null, steps.slice(1), path)
  if (root === 'var' && Object.hasOwn(variables, name)) return inside(variables[name] ?? null, deeper, path)
  if (root !== 'local' || !Object.hasOwn(locals, name) || within.includes(name)) return lacking(path)
  const value = await evaluate(locals[name] ?? null, { ...scope, bound: {}, within: [...within, name] })
  return inside(value, deeper, path)
}

function inside(value: Json, steps: readonly string[], path: string): Json {
  return steps.reduce<Json>((here, step) => {
    if (isUnknown(here)) return here
    const held = typeof here === 'object' && here !== null && Object.hasOwn(here, step)
    return held ? ((here as JsonObject)[step] ?? null) : lacking(path)
  }, value)
}

function stepsOf(meta: Expression['meta']): readonly string[] {
  const steps = (meta?.traversal ?? []) as readonly { readonly segment: string }[]
  return steps.map(({ segment }) => segment.replace(/^"(.*)"$/s, '$1'))
}

function literal(meta: Expression['meta']): Json {
  const value = String(meta?.value)
  if (meta?.type === 'string') return value.replaceAll('$${', '${').replaceAll('%%{', '%{')
  if (meta?.type === 'number') return Number(value)
  return meta?.type === 'bool' ? value === 'true' : null
}

function compared(operator: string, left: Json, right: Json): Json | undefined {
  if (operator === 'logicalAnd') return isTrue(left) && isTrue(right)
  if (operator === 'logicalOr') return isTrue(left) || isTrue(right)
  if (operator === 'equal') return JSON.stringify(left) === JSON.stringify(right)
  return operator === 'notEqual' ? JSON.stringify(left) !== JSON.stringify(right) : undefined
}

function isTrue(value: Json): boolean {
  return value === true || value === 'true'
}

function lacking(what: string): Json {
  return { ...unknown(what) }
}
