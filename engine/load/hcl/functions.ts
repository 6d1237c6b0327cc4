import { isObject, type Json, type JsonObject, parseJson } from '../../../policies/intrinsics'
import { missingIn } from './evaluate'

type Function = (...values: readonly Json[]) => Json | undefined

/**
 * The functions of Terraform and Packer that make lists and maps of regions, keys and accounts, and policies of them, for known arguments;
 * undefined where they do not fit.
 * Sources: https://developer.hashicorp.com/terraform/language/functions, https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions
 */
export const functions: { readonly [name: string]: Function } = {
  coalesce: (...values) => values.find(value => value !== null && value !== ''),
  compact: list => items(list)?.filter(item => item !== null && item !== ''),
  concat: (...lists) => (lists.every(isList) ? lists.flat() : undefined),
  contains: (list, value) => items(list)?.includes(value ?? null),
  distinct: unique,
  element: (list, position) => items(list)?.[Number(position) % (items(list)?.length || 1)],
  flatten: list => items(list)?.flat(8),
  format: formatted,
  formatlist: formattedList,
  join: (separator, list) => items(list)?.map(String).join(String(separator)),
  jsondecode: text => (typeof text === 'string' ? parseJson(text) : undefined),
  jsonencode: value => missingIn(value ?? null) ?? JSON.stringify(sortedKeys(value ?? null)),
  keys: map => members(map)?.map(([key]) => key),
  length: value => items(value)?.length ?? members(value)?.length,
  lookup: (map, key, other) => (isObject(map) && Object.hasOwn(map, String(key)) ? map[String(key)] : other),
  lower: text => (typeof text === 'string' ? text.toLowerCase() : undefined),
  merge: (...maps) => (maps.every(isObject) ? Object.assign({}, ...maps) : undefined),
  one: list => (items(list)?.length === 1 ? items(list)?.[0] : undefined),
  range: (...bounds) =>
    bounds.length === 1 && Number(bounds[0]) <= 1000
      ? Array.from({ length: Number(bounds[0]) }, (_, i) => i)
      : undefined,
  replace: (text, from, to) =>
    typeof text === 'string' && !/^\/.*\/$/s.test(String(from))
      ? text.replaceAll(String(from), () => String(to))
      : undefined,
  setunion: (...lists) => (lists.every(isList) ? unique(lists.flat()) : undefined),
  split: (separator, text) => (typeof text === 'string' ? text.split(String(separator)) : undefined),
  tobool: value => (typeof value === 'object' ? undefined : String(value) === 'true'),
  tolist: items,
  tomap: map => (isObject(map) ? map : undefined),
  tonumber: value => (Number.isNaN(Number(value ?? Number.NaN)) ? undefined : Number(value)),
  toset: unique,
  tostring: value => (typeof value === 'object' ? undefined : String(value)),
  trimspace: text => (typeof text === 'string' ? text.trim() : undefined),
  upper: text => (typeof text === 'string' ? text.toUpperCase() : undefined),
  values: map => members(map)?.map(([, value]) => value),
  zipmap: (keys, values) =>
    items(keys) && items(values)
      ? Object.fromEntries((items(keys) ?? []).map((key, i) => [String(key), items(values)?.[i] ?? null]))
      : undefined,
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function items(value: Json | undefined): readonly Json[] | undefined {
  return isList(value) ? value : undefined
}

function unique(value: Json | undefined): readonly Json[] | undefined {
  return items(value)?.filter((item, i, all) => all.indexOf(item) === i)
}

/** Terraform and Packer go through maps in the order of their keys. */
function members(value: Json | undefined): readonly (readonly [string, Json])[] | undefined {
  return isObject(value) ? Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1)) : undefined
}

/** `%s`, `%d`, `%03d`, `%v` and `%q` in turn; a text with any other verb is not known here. */
function formatted(form: Json | undefined, ...values: readonly Json[]): string | undefined {
  const left = [...values]
  let isKnown = true
  const text = String(form).replace(
    /%(?:%|(?:0(\d+))?([sdvq])|.)/g,
    (verb, digits: string | undefined, kind: string) => {
      if (verb === '%%') return '%'
      const value = left.shift()
      isKnown &&= kind !== undefined && value !== undefined
      return kind === 'q' ? JSON.stringify(value) : String(value).padStart(Number(digits ?? 0), '0')
    },
  )
  return isKnown && left.length === 0 ? text : undefined
}

function formattedList(form: Json | undefined, ...values: readonly Json[]): readonly Json[] | undefined {
  const length = values.find(isList)?.length ?? 1
  const made = Array.from({ length }, (_, i) =>
    formatted(form, ...values.map(value => (isList(value) ? (value[i] ?? null) : value))),
  )
  return made.every(text => text !== undefined) ? made : undefined
}

/** Terraform sorts the keys of what it encodes. */
function sortedKeys(value: Json): Json {
  if (isList(value)) return value.map(sortedKeys)
  return isObject(value)
    ? Object.fromEntries(members(value)?.map(([key, item]) => [key, sortedKeys(item)]) ?? [])
    : value
}
