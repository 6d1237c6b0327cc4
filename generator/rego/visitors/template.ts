import type { ts } from 'ts-morph'
import { array, call, rule, scalar, type Term } from '../ast'
import { type Context, hoist, refuse, textOf, typeOf, within } from '../context'
import { freeInTerm } from '../free'
import { printTerm } from '../print'
import { describe, isPrintable, isText } from '../types'
import { type Visitor, value } from '../visitors'

/** https://www.openpolicyagent.org/docs/policy-language#string-interpolation */
export const template: Visitor<ts.TemplateExpression> = (node, cx) =>
  joined(node, cx) ?? {
    kind: 'template',
    parts: [
      node.head.text,
      ...node.templateSpans.flatMap(span => [hole(span.expression, cx), span.literal.text]),
    ].filter(part => part !== ''),
  }

/** `${a}|${b}`, texts with the same mark between each two, is `concat`, which costs OPA a fifth. */
function joined(node: ts.TemplateExpression, cx: Context): Term | null {
  const spans = node.templateSpans
  const [first, ...others] = spans.slice(0, -1).map(span => span.literal.text)
  const isJoin = node.head.text === '' && spans.at(-1)?.literal.text === ''
  if (!isJoin || !first || /[\s\w]/.test(first) || others.some(other => other !== first)) return null
  if (!spans.every(({ expression }) => isText(typeOf(expression, cx)))) return null
  const texts = spans.map(({ expression }) => value(expression, within(cx, `${cx.hint}_part`)))
  return call('concat', scalar(first), array(texts))
}

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
