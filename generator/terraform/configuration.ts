import type { Json, JsonObject } from '../../policies/intrinsics'
import {
  bind,
  collectionOf,
  expressionOf,
  listOf,
  listsInNode,
  presenceOf,
  type Scope,
  templateOf,
  textOf,
  unbound,
} from './expression'
import { policy } from './made'
import { type Node, strip } from './node'
import { policyIn, statementIn, statementsOf } from './policy'

/** The body of a resource, or a block in it, in Terraform's JSON. `locals` gets the policies that are the same in every instance. */
export function bodyOf(node: Node, scope: Scope, locals: Locals): JsonObject {
  if (node.kind !== 'object') throw new Error(`a body is ${node.kind}`)
  const dynamic: { [name: string]: Json[] } = {}
  const body: { [name: string]: Json } = {}
  for (const [name, child] of node.entries) {
    if (name === 'depends_on') {
      body[name] = [...new Set(textsIn(child))].map(text => textOf(text, scope))
      continue
    }
    const { fixed, repeated } = memberOf(name, child, scope, locals)
    if (fixed !== undefined) body[name] = fixed
    if (repeated.length > 0) dynamic[name] = [...repeated]
  }
  return { ...body, ...(Object.keys(dynamic).length > 0 && { dynamic }) }
}

/** What is ever waited for: Terraform takes no condition here, and waits for all instances. */
function textsIn(node: Node): readonly string[] {
  if (node.kind === 'value') return typeof node.value === 'string' ? [node.value] : []
  if (node.kind === 'list') return node.items.flatMap(textsIn)
  return node.kind === 'choice' ? [...textsIn(node.given), ...textsIn(node.omitted)] : []
}

/** Texts of policies by what they are made of. */
export type Locals = Map<string, { readonly name: string; readonly statements: Json }>

interface Member {
  readonly fixed: Json | undefined
  /** Dynamic blocks. */
  readonly repeated: readonly Json[]
}

function memberOf(name: string, node: Node, scope: Scope, locals: Locals): Member {
  const inside = strip(node)
  const alone = (fixed: Json): Member => ({ fixed, repeated: [] })
  if (node.kind === 'value') return alone(typeof node.value === 'string' ? templateOf(node.value, scope) : node.value)
  const items = statements(node)
  if (items) return alone(policyOf(name, items, scope, locals))
  if (node.kind === 'object') return alone(bodyOf(node, scope, locals))
  if (inside.kind === 'object') return { fixed: undefined, repeated: [blockOf(name, node, scope, locals)] }
  if (node.kind === 'list' && node.items.some(item => strip(item).kind === 'object'))
    return blocksOf(name, node.items, scope, locals)
  if (node.kind === 'list' && node.items.every(item => isFixed(item, scope)))
    return alone(node.items.map(item => memberOf(name, item, scope, locals).fixed ?? null))
  return alone(`\${${expressionOf(node, scope)}}`)
}

function isFixed(node: Node, scope: Scope): boolean {
  return node.kind === 'value' && unbound(listsInNode(node, scope), scope).length === 0
}

function blocksOf(name: string, items: readonly Node[], scope: Scope, locals: Locals): Member {
  const isPlain = (item: Node) => item.kind === 'object' && unbound(listsInNode(item, scope), scope).length === 0
  const plain = items.filter(isPlain)
  return {
    fixed: plain.length > 0 ? plain.map(item => bodyOf(item, scope, locals)) : undefined,
    repeated: items.filter(item => !isPlain(item)).map(item => blockOf(name, item, scope, locals)),
  }
}

/** A dynamic block: for each element of a list, or where it is there at all. */
function blockOf(name: string, node: Node, scope: Scope, locals: Locals): Json {
  const [list] = unbound(listsInNode(node, scope), scope)
  if (list === undefined)
    return { for_each: `\${${presenceOf(node, scope)} ? [1] : []}`, content: bodyOf(strip(node), scope, locals) }
  const element = bind(scope, list)
  const presence = presenceOf(node, element)
  const over = collectionOf(list, scope)
  const each = element.bound.get(list)
  const wanted = presence === 'true' ? over : `[for ${each} in ${over} : ${each} if ${presence}]`
  return { for_each: `\${${wanted}}`, content: bodyOf(strip(node), bind(scope, list, `${name}.value`), locals) }
}

function statements(node: Node): readonly Node[] | null {
  const [first] = node.kind === 'object' ? node.entries : []
  return first?.[0] === policy && first[1].kind === 'list' ? first[1].items : null
}

function policyOf(name: string, items: readonly Node[], scope: Scope, locals: Locals): Json {
  const lists = items.flatMap(item => listsInNode(item, scope))
  if (lists.some(list => scope.bound.has(list))) return `\${${policyIn(items, scope)}}`
  const written = statementsOf(items, scope).map(statement => {
    const { node, lists, presence, about } = statement
    const isPlain = lists.length === 0 && presence === 'true' && about === null
    return isPlain ? writtenOf(node, scope) : `\${${statementIn(statement, scope)}}`
  })
  const key = JSON.stringify(written)
  const local = locals.get(key) ?? { name: nameOf(name, locals), statements: written }
  locals.set(key, local)
  return `\${jsonencode({ Version = "2012-10-17", Statement = flatten(local.${local.name}) })}`
}

function nameOf(attribute: string, locals: Locals): string {
  const taken = [...locals.values()].filter(({ name }) => name.startsWith(attribute)).length
  return `${attribute}_statements${taken > 0 ? `_${taken + 1}` : ''}`
}

/** A value in JSON, with expressions in its texts. */
function writtenOf(node: Node, scope: Scope): Json {
  if (node.kind === 'value') return typeof node.value === 'string' ? templateOf(node.value, scope) : node.value
  if (node.kind === 'object')
    return Object.fromEntries(node.entries.map(([name, item]) => [name, writtenOf(item, scope)]))
  if (node.kind === 'list' && node.items.every(item => isFixed(item, scope)))
    return node.items.map(item => writtenOf(item, scope))
  const list = node.kind === 'list' ? `distinct(${listOf(node.items, scope)})` : expressionOf(node, scope)
  return `\${${list}}`
}
