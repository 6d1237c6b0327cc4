import type { Json, JsonObject } from '../../policies/intrinsics'
import { expressionOf, listsInNode, loopOver, presenceOf, type Scope, unbound, within } from './expression'
import { listsIn } from './made'
import { literal, type Node, replaced, strip } from './node'

/** A statement of a policy, and how it comes to be there. */
export interface Statement {
  readonly node: Node
  /** The lists that it is repeated for. */
  readonly lists: readonly string[]
  /** When it is there, as a condition. */
  readonly presence: string
  /** What it is about, where that may be nobody and nothing: then the statement is left out. */
  readonly about: Node | null
}

/** The statements of a policy, of which `items` are one for each principal, action and resource: the fewest that say the same. */
export function statementsOf(items: readonly Node[], scope: Scope): readonly Statement[] {
  const atoms = items.map(item => ({ item, atom: JSON.parse(String(textIn(item))) as JsonObject }))
  const byActions = grouped(atoms, ({ item, atom: { Action: _, ...rest } }) => [rest, shapeOf(item)]).map(group => {
    const [{ item, atom }] = group
    return { item, atom: { ...atom, Action: single(group.map(one => String(one.atom.Action)).sort()) } }
  })
  return grouped(byActions, ({ item, atom }) => {
    const { rest } = apart(atom)
    return listsIn(JSON.stringify(rest), scope.specimen).length > 0 ? [atom, shapeOf(item)] : [rest]
  }).map(group => statementOf(group, scope))
}

interface Said {
  readonly item: Node
  readonly atom: JsonObject
}

function statementOf(group: readonly [Said, ...Said[]], scope: Scope): Statement {
  const [{ item, atom }] = group
  const { rest, about, named } = apart(atom)
  const isRepeated = listsIn(JSON.stringify(rest), scope.specimen).length > 0
  if (isRepeated || about === undefined) {
    const lists = unbound(listsInNode(literal(atom), scope), scope)
    return { node: literal(atom), lists, presence: presenceOf(item, within(scope, lists)), about: null }
  }
  if (group.length === 1 && unbound(listsInNode(literal(about), scope), scope).length === 0)
    return { node: literal(atom), lists: [], presence: presenceOf(item, scope), about: null }
  const items = group.map(one => replaced(one.item, literal(apart(one.atom).about ?? null)))
  const isFixed = items.some(one => isAlways(one, scope))
  const list: Node = items.length === 1 && isFixed ? (items[0] ?? literal(null)) : { kind: 'list', items }
  return { node: named(list), lists: [], presence: 'true', about: isFixed ? null : list }
}

/** An element is there whatever a module is given. */
function isAlways(node: Node, scope: Scope): boolean {
  return unbound(listsInNode(node, scope), scope).length === 0 && presenceOf(node, scope) === 'true'
}

/** Whom a statement is about, or else what, and the rest of it. */
function apart(atom: JsonObject) {
  const { Principal, Resource, ...rest } = atom
  const aws = (Principal as JsonObject | undefined)?.AWS
  if (typeof aws === 'string' && aws !== '*')
    return {
      rest: { ...rest, Resource: Resource ?? null },
      about: aws,
      named: put(atom, 'Principal', list => ({ AWS: list })),
    }
  if (Principal === undefined && Resource !== '*')
    return { rest, about: Resource, named: put(atom, 'Resource', list => list) }
  return { rest: atom, about: undefined, named: () => literal(atom) }
}

/** A statement with a node as one of its elements. */
function put(atom: JsonObject, element: string, as: (list: Node) => Node | { readonly AWS: Node }) {
  return (list: Node): Node => ({
    kind: 'object',
    entries: Object.entries(atom).map(([name, value]) => {
      if (name !== element) return [name, literal(value)] as const
      const node = as(list)
      return [name, 'AWS' in node ? { kind: 'object', entries: [['AWS', node.AWS]] } : node] as const
    }),
  })
}

/** A statement, or several, as an expression; `flatten` makes one list of them. */
export function statementIn({ node, lists, presence, about }: Statement, scope: Scope): string {
  const inner = within(scope, lists)
  const value = expressionOf(node, inner)
  if (lists.length > 0) return loopOver(lists, value, presence, scope)
  if (about !== null) {
    const all = expressionOf(about, scope)
    return `[for all in [distinct(${all})] : ${value.replace(all, () => 'all')} if length(all) > 0]`
  }
  return presence === 'true' ? value : `[for _ in ${presence} ? [1] : [] : ${value}]`
}

/** A policy as an expression. */
export function policyIn(items: readonly Node[], scope: Scope): string {
  const statements = statementsOf(items, scope).map(statement => statementIn(statement, scope))
  return `jsonencode({ Version = "2012-10-17", Statement = flatten([${statements.join(', ')}]) })`
}

function textIn(node: Node): Json {
  const value = strip(node)
  return value.kind === 'value' ? value.value : null
}

/** When a node is there, to be compared. */
function shapeOf(node: Node): Json {
  return node.kind === 'choice' ? [node.on, shapeOf(node.given), shapeOf(node.omitted)] : node.kind === 'absent'
}

function single(all: readonly string[]): Json {
  return all.length === 1 ? (all[0] ?? '') : all
}

/** What has the same key, in the order of the first of each. */
function grouped<T>(all: readonly T[], key: (one: T) => Json): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const one of all) {
    const id = JSON.stringify(key(one))
    const group = groups.get(id)
    if (group) group.push(one)
    else groups.set(id, [one])
  }
  return [...groups.values()]
}
