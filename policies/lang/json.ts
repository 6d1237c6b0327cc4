import { isObject, type Json, type JsonObject } from '../intrinsics'

/** A JSON value where it is a text that is not empty, else null. */
export function textOf(value: Json): string | null {
  if (typeof value === 'string' && value !== '') return value
  return null
}

/** A JSON value where it is an object, else an empty one. */
export function objectOf(value: Json): JsonObject {
  if (isObject(value)) return value
  return {}
}

/** A JSON value where it is a list, else an empty one. */
export function listOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value
  return []
}

/** The objects of a list of JSON values; all else is left out. */
export function objectsOf(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.filter(item => isObject(item))
  return []
}

/** The texts of a list of JSON values; all else is left out. */
export function textsOf(value: Json): readonly string[] {
  return listOf(value).flatMap(item => textList(item))
}

/** Whether two scalars are the same to Terraform, which writes `true` and `"true"` for one value; of two lists or objects, no. */
export function sameScalar(a: Json, b: Json): boolean {
  return scalarText(a) !== null && scalarText(a) === scalarText(b)
}

/** A scalar as text, or null for null, lists and objects. */
export function scalarText(value: Json): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return `${value}`
  if (value === true) return 'true'
  if (value === false) return 'false'
  return null
}

function textList(value: Json): readonly string[] {
  if (typeof value === 'string' && value !== '') return [value]
  return []
}
