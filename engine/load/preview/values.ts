import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { isUnknown } from '../../../policies/lang/maybe'
import type { Planned } from '../../example/value'
import { blocksIn, labelled } from '../hcl/blocks'
import { evaluate, missingIn, type Scope } from '../hcl/evaluate'
import { referencesIn } from './references'
import type { Shape } from './shapes'

type Kind = Exclude<Shape[string], Shape> | 'text'

type Body = Record<keyof Planned, JsonObject>

/** What the values of a resource are worked out with. */
export interface Context {
  readonly scope: Scope
  /** References whose values are secret: `var.password`. */
  readonly sensitive: readonly string[]
}

/** The attributes and blocks that are written, as a plan shows them in its several places. */
export function bodyOf(written: JsonObject, shape: Shape, context: Context): Body {
  const { dynamic, ...own } = written
  const parts = new Map(
    Object.entries(own).map(([name, value]) => [name, memberOf(value, shape[name], context)] as const),
  )
  for (const { label: name, block } of labelled(dynamic))
    parts.set(name, joined(parts.get(name), dynamicOf(name, block, shape[name], context)))
  const place = (key: keyof Planned, isLeftOut: (value: Json | undefined) => boolean): JsonObject =>
    Object.fromEntries([...parts].flatMap(([name, part]) => (isLeftOut(part[key]) ? [] : [[name, part[key] as Json]])))
  return {
    after: place('after', value => value === undefined),
    unknown: place('unknown', value => value === false),
    sensitive: place('sensitive', value => value === false),
    expression: place('expression', value => value === null),
  }
}

/** Blocks of one kind, those that are written and then those that `dynamic` makes. A plan has no expressions of these. */
function joined(written: Planned | undefined, made: Planned): Planned {
  if (!written) return made
  if (written.unknown === true || made.unknown === true) return unknownBlocks
  const list = (key: keyof Planned): Json => [written[key] ?? [], made[key] ?? []].flat()
  return {
    after: list('after'),
    unknown: list('unknown'),
    sensitive: list('sensitive'),
    expression: written.expression,
  }
}

const unknownBlocks: Planned = { after: undefined, unknown: true, sensitive: false, expression: null }

function memberOf(written: Json, kind: Shape[string] | undefined, context: Context): Planned {
  if (written === null) return { after: null, unknown: false, sensitive: false, expression: null }
  if (typeof kind !== 'object') return attributeOf(written, kind, context)
  // A block that there can be only once stands alone in what CDK for Terraform writes.
  if (typeof written !== 'string') return together(blocksIn(written).map(block => bodyOf(block, kind, context)))
  return { ...attributeOf(written, 'list', context), expression: [] }
}

function together(blocks: readonly Body[]): Planned {
  return {
    after: blocks.map(({ after }) => after),
    unknown: blocks.map(({ unknown }) => unknown),
    sensitive: blocks.map(({ sensitive }) => sensitive),
    expression: blocks.map(({ expression }) => expression),
  }
}

function attributeOf(written: Json, kind: Kind | undefined, { scope, sensitive }: Context): Planned {
  const value = converted(evaluate(written, scope), kind ?? 'text')
  const references = referencesIn(written, scope.locals)
  // What follows from variables alone is as good as written there.
  const isConstant = references.every(name => name.startsWith('var.')) && missingIn(value) === undefined
  return {
    ...apart(value),
    sensitive: references.some(name => sensitive.includes(name)),
    expression: isConstant ? { constant_value: value } : { references },
  }
}

/** The blocks that `dynamic` makes; where that is not known, how many there are is not either. */
function dynamicOf(name: string, block: JsonObject, kind: Shape[string] | undefined, context: Context): Planned {
  const { for_each: over = null, iterator = name, content = {} } = block
  const items = evaluate(over, context.scope)
  const [shape, [body = {}]] = [typeof kind === 'object' ? kind : {}, blocksIn(content)]
  if (isUnknown(items) || typeof items !== 'object') return unknownBlocks
  const blocks = Object.entries(items ?? {}).map(([key, value]) => {
    const bound = { ...context.scope.bound, [String(iterator)]: { key: Array.isArray(items) ? value : key, value } }
    return bodyOf(body, shape, { ...context, scope: { ...context.scope, bound } })
  })
  return { ...together(blocks), expression: null }
}

/** A value as a plan shows it: what is known, and where something is not. */
function apart(value: Json): { readonly after: Json | undefined; readonly unknown: Json } {
  if (isUnknown(value)) return { after: undefined, unknown: true }
  if (Array.isArray(value)) {
    const items = value.map(apart)
    return { after: items.map(({ after }) => after ?? null), unknown: items.map(({ unknown }) => unknown) }
  }
  if (!isObject(value)) return { after: value, unknown: false }
  const members = Object.entries(value).map(([key, item]) => [key, apart(item)] as const)
  return {
    after: Object.fromEntries(members.flatMap(([key, { after }]) => (after === undefined ? [] : [[key, after]]))),
    unknown: Object.fromEntries(members.flatMap(([key, { unknown }]) => (unknown === false ? [] : [[key, unknown]]))),
  }
}

/** A scalar as the type of its attribute, to which Terraform converts it: `true` and `"true"` are both written. */
function converted(value: Json, kind: Kind): Json {
  if (typeof value === 'object') return value
  if (kind === 'text') return String(value)
  if (kind === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  return kind === 'number' && typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
    ? Number(value)
    : value
}
