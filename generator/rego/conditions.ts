import { ts } from 'ts-morph'
import {
  type Body,
  type Branch,
  call,
  defaultRule,
  expression,
  infix,
  type Literal,
  negated,
  type Operator,
  type Rule,
  rule,
  scalar,
  set,
  type Term,
} from './ast'
import { type Context, hoist, refuse, textOf, typeOf, within } from './context'
import { freeInBodies } from './free'
import { intrinsic } from './intrinsics'
import {
  describe,
  isBoolean,
  isList,
  isNumber,
  isScalar,
  isText,
  mayBeNull,
  mayBeUndefined,
  mayBeUnknown,
} from './types'
import { value } from './visitors'
import { bare, orNull } from './visitors/access'
import { listCondition } from './visitors/lists'

/** Bodies of which at least one must hold. */
export type Alternatives = readonly Body[]

const always: Alternatives = [[]]
const never: Alternatives = []

/** When a condition is as `wanted`. A body may hold more than once (`some`), which is for the caller to bear or to hoist. */
export function condition(node: ts.Expression, wanted: boolean, cx: Context): Alternatives {
  const here = bare(node)
  if (here.kind === ts.SyntaxKind.TrueKeyword) return wanted ? always : never
  if (here.kind === ts.SyntaxKind.FalseKeyword) return wanted ? never : always
  if (ts.isPrefixUnaryExpression(here) && here.operator === ts.SyntaxKind.ExclamationToken)
    return condition(here.operand, !wanted, cx)
  if (ts.isBinaryExpression(here)) return binaryCondition(here, wanted, cx)
  if (ts.isConditionalExpression(here)) return chosen(here, wanted, cx)
  if (ts.isCallExpression(here)) return listCondition(here, wanted, cx) ?? plain(here, wanted, cx)
  return plain(here, wanted, cx)
}

/** A condition as one body that holds at most once. */
export function conjunction(node: ts.Expression, wanted: boolean, cx: Context): Body {
  return single(condition(node, wanted, cx), cx)
}

/** Several alternatives, or one that may hold more than once, become a rule of their own. */
export function single(alternatives: Alternatives, cx: Context): Body {
  const [only] = alternatives
  if (only === undefined) return [expression(scalar(false))]
  if (alternatives.length === 1 && !only.some(isRepeating)) return only
  return [expression(hoisted(alternatives, cx))]
}

/** A condition as a value. */
export function booleanTerm(node: ts.Expression, cx: Context): Term {
  const alternatives = condition(node, true, cx)
  const [only] = alternatives
  if (only === undefined) return scalar(false)
  if (alternatives.length > 1 || only.length > 1) return hoisted(alternatives, cx)
  const [literal] = only
  if (literal === undefined) return scalar(true)
  if (literal.kind === 'expression') return inTermPosition(literal.term, cx)
  if (literal.kind === 'not') return infix(inTermPosition(literal.term, cx), '==', scalar(false))
  return hoisted(alternatives, cx)
}

/** `x in xs` among arguments would be read as a key and a value. */
function inTermPosition(term: Term, cx: Context): Term {
  return term.kind === 'infix' && term.operator === 'in' ? intrinsic('includes', cx, term.right, term.left) : term
}

/** A rule of its own for alternatives. */
export function hoisted(alternatives: Alternatives, cx: Context): Term {
  return hoist(freeInBodies(alternatives), cx.hint, cx, (name, parameters) =>
    booleanRules(name, parameters, alternatives),
  )
}

/** A rule that is true where one of the alternatives holds, and false elsewhere. */
export function booleanRules(
  name: string,
  parameters: readonly string[] | null,
  alternatives: Alternatives,
  comment: readonly string[] = [],
): readonly Rule[] {
  const bodies = alternatives.map(body => rule(name, parameters, [{ value: null, body }]))
  return [defaultRule(name, parameters?.length ?? null, scalar(false), comment), ...bodies]
}

/** The branches of a value: each `c ? a : b` makes two, after what is known in `body`. */
export function branchesOf(node: ts.Expression, body: Body, cx: Context): readonly Branch[] {
  const here = bare(node)
  if (!ts.isConditionalExpression(here)) return [{ value: value(here, cx), body }]
  const holds = conjunction(here.condition, true, within(cx, `${cx.hint}_when`))
  return [...branchesOf(here.whenTrue, [...body, ...holds], cx), ...branchesOf(here.whenFalse, body, cx)]
}

function binaryCondition(node: ts.BinaryExpression, wanted: boolean, cx: Context): Alternatives {
  const kind = node.operatorToken.kind
  const isAnd = kind === ts.SyntaxKind.AmpersandAmpersandToken
  if (isAnd || kind === ts.SyntaxKind.BarBarToken) {
    const sides = [condition(node.left, wanted, cx), condition(node.right, wanted, cx)] as const
    return isAnd === wanted ? both(...sides, cx) : either(...sides)
  }
  if (kind === ts.SyntaxKind.EqualsEqualsEqualsToken) return equality(node, wanted, cx)
  if (kind === ts.SyntaxKind.ExclamationEqualsEqualsToken) return equality(node, !wanted, cx)
  const operator = orders[kind]
  if (operator) return ordered(node, wanted ? operator : opposite[operator], cx)
  return plain(node, wanted, cx)
}

function both(left: Alternatives, right: Alternatives, cx: Context): Alternatives {
  if (left.length * right.length <= Math.max(left.length, right.length))
    return left.flatMap(a => right.map(b => [...a, ...b]))
  return left.map(a => [...a, expression(hoisted(right, cx))])
}

/** `x == "a"` or `x == "b"` is `x in {"a", "b"}`. */
function either(left: Alternatives, right: Alternatives): Alternatives {
  const alternatives = [...left, ...right]
  const tests = alternatives.map(membership)
  const [first] = tests
  if (
    !first ||
    alternatives.length < 2 ||
    tests.some(test => test === null || JSON.stringify(test.subject) !== JSON.stringify(first.subject))
  )
    return alternatives
  const values = [
    ...new Map(tests.flatMap(test => test?.values ?? []).map(term => [JSON.stringify(term), term])).values(),
  ]
  const [only] = values
  return [
    [
      expression(
        only && values.length === 1 ? infix(first.subject, '==', only) : infix(first.subject, 'in', set(values)),
      ),
    ],
  ]
}

function membership(body: Body): { readonly subject: Term; readonly values: readonly Term[] } | null {
  const [literal] = body
  if (body.length !== 1 || literal?.kind !== 'expression' || literal.term.kind !== 'infix') return null
  const { operator, left, right } = literal.term
  if (operator === '==' && right.kind === 'scalar') return { subject: left, values: [right] }
  if (operator === 'in' && right.kind === 'set') return { subject: left, values: right.items }
  return null
}

/** `c ? a : b` is `c && a || !c && b`. */
function chosen(node: ts.ConditionalExpression, wanted: boolean, cx: Context): Alternatives {
  const yes = both(condition(node.condition, true, cx), condition(node.whenTrue, wanted, cx), cx)
  const no = both(condition(node.condition, false, cx), condition(node.whenFalse, wanted, cx), cx)
  return [...yes, ...no]
}

function plain(node: ts.Expression, wanted: boolean, cx: Context): Alternatives {
  const type = typeOf(node, cx)
  if (!isBoolean(type)) {
    const text = textOf(node)
    refuse(
      'non-boolean-condition',
      node,
      { text, type: describe(type, cx.module.program.checker), example: comparisonFor(text, type, cx) },
      cx,
    )
    return always
  }
  const term = value(node, cx)
  return [[wanted ? expression(term) : negated(term)]]
}

function comparisonFor(text: string, type: ts.Type, cx: Context): string {
  if (isText(type)) return `${text} !== ''`
  if (isNumber(type)) return `${text} !== 0`
  if (isList(type, cx.module.program.checker)) return `${text}.length > 0`
  return mayBeUndefined(type) ? `(${text} ?? null) !== null` : `${text} !== null`
}

function equality(node: ts.BinaryExpression, wanted: boolean, cx: Context): Alternatives {
  const tested = typeTest(node, cx)
  if (tested) return [[wanted ? expression(tested) : negated(tested)]]
  refuseUnequal(node, cx)
  return [[expression(infix(compared(node.left, cx), wanted ? '==' : '!=', compared(node.right, cx)))]]
}

/** A comparison that is itself compared stands in a rule of its own: `opa fmt` takes its parentheses away. */
function compared(node: ts.Expression, cx: Context): Term {
  const term = orNull(node, cx)
  if (term.kind !== 'infix' || !isBoolean(typeOf(node, cx))) return term
  return hoisted([[expression(term)]], within(cx, `${cx.hint}_same`))
}

/** What `===` does not decide the same everywhere. */
function refuseUnequal(node: ts.BinaryExpression, cx: Context): void {
  const [left, right] = [typeOf(node.left, cx), typeOf(node.right, cx)]
  const isNull = [node.left, node.right].some(side => bare(side).kind === ts.SyntaxKind.NullKeyword)
  for (const [side, type, other] of [
    [node.left, left, right],
    [node.right, right, left],
  ] as const) {
    if (mayBeUndefined(type) && (mayBeNull(other) || mayBeUndefined(other) || isNull))
      refuse('undefined-value', side, { text: textOf(side) }, cx)
    if (!isNull && !cx.module.path.startsWith('policies/lang/') && mayBeUnknown(type))
      refuse('unknown-condition', side, { text: textOf(side) }, cx)
  }
  if (!isNull && !isScalar(left) && !isScalar(right)) refuse('reference-equality', node, { text: textOf(node) }, cx)
}

const kinds: { readonly [name: string]: string } = { string: 'is_string', number: 'is_number', boolean: 'is_boolean' }

/** `typeof x === 'string'` */
function typeTest(node: ts.BinaryExpression, cx: Context): Term | null {
  const left = bare(node.left)
  if (!ts.isTypeOfExpression(left)) return null
  const name = kinds[ts.isStringLiteralLike(node.right) ? node.right.text : '']
  if (name) return call(name, orNull(left.expression, cx))
  return refuse(
    'unsupported-syntax',
    node,
    {
      syntax: `\`${textOf(node)}\``,
      help: 'compare `typeof` with string, number or boolean; else use `Array.isArray` or `isObject`',
    },
    cx,
  )
}

const orders: { readonly [kind: number]: '<' | '<=' | '>' | '>=' } = {
  [ts.SyntaxKind.LessThanToken]: '<',
  [ts.SyntaxKind.LessThanEqualsToken]: '<=',
  [ts.SyntaxKind.GreaterThanToken]: '>',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>=',
}

const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

function ordered(node: ts.BinaryExpression, operator: Operator, cx: Context): Alternatives {
  if (![node.left, node.right].every(side => isNumber(typeOf(side, cx)))) {
    refuse('string-order', node, { text: textOf(node) }, cx)
    return always
  }
  return [[expression(infix(value(node.left, cx), operator, value(node.right, cx)))]]
}

/** Whether a body with this literal may hold more than once. */
export function isRepeating(literal: Literal): boolean {
  return literal.kind === 'some' || literal.kind === 'binds'
}

/** The literal that holds where this one does not; null where there is no such literal. */
export function opposed(literal: Literal): Literal | null {
  if (literal.kind === 'not') return expression(literal.term)
  if (literal.kind !== 'expression') return null
  const { term } = literal
  if (term.kind !== 'infix' || term.operator === 'in') return negated(term)
  const operator =
    term.operator === '=='
      ? '!='
      : term.operator === '!='
        ? '=='
        : term.operator in opposite
          ? opposite[term.operator as '<']
          : null
  return operator === null ? negated(term) : expression({ ...term, operator })
}
