import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import { length } from './wrap'

/** A JSON value in few lines: each list or object on one line where it fits into `width`, else an element a line. */
export function jsonLines(value: Json, width: number, before = ''): readonly string[] {
  const line = `${before}${flat(value)}`
  if (length(line) <= width || typeof value !== 'object' || value === null) return [line]
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const parts: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? value.map(item => ['', item])
    : Object.entries(value as JsonObject).map(([key, item]) => [`${JSON.stringify(key)}: `, item])
  const inner = parts.flatMap(([key, item], i) => {
    const lines = jsonLines(item, width - 3, key)
    const comma = i < parts.length - 1 ? ',' : ''
    return lines.map((text, n) => `  ${text}${n === lines.length - 1 ? comma : ''}`)
  })
  return [`${before}${open}`, ...inner, close]
}

/** A resource as Terraform configuration: `resource "aws_kms_grant" "keyreach" { … }`. */
export function resourceLines(type: string, name: string, values: JsonObject, width: number): readonly string[] {
  return [`resource "${type}" "${name}" {`, ...bodyLines(values, width - 2).map(line => `  ${line}`), '}']
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

function blockLines(name: string, block: JsonObject, width: number): readonly string[] {
  return [`${name} {`, ...bodyLines(block, width - 2).map(line => `  ${line}`), '}']
}

function expressionLines(before: string, value: Json, width: number): readonly string[] {
  const line = `${before}${expression(value)}`
  if (!Array.isArray(value) || length(line) <= width) return [line]
  return [`${before}[`, ...value.map(item => `  ${expression(item)},`), ']']
}

/** A value as an expression; a text that is nothing but a reference is the reference. */
function expression(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`
  if (isObject(value))
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)} = ${expression(item)}`)
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
