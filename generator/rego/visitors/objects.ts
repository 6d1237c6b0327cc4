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
  let before: ts.Type | null = null
  let entries: Entry[] = []
  let deep: Term[] = []
  const settle = (): void => {
    const own: Term = { kind: 'object', entries }
    if (term === null) term = own
    else if (entries.length > 0)
      term = call('object.union', deep.length > 0 ? call('object.remove', term, array(deep)) : term, own)
    entries = []
    deep = []
    before = null
  }
  for (const property of node.properties) {
    if (!ts.isSpreadAssignment(property)) {
      const entry = entryOf(property, cx)
      entries.push(entry)
      if (mayHoldObject(property, cx) && mayHoldObjectAt(before, property, cx)) deep.push(entry[0])
      continue
    }
    const spread = spreadOf(property.expression, cx)
    const type = typeOf(property.expression, cx)
    if (term === null && entries.length === 0) {
      term = spread
      before = type
      continue
    }
    settle()
    const under: Term = term ?? spread
    term = call(
      'object.union',
      isFlat(type, cx) ? under : call('object.remove', under, call('object.keys', spread)),
      spread,
    )
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

/** Whether what is spread first may have an object where a property stands. */
function mayHoldObjectAt(before: ts.Type | null, property: ts.ObjectLiteralElementLike, cx: Context): boolean {
  const name = property.name && ts.isIdentifier(property.name) ? property.name.text : null
  const own = name === null ? undefined : before?.getProperty(name)
  if (!own) return true
  const { checker } = cx.module.program
  return mayBeObject(checker.getTypeOfSymbol(own), checker)
}

/** Whether nothing in objects of a type is an object. */
function isFlat(type: ts.Type, cx: Context): boolean {
  const { checker } = cx.module.program
  if (type.isUnion() || checker.getIndexInfosOfType(type).length > 0) return false
  return type.getProperties().every(property => !mayBeObject(checker.getTypeOfSymbol(property), checker))
}
