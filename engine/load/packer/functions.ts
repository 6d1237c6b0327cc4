import { isObject, type Json, type JsonObject, parseJson } from '../../../policies/intrinsics'

type Function = (...values: readonly Json[]) => Json | undefined

/**
 * The functions of Packer that make lists and maps of regions, keys and accounts, for known arguments; undefined where they do not fit.
 * Source: https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions
 */
export const functions: { readonly [name: string]: Function } = {
  coalesce: (...values) => values.find(value => value !== null && value !== ''),
  compact: list => items(list)?.filter(item => item !== null && item !== ''),
  concat: (...lists) => (lists.every(isList) ? lists.flat() : undefined),
  contains: (list, value) => items(list)?.includes(value ?? null),
  distinct: unique,
  flatten: list => items(list)?.flat(8),
  join: (separator, list) => items(list)?.map(String).join(String(separator)),
  jsondecode: text => (typeof text === 'string' ? parseJson(text) : undefined),
  keys: map => members(map)?.map(([key]) => key),
  length: value => items(value)?.length ?? members(value)?.length,
  lookup: (map, key, other) => (isObject(map) && Object.hasOwn(map, String(key)) ? map[String(key)] : other),
  lower: text => (typeof text === 'string' ? text.toLowerCase() : undefined),
  merge: (...maps) => (maps.every(isObject) ? Object.assign({}, ...maps) : undefined),
  setunion: (...lists) => (lists.every(isList) ? unique(lists.flat()) : undefined),
  split: (separator, text) => (typeof text === 'string' ? text.split(String(separator)) : undefined),
  tolist: items,
  tomap: map => (isObject(map) ? map : undefined),
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
