import { isObject } from '../intrinsics'

/**
 * A value that is not known until apply: what would make it known, and the ids of the resources it may come from.
 * One candidate means that the value is that resource's (its ARN, id or name, as the attribute asks).
 */
export type Unknown = { readonly unknown: string; readonly candidates: readonly string[] }

/** An attribute's value: known, absent (null), or not known until apply. */
export type Maybe<T> = T | null | Unknown

/** A value that is not known and of which nothing else is known either; `what` says what would make it known. */
export function unknown(what: string): Unknown {
  return { unknown: what, candidates: [] }
}

/** Whether a value is not known until apply. */
export function isUnknown(value: unknown): value is Unknown {
  return isObject(value) && typeof (value['unknown'] ?? null) === 'string'
}
