import { ts } from 'ts-morph'
import { type Body, expression, infix, local, negated, set, some, type Term } from '../ast'
import { type Applied, applied, parameterName } from '../callbacks'
import { type Alternatives, condition, hoisted, single } from '../conditions'
import { type Context, fresh, refuse, textOf, typeOf, within } from '../context'
import { boundBy, comprehension, freeInTerm } from '../free'
import { leavesLoop } from '../intrinsics'
import { singular } from '../names'
import { elementType, isList, isScalar, isText, mayBeUnknown } from '../types'
import { value } from '../visitors'
import { bare, lastName } from './access'
import { indexCall } from './calls'

/** What a loop goes through: a body that holds once for each element, and the element. */
export interface Iteration {
  readonly body: Body
  readonly element: Term
}

interface ListCall {
  readonly method: string
  readonly receiver: ts.Expression
  readonly callback: ts.Expression
}

const looping = new Set(['map', 'filter', 'flatMap', 'some', 'every', 'find'])

/** `xs.map(f)`, `xs.filter(p)` and the like; null for any other call. */
function listCall(node: ts.Expression, cx: Context): ListCall | null {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null
  const { name, expression: receiver } = node.expression
  const [callback] = node.arguments
  if (
    !callback ||
    node.arguments.length !== 1 ||
    !looping.has(name.text) ||
    !isList(typeOf(receiver, cx), cx.module.program.checker)
  )
    return null
  return { method: name.text, receiver, callback }
}

export function isFind(node: ts.CallExpression, cx: Context): boolean {
  return listCall(node, cx)?.method === 'find'
}

/** Whether a call is one that makes a list by going through another. */
export function isComprehension(node: ts.CallExpression, cx: Context): boolean {
  return ['map', 'filter', 'flatMap'].includes(listCall(node, cx)?.method ?? '')
}

/** All that `find` would stop at, in order. */
export function findings(node: ts.CallExpression, cx: Context): Term {
  const { element, body } = iterate(node, 'item', true, within(cx))
  return comprehension(element, body)
}

/** `xs.map(f).filter(p)` as one comprehension. */
export function mapped(node: ts.CallExpression, cx: Context): Term {
  return findings(node, cx)
}

/** A list where its order does not matter: what an index holds need not be sorted. */
export function unordered(node: ts.Expression, cx: Context): Term {
  const here = bare(node)
  const leaves = leavesLoop(here, cx)
  if (leaves) return comprehension(leaves.element, leaves.body)
  const read = ts.isCallExpression(here) ? indexCall(here, cx) : null
  if (read) return read
  if (ts.isCallExpression(here) && isComprehension(here, cx)) {
    const { element, body } = iterate(here, 'item', false, within(cx))
    return comprehension(element, body)
  }
  return value(here, cx)
}

/** Goes through the elements of a list, by the body of one loop for a chain of `filter`, `map` and `flatMap`. */
export function iterate(node: ts.Expression, name: string, isOrdered: boolean, cx: Context): Iteration {
  const here = bare(node)
  const chain = listCall(here, cx)
  if (chain?.method === 'flatMap') return nested(chain, name, isOrdered, cx)
  if (chain) return linked(chain, isOrdered, cx)
  if (
    ts.isArrayLiteralExpression(here) &&
    here.elements.length === 1 &&
    here.elements[0] &&
    !ts.isSpreadElement(here.elements[0])
  )
    return { body: [], element: value(here.elements[0], cx) }
  if (ts.isConditionalExpression(here)) {
    const [wanted, list] = isEmptyList(here.whenFalse) ? [true, here.whenTrue] : [false, here.whenFalse]
    if (isEmptyList(here.whenFalse) || isEmptyList(here.whenTrue))
      return guarded(here.condition, wanted, list, name, isOrdered, cx)
  }
  const leaves = isOrdered ? null : leavesLoop(here, cx)
  if (leaves) return leaves
  const element = fresh(name, cx)
  return { body: [some(element, isOrdered ? value(here, cx) : unordered(here, cx))], element: local(element) }
}

/** `c ? xs : []` goes through `xs` where `c` holds. */
function guarded(
  test: ts.Expression,
  wanted: boolean,
  list: ts.Expression,
  name: string,
  isOrdered: boolean,
  cx: Context,
): Iteration {
  const holds = single(condition(test, wanted, cx), cx)
  const { body, element } = iterate(list, name, isOrdered, cx)
  return { body: [...holds, ...body], element }
}

function linked({ method, receiver, callback }: ListCall, isOrdered: boolean, cx: Context): Iteration {
  const { body, element, result } = entered(receiver, callback, isOrdered, cx)
  if (method === 'map') return { body: [...body, ...result.body], element: resultValue(result, cx) }
  return { body: [...body, ...result.body, ...single(resultCondition(result, true, cx), cx)], element }
}

function nested({ receiver, callback }: ListCall, name: string, isOrdered: boolean, cx: Context): Iteration {
  if (!givesLists(callback, cx)) refuse('partly-a-list', callback, { text: textOf(callback) }, cx)
  const { body, result } = entered(receiver, callback, isOrdered, cx)
  const inner = result.node === null ? domain(result.term, name, cx) : iterate(result.node, name, isOrdered, cx)
  return { body: [...body, ...result.body, ...inner.body], element: inner.element }
}

function givesLists(callback: ts.Expression, cx: Context): boolean {
  const { checker } = cx.module.program
  return typeOf(callback, cx)
    .getCallSignatures()
    .every(signature => isList(checker.getReturnTypeOfSignature(signature), checker))
}

function domain(term: Term, name: string, cx: Context): Iteration {
  const element = fresh(name, cx)
  return { body: [some(element, term)], element: local(element) }
}

interface Entered extends Iteration {
  readonly result: Applied
}

/** Goes through a list and applies a callback to each element. */
function entered(receiver: ts.Expression, callback: ts.Expression, isOrdered: boolean, cx: Context): Entered {
  const name = parameterName(callback, 0) ?? singular(lastName(receiver))
  const position = parameterName(callback, 1)
  if (position === null) {
    const { body, element } = iterate(receiver, name, isOrdered, cx)
    const given =
      element.kind === 'local' || element.kind === 'ref' || element.kind === 'scalar' ? null : fresh(name, cx)
    const argument = given === null ? element : local(given)
    const bound: Body = given === null ? body : [...body, { kind: 'assign', name: given, term: element }]
    return { body: bound, element: argument, result: applied(callback, [argument], cx) }
  }
  const [key, item] = [fresh(position, cx), fresh(name, cx)]
  const body: Body = [{ kind: 'some', key, value: item, domain: value(receiver, cx) }]
  return { body, element: local(item), result: applied(callback, [local(item), local(key)], cx) }
}

function resultValue(result: Applied, cx: Context): Term {
  return result.node === null ? result.term : value(result.node, cx)
}

function resultCondition(result: Applied, wanted: boolean, cx: Context): Alternatives {
  if (result.node !== null) return condition(result.node, wanted, cx)
  return [[wanted ? expression(result.term) : negated(result.term)]]
}

/** `xs.some(p)`, `xs.every(p)`, `xs.includes(x)` as conditions; null for any other call. */
export function listCondition(node: ts.CallExpression, wanted: boolean, cx: Context): Alternatives | null {
  const included = inclusion(node, cx)
  if (included) return [[wanted ? expression(included) : negated(included)]]
  const chain = listCall(node, cx)
  if (chain?.method === 'some') return wanted ? anyOf(chain, true, cx) : [allOf(chain, false, cx)]
  if (chain?.method === 'every') return wanted ? [allOf(chain, true, cx)] : anyOf(chain, false, cx)
  return null
}

function anyOf({ receiver, callback }: ListCall, wanted: boolean, cx: Context): Alternatives {
  const inner = within(cx)
  const { body, element, result } = entered(receiver, callback, false, inner)
  const alternatives = resultCondition(result, wanted, inner)
  const simple = asMembership([...body, ...result.body], element, alternatives)
  return simple ? [[expression(simple)]] : alternatives.map(alternative => [...body, ...result.body, ...alternative])
}

/** `some x in xs; x == y` is `y in xs`. */
function asMembership(body: Body, element: Term, alternatives: Alternatives): Term | null {
  const [loop] = body
  const [test] = alternatives[0] ?? []
  if (
    body.length !== 1 ||
    loop?.kind !== 'some' ||
    loop.key !== null ||
    alternatives.length !== 1 ||
    alternatives[0]?.length !== 1
  )
    return null
  if (
    test?.kind !== 'expression' ||
    test.term.kind !== 'infix' ||
    test.term.operator !== '==' ||
    element.kind !== 'local'
  )
    return null
  const { left, right } = test.term
  const other = isLocal(left, element.name) ? right : isLocal(right, element.name) ? left : null
  return other !== null && !freeInTerm(other).has(element.name) ? infix(other, 'in', loop.domain) : null
}

function isLocal(term: Term, name: string): boolean {
  return term.kind === 'local' && term.name === name
}

function allOf(chain: ListCall, wanted: boolean, cx: Context): Body {
  const inner = within(cx)
  const { body, element, result } = entered(chain.receiver, chain.callback, false, inner)
  const holds: Body = [...result.body, ...single(resultCondition(result, wanted, inner), inner)]
  const [loop] = body
  if (body.length === 0 || holds.every(({ kind }) => kind === 'assign')) return holds
  if (body.length === 1 && loop?.kind === 'some') return everyOf(loop.key, loop.value, loop.domain, holds)
  if (element.kind === 'local' && body.some(literal => boundBy(literal).includes(element.name)))
    return everyOf(null, element.name, comprehension(element, body), holds)
  return [negated(hoisted(anyOf(chain, !wanted, cx), cx))]
}

function everyOf(key: string | null, name: string, list: Term, body: Body): Body {
  return [{ kind: 'every', key, value: name, domain: list, body }]
}

/** `x in xs`, where the elements can be compared by value. */
function inclusion(node: ts.CallExpression, cx: Context): Term | null {
  const callee = node.expression
  const [item] = node.arguments
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'includes' || !item || node.arguments.length !== 1)
    return null
  const type = typeOf(callee.expression, cx)
  if (isText(type) || !isList(type, cx.module.program.checker)) return null
  const element = elementType(type, cx.module.program.checker)
  if (element && !cx.module.path.startsWith('policies/lang/') && mayBeUnknown(element))
    return refuse('unknown-condition', node, { text: textOf(callee.expression) }, cx)
  if (element && !isScalar(element) && !isScalar(typeOf(item, cx)))
    return refuse('reference-equality', node, { text: textOf(node) }, cx)
  const list = unordered(callee.expression, cx)
  return infix(
    value(item, cx),
    'in',
    list.kind === 'array' && list.items.every(entry => entry.kind === 'scalar') ? set(list.items) : list,
  )
}

function isEmptyList(node: ts.Expression): boolean {
  const here = bare(node)
  return ts.isArrayLiteralExpression(here) && here.elements.length === 0
}
