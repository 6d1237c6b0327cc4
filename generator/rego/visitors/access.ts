import { ts } from 'ts-morph'
import { array, call, expression, infix, ref, rule, scalar, type Term } from '../ast'
import { type Context, fresh, hoist, refuse, textOf, typeOf, within } from '../context'
import { freeInTerm, isCostly } from '../free'
import { intrinsic } from '../intrinsics'
import { isList, isText, mayBeNull, mayBeUndefined, members } from '../types'
import { type Visitor, value } from '../visitors'
import { findings, isFind, unordered } from './lists'

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression

/** `a.b` and `xs.length`, where `a` has a `b` in every world. */
export const propertyAccess: Visitor<ts.PropertyAccessExpression> = (node, cx) => {
  const owner = typeOf(node.expression, cx)
  if (node.name.text === 'length') {
    if (isText(owner)) return refuse('string-length', node, { text: textOf(node) }, cx)
    if (isList(owner, cx.module.program.checker)) return call('count', unordered(node.expression, cx))
  }
  return required(node, cx)
}

/** `pair[0]` of a tuple, `table['key']` of known keys. */
export const elementAccess: Visitor<ts.ElementAccessExpression> = (node, cx) => required(node, cx)

function required(node: Access, cx: Context): Term {
  if (ts.isOptionalChain(node) || mayBeUndefined(typeOf(node, cx)))
    return refuse('undefined-value', node, { text: textOf(node) }, cx)
  return ref(value(node.expression, cx), stepOf(node, cx))
}

/** `a ?? b`: what is absent and what is null both give way to the default. */
export function orElse(node: ts.BinaryExpression, cx: Context, otherwise = value): Term {
  const left = bare(node.left)
  const fallback = otherwise(node.right, within(cx, cx.hint))
  const isNull = fallback.kind === 'scalar' && fallback.value === null
  if (isNull) return orNull(left, cx)
  if (isCostly(fallback)) return lazily(left, fallback, cx)
  if (isAccess(left) && isPartial(left, cx) && !mayBeNull(typeOf(left, cx))) return found(left, fallback, cx)
  const own = orNull(left, cx)
  if (own.kind === 'call' && own.name === 'object.get' && isEntry(left, cx))
    return { ...own, args: [...own.args.slice(0, 2), fallback] }
  return intrinsic('coalesce', cx, own, fallback)
}

/** Whether an expression is `entry(object, key)` of an object that holds no null, so that null is absence. */
function isEntry(node: ts.Expression, cx: Context): boolean {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'entry' || !node.arguments[0]) return false
  const held = cx.module.program.checker.getIndexTypeOfType(typeOf(node.arguments[0], cx), ts.IndexKind.String)
  return held !== undefined && !mayBeNull(held)
}

/** The value of an expression that may be undefined, null standing for that. */
export function orNull(node: ts.Expression, cx: Context): Term {
  const here = bare(node)
  if (ts.isCallExpression(here) && isFind(here, cx)) return intrinsic('first', cx, findings(here, cx))
  if (isAccess(here) && isPartial(here, cx)) return found(here, scalar(null), cx)
  if (ts.isBinaryExpression(here) && here.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    return orElse(here, cx, orNull)
  return value(here, cx)
}

/** A default that costs something is computed only where it is needed, in a rule of its own. */
function lazily(left: ts.Expression, fallback: Term, cx: Context): Term {
  const inner = within(cx)
  const term = orNull(left, inner)
  if (term.kind === 'local')
    return hoist(new Set([term.name, ...freeInTerm(fallback)]), cx.hint, cx, (helper, parameters) => [
      rule(helper, parameters, [
        { value: term, body: [expression(infix(term, '!=', scalar(null)))] },
        { value: fallback, body: [] },
      ]),
    ])
  const name = fresh(cx.hint, inner)
  const present = {
    value: { kind: 'local', name } as const,
    body: [
      { kind: 'assign', name, term } as const,
      { kind: 'expression', term: infix({ kind: 'local', name }, '!=', scalar(null)) } as const,
    ],
  }
  const free = new Set([...freeInTerm(term), ...freeInTerm(fallback)])
  return hoist(free, cx.hint, cx, (helper, parameters) => [
    rule(helper, parameters, [present, { value: fallback, body: [] }]),
  ])
}

/** `object.get` along the steps that may lead nowhere, from the last value that is there in every world. */
function found(node: Access, fallback: Term, cx: Context): Term {
  const steps: Term[] = []
  let here: ts.Expression = node
  while (isAccess(here) && (here === node || isPartial(here, cx))) {
    steps.unshift(asTerm(stepOf(here, cx)))
    here = bare(here.expression)
  }
  const type = typeOf(here, cx)
  const root = orNull(here, cx)
  const isObject = !mayBeNull(type) && !mayBeUndefined(type) && !isList(type, cx.module.program.checker)
  return reached(root, isObject, steps, fallback)
}

/** What stands at the end of some steps: `object.get` begins with an object, so that all else is put into one first. */
export function reached(root: Term, isObject: boolean, steps: readonly Term[], fallback: Term): Term {
  const before = stepsOf(root)
  if (before) return call('object.get', before.root, array([...before.steps, ...steps]), fallback)
  const [only] = steps
  if (isObject && steps.length === 1 && only?.kind === 'scalar') return call('object.get', root, only, fallback)
  if (isObject) return call('object.get', root, array(steps), fallback)
  return call(
    'object.get',
    { kind: 'object', entries: [[scalar('it'), root]] },
    array([scalar('it'), ...steps]),
    fallback,
  )
}

/** The steps of an `object.get` that gives null where they lead nowhere. */
function stepsOf(term: Term): { readonly root: Term; readonly steps: readonly Term[] } | null {
  if (term.kind !== 'call' || term.name !== 'object.get') return null
  const [root, path, fallback] = term.args
  if (!root || !path || fallback?.kind !== 'scalar' || fallback.value !== null) return null
  return path.kind === 'array' ? { root, steps: path.items } : path.kind === 'scalar' ? { root, steps: [path] } : null
}

function stepOf(node: Access, cx: Context): string | Term {
  if (ts.isPropertyAccessExpression(node)) return inherited(node.name, node.name.text, cx)
  const key = bare(node.argumentExpression)
  if (isText(typeOf(node.expression, cx))) return refuse('string-length', node, { text: textOf(node) }, cx)
  if (ts.isStringLiteralLike(key)) return inherited(key, key.text, cx)
  if (isText(typeOf(key, cx)) && !isKnownKey(typeOf(key, cx)))
    return refuse('inherited-key', key, { key: textOf(key) }, cx)
  return value(key, cx)
}

/** Whether a key is one of a few that the type tells. */
function isKnownKey(type: ts.Type): boolean {
  return members(type).every(member => member.isStringLiteral() && !(member.value in Object.prototype))
}

/** `constructor` and its like are found on every object in JavaScript. */
function inherited(node: ts.Node, key: string, cx: Context): string | Term {
  return key in Object.prototype ? refuse('inherited-key', node, { key }, cx) : key
}

function asTerm(step: string | Term): Term {
  return typeof step === 'string' ? scalar(step) : step
}

/** Whether an access may be undefined in some world. */
export function isPartial(node: ts.Expression, cx: Context): boolean {
  return ts.isOptionalChain(node) || mayBeUndefined(typeOf(node, cx))
}

function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
}

/** The last name in an expression: `plan.resources` → `resources`. */
export function lastName(node: ts.Expression): string {
  const here = bare(node)
  if (ts.isIdentifier(here)) return here.text
  if (ts.isPropertyAccessExpression(here)) return here.name.text
  return ts.isCallExpression(here) ? lastName(here.expression) : 'items'
}

/** An expression without the parentheses around it. */
export function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node) ? bare(node.expression) : node
}
