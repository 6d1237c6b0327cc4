import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { ExampleAccount, ExampleWorld } from '../../policies/lang/rule'

/** An example with one thing changed; `what` says where and how. */
export interface Changed {
  readonly what: string
  readonly world: ExampleWorld
}

/** A way to change one thing: what it does, and the value that is left (undefined: none). */
export interface Change {
  readonly what: string
  readonly value: Json | undefined
}

/** The ways to change a value at a place. */
export type Changes = (value: Json, path: string) => readonly Change[]

/** Every world that is the example with one attribute, or one part of a block or policy, changed in one of the ways. */
export function changedAt(world: ExampleWorld, changes: Changes): readonly Changed[] {
  return world.accounts.flatMap((account, i) =>
    Object.entries(account.resources).flatMap(([address, values]) =>
      inside(values, address, changes).map(({ what, value }) => ({
        what,
        world: withAccount(world, i, {
          ...account,
          resources: { ...account.resources, [address]: isObject(value ?? null) ? (value as JsonObject) : {} },
        }),
      })),
    ),
  )
}

/** The example with another account in place of one. */
export function withAccount(world: ExampleWorld, position: number, account: ExampleAccount): ExampleWorld {
  return { ...world, accounts: world.accounts.map((other, i) => (i === position ? account : other)) }
}

/** What tells the expansion of examples what a value is: a reference is one value. */
export function isMark(value: Json): boolean {
  return isObject(value) && Object.keys(value).some(key => key.startsWith('$'))
}

/** Blocks: of those that are not computed a plan always shows how many there are. */
export function isBlocks(value: Json): boolean {
  return Array.isArray(value) && value.some(item => isObject(item) && !isMark(item))
}

/** An object without one of its keys. */
export function without<T>(object: { readonly [key: string]: T }, name: string): { readonly [key: string]: T } {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
}

/** A value with one thing inside it changed, in each possible way. */
function inside(value: Json, path: string, changes: Changes): readonly Change[] {
  if (Array.isArray(value))
    return value.flatMap((item: Json, i) =>
      both(item, `${path}[${i}]`, changes).map(change => ({
        what: change.what,
        value: value.flatMap((other: Json, j) =>
          i !== j ? [other] : change.value === undefined ? [] : [change.value],
        ),
      })),
    )
  if (!isObject(value) || isMark(value)) return []
  return Object.entries(value).flatMap(([name, part]) =>
    both(part, `${path}.${name}`, changes).map(change => ({
      what: change.what,
      value: change.value === undefined ? without(value, name) : { ...value, [name]: change.value },
    })),
  )
}

function both(value: Json, path: string, changes: Changes): readonly Change[] {
  return [...changes(value, path), ...inside(value, path, changes)]
}
