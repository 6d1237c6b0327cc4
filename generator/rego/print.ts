import type { Body, Branch, Import, Literal, Metadata, Module, Rule, Term } from './ast'
import { isPlainKey } from './names'

const width = 116

/** The text of a module, in the form that `opa fmt` leaves as it is. */
export function print(module: Module): string {
  const parts = [
    `# Generated from ${module.source}; do not edit.`,
    `${printMetadata(module.metadata)}package ${module.package}`,
    module.imports.map(printImport).join('\n'),
    ...module.rules.map(printRule),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

function printImport(entry: Import): string {
  return entry.alias === null ? `import data.${entry.package}` : `import data.${entry.package} as ${entry.alias}`
}

/** Text that YAML could read as something else stands in a block scalar. */
function printMetadata({ title, description, references, custom }: Metadata): string {
  const lines = ['# METADATA', `# title: ${yamlText(title)}`]
  if (description !== '')
    lines.push('# description: |', ...description.split('\n').map(line => `#   ${line}`.trimEnd()))
  if (references.length > 0)
    lines.push('# related_resources:', ...references.map(reference => `#   - ref: ${yamlText(reference)}`))
  const entries = Object.entries(custom)
  if (entries.length > 0) lines.push('# custom:', ...entries.map(([key, value]) => `#   ${key}: ${yamlText(value)}`))
  return `${lines.join('\n')}\n`
}

function yamlText(text: string): string {
  return /^[A-Za-z][A-Za-z0-9 ,.()/:-]*$/.test(text) && !/: |:$|^(yes|no|true|false|null|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text)
}

/** One rule with its comment. */
export function printRule(rule: Rule): string {
  const comment = rule.comment.map(line => `# ${line}`.trimEnd())
  return [...comment, rule.branches.map((branch, i) => printBranch(rule, branch, i === 0)).join('')].join('\n')
}

function printBranch(rule: Rule, branch: Branch, isFirst: boolean): string {
  const head = isFirst ? printHead(rule) : ' else'
  const isTrue = branch.value?.kind === 'scalar' && branch.value.value === true && branch.body.length > 0
  const before = `${rule.isDefault ? 'default ' : ''}${isFirst ? head.split('\n').at(-1) : '} else'}`.length
  const value = branch.value === null || isTrue ? '' : ` := ${printTerm(branch.value, 0, before + 9)}`
  const start = `${rule.isDefault ? 'default ' : ''}${head}${value}`
  if (branch.body.length === 0) return start
  const [only] = branch.body
  if (rule.branches.length === 1 && branch.body.length === 1 && only) {
    const line = `${start} if ${printLiteral(only, 0)}`
    if (isShort(line, 0)) return line
  }
  return `${start} if {\n${printBody(branch.body, 1)}\n}`
}

function printHead({ name, parameters, contains }: Rule): string {
  if (contains === null) return parameters === null ? name : `${name}(${parameters.join(', ')})`
  const key =
    contains.key === null
      ? ''
      : printStep(contains.key.kind === 'scalar' ? String(contains.key.value) : contains.key, 0)
  return `${name}${key} contains ${printTerm(contains.value, 0)}`
}

function printBody(body: Body, depth: number): string {
  return body.map(literal => `${tabs(depth)}${printLiteral(literal, depth)}`).join('\n')
}

function printLiteral(literal: Literal, depth: number): string {
  switch (literal.kind) {
    case 'expression':
      return printTest(literal.term, depth)
    case 'binds':
      return printTerm(literal.term, depth)
    case 'not':
      return `not ${printTerm(literal.term, depth)}`
    case 'assign':
      return `${literal.name} := ${printTerm(literal.term, depth, literal.name.length + 4)}`
    case 'some':
      return `some ${variables(literal)} in ${printTerm(literal.domain, depth, variables(literal).length + 9)}`
    case 'every': {
      const head = `every ${variables(literal)} in ${printTerm(literal.domain, depth)}`
      return `${head} {\n${printBody(literal.body, depth + 1)}\n${tabs(depth)}}`
    }
  }
}

/** As an expression of a body, sums to compare need no parentheses. */
function printTest(term: Term, depth: number): string {
  if (term.kind !== 'infix') return printTerm(term, depth)
  const mirrored = mirror[term.operator]
  // A line that begins with a minus would go on with the line before.
  if (mirrored && beginsWithMinus(term.left))
    return `${printTerm(term.right, depth)} ${mirrored} ${printTerm(term.left, depth)}`
  return `${printTerm(term.left, depth)} ${term.operator} ${printTerm(term.right, depth)}`
}

const mirror: { readonly [operator: string]: string } = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
}

function beginsWithMinus(term: Term): boolean {
  if (term.kind === 'infix') return beginsWithMinus(term.left)
  return term.kind === 'scalar' && typeof term.value === 'number' && term.value < 0
}

function variables({ key, value }: { readonly key: string | null; readonly value: string }): string {
  return key === null ? value : `${key}, ${value}`
}

/** The text of a term on a line indented by `depth`, with `before` characters in front of it. */
export function printTerm(term: Term, depth: number, before = 0): string {
  const texts = printed.get(term) ?? new Map<string, string>()
  printed.set(term, texts)
  const place = `${depth} ${before}`
  const text = texts.get(place) ?? printAnew(term, depth, before)
  texts.set(place, text)
  return text
}

/** Whatever encloses a term tries it on one line first, so that without these one far inside would be printed thousands of times. */
const printed = new WeakMap<Term, Map<string, string>>()

function printAnew(term: Term, depth: number, before: number): string {
  switch (term.kind) {
    case 'scalar':
      return printScalar(term.value)
    case 'local':
    case 'global':
      return term.name
    case 'ref':
      return printTerm(term.head, depth) + term.path.map(step => printStep(step, depth)).join('')
    case 'call':
      return printCall(term, depth, before)
    case 'infix':
      return `${printOperand(term.left, depth)} ${term.operator} ${printOperand(term.right, depth)}`
    case 'array':
      return printList(
        '[',
        term.items.map(item => (at: number) => printTerm(item, at)),
        ']',
        depth,
        before,
      )
    case 'set':
      return printList(
        '{',
        term.items.map(item => (at: number) => printTerm(item, at)),
        '}',
        depth,
        before,
      )
    case 'object':
      return printList(
        '{',
        term.entries.map(
          ([key, value]) =>
            (at: number) =>
              `${printTerm(key, at)}: ${printTerm(value, at)}`,
        ),
        '}',
        depth,
        before,
      )
    case 'array-of':
      return printComprehension('[', term.element, term.body, ']', depth, before)
    case 'set-of':
      return printComprehension('{', term.element, term.body, '}', depth, before)
    case 'template':
      return `$"${term.parts.map(part => (typeof part === 'string' ? printChunk(part) : `{${printTerm(part, depth)}}`)).join('')}"`
  }
}

function printStep(step: string | Term, depth: number): string {
  if (typeof step !== 'string') return `[${printTerm(step, depth)}]`
  return isPlainKey(step) ? `.${step}` : `[${printScalar(step)}]`
}

function printOperand(term: Term, depth: number): string {
  return term.kind === 'infix' ? `(${printTerm(term, depth)})` : printTerm(term, depth)
}

/** A call stays on one line as far as its arguments do; else each argument has its own line, or the last one alone is broken. */
function printCall({ name, args }: Extract<Term, { kind: 'call' }>, depth: number, before: number): string {
  const [only] = args
  if (only && args.length === 1) return `${name}(${printTerm(only, depth, before + name.length + 1)})`
  const flat = `${name}(${args.map(arg => printTerm(arg, depth)).join(', ')})`
  const lines = flat.split('\n')
  const broken = args.filter(arg => printTerm(arg, depth).includes('\n'))
  if (
    (lines.length === 1 && isShort(flat, depth, before)) ||
    (broken.length === 1 && broken[0] === args.at(-1) && isShort(lines[0] ?? '', depth, before))
  )
    return flat
  return `${name}(\n${args.map(arg => `${tabs(depth + 1)}${printTerm(arg, depth + 1)},\n`).join('')}${tabs(depth)})`
}

function printList(
  open: string,
  items: readonly ((depth: number) => string)[],
  close: string,
  depth: number,
  before: number,
): string {
  const flat = `${open}${items.map(item => item(depth)).join(', ')}${close}`
  if (isShort(flat, depth, before)) return flat
  return `${open}\n${items.map(item => `${tabs(depth + 1)}${item(depth + 1)},\n`).join('')}${tabs(depth)}${close}`
}

function printComprehension(
  open: string,
  element: Term,
  body: Body,
  close: string,
  depth: number,
  before: number,
): string {
  const flat = `${open}${printTerm(element, depth)} | ${body.map(literal => printLiteral(literal, depth)).join('; ')}${close}`
  if (isShort(flat, depth, before) && body.length <= 2) return flat
  return `${open}${printTerm(element, depth)} |\n${printBody(body, depth + 1)}\n${tabs(depth)}${close}`
}

function isShort(text: string, depth: number, before = 0): boolean {
  return !text.includes('\n') && text.length + before + depth * 4 <= width
}

/** Regular expressions and other text with backslashes stand raw. */
function printScalar(value: string | number | boolean | null): string {
  if (typeof value === 'string' && value.includes('\\') && !/[`\n\r]/.test(value)) return `\`${value}\``
  return JSON.stringify(value)
}

function printChunk(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('{', '\\{')
}

function tabs(depth: number): string {
  return '\t'.repeat(depth)
}
