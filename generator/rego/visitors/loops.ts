import { ts } from 'ts-morph'
import type { Body } from '../ast'
import { bind, bindTo, type Context, refuse, textOf, typeOf } from '../context'
import { singular } from '../names'
import { isList } from '../types'
import { value } from '../visitors'
import { bare, lastName } from './access'
import { iterate } from './lists'
import { destructured } from './patterns'

/** Binds the variables of `for (const … of xs)`: a name, or `[i, x]` of `xs.entries()`. */
export function loop(statement: ts.ForOfStatement, cx: Context): Body {
  const target = ts.isVariableDeclarationList(statement.initializer)
    ? statement.initializer.declarations[0]?.name
    : undefined
  const source = bare(statement.expression)
  if (target && ts.isArrayBindingPattern(target) && isEntries(source)) return entriesLoop(target, source, cx)
  if (!isList(typeOf(source, cx), cx.module.program.checker)) {
    refuse(
      'unsupported-syntax',
      source,
      { syntax: `\`for … of ${textOf(source)}\``, help: 'iterate over an array' },
      cx,
    )
    return []
  }
  const name = target && ts.isIdentifier(target) ? target.text : singular(lastName(source))
  const { body, element } = iterate(source, name, false, cx)
  if (target && ts.isIdentifier(target) && (element.kind === 'local' || element.kind === 'ref')) {
    bindTo(target, element, cx)
    return body
  }
  if (target && ts.isIdentifier(target)) return [...body, { kind: 'assign', name: bind(target, cx), term: element }]
  return target ? [...body, ...destructured(target, element, cx)] : body
}

function isEntries(node: ts.Expression): node is ts.CallExpression & { expression: ts.PropertyAccessExpression } {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'entries'
  )
}

function entriesLoop(
  target: ts.ArrayBindingPattern,
  source: ts.CallExpression & { expression: ts.PropertyAccessExpression },
  cx: Context,
): Body {
  const names = target.elements.map(element =>
    ts.isBindingElement(element) && ts.isIdentifier(element.name) ? element.name : null,
  )
  const list = value(source.expression.expression, cx)
  const [key, item] = names
  return [{ kind: 'some', key: key ? bind(key, cx) : '_', value: item ? bind(item, cx) : '_', domain: list }]
}
