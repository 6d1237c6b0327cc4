import { ts } from 'ts-morph'
import { array, call, type Term } from '../ast'
import { type Context, refuse, textOf, typeOf } from '../context'
import { isList } from '../types'
import { type Visitor, value } from '../visitors'

/** `[a, ...xs, b]`: two parts are joined, more are flattened one level. */
export const arrayLiteral: Visitor<ts.ArrayLiteralExpression> = (node, cx) => {
  const parts: Term[] = []
  let own: Term[] = []
  const settle = (): void => {
    if (own.length > 0) parts.push(array(own))
    own = []
  }
  for (const element of node.elements) {
    if (!ts.isSpreadElement(element)) {
      own.push(value(element, cx))
      continue
    }
    settle()
    parts.push(spreadOf(element.expression, cx))
  }
  settle()
  return joined(parts)
}

/** A text, which JavaScript spreads too, comes apart into UTF-16 or code points. */
function spreadOf(node: ts.Expression, cx: Context): Term {
  if (isList(typeOf(node, cx), cx.module.program.checker)) return value(node, cx)
  return refuse('unsupported-syntax', node, { syntax: `a spread of \`${textOf(node)}\``, help: 'spread a list' }, cx)
}

/** Lists one after the other. https://www.openpolicyagent.org/docs/policy-reference/builtins/array */
export function joined(parts: readonly Term[]): Term {
  const [first, second] = parts
  if (first === undefined) return array([])
  if (second === undefined) return first
  if (parts.length === 2) return call('array.concat', first, second)
  return call('array.flatten', array(parts))
}
