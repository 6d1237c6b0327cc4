import type { Json } from '../../../policies/intrinsics'
import { endOf, type Part, partsOf } from './text'

/** An expression of HCL. `source` is how it is written. */
export type Expression = { readonly source: string } & (
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'template'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'name'; readonly name: string }
  /** `of.key`, `of[key]`. */
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  /** `of[*].a.b`, `of.*.a.b`; `each` is what follows the asterisk, of the name `*`. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: 'choice'; readonly of: readonly [Expression, Expression, Expression] }
  | { readonly kind: 'operation'; readonly operator: string; readonly sides: readonly Expression[] }
  | Loop
)

/** `[for key, value in list : value if wanted]`, `{for … : name => value}`. */
export interface Loop {
  readonly kind: 'for'
  readonly key: string | null
  readonly value: string
  readonly over: Expression
  /** Of an object. */
  readonly name: Expression | null
  readonly result: Expression
  readonly wanted: Expression | null
  /** Whether results of one name are gathered (`…`). */
  readonly grouped: boolean
}

/**
 * The expression in a source; null for what is none, and for the few things that nobody writes into JSON (heredocs, comments).
 * Synchronous and small, where HCL's own parser is a program in Wasm.
 */
export function parse(source: string): Expression | null {
  try {
    const reader = new Reader(source)
    const expression = reader.expression()
    return reader.isAtEnd() ? expression : null
  } catch (error) {
    if (error instanceof NoExpression) return null
    throw error
  }
}

/** A text with interpolations as an expression; null where one of them is none. */
export function parseTemplate(text: string): Expression | null {
  const parts = partsOf(text)
  const parsed = parts?.map(part => ('text' in part ? part.text : parse(part.source)))
  if (!parsed || parsed.some(part => part === null)) return null
  const [only, ...others] = parsed as readonly (string | Expression)[]
  if (others.length === 0 && typeof only === 'object') return only
  return { kind: 'template', parts: parsed as readonly (string | Expression)[], source: text }
}

class NoExpression extends Error {}

/** What stands higher binds looser. */
const operators: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
]

/** Nobody nests expressions deeper. */
const deepest = 100

class Reader {
  private at = 0
  private depth = 0

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    this.space()
    return this.at === this.text.length
  }

  expression(): Expression {
    if (++this.depth > deepest) throw new NoExpression()
    const start = this.start()
    const condition = this.operation(0)
    this.depth--
    if (!this.takes('?')) return condition
    const yes = this.expression()
    this.expect(':')
    return this.from(start, { kind: 'choice', of: [condition, yes, this.expression()] })
  }

  private operation(level: number): Expression {
    const words = operators[level]
    if (!words) return this.unary()
    const start = this.start()
    let left = this.operation(level + 1)
    for (let operator = this.word(words); operator !== null; operator = this.word(words))
      left = this.from(start, { kind: 'operation', operator, sides: [left, this.operation(level + 1)] })
    return left
  }

  private unary(): Expression {
    const start = this.start()
    const operator = this.word(['!', '-'])
    if (operator === null) return this.postfix()
    if (++this.depth > deepest) throw new NoExpression()
    const side = this.unary()
    this.depth--
    return this.from(start, { kind: 'operation', operator, sides: [side] })
  }

  private postfix(): Expression {
    const start = this.start()
    let value = this.primary()
    for (;;) {
      const splat = this.match(/\[\s*\*\s*\]|\.\s*\*/y)
      if (splat !== null) return this.from(start, { kind: 'splat', of: value, each: this.steps(star) })
      const next = this.step(value, start)
      if (next === null) return value
      value = next
    }
  }

  /** What follows an asterisk. */
  private steps(value: Expression): Expression {
    const next = this.step(value, this.at)
    return next === null ? value : this.steps(next)
  }

  private step(of: Expression, start: number): Expression | null {
    const name = this.match(/\.\s*(?:[A-Za-z_][\w-]*|\d+)/y)
    if (name !== null) return this.from(start, { kind: 'member', of, key: constant(name.slice(1).trim()) })
    // A bracket on a line of its own begins something else, but there is nothing else within an expression.
    if (!this.takes('[')) return null
    const key = this.expression()
    this.expect(']')
    return this.from(start, { kind: 'member', of, key })
  }

  private primary(): Expression {
    const start = this.start()
    if (this.takes('(')) {
      const inner = this.expression()
      this.expect(')')
      return inner
    }
    if (this.takes('[')) return this.loop(start, ']') ?? this.list(start)
    if (this.takes('{')) return this.loop(start, '}') ?? this.object(start)
    if (this.text[this.at] === '"') return this.quoted(start)
    const number = this.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
    if (number !== null) return this.from(start, { kind: 'literal', value: Number(number) })
    const name = this.match(/[A-Za-z_](?:[\w-]|::)*/y)
    if (name === null) throw new NoExpression()
    if (this.takes('(')) return this.call(start, name)
    const literal = literals.get(name)
    return this.from(start, literal === undefined ? { kind: 'name', name } : { kind: 'literal', value: literal })
  }

  private call(start: number, name: string): Expression {
    const values: Expression[] = []
    let spread = false
    while (!this.takes(')')) {
      values.push(this.expression())
      spread = this.takes('...')
      if (!this.takes(',')) {
        this.expect(')')
        break
      }
    }
    return this.from(start, { kind: 'call', name, values, spread })
  }

  private list(start: number): Expression {
    const items: Expression[] = []
    while (!this.takes(']')) {
      items.push(this.expression())
      if (this.takes(',')) continue
      this.expect(']')
      break
    }
    return this.from(start, { kind: 'list', items })
  }

  private object(start: number): Expression {
    const members: (readonly [Expression, Expression])[] = []
    while (!this.takes('}')) {
      const key = this.key()
      if (!this.takes('=')) this.expect(':')
      members.push([key, this.expression()])
      this.takes(',')
    }
    return this.from(start, { kind: 'object', members })
  }

  /** A word before `=` is the name of the member; anything else is worked out. */
  private key(): Expression {
    const start = this.start()
    const name = this.match(/[A-Za-z_][\w-]*(?=\s*[=:])/y)
    return name === null ? this.expression() : { ...constant(name), source: this.text.slice(start, this.at) }
  }

  private loop(start: number, end: string): Expression | null {
    if (this.match(/for\b/y) === null) return null
    const [first, second] = [this.name(), this.takes(',') ? this.name() : null]
    if (this.match(/in\b/y) === null) throw new NoExpression()
    const over = this.expression()
    this.expect(':')
    const one = this.expression()
    const two = end === '}' && this.takes('=>') ? this.expression() : null
    const grouped = this.takes('...')
    const wanted = this.match(/if\b/y) === null ? null : this.expression()
    this.expect(end)
    const named = { key: second === null ? null : first, value: second ?? first }
    const made = { name: two === null ? null : one, result: two ?? one }
    return this.from(start, { kind: 'for', ...named, over, ...made, wanted, grouped })
  }

  private name(): string {
    const name = this.match(/[A-Za-z_][\w-]*/y)
    if (name === null) throw new NoExpression()
    return name
  }

  private quoted(start: number): Expression {
    const parts: (string | Expression)[] = []
    for (const part of this.quotedParts()) {
      const parsed = 'text' in part ? unescaped(part.text) : parse(part.source)
      if (parsed === null) throw new NoExpression()
      parts.push(parsed)
    }
    const isPlain = parts.every(part => typeof part === 'string')
    if (isPlain) return this.from(start, { kind: 'literal', value: parts.join('') })
    return this.from(start, { kind: 'template', parts })
  }

  private quotedParts(): readonly Part[] {
    const begin = ++this.at
    for (; this.at < this.text.length && this.text[this.at] !== '"'; this.at++)
      if (this.text[this.at] === '\\' || /^(\$\$|%%)\{/.test(this.text.slice(this.at, this.at + 3))) this.at++
      else if (this.text.startsWith('${', this.at)) this.at = endOf(this.text, this.at + 2) ?? this.text.length
    const parts = partsOf(this.text.slice(begin, this.at))
    if (this.text[this.at++] !== '"' || !parts) throw new NoExpression()
    return parts
  }

  /** The position after any space. */
  private start(): number {
    this.space()
    return this.at
  }

  private from<E>(start: number, parsed: E): E & { readonly source: string } {
    return { ...parsed, source: this.text.slice(start, this.at).trim() }
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  private match(pattern: RegExp): string | null {
    this.space()
    pattern.lastIndex = this.at
    const [found = null] = pattern.exec(this.text) ?? []
    if (found !== null) this.at += found.length
    return found
  }

  private takes(token: string): boolean {
    this.space()
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }

  private word(words: readonly string[]): string | null {
    this.space()
    const found = words.find(word => this.text.startsWith(word, this.at))
    if (found === undefined || (found === '!' && this.text[this.at + 1] === '=')) return null
    this.at += found.length
    return found
  }

  private expect(token: string): void {
    if (!this.takes(token)) throw new NoExpression()
  }
}

const literals: ReadonlyMap<string, Json> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
] as const)

const star: Expression = { kind: 'name', name: '*', source: '*' }

function constant(text: string): Expression {
  return { kind: 'literal', value: text, source: text }
}

const escapes: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t' }

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (_, short, long, letter) =>
    letter === undefined ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : (escapes[letter] ?? letter),
  )
}
