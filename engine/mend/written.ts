import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'

/** What a plan shows of an attribute: its value, what of it is not known, and how it is written. */
export interface Shown {
  readonly after: Json
  readonly unknown: Json
  readonly expression: Json
}

/** Is thrown where a value cannot be written: the plan does not show from what it comes. */
export class Unwritten extends Error {}

/** An attribute or blocks as configuration in JSON has them. What is not known is the reference that it comes from. */
export function writtenAs({ after, unknown, expression }: Shown): Json {
  if (unknown === true) return only(referencesIn(expression))
  if (Array.isArray(after)) {
    if (after.length > 0 && after.every(isObject))
      return after.map((block, i) => blockAs(block, at(unknown, i), blockOf(expression, block, i, after.length)))
    return listAs(after, unknown, expression)
  }
  return escaped(after)
}

/** The members of a block or resource that are written: what is not set, and what the provider computes, is left out. */
export function blockAs(after: JsonObject, unknown: Json, expressions: JsonObject): JsonObject {
  const names = new Set([...Object.keys(after), ...Object.keys(isObject(unknown) ? unknown : {})])
  const members = [...names].flatMap(name => {
    const shown = { after: after[name] ?? null, unknown: member(unknown, name), expression: expressions[name] ?? null }
    const isComputed = shown.unknown === true && shown.expression === null
    return isComputed || isUnset(shown) ? [] : [[name, writtenAs(shown)] as const]
  })
  return Object.fromEntries(members)
}

function isUnset({ after, unknown }: Shown): boolean {
  return unknown !== true && (after === null || after === '' || (Array.isArray(after) && after.length === 0))
}

/** The references of an expression, the longest of each. */
export function referencesIn(expression: Json): readonly string[] {
  if (Array.isArray(expression)) return [...new Set(expression.flatMap(referencesIn))]
  if (!isObject(expression)) return []
  const { references } = expression
  if (!Array.isArray(references)) return [...new Set(Object.values(expression).flatMap(referencesIn))]
  const all = references.map(String)
  return [
    ...new Set(all.filter(name => !all.some(other => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)))),
  ]
}

function only(references: readonly string[]): Json {
  const [reference, ...others] = references
  if (reference === undefined || others.length > 0) throw new Unwritten()
  return `\${${reference}}`
}

/** Where as many elements are not known as the expression has references, they are these, in their order. */
function listAs(after: readonly Json[], unknown: Json, expression: Json): Json {
  const references = referencesIn(expression).filter(name => !/^(var|local)\./.test(name))
  const holes = after.filter((_, i) => at(unknown, i) === true).length
  if (holes > 0 && holes !== references.length) throw new Unwritten()
  const left = [...references]
  return after.map((item, i) => (at(unknown, i) === true ? `\${${left.shift()}}` : escaped(item)))
}

/** What is written of a planned block: a set has lost its order, so that what is constant has to tell. */
function blockOf(expression: Json, block: JsonObject, position: number, count: number): JsonObject {
  const written = Array.isArray(expression) ? expression.filter(isObject) : []
  if (written.length === 1 && count === 1) return written[0] ?? {}
  const fitting = written.filter(candidate =>
    Object.entries(candidate).every(([name, value]) => {
      const constant = isObject(value) && 'constant_value' in value ? value.constant_value : undefined
      return constant === undefined || JSON.stringify(constant) === JSON.stringify(block[name])
    }),
  )
  if (fitting.length === 1) return fitting[0] ?? {}
  return fitting.includes(written[position] ?? {}) ? (written[position] ?? {}) : (fitting[0] ?? {})
}

/** Texts of a plan are final; in configuration `${` begins an expression. */
function escaped(value: Json): Json {
  if (Array.isArray(value)) return value.map(escaped)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item)]))
  return typeof value === 'string' ? value.replaceAll('${', '$${').replaceAll('%{', '%%{') : value
}

function at(value: Json, position: number): Json {
  return Array.isArray(value) ? (value[position] ?? null) : null
}

function member(value: Json, name: string): Json {
  return isObject(value) ? (value[name] ?? null) : null
}
