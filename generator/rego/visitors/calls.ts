import { ts } from 'ts-morph'
import { call, scalar, type Term } from '../ast'
import { booleanTerm } from '../conditions'
import { type Context, refuse, symbolOf, textOf, typeOf, within } from '../context'
import { intrinsicCall, isIntrinsic } from '../intrinsics'
import { isList, isText } from '../types'
import { type Visitor, value } from '../visitors'
import { globalTerm, indexed } from './identifier'
import { isComprehension, mapped } from './lists'
import { regexTest } from './regex'
import { textMethods } from './texts'

const help = 'docs/subset.md lists the methods and words that compile'

/** A call of a function, fact, index or intrinsic by name, or of a method. */
export const callExpression: Visitor<ts.CallExpression> = (node, cx) => {
  const spread = node.arguments.find(ts.isSpreadElement)
  if (spread) return refuse('unsupported-syntax', spread, { syntax: 'a spread argument', help: 'pass a list' }, cx)
  if (ts.isIdentifier(node.expression)) return named(node, node.expression, cx)
  if (ts.isPropertyAccessExpression(node.expression)) return method(node, node.expression, cx)
  return refuse('unsupported-call', node, { text: textOf(node), help }, cx)
}

function named(node: ts.CallExpression, callee: ts.Identifier, cx: Context): Term {
  const symbol = symbolOf(callee, cx.module.program.checker)
  if (symbol && isIntrinsic(symbol, cx.module.program)) return intrinsicCall(symbol.name, node, cx)
  const target = symbol && cx.module.program.globals.get(symbol)
  if (!target || target.kind === 'const') return refuse('unsupported-call', node, { text: textOf(node), help }, cx)
  if (target.kind === 'fact') return globalTerm(target, cx)
  if (target.kind === 'index') return call('sort', indexed(target, argument(node, 0, cx), cx))
  const term = globalTerm(target, cx)
  const parameters =
    symbol?.valueDeclaration && ts.isFunctionDeclaration(symbol.valueDeclaration)
      ? symbol.valueDeclaration.parameters.length
      : node.arguments.length
  if (parameters !== node.arguments.length)
    return refuse('unsupported-call', node, { text: textOf(node), help: 'give all arguments' }, cx)
  if (term.kind !== 'global') return term
  return parameters === 0 ? term : call(term.name, ...node.arguments.map(each => value(each, within(cx, cx.hint))))
}

/** The set that an index holds for a key, where a call reads an index; else null. */
export function indexCall(node: ts.CallExpression, cx: Context): Term | null {
  const symbol = ts.isIdentifier(node.expression) ? symbolOf(node.expression, cx.module.program.checker) : null
  const target = symbol && cx.module.program.globals.get(symbol)
  return target?.kind === 'index' ? indexed(target, argument(node, 0, cx), cx) : null
}

export function argument(node: ts.CallExpression, position: number, cx: Context): Term {
  const given = node.arguments[position]
  return given
    ? value(given, cx)
    : refuse('unsupported-call', node, { text: textOf(node), help: 'give all arguments' }, cx)
}

function method(node: ts.CallExpression, callee: ts.PropertyAccessExpression, cx: Context): Term {
  const receiver = typeOf(callee.expression, cx)
  if (callee.getText() === 'Array.isArray') return call('is_array', argument(node, 0, cx))
  if (ts.isRegularExpressionLiteral(callee.expression)) return regexTest(node, callee.expression, cx)
  if (ts.isOptionalChain(node)) return refuse('undefined-value', node, { text: textOf(node) }, cx)
  if (isText(receiver))
    return (
      textMethods[callee.name.text]?.(node, callee.expression, cx) ??
      refuse('unsupported-call', node, { text: textOf(node), help: textHelp(callee.name.text) }, cx)
    )
  if (isList(receiver, cx.module.program.checker)) return listMethod(node, callee, cx)
  return refuse('unsupported-call', node, { text: textOf(node), help }, cx)
}

function textHelp(method: string): string {
  if (method === 'toLowerCase') return 'use `lower`, which is the same on every engine'
  if (['charAt', 'at', 'slice', 'substring', 'substr', 'indexOf', 'codePointAt', 'charCodeAt'].includes(method))
    return 'engines count characters differently; use `split`, `startsWith`, `endsWith`, `includes`'
  return help
}

type ListMethod = (node: ts.CallExpression, list: ts.Expression, cx: Context) => Term

/** The methods of lists that are not loops. */
const listMethods: { readonly [name: string]: ListMethod } = {
  concat: (node, list, cx) => call('array.concat', value(list, cx), argument(node, 0, cx)),
  every: (node, _, cx) => booleanTerm(node, cx),
  flat: (_, list, cx) => call('array.flatten', value(list, cx)),
  includes: (node, _, cx) => booleanTerm(node, cx),
  join: (node, list, cx) => call('concat', argument(node, 0, cx), value(list, cx)),
  slice: sliced,
  some: (node, _, cx) => booleanTerm(node, cx),
}

function listMethod(node: ts.CallExpression, callee: ts.PropertyAccessExpression, cx: Context): Term {
  const name = callee.name.text
  if (isComprehension(node, cx)) return mapped(node, cx)
  if (name === 'find') return refuse('undefined-value', node, { text: textOf(node) }, cx)
  if (['push', 'pop', 'shift', 'unshift', 'splice', 'reverse', 'fill'].includes(name))
    return refuse('mutation', node, { text: textOf(node) }, cx)
  const known = Object.hasOwn(listMethods, name) ? listMethods[name] : undefined
  if (known && isAsItShouldBe(name, node, callee.expression, cx)) return known(node, callee.expression, cx)
  return refuse('unsupported-call', node, { text: textOf(node), help: name === 'sort' ? 'use `sorted`' : help }, cx)
}

/** `join` of texts with a separator, `concat` of one list: what else JavaScript takes is something else. */
function isAsItShouldBe(name: string, node: ts.CallExpression, list: ts.Expression, cx: Context): boolean {
  const [first] = node.arguments
  const { checker } = cx.module.program
  if (name === 'join') return node.arguments.length === 1 && isTextList(typeOf(list, cx), cx)
  if (name === 'concat') return node.arguments.length === 1 && first !== undefined && isList(typeOf(first, cx), checker)
  if (name === 'flat') return node.arguments.length === 0 && isListOfLists(typeOf(list, cx), cx)
  return node.arguments.length > 0
}

function isTextList(type: ts.Type, cx: Context): boolean {
  const element = cx.module.program.checker.getIndexTypeOfType(type, ts.IndexKind.Number)
  return element !== undefined && isText(element)
}

function isListOfLists(type: ts.Type, cx: Context): boolean {
  const element = cx.module.program.checker.getIndexTypeOfType(type, ts.IndexKind.Number)
  return element !== undefined && isList(element, cx.module.program.checker)
}

function sliced(node: ts.CallExpression, list: ts.Expression, cx: Context): Term {
  const wrong = node.arguments.find(each => !ts.isNumericLiteral(each))
  if (wrong || node.arguments.length > 2)
    return refuse(
      'unsupported-call',
      node,
      { text: textOf(node), help: 'slice between literal positions that are not negative' },
      cx,
    )
  const term = value(list, cx)
  return call(
    'array.slice',
    term,
    argument(node, 0, cx),
    node.arguments.length === 2 ? argument(node, 1, cx) : scalar(Number.MAX_SAFE_INTEGER),
  )
}
