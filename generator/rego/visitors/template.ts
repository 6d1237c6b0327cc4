import type { ts } from 'ts-morph'
import { scalar, type Term } from '../ast'
import { type Context, refuse, textOf, typeOf, within } from '../context'
import { describe, isPrintable } from '../types'
import { type Visitor, value } from '../visitors'

/** https://www.openpolicyagent.org/docs/policy-language#string-interpolation */
export const template: Visitor<ts.TemplateExpression> = (node, cx) => ({
  kind: 'template',
  parts: [node.head.text, ...node.templateSpans.flatMap(span => [hole(span.expression, cx), span.literal.text])].filter(part => part !== ''),
})

function hole(node: ts.Expression, cx: Context): Term {
  const type = typeOf(node, cx)
  if (!isPrintable(type)) return refuse('text-hole', node, { text: textOf(node), type: describe(type, cx.module.program.checker) }, cx)
  const term = value(node, within(cx, 'text'))
  return term.kind === 'scalar' ? scalar(term.value) : term
}
