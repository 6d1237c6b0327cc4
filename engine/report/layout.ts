import { isObject, type Json, type JsonObject, parseJson } from '../../policies/intrinsics'
import { length, wrap } from './wrap'

/** A JSON value in few lines: each list or object on one line where it fits into `width`; plain values of a list fill lines. */
export function jsonLines(value: Json, width: number, before = ''): readonly string[] {
  const line = `${before}${flat(value)}`
  if (length(line) <= width || typeof value !== 'object' || value === null) return [line]
  if (Array.isArray(value)) return [`${before}[`, ...indented(elements(value, width - 2)), ']']
  const members = Object.entries(value as JsonObject).map(([key, item]) =>
    jsonLines(item, width - 3, `${JSON.stringify(key)}: `),
  )
  return [`${before}{`, ...indented(separated(members)), '}']
}

function elements(items: readonly Json[], width: number): readonly string[] {
  if (items.some(item => typeof item === 'object')) return separated(items.map(item => jsonLines(item, width - 1)))
  return wrap(items.map(item => JSON.stringify(item).replaceAll(' ', '\0')).join(', '), width).map(line =>
    line.replaceAll('\0', ' '),
  )
}

function separated(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.flatMap((lines, i) => (i < parts.length - 1 ? [...lines.slice(0, -1), `${lines.at(-1)},`] : lines))
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map(line => `  ${line}`)
}

/** A resource as Terraform configuration: `resource "aws_kms_grant" "keyreach" { … }`. */
export function resourceLines(type: string, name: string, values: JsonObject, width: number): readonly string[] {
  return blockLines(`resource "${type}" "${name}"`, values, width)
}

function bodyLines(values: JsonObject, width: number): readonly string[] {
  const present = Object.entries(values).filter(([, value]) => value !== null)
  const isBlocks = (value: Json): boolean => Array.isArray(value) && value.length > 0 && value.every(isObject)
  const attributes = present.filter(([, value]) => !isBlocks(value))
  const column = Math.max(...attributes.map(([name]) => name.length))
  return [
    ...attributes.flatMap(([name, value]) => expressionLines(`${name.padEnd(column)} = `, value, width)),
    ...present
      .filter(([, value]) => isBlocks(value))
      .flatMap(([name, value]) => (value as readonly JsonObject[]).flatMap(block => blockLines(name, block, width))),
  ]
}

/** A block of configuration, below its kind and labels. */
export function blockLines(name: string, block: JsonObject, width: number): readonly string[] {
  return [`${name} {`, ...indented(bodyLines(block, width - 2)), '}']
}

function expressionLines(before: string, value: Json, width: number): readonly string[] {
  const policy = typeof value === 'string' && value.startsWith('{') ? parseJson(value) : null
  if (isObject(policy)) return encodedLines(before, policy, width)
  const line = `${before}${expression(value)}`
  if (!Array.isArray(value) || length(line) <= width) return [line]
  const items = wrap(value.map(item => `${expression(item).replaceAll(' ', '\0')},`).join(' '), width - 2)
  return [`${before}[`, ...indented(items.map(item => item.replaceAll('\0', ' '))), ']']
}

/** A policy by what it says: nobody reads JSON in quotes. */
function encodedLines(before: string, policy: JsonObject, width: number): readonly string[] {
  const [first = '', ...others] = valueLines('', policy, width)
  return [`${before}jsonencode(${first}`, ...others.slice(0, -1), `${others.at(-1) ?? ''})`]
}

/** A value as an expression, on a line of its own where it fits. */
function valueLines(before: string, value: Json, width: number): readonly string[] {
  const line = `${before}${expression(value)}`
  if (typeof value !== 'object' || value === null || (length(line) <= width && !isObject(value))) return [line]
  if (Array.isArray(value))
    return [`${before}[`, ...indented(value.flatMap(item => ended(valueLines('', item, width - 2)))), ']']
  const members = Object.entries(value as JsonObject)
  const named = members.flatMap(([key, item]) => valueLines(`${keyText(key)} = `, item, width - 2))
  return [`${before}{`, ...indented(named), '}']
}

function ended(lines: readonly string[]): readonly string[] {
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ''},`]
}

function keyText(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key)
}

/** A value as an expression; a text that is nothing but a reference is the reference. */
function expression(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`
  if (isObject(value))
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${keyText(key)} = ${expression(item)}`)
      .join(', ')} }`
  const [, reference] = typeof value === 'string' ? (/^\$\{([^{}]+)\}$/.exec(value) ?? []) : []
  return reference ?? JSON.stringify(value)
}

function flat(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${flat(item)}`)
  return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}'
}
