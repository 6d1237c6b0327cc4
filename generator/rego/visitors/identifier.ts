import type { ts } from 'ts-morph'
import { call, global, scalar, type Term } from '../ast'
import { type Context, type Global, qualified, refuse, symbolOf, textOf } from '../context'
import type { Visitor } from '../visitors'

/** A local, or a constant of this or another module. Facts, indexes and functions are called, not named. */
export const identifier: Visitor<ts.Identifier> = (node, cx) => {
  if (node.text === 'undefined') return refuse('undefined-value', node, { text: 'undefined' }, cx)
  const symbol = symbolOf(node, cx.module.program.checker)
  const local = symbol && cx.module.terms.get(symbol)
  if (local) return local
  const named = symbol && cx.module.program.globals.get(symbol)
  if (named?.kind === 'const') return globalTerm(named, cx)
  if (named)
    return refuse(
      'unsupported-syntax',
      node,
      { syntax: `\`${textOf(node)}\` without a call`, help: `call it: \`${textOf(node)}(…)\`` },
      cx,
    )
  return refuse(
    'unsupported-syntax',
    node,
    { syntax: `\`${textOf(node)}\``, help: 'use locals, and names of policies/lang and policies/intrinsics' },
    cx,
  )
}

/** The rule that a name of the top level has become. */
export function globalTerm(named: Global, cx: Context): Term {
  return global(qualified(named.file, named.name, cx.module))
}

/** The values of a key of an index: a set. */
export function indexed(named: Global, key: Term, cx: Context): Term {
  return call('object.get', globalTerm(named, cx), key, call('set'))
}

export const absent = scalar(null)
