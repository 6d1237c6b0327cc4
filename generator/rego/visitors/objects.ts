import { ts } from 'ts-morph'
import { array, call, scalar, type Term } from '../ast'
import { type Context, refuse, textOf, typeOf, within } from '../context'
import { isList, mayBeNull, mayBeObject, mayBeUndefined } from '../types'
import { unsupported, type Visitor, value } from '../visitors'
import { identifier } from './identifier'

type Entry = readonly [Term, Term]

/** `{ a, b: e, [key]: e }`, with spreads before the entries they give way to. */
export const objectLiteral: Visitor<ts.ObjectLiteralExpression> = (node, cx) => {
  let term: Term | null = null
  let entries: Entry[] = []
  let deep = false
  const settle = (): void => {
    const own: Term = { kind: 'object', entries }
    if (term === null) term = own
    else if (entries.length > 0)
      term = deep
        ? call('object.union', call('object.remove', term, array(entries.map(([key]) => key))), own)
        : call('object.union', term, own)
    entries = []
    deep = false
  }
  for (const property of node.properties) {
    if (!ts.isSpreadAssignment(property)) {
      const entry = entryOf(property, cx)
      entries.push(entry)
      deep ||= mayHoldObject(property, cx)
      continue
    }
    const spread = spreadOf(property.expression, cx)
    if (term === null && entries.length === 0) term = spread
    else {
      settle()
      term = call('object.union', call('object.remove', term ?? spread, call('object.keys', spread)), spread)
    }
  }
  if (term === null || entries.length > 0) settle()
  return term ?? { kind: 'object', entries }
}

/** What is spread has to be an object: nothing is spread for null or a list. */
function spreadOf(node: ts.Expression, cx: Context): Term {
  const type = typeOf(node, cx)
  if (!mayBeNull(type) && !mayBeUndefined(type) && !isList(type, cx.module.program.checker)) return value(node, cx)
  return refuse(
    'unsupported-syntax',
    node,
    { syntax: `a spread of \`${textOf(node)}\``, help: 'spread an object that is there in every world' },
    cx,
  )
}

function entryOf(property: ts.ObjectLiteralElementLike, cx: Context): Entry {
  if (ts.isShorthandPropertyAssignment(property)) return [scalar(property.name.text), identifier(property.name, cx)]
  if (!ts.isPropertyAssignment(property)) return [scalar(''), unsupported(property, cx)]
  const key = keyOf(property.name, cx)
  return [key, value(property.initializer, within(cx, key.kind === 'scalar' ? asName(`${key.value}`, cx) : cx.hint))]
}

function keyOf(name: ts.PropertyName, cx: Context): Term {
  if (ts.isComputedPropertyName(name)) return value(name.expression, cx)
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return unsupported(name, cx)
  return name.text === '__proto__' ? refuse('inherited-key', name, { key: name.text }, cx) : scalar(name.text)
}

/** The name of a key where it can name a rule, for helpers. */
function asName(key: string, cx: Context): string {
  return /^[A-Za-z]\w*$/.test(key) ? key : cx.hint
}

/** `object.union` goes into objects on both sides; JavaScript replaces. */
function mayHoldObject(property: ts.ObjectLiteralElementLike, cx: Context): boolean {
  if (ts.isPropertyAssignment(property)) return mayBeObject(typeOf(property.initializer, cx), cx.module.program.checker)
  if (ts.isShorthandPropertyAssignment(property))
    return mayBeObject(typeOf(property.name, cx), cx.module.program.checker)
  return true
}
