import type { ts } from 'ts-morph'
import { rule, type Term } from '../ast'
import { type Context, hoist, refuse, textOf, typeOf, within } from '../context'
import { freeInTerm } from '../free'
import { printTerm } from '../print'
import { describe, isPrintable } from '../types'
import { type Visitor, value } from '../visitors'

/** https://www.openpolicyagent.org/docs/policy-language#string-interpolation */
export const template: Visitor<ts.TemplateExpression> = (node, cx) => ({
  kind: 'template',
  parts: [node.head.text, ...node.templateSpans.flatMap(span => [hole(span.expression, cx), span.literal.text])].filter(
    part => part !== '',
  ),
})

function hole(node: ts.Expression, cx: Context): string | Term {
  const type = typeOf(node, cx)
  if (!isPrintable(type))
    return refuse('text-hole', node, { text: textOf(node), type: describe(type, cx.module.program.checker) }, cx)
  const term = value(node, within(cx, `${cx.hint}_part`))
  if (term.kind === 'scalar') return String(term.value)
  if (!hasBody(term)) return term
  return hoist(freeInTerm(term), `${cx.hint}_part`, cx, (name, parameters) => [
    rule(name, parameters, [{ value: term, body: [] }]),
  ])
}

/** `opa fmt` lays out loops, sums and long calls inside a template in ways of its own. */
function hasBody(term: Term): boolean {
  if (printTerm(term, 0).length > 60) return true
  if (term.kind === 'array-of' || term.kind === 'set-of' || term.kind === 'infix') return true
  return term.kind === 'call' && term.args.some(hasBody)
}
