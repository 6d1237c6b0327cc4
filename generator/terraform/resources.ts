import type { Shown } from '../../modules/terraform/runs'
import type { Json, JsonObject } from '../../policies/intrinsics'
import { bodyOf, type Locals } from './configuration'
import { bind, collectionOf, expressionOf, listsInNode, type Named, pathOf, presenceOf, type Scope } from './expression'
import { listsIn, madeIn, partsIn } from './made'
import { type Case, type Node, solve, strip } from './node'
import { type Specimen, snake, valueAt } from './specimen'

/** What a module has besides its variables. */
export interface Configured {
  readonly resource: JsonObject
  readonly locals: JsonObject
  readonly output: JsonObject
  /** What variables are where they are left out, as the construct has it. */
  readonly defaults: ReadonlyMap<string, Json>
}

/** Resources and outputs, by all that a construct makes with and without what is optional. */
export function configurationOf({ runs }: Shown, specimen: Specimen): Configured {
  const made = runs.map(run => ({ omitted: closed(run.omitted, specimen), ...madeIn(run, specimen) }))
  const casesOf = (value: (one: (typeof made)[number]) => Json | undefined): readonly Case[] =>
    made.map(one => ({ omitted: one.omitted, value: value(one) }))
  const keys = [
    ...new Set(made.flatMap(({ resources }) => resources.map(({ type, path }) => `${type}|${path}`))),
  ].sort()
  const identity = (element: Json): string => identityOf(element, specimen)
  const nodes = new Map(
    keys.map(key => {
      const body = (one: (typeof made)[number]) =>
        one.resources.find(({ type, path }) => `${type}|${path}` === key)?.body
      return [key, solve(casesOf(body), identity)] as const
    }),
  )
  const scope: Scope = {
    specimen,
    bound: new Map(),
    resources: namesOf(nodes, specimen),
    defaults: new Map(),
  }
  const locals: Locals = new Map()
  const resource: { [type: string]: { [name: string]: Json } } = {}
  for (const [key, node] of nodes) {
    const named = scope.resources.get(key) as Named
    const [type = '', name = ''] = named.address.split('.')
    resource[type] = { ...resource[type], [name]: resourceOf(node, named, scope, locals) }
  }
  const outputs = solve(
    casesOf(({ outputs }) => outputs),
    identity,
  )
  const output =
    outputs.kind === 'object' ? outputs.entries.map(([name, node]) => [name, `\${${expressionOf(node, scope)}}`]) : []
  return {
    resource,
    locals: Object.fromEntries([...locals.values()].map(({ name, statements }) => [name, statements])),
    output: Object.fromEntries(output),
    defaults: scope.defaults,
  }
}

/** Blocks are told apart by the lists that their own arguments are of, anything else by all that it is. */
function identityOf(element: Json, specimen: Specimen): string {
  if (typeof element !== 'object' || element === null) return JSON.stringify(element)
  const texts = Object.values(element).filter(value => typeof value === 'string')
  return JSON.stringify(texts.flatMap(value => listsIn(value, specimen)))
}

/** What is left out, with all that is in it. */
function closed(omitted: readonly string[], { optionals }: Specimen): ReadonlySet<string> {
  return new Set([...optionals].filter(path => omitted.some(one => path === one || path.startsWith(`${one}.`))))
}

function resourceOf(node: Node, { lists }: Named, scope: Scope, locals: Locals): JsonObject {
  const body = strip(node)
  const element = lists.length === 1 ? bind : null
  if (lists.length === 0) {
    const presence = presenceOf(node, scope)
    return { ...(presence !== 'true' && { count: `\${${presence} ? 1 : 0}` }), ...bodyOf(body, scope, locals) }
  }
  const [list = '', ...others] = lists
  const inFor = element ? bind(scope, list) : lists.reduce((bound, one, i) => bind(bound, one, `pair[${i}]`), scope)
  const presence = presenceOf(node, inFor)
  const condition = presence === 'true' ? '' : ` if ${presence}`
  const isPlain = element !== null && keyPath(node, list, scope.specimen) === list && condition === ''
  const key = keyOf(node, lists, scope.specimen)(inFor)
  const bound = isPlain
    ? bind(scope, list, 'each.key')
    : element
      ? bind(scope, list, 'each.value')
      : lists.reduce((all, one, i) => bind(all, one, `each.value[${i}]`), scope)
  const over = collectionOf(list, scope)
  const product = `setproduct(${[list, ...others].map(one => collectionOf(one, scope)).join(', ')})`
  const name = element ? inFor.bound.get(list) : 'pair'
  const each = isPlain
    ? `toset(${over})`
    : `{ for ${name} in ${element ? over : product} : ${key} => ${name}${condition} }`
  return { for_each: `\${${each}}`, ...bodyOf(body, bound, locals) }
}

/** The path in an element of a list that its instance is called by: the element itself, or the first of its texts. */
function keyPath(_: Node, list: string, { variables, leaves }: Specimen): string {
  const element = valueAt(variables, list)
  if (typeof element !== 'object') return list
  const inside = Object.keys(element as JsonObject).map(name => `${list}.${name}`)
  return inside.find(path => leaves.some(leaf => leaf.path === path)) ?? list
}

function keyOf(node: Node, lists: readonly string[], specimen: Specimen): (scope: Scope) => string {
  return scope => {
    const keys = lists.map(list => pathOf(keyPath(node, list, specimen), scope))
    return keys.length === 1 ? (keys[0] ?? '') : `join("/", [${keys.join(', ')}])`
  }
}

/** Names of resources, by the last of their constructs. */
function namesOf(nodes: ReadonlyMap<string, Node>, specimen: Specimen): ReadonlyMap<string, Named> {
  const plain = (key: string, withLeaves: boolean): string => {
    const [type = '', path = ''] = key.split('|')
    const parts = partsIn(path.replace(/^.*\//, ''), specimen).map(part => {
      if (typeof part === 'string') return part
      return withLeaves && 'of' in part ? part.path.replaceAll('.[]', '') : ''
    })
    const name = snake(parts.join(''))
      .replace(/^_+|_+$/g, '')
      .replace(/_\d+(?=_)/g, '')
    return `${type}.${name === 'resource' ? 'this' : name}`
  }
  const keys = [...nodes.keys()]
  return new Map(
    keys.map(key => {
      const node = nodes.get(key) as Node
      const isShared = keys.filter(other => plain(other, false) === plain(key, false)).length > 1
      const lists = [...new Set([...listsIn(key.split('|')[1] ?? '', specimen), ...scalarLists(strip(node), specimen)])]
      const counted = lists.length === 0 && node.kind === 'choice'
      return [key, { address: plain(key, isShared), lists, counted, key: keyOf(node, lists, specimen) }] as const
    }),
  )
}

/** The lists of whose elements an argument of a resource is one. */
function scalarLists(node: Node, specimen: Specimen): readonly string[] {
  const scope = { specimen } as Scope
  if (node.kind !== 'object') return []
  return node.entries.flatMap(([, child]) => (strip(child).kind === 'value' ? listsInNode(child, scope) : []))
}
