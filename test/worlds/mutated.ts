import fc, { type Arbitrary } from 'fast-check'
import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { ExampleAccount, ExampleWorld } from '../../policies/lang/rule'
import { anything, type Draw, hostile, keyTerm, oneIn, perhaps, pick, principal } from './values'

/**
 * Worlds that are nearly right: one of `examples` with a few things changed, taken away, or brought in from another one.
 * They reach the decisions that a world of chance alone nearly never gets to.
 */
export function mutated(examples: readonly ExampleWorld[]): Arbitrary<ExampleWorld> {
  const [first, ...rest] = examples
  if (!first) throw new Error('there is no example to start from')
  return fc.gen().map(draw => {
    const example = pick(draw, first, ...rest)
    const one = pick(draw, 10, 20, 60, 200)
    const other = oneIn(draw, 3) ? pick(draw, first, ...rest) : null
    return {
      accounts: example.accounts.map((account, i) =>
        changed({ draw, account: account.id, one }, account, other?.accounts[i]),
      ),
      ...(example.templates && {
        templates: example.templates.map(template => ({
          ...template,
          settings: withChanges({ draw, account: template.account ?? '', one }, template.settings),
        })),
      }),
      declared: {
        ...(oneIn(draw, 2) && other?.declared),
        ...withChanges({ draw, account: '', one }, example.declared ?? {}),
      },
    }
  })
}

/** Where changes are made: one in `one` leaves is. */
interface Place {
  readonly draw: Draw
  readonly account: string
  readonly one: number
}

function changed(place: Place, account: ExampleAccount, other: ExampleAccount | undefined): ExampleAccount {
  const resources = { ...other?.resources, ...account.resources }
  const kept = Object.entries(resources).filter(() => !oneIn(place.draw, place.one * 2))
  return {
    ...account,
    resources: Object.fromEntries(kept.map(([address, values]) => [address, withChanges(place, values)])),
  }
}

/** The object with some of its leaves, at any depth, changed or gone; inside a policy to anything at all. */
function withChanges(place: Place, object: JsonObject, inPolicy = false): JsonObject {
  const inside = inPolicy || 'Statement' in object
  const kept = Object.entries(object).filter(([key]) => isMark(key) || !oneIn(place.draw, place.one * 3))
  return Object.fromEntries(kept.map(([key, value]) => [key, changedValue(place, value, key, inside)]))
}

function changedValue(place: Place, value: Json, key: string, inPolicy: boolean): Json {
  const { draw, account, one } = place
  if (Array.isArray(value)) return value.map(item => changedValue(place, item, key, inPolicy))
  if (isObject(value)) return withChanges(place, value, inPolicy)
  if (isMark(key) || !oneIn(draw, one)) return value
  if (inPolicy && oneIn(draw, 2)) return anything(draw, value)
  if (typeof value !== 'string') return perhaps(draw, value)
  if (/key/.test(key)) return keyTerm(draw, account)
  if (/principal|AWS|arn/.test(key)) return principal(draw, account)
  return pick(draw, hostile(draw), perhaps(draw, value))
}

/** What tells the expansion of examples what a value is. */
function isMark(key: string): boolean {
  return key.startsWith('$') || key === 'Statement'
}
