import type { Json, JsonObject } from '../../policies/intrinsics'

/** A value by what a caller gives: read as configuration, texts hold the values of a specimen. */
export type Node =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Node])[] }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  /** One or the other, by whether the caller gives what is optional at `on`. */
  | { readonly kind: 'choice'; readonly on: string; readonly given: Node; readonly omitted: Node }

/** A value as it is in one run; undefined where it is not there. */
export interface Case {
  readonly omitted: ReadonlySet<string>
  readonly value: Json | undefined
}

/** What tells the elements of a list apart. */
export type Identity = (element: Json) => string

/**
 * What a value is by what is left out. Objects are taken apart by their members and lists by their elements; anything else that differs is
 * a choice, by the optional value that tells most of the difference. Throws where none does.
 */
export function solve(cases: readonly Case[], identity: Identity): Node {
  const values = cases.map(({ value }) => value)
  const texts = values.map(value => JSON.stringify(value))
  const [first] = values
  if (new Set(texts).size === 1 && (typeof first !== 'object' || first === null))
    return first === undefined ? { kind: 'absent' } : { kind: 'value', value: first }
  if (values.every(isObject)) {
    const names = new Set(values.flatMap(value => Object.keys(value as JsonObject)))
    const member = (name: string) => cases.map(one => ({ ...one, value: (one.value as JsonObject)[name] }))
    return { kind: 'object', entries: [...names].map(name => [name, solve(member(name), identity)] as const) }
  }
  if (values.every(Array.isArray)) {
    const lists = values as readonly (readonly Json[])[]
    const keys = new Set(lists.flatMap(list => list.map(identity)))
    const element = (key: string) =>
      cases.map((one, i) => ({ ...one, value: lists[i]?.find(item => identity(item) === key) }))
    return { kind: 'list', items: [...keys].map(key => solve(element(key), identity)) }
  }
  const there = cases.filter(({ value }) => value !== undefined)
  if (there.length < cases.length && there.every(({ value }) => typeof value === 'object')) {
    const presence = solve(
      cases.map(one => ({ ...one, value: one.value === undefined ? undefined : true })),
      identity,
    )
    return replaced(presence, solve(there, identity))
  }
  const on = tellingMost(cases, texts)
  const side = (isOmitted: boolean) => cases.filter(({ omitted }) => omitted.has(on) === isOmitted)
  return { kind: 'choice', on, given: solve(side(false), identity), omitted: solve(side(true), identity) }
}

/** The optional value by which the cases fall apart into two that differ least in themselves. */
function tellingMost(cases: readonly Case[], texts: readonly (string | undefined)[]): string {
  const candidates = [...new Set(cases.flatMap(({ omitted }) => [...omitted]))].flatMap(path => {
    const sides = [true, false].map(isOmitted => texts.filter((_, i) => cases[i]?.omitted.has(path) === isOmitted))
    if (sides.some(side => side.length === 0)) return []
    const kinds = sides.reduce((sum, side) => sum + new Set(side).size, 0)
    return [{ path, kinds, mixed: sides.reduce((sum, side) => sum + mixture(side), 0) }]
  })
  const [best] = candidates.sort((a, b) => a.kinds - b.kinds || a.mixed - b.mixed || (a.path < b.path ? -1 : 1))
  if (!best) throw new Error(`nothing that is left out tells ${[...new Set(texts)].join(' from ')}`)
  return best.path
}

/** How far values are from being one and the same: their Gini impurity, times how many they are. */
function mixture(values: readonly unknown[]): number {
  const counts = [...new Set(values)].map(one => values.filter(value => value === one).length)
  return values.length - counts.reduce((sum, count) => sum + count ** 2, 0) / values.length
}

/** A node with another wherever it is there. */
export function replaced(node: Node, by: Node): Node {
  if (node.kind === 'absent') return node
  return node.kind === 'choice' ? { ...node, given: replaced(node.given, by), omitted: replaced(node.omitted, by) } : by
}

function isObject(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a node is where it is there at all. */
export function strip(node: Node): Node {
  if (node.kind !== 'choice') return node
  const [given, omitted] = [strip(node.given), strip(node.omitted)]
  if (given.kind === 'absent') return omitted
  if (omitted.kind === 'absent' || JSON.stringify(given) === JSON.stringify(omitted)) return given
  return { ...node, given, omitted }
}

/** A node that is the same whatever is given. */
export function literal(value: Json): Node {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(literal) }
  if (typeof value !== 'object' || value === null) return { kind: 'value', value: value as string }
  return { kind: 'object', entries: Object.entries(value).map(([name, item]) => [name, literal(item)] as const) }
}
