/** The first JSON value of a text: where it ends, or where it breaks and what was expected there. */
export type Scan = { readonly end: number } | Fault

export interface Fault {
  readonly at: number
  readonly expected: string
}

/** What may come next. */
type State = 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'comma'

interface Position {
  readonly at: number
  readonly state: State
}

/**
 * Reads the JSON value that starts at `start`, without recursion and without making it.
 * Used where `JSON.parse` has failed, whose errors have no place, and where other text stands around the value.
 */
export function scan(text: string, start: number): Scan {
  const open: ('{' | '[')[] = []
  let position: Position = { at: afterSpace(text, start), state: 'value' }
  for (;;) {
    const next = step(text, position, open)
    if ('expected' in next) return next
    if (open.length === 0) return { end: next.at }
    position = { at: afterSpace(text, next.at), state: next.state }
  }
}

function step(text: string, { at, state }: Position, open: ('{' | '[')[]): Position | Fault {
  const character = text[at]
  const inside = open.at(-1)
  const closes = state === 'comma' || state === 'first value' || state === 'first name'
  if (closes && character === (inside === '{' ? '}' : ']')) {
    open.pop()
    return { at: at + 1, state: 'comma' }
  }
  if (state === 'comma' && character === ',') return { at: at + 1, state: inside === '{' ? 'name' : 'value' }
  if (state === 'colon' && character === ':') return { at: at + 1, state: 'value' }
  if (state === 'name' || state === 'first name')
    return character === '"' ? string(text, at, 'colon') : { at, expected: expectation(state, inside) }
  if (state === 'colon' || state === 'comma') return { at, expected: expectation(state, inside) }
  if (character === '"') return string(text, at, 'comma')
  if (character !== '{' && character !== '[') return literal(text, at, expectation(state, inside))
  open.push(character)
  return { at: at + 1, state: character === '{' ? 'first name' : 'first value' }
}

function expectation(state: State, inside: '{' | '[' | undefined): string {
  if (state === 'comma') return inside === '{' ? 'a comma or }' : 'a comma or ]'
  if (state === 'first value') return 'a value or ]'
  if (state === 'first name') return 'a name in double quotes or }'
  if (state === 'name') return 'a name in double quotes'
  return state === 'colon' ? 'a colon' : 'a value'
}

function string(text: string, start: number, state: State): Position | Fault {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22) return { at: at + 1, state }
    if (unit < 0x20) return { at, expected: 'the double quote that ends the text' }
    if (unit !== 0x5c) continue
    escaped.lastIndex = at
    const length = escaped.exec(text)?.[0].length
    if (length === undefined) return { at: Math.min(at + 1, text.length), expected: 'one of the escapes of JSON' }
    at += length - 1
  }
  return { at: text.length, expected: 'the double quote that ends the text' }
}

const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const plain = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

function literal(text: string, at: number, expected: string): Position | Fault {
  plain.lastIndex = at
  const found = plain.exec(text)
  return found ? { at: at + found[0].length, state: 'comma' } : { at, expected }
}

function afterSpace(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return at
}
