import type { ts } from 'ts-morph'
import { scalar } from '../ast'
import { refuse, textOf } from '../context'
import type { Visitor } from '../visitors'

export const text: Visitor<ts.StringLiteralLike> = (node, cx) =>
  /[\ud800-\udfff]/u.test(node.text)
    ? refuse('unsupported-syntax', node, { syntax: 'half a surrogate pair', help: 'write whole characters' }, cx)
    : scalar(node.text)

/** Beyond 2^53 the engines round differently; fractions print differently. */
export const number: Visitor<ts.NumericLiteral> = (node, cx) =>
  Number.isSafeInteger(Number(node.text))
    ? scalar(Number(node.text))
    : refuse('unequal-numbers', node, { text: textOf(node) }, cx)

export const trueLiteral: Visitor<ts.TrueLiteral> = () => scalar(true)
export const falseLiteral: Visitor<ts.FalseLiteral> = () => scalar(false)
export const nullLiteral: Visitor<ts.NullLiteral> = () => scalar(null)
