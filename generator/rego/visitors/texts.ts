import { ts } from 'ts-morph'
import { call, scalar, type Term } from '../ast'
import { type Context, refuse, textOf } from '../context'
import { value } from '../visitors'
import { bare } from './access'

type TextMethod = (node: ts.CallExpression, text: ts.Expression, cx: Context) => Term

/** The methods of texts. Those that count characters are not here: JavaScript counts UTF-16 units. */
export const textMethods: { readonly [name: string]: TextMethod | undefined } = {
  endsWith: tested('endswith'),
  includes: tested('contains'),
  replaceAll: replaced,
  split: (node, text, cx) =>
    mayBeEmpty(node.arguments[0]) || node.arguments.length !== 1
      ? literalOnly(node, 'split', cx)
      : call('split', value(text, cx), argument(node, 0, cx)),
  startsWith: tested('startswith'),
}

function tested(name: string): TextMethod {
  return (node, text, cx) =>
    node.arguments.length === 1
      ? call(name, value(text, cx), argument(node, 0, cx))
      : refuse(
          'unsupported-call',
          node,
          { text: textOf(node), help: 'positions are counted in UTF-16 units; leave the second argument out' },
          cx,
        )
}

/** `$&` and its like mean parts of the match in JavaScript. */
function replaced(node: ts.CallExpression, text: ts.Expression, cx: Context): Term {
  const [search, by] = node.arguments
  if (!search || !by || mayBeEmpty(search)) return literalOnly(node, 'replaceAll', cx)
  const replacement = bare(by)
  if (!ts.isStringLiteralLike(replacement)) return literalOnly(by, 'replaceAll', cx)
  if (/\$[$&`']/.test(replacement.text)) return refuse('replacement-pattern', by, {}, cx)
  return call('replace', value(text, cx), value(search, cx), value(by, cx))
}

/** An empty separator cuts between UTF-16 units. */
function mayBeEmpty(node: ts.Expression | undefined): boolean {
  const here = node && bare(node)
  if (!here) return true
  if (ts.isStringLiteralLike(here)) return here.text === ''
  return (
    !ts.isTemplateExpression(here) ||
    [here.head.text, ...here.templateSpans.map(span => span.literal.text)].join('') === ''
  )
}

function literalOnly(node: ts.Node, method: string, cx: Context): Term {
  return refuse('static-text', node, { method }, cx)
}

function argument(node: ts.CallExpression, position: number, cx: Context): Term {
  const given = node.arguments[position]
  return given ? value(given, cx) : scalar('')
}
