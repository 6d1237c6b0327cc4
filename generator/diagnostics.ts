import type { ts } from 'ts-morph'

/** Every refusal to an author: what is wrong and, after it, what to write instead. Codes are names, never reused, never deleted. */
const table = {
  'else-branch': ['`else` is not part of the language', 'return early: `if (…) return a`, then `return b`'],
  'impure-import': [
    '`{module}` cannot be imported here',
    'import names from policies/lang and policies/intrinsics, by relative path or below `keyreach/`',
  ],
  'inherited-key': [
    '`{key}` may be something that every object inherits in JavaScript, such as `constructor`',
    'use `entry(object, key)`, or `at` for JSON',
  ],
  mutation: ['`{text}` changes a value; Rego has no assignment', 'bind the new value with `const`'],
  'non-boolean-condition': [
    '`{text}` is {type}; Rego and JavaScript disagree on what counts as true',
    'compare it, e.g. `{example}`',
  ],
  'order-dependence': [
    'the order of `{text}` is not the same on every engine',
    'use it in `for … of`, `some`, `every`, `.length`, or wrap it in `sorted` or `distinct`',
  ],
  'partly-a-list': [
    '`{text}` gives what is not always a list: JavaScript takes that for an element, Rego for none',
    'give `[value]`, or `[]` for none',
  ],
  recursion: [
    '`{name}` calls itself ({path}); Rego has no recursion',
    'use `leaves`, `reachable`, or unroll to a known depth',
  ],
  'reference-equality': [
    '`{text}` compares objects, by identity in JavaScript and by value in Rego',
    'compare a property of each',
  ],
  'regex-dialect': ['`{part}` does not mean the same in every engine’s regular expressions', '{help}'],
  'replacement-pattern': [
    '`$` in a replacement has a meaning of its own in JavaScript',
    'split and join, or replace with other text',
  ],
  'static-text': ['`{method}` takes literal text here', 'write the text as a literal, not empty'],
  'string-length': [
    '`{text}` counts UTF-16 units in JavaScript and code points in Rego',
    'use `startsWith`, `endsWith`, `includes` or `split`',
  ],
  'string-order': ['`{text}` orders text by UTF-16 units in JavaScript and by code points in Rego', 'use `sorted`'],
  'text-addition': ['`{text}` adds something that is not a number', 'join text in a template string'],
  'text-hole': ['`{text}` is {type}; engines print it differently', 'put strings, numbers and booleans into templates'],
  'type-assertion': [
    '`{text}` asserts a type that nothing has checked',
    'narrow it with `typeof`, `Array.isArray` or `isObject`; `as` stands in policies/lang alone',
  ],
  'undefined-value': [
    '`{text}` may be undefined, which no engine but JavaScript has',
    'give a default: `{text} ?? null`',
  ],
  'unequal-numbers': ['`{text}` is not the same number on every engine', 'use integers up to 2^53'],
  'unknown-condition': [
    '`{text}` may be unknown until apply, so it cannot be compared',
    'ask `isUnknown({text})` first',
  ],
  'unsupported-call': ['`{text}` is not among the calls that compile', '{help}'],
  'unsupported-syntax': ['{syntax} is not part of the language', '{help}'],
} as const

export type Code = keyof typeof table
export const codes = Object.keys(table) as readonly Code[]

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? (Hole extends '' ? never : Hole) | Holes<Rest>
  : never
/** What the message and the help of a code leave open. */
export type Values<C extends Code> = { readonly [Hole in Holes<(typeof table)[C][number]>]: string }

/** One refusal, at the exact node it is about. */
export interface Diagnostic {
  readonly code: Code
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly help: string
}

/** A refusal of `node`; `file` is the path from the root of the repository. */
export function diagnostic<C extends Code>(code: C, file: string, node: ts.Node, values: Values<C>): Diagnostic {
  const source = node.getSourceFile()
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source))
  const [message, help] = table[code]
  return { code, file, line: line + 1, column: character + 1, message: fill(message, values), help: fill(help, values) }
}

/** The form in which a refusal is shown. */
export function printDiagnostic({ code, file, line, column, message, help }: Diagnostic): string {
  return `${file}:${line}:${column}  ${code}\n  ${message}\n  help: ${help}\n`
}

/** The words of every refusal, for the page about the language: `[code, message, help]`. */
export function refusals(): readonly (readonly [Code, string, string])[] {
  return codes.map(code => [code, table[code][0], table[code][1]])
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, hole: string) => values[hole] ?? whole)
}
