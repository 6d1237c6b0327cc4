import { isObject, type Json, type JsonObject } from '../policies/intrinsics'
import type { ExampleAccount, ExampleWorld } from '../policies/lang/rule'

/** An example with one thing not known until apply; `what` says which. */
export interface Hiding {
  readonly what: string
  readonly world: ExampleWorld
}

/** A value with one thing inside it hidden. */
interface Hidden {
  readonly what: string
  readonly value: Json
}

/** Every world that is the example with one attribute, or one part of a policy, not known until apply. */
export function hidings(world: ExampleWorld): readonly Hiding[] {
  return world.accounts.flatMap((account, i) =>
    Object.entries(account.resources).flatMap(([address, values]) =>
      inside(values, address).map(({ what, value }) => ({
        what,
        world: withAccount(world, i, {
          ...account,
          resources: { ...account.resources, [address]: value as JsonObject },
        }),
      })),
    ),
  )
}

function inside(value: Json, path: string): readonly Hidden[] {
  if (Array.isArray(value))
    return value.flatMap((item: Json, i) =>
      both(item, `${path}[${i}]`).map(hidden => ({
        what: hidden.what,
        value: value.map((other: Json, j) => (i === j ? hidden.value : other)),
      })),
    )
  if (!isObject(value) || isMark(value)) return []
  return Object.entries(value)
    .filter(([name]) => name !== 'depends_on')
    .flatMap(([name, part]) =>
      both(part, `${path}.${name}`).map(hidden => ({ what: hidden.what, value: { ...value, [name]: hidden.value } })),
    )
}

function both(value: Json, path: string): readonly Hidden[] {
  return isPart(value) ? inside(value, path) : [{ what: path, value: { $unknown: true } }, ...inside(value, path)]
}

/** Objects that are no value of an attribute, and blocks: of those that are not computed a plan always shows how many there are. */
function isPart(value: Json): boolean {
  if (Array.isArray(value)) return value.some(item => isObject(item) && !isMark(item))
  return isObject(value) && !('Statement' in value) && !isMark(value)
}

/** What tells the expansion of examples what a value is: a reference is one value. */
function isMark(value: JsonObject): boolean {
  return Object.keys(value).some(key => key.startsWith('$'))
}

function withAccount(world: ExampleWorld, position: number, account: ExampleAccount): ExampleWorld {
  return { ...world, accounts: world.accounts.map((other, i) => (i === position ? account : other)) }
}
