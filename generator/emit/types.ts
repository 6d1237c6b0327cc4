import type { FieldModel, MethodModel, TypeModel } from '../declarations'
import { cell, table } from './markdown'

/** Where a type has its part of a page; null where it has none. */
export type Home = (name: string) => string | null

/** The part of a page that a type has. */
export function typeParts(type: TypeModel, home: Home): readonly string[] {
  return [
    `## ${type.name}`,
    type.summary,
    type.description,
    // What has methods is given by keyreach; all else is for people to write.
    ...(type.methods.length === 0 ? [fields(type.fields, home)] : [members(type.fields, home), methods(type.methods)]),
  ]
}

/** What is given, a row for each. */
export function fields(all: readonly FieldModel[], home: Home): string {
  const rows = all.map(field => [
    `\`${field.name}\``,
    linked(field.type, home),
    field.isOptional ? cell(field.default) : 'required',
    cell(field.description),
  ])
  return table(['property', 'type', 'default', 'what it is'], rows)
}

/** What there is to read, a row for each. */
export function members(all: readonly FieldModel[], home: Home): string {
  const rows = all.map(({ name, type, isOptional, description }) => [
    `\`${name}${isOptional ? '?' : ''}\``,
    linked(type, home),
    cell(description),
  ])
  return table(['member', 'type', 'what it is'], rows)
}

/** What can be called, a row for each. */
export function methods(all: readonly MethodModel[]): string {
  const rows = all.map(({ signature, description }) => [`\`${cell(signature)}\``, cell(description)])
  return table(['method', 'what it does'], rows)
}

function linked(type: string, home: Home): string {
  const address = (type.match(/\w+/g) ?? []).map(home).find(found => found !== null)
  const text = `\`${cell(type)}\``
  return address === undefined ? text : `[${text}](${address})`
}
