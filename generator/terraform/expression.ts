import type { Json } from '../../policies/intrinsics'
import { listsIn, partsIn, policy, type Reference } from './made'
import { type Node, strip } from './node'
import { policyIn } from './policy'
import { type Leaf, listsOf, type Specimen, snake, valueAt } from './specimen'

/** What the names in expressions stand for, at some place of a module. */
export interface Scope {
  readonly specimen: Specimen
  /** What stands for the element of a list: `consumers.[]` → `consumer`. */
  readonly bound: ReadonlyMap<string, string>
  readonly resources: ReadonlyMap<string, Named>
  /** What optional variables are where they are left out; found on the way. */
  readonly defaults: Map<string, Json>
}

/** A resource as the module has it. */
export interface Named {
  readonly address: string
  /** The lists that it has an instance for each element of; `counted` where there is one at most. */
  readonly lists: readonly string[]
  readonly counted: boolean
  key(scope: Scope): string
}

/** The expression of a node. */
export function expressionOf(node: Node, scope: Scope): string {
  switch (node.kind) {
    case 'absent':
      return 'null'
    case 'value':
      return typeof node.value === 'string' ? textOf(node.value, scope) : JSON.stringify(node.value)
    case 'object':
      return objectOf(node.entries, scope)
    case 'list':
      return listOf(node.items, scope)
    case 'choice':
      return choiceOf(node, scope)
  }
}

/** A text in quotes, or the expression that it is. */
export function textOf(text: string, scope: Scope): string {
  const parts = partsIn(text, scope.specimen).map(part =>
    typeof part === 'string' ? part : { expression: 'of' in part ? leafOf(part, scope) : referenceOf(part, scope) },
  )
  const [only] = parts
  if (parts.length === 1 && typeof only === 'object') return only.expression
  return `"${parts.map(part => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : `\${${part.expression}}`)).join('')}"`
}

/** A text as configuration in JSON has it. */
export function templateOf(text: string, scope: Scope): string {
  const parts = partsIn(text, scope.specimen)
  return parts
    .map(part =>
      typeof part === 'string' ? part : `\${${'of' in part ? leafOf(part, scope) : referenceOf(part, scope)}}`,
    )
    .join('')
}

function leafOf({ path, of }: Leaf, scope: Scope): string {
  return of(path === '' ? '' : pathOf(path, scope))
}

function referenceOf({ type, path, attribute }: Reference, scope: Scope): string {
  const named = scope.resources.get(`${type}|${path}`)
  if (!named) throw new Error(`nothing is known of ${type} ${path}`)
  if (attribute === '') return named.address
  if (named.counted) return `one(${named.address}[*]${attribute})`
  return `${named.address}${named.lists.length > 0 ? `[${named.key(scope)}]` : ''}${attribute}`
}

/** The expression of what a module is given at a path. */
export function pathOf(path: string, { bound, specimen }: Scope): string {
  const base = listsOf(path).findLast(list => bound.has(list)) ?? ''
  const rest = path
    .slice(base.length)
    .split('.')
    .filter(step => step !== '')
  if (rest.includes('[]')) throw new Error(`${path} is one of several, and it is not known which`)
  const prefixes = rest.slice(0, -1).map((_, i) => [base, ...rest.slice(0, i + 1)].filter(Boolean).join('.'))
  const expression = [base === '' ? 'var' : bound.get(base), ...rest.map(snake)].join('.')
  return prefixes.some(prefix => specimen.optionals.has(prefix)) ? `try(${expression}, null)` : expression
}

/** Whether a caller gives what is optional, as a condition; true where something else says so already. */
export function isGiven(path: string, scope: Scope): string {
  if (scope.bound.has(`${path}.[]`)) return 'true'
  const value = valueAt(scope.specimen.variables, path)
  const expression = pathOf(path, scope)
  if (Array.isArray(value)) return `length(${expression}) > 0`
  return value === true ? expression : `${expression} != null`
}

/** When a node is there at all, as a condition. */
export function presenceOf(node: Node, scope: Scope): string {
  if (node.kind !== 'choice') return String(node.kind !== 'absent')
  const [given, omitted] = [presenceOf(node.given, scope), presenceOf(node.omitted, scope)]
  if (given === omitted) return given
  const is = isGiven(node.on, scope)
  if (is === 'true') return given
  if (omitted === 'false') return given === 'true' ? is : `${is} && ${given}`
  if (given === 'false') return omitted === 'true' ? not(is) : `${not(is)} && ${omitted}`
  if (given === 'true') return `${is} || ${omitted}`
  return omitted === 'true' ? `${not(is)} || ${given}` : `${is} ? ${given} : ${omitted}`
}

export function not(condition: string): string {
  if (condition.endsWith(' != null')) return condition.replace(/ != null$/, ' == null')
  return condition.endsWith(' > 0') ? condition.replace(/ > 0$/, ' == 0') : `!${condition}`
}

function objectOf(entries: readonly (readonly [string, Node])[], scope: Scope): string {
  const [first] = entries
  if (first?.[0] === policy && first[1].kind === 'list') return policyIn(first[1].items, scope)
  const members = entries.map(([name, node]) => {
    const lists = unbound(listsIn(name, scope.specimen), scope)
    const inner = within(scope, lists)
    const key = partsIn(name, scope.specimen).every(part => typeof part === 'string') && /^[A-Za-z_]\w*$/.test(name)
    const presence = presenceOf(node, inner)
    const value = expressionOf(presence === 'true' ? node : strip(node), inner)
    return { lists, inner, presence, written: key ? name : textOf(name, inner), isName: key, value }
  })
  const plain = members.filter(({ lists, presence }) => lists.length === 0 && presence === 'true')
  const fixed = plain.map(
    ({ isName, written, value }) => `${isName || /^"[^$]*"$/.test(written) ? written : `(${written})`} = ${value}`,
  )
  const others = members
    .filter(one => !plain.includes(one))
    .map(({ lists, inner, presence, written, isName, value }) => {
      const key = isName ? `"${written}"` : written
      const [list] = lists
      if (list === undefined) return `{ for key in [${key}] : key => ${value} if ${presence} }`
      const over = `${inner.bound.get(list)} in ${collectionOf(list, scope)}`
      return `{ for ${over} : ${key} => ${value}${presence === 'true' ? '' : ` if ${presence}`} }`
    })
  const object = fixed.length > 0 ? `{ ${fixed.join(', ')} }` : null
  if (others.length === 0) return object ?? '{}'
  return object === null && others.length === 1
    ? (others[0] ?? '')
    : `merge(${[...(object ? [object] : []), ...others].join(', ')})`
}

/** The elements of a list as one expression. */
export function listOf(items: readonly Node[], scope: Scope): string {
  const pieces: string[] = []
  let fixed: string[] = []
  const close = () => {
    if (fixed.length > 0) pieces.push(`[${fixed.join(', ')}]`)
    fixed = []
  }
  for (const item of items) {
    const lists = unbound(listsInNode(item, scope), scope)
    const inner = within(scope, lists)
    const presence = presenceOf(item, inner)
    const value = expressionOf(presence === 'true' ? item : strip(item), inner)
    if (lists.length === 0 && presence === 'true') fixed.push(value)
    else {
      close()
      pieces.push(lists.length === 0 ? `(${presence} ? [${value}] : [])` : loopOver(lists, value, presence, scope))
    }
  }
  close()
  if (pieces.length === 1) return (pieces[0] ?? '').replace(/^\((.*)\)$/, '$1')
  return pieces.length === 0 ? '[]' : `concat(${pieces.map(piece => piece.replace(/^\((.*)\)$/, '$1')).join(', ')})`
}

/** A value for each element of lists that lie in each other. */
export function loopOver(lists: readonly string[], value: string, presence: string, scope: Scope): string {
  const [list = '', ...others] = lists
  const inner = bind(scope, list)
  const element = inner.bound.get(list)
  if (others.length === 0) {
    if (value === element && presence === 'true') return collectionOf(list, scope)
    return `[for ${element} in ${collectionOf(list, scope)} : ${value}${presence === 'true' ? '' : ` if ${presence}`}]`
  }
  return `flatten([for ${element} in ${collectionOf(list, scope)} : ${loopOver(others, value, presence, inner)}])`
}

/** What has the elements of a list: `consumers.[]` → `var.consumers`. */
export function collectionOf(list: string, scope: Scope): string {
  const path = list.replace(/\.\[\]$/, '')
  const isMap = !Array.isArray(valueAt(scope.specimen.variables, path))
  return isMap ? `values(${pathOf(path, scope)})` : pathOf(path, scope)
}

/** A scope in which an element of a list has a name. */
export function bind(scope: Scope, list: string, as = elementOf(list)): Scope {
  return { ...scope, bound: new Map([...scope.bound, [list, as]]) }
}

/** A scope in which an element of each list has a name. */
export function within(scope: Scope, lists: readonly string[]): Scope {
  return lists.reduce((inner, list) => bind(inner, list), scope)
}

/** `replicaRegions.[]` → `replica_region`. */
function elementOf(list: string): string {
  return snake(list.split('.').at(-2) ?? '').replace(/s$/, '')
}

export function unbound(lists: readonly string[], { bound }: Scope): readonly string[] {
  return lists.filter(list => !bound.has(list))
}

/** The lists whose elements a node speaks of by itself, not by lists inside it. */
export function listsInNode(node: Node, { specimen }: Scope): readonly string[] {
  const visit = (inner: Node): readonly string[] => {
    if (inner.kind === 'value') return typeof inner.value === 'string' ? listsIn(inner.value, specimen) : []
    if (inner.kind === 'object') return inner.entries.flatMap(([, item]) => visit(item))
    return inner.kind === 'choice' ? [...visit(inner.given), ...visit(inner.omitted)] : []
  }
  return [...new Set(visit(node))]
}

function choiceOf(node: Extract<Node, { readonly kind: 'choice' }>, scope: Scope): string {
  const { on, given, omitted } = node
  const is = isGiven(on, scope)
  if (is === 'true') return expressionOf(given, scope)
  const [yes, no] = [expressionOf(given, scope), expressionOf(omitted, scope)]
  const isItself = yes === pathOf(on, scope) && !is.startsWith('length')
  if (isItself && omitted.kind === 'absent') return yes
  if (
    isItself &&
    omitted.kind === 'value' &&
    partsIn(String(omitted.value), scope.specimen).every(part => typeof part === 'string')
  ) {
    scope.defaults.set(on, omitted.value)
    return yes
  }
  if (isItself) return `coalesce(${yes}, ${no})`
  return `${is} ? ${yes} : ${no}`
}
