import { ts } from 'ts-morph'
import { array, call, type Term } from '../ast'
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
    parts.push(value(element.expression, cx))
  }
  settle()
  return joined(parts)
}

/** Lists one after the other. https://www.openpolicyagent.org/docs/policy-reference/builtins/array */
export function joined(parts: readonly Term[]): Term {
  const [first, second] = parts
  if (first === undefined) return array([])
  if (second === undefined) return first
  if (parts.length === 2) return call('array.concat', first, second)
  return call('array.flatten', array(parts))
}
