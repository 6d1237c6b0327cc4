import { ts } from 'ts-morph'
import { infix, type Operator, scalar, type Term } from '../ast'
import { booleanTerm } from '../conditions'
import { type Context, refuse, textOf, typeOf } from '../context'
import { isNumber } from '../types'
import { unsupported, type Visitor, value } from '../visitors'
import { orElse } from './access'

const arithmetic: { readonly [kind: number]: Operator } = {
  [ts.SyntaxKind.PlusToken]: '+',
  [ts.SyntaxKind.MinusToken]: '-',
  [ts.SyntaxKind.AsteriskToken]: '*',
}

const conditions: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
])

/** `??`, sums, and conditions as values. */
export const binary: Visitor<ts.BinaryExpression> = (node, cx) => {
  const kind = node.operatorToken.kind
  if (kind === ts.SyntaxKind.QuestionQuestionToken) return orElse(node, cx)
  if (conditions.has(kind)) return booleanTerm(node, cx)
  const operator = arithmetic[kind]
  if (operator) return calculated(node, operator, cx)
  if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment)
    return refuse('mutation', node, { text: textOf(node) }, cx)
  return unsupported(node.operatorToken, cx)
}

function calculated(node: ts.BinaryExpression, operator: Operator, cx: Context): Term {
  const wrong = [node.left, node.right].find(side => !isNumber(typeOf(side, cx)))
  if (wrong) return refuse('text-addition', node, { text: textOf(node) }, cx)
  return infix(value(node.left, cx), operator, value(node.right, cx))
}

/** `!condition` and `-1`. */
export const negation: Visitor<ts.PrefixUnaryExpression> = (node, cx) => {
  if (node.operator === ts.SyntaxKind.ExclamationToken) return booleanTerm(node, cx)
  if (node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand))
    return scalar(-Number(node.operand.text))
  if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
    return refuse('mutation', node, { text: textOf(node) }, cx)
  return unsupported(node, cx)
}

/** `(e)` and `e satisfies T` are `e`. */
export const inner: Visitor<ts.ParenthesizedExpression | ts.SatisfiesExpression> = (node, cx) =>
  value(node.expression, cx)

/** `as const` says nothing; `as T` is believed in policies/lang alone, where the input meets its types. */
export const asserted: Visitor<ts.AsExpression> = (node, cx) => {
  const isConst = ts.isTypeReferenceNode(node.type) && node.type.getText() === 'const'
  if (isConst || cx.module.path.startsWith('policies/lang/')) return value(node.expression, cx)
  return refuse('type-assertion', node, { text: textOf(node) }, cx)
}
