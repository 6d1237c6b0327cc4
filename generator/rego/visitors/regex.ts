import type { ts } from 'ts-morph'
import { call, scalar, type Term } from '../ast'
import { type Context, refuse, textOf, typeOf } from '../context'
import { isText } from '../types'
import { value } from '../visitors'

/** What RE2 lacks, or reads differently from JavaScript: a part of a pattern, and what to write instead. */
const different: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, 'engines have no look-around; test twice'],
  [/\\[1-9k]/, 'engines have no back-references'],
  [/\(\?<[A-Za-z]/, 'leave the group without a name'],
  [/\\[bBsSwWDpPcuxX0vf]/, 'write the characters as a class: `[0-9a-z]`'],
  [/\[\[?:|\[\^?\]/, 'write the characters as a class of its own'],
]

/** `/…/u.test(text)`: https://github.com/google/re2/wiki/Syntax */
export function regexTest(node: ts.CallExpression, literal: ts.RegularExpressionLiteral, cx: Context): Term {
  const end = literal.text.lastIndexOf('/')
  const [pattern, flags] = [literal.text.slice(1, end), literal.text.slice(end + 1)]
  const [text] = node.arguments
  if (!text || !isText(typeOf(text, cx)) || node.arguments.length !== 1 || !node.expression.getText().endsWith('.test'))
    return refuse('unsupported-call', node, { text: textOf(node), help: 'use `/…/u.test(text)`' }, cx)
  if (flags !== 'u' && flags !== 'su')
    return refuse(
      'regex-dialect',
      literal,
      { part: `/${flags}`, help: 'use the flag `u`, or `su` where `.` stands for any character' },
      cx,
    )
  for (const [part, help] of different) {
    const [found] = part.exec(pattern) ?? []
    if (found !== undefined) return refuse('regex-dialect', literal, { part: found, help }, cx)
  }
  if (flags === 'u' && /\./.test(outsideClasses(pattern)))
    return refuse('regex-dialect', literal, { part: '.', help: 'use the flags `su`, so that `.` is any character' }, cx)
  return call(
    'regex.match',
    scalar(`${flags === 'su' ? '(?s)' : ''}${pattern.replaceAll('\\/', '/')}`),
    value(text, cx),
  )
}

/** A pattern without its classes and escapes. */
function outsideClasses(pattern: string): string {
  return pattern.replace(/\\./gu, '').replace(/\[[^\]]*\]/gu, '')
}
