import type { Body, Branch, Literal, Rule, Term } from './ast'
import { numbered } from './names'

/** The local variables that a term reads and does not bind itself, in the order of their first use. */
export function freeInTerm(term: Term): ReadonlySet<string> {
  switch (term.kind) {
    case 'scalar':
    case 'global':
      return new Set()
    case 'local':
      return new Set([term.name])
    case 'ref':
      return union([
        freeInTerm(term.head),
        ...term.path.map(step => (typeof step === 'string' ? new Set<string>() : freeInTerm(step))),
      ])
    case 'call':
      return union(term.args.map(freeInTerm))
    case 'infix':
      return union([freeInTerm(term.left), freeInTerm(term.right)])
    case 'array':
    case 'set':
      return union(term.items.map(freeInTerm))
    case 'object':
      return union(term.entries.flatMap(([key, value]) => [freeInTerm(key), freeInTerm(value)]))
    case 'array-of':
    case 'set-of':
      return freeInBody(term.body, freeInTerm(term.element))
    case 'template':
      return union(term.parts.map(part => (typeof part === 'string' ? new Set<string>() : freeInTerm(part))))
  }
}

/** The local variables that a body, and what follows it, read and the body does not bind. */
export function freeInBody(body: Body, after: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const read = union([...body.map(readBy), after])
  for (const literal of body) for (const name of boundBy(literal)) read.delete(name)
  return read
}

/** The local variables that branches read from outside. */
export function freeInBranches(branches: readonly Branch[]): ReadonlySet<string> {
  return union(branches.map(({ value, body }) => freeInBody(body, value === null ? new Set() : freeInTerm(value))))
}

/** The local variables that rules read beside their parameters. */
export function freeInRules(rules: readonly Rule[]): ReadonlySet<string> {
  return union(
    rules.map(rule =>
      freeInBranches(
        rule.branches.map(({ value, body }) => ({
          value,
          body: pruned(body, value === null ? new Set() : freeInTerm(value)),
        })),
      ),
    ),
  )
}

/** The local variables that bodies read from outside. */
export function freeInBodies(bodies: readonly Body[]): ReadonlySet<string> {
  return union(bodies.map(body => freeInBody(body)))
}

/** What a literal reads from outside itself. */
export function readBy(literal: Literal): ReadonlySet<string> {
  switch (literal.kind) {
    case 'expression':
    case 'not':
    case 'assign':
      return freeInTerm(literal.term)
    case 'some':
      return freeInTerm(literal.domain)
    case 'every': {
      const inner = new Set(freeInBody(literal.body))
      for (const name of boundBy(literal)) inner.delete(name)
      return union([freeInTerm(literal.domain), inner])
    }
    case 'binds': {
      const read = new Set(freeInTerm(literal.term))
      for (const name of literal.names) read.delete(name)
      return read
    }
  }
}

/** The variables that a literal binds; those of `every` are seen in its own body alone. */
export function boundBy(literal: Literal): readonly string[] {
  if (literal.kind === 'assign') return [literal.name]
  if (literal.kind === 'binds') return literal.names
  if (literal.kind === 'some' || literal.kind === 'every')
    return literal.key === null ? [literal.value] : [literal.key, literal.value]
  return []
}

/** A body without the assignments that neither it nor what follows reads, and with `_` for loop variables that nothing reads. */
export function pruned(body: Body, after: ReadonlySet<string>): Body {
  const needed = new Set(after)
  const kept: Literal[] = []
  for (const literal of [...body].reverse()) {
    if (literal.kind === 'assign' && !needed.has(literal.name)) continue
    const whole = literal.kind === 'some' ? withoutUnread(literal, needed) : literal
    for (const name of readBy(whole)) needed.add(name)
    kept.unshift(whole.kind === 'every' ? everyWithoutUnread(whole) : whole)
  }
  return kept
}

/** A list by comprehension, of what its body finds. The `|` of a comprehension would be an operator behind a sum. */
export function comprehension(element: Term, body: Body): Term {
  const needed = pruned(body, freeInTerm(element))
  if (needed.length === 0) return { kind: 'array', items: [element] }
  if (element.kind !== 'infix' && !hidesTemplate(element)) return { kind: 'array-of', element, body: needed }
  const names = new Set([...freeInTerm(element), ...needed.flatMap(boundBy)])
  const name = numbered('entry', candidate => names.has(candidate))
  return {
    kind: 'array-of',
    element: { kind: 'local', name },
    body: [...needed, { kind: 'assign', name, term: element }],
  }
}

/** OPA 1.22 does not find the variables of a template that stands inside another term in the head of a comprehension. */
function hidesTemplate(element: Term): boolean {
  return element.kind !== 'template' && subterms(element).some(term => term.kind === 'template' || hidesTemplate(term))
}

/** The terms that a term is made of, without those of bodies inside it. */
function subterms(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'ref':
      return [term.head, ...term.path.filter(step => typeof step !== 'string')]
    case 'call':
      return term.args
    case 'infix':
      return [term.left, term.right]
    case 'array':
    case 'set':
      return term.items
    case 'object':
      return term.entries.flat()
    default:
      return []
  }
}

/** Whether computing a term takes calls of functions or loops, so that it should not be done twice. */
export function isCostly(term: Term): boolean {
  switch (term.kind) {
    case 'scalar':
    case 'local':
    case 'global':
      return false
    case 'ref':
      return isCostly(term.head) || term.path.some(step => typeof step !== 'string' && isCostly(step))
    case 'call':
      return !cheap.has(term.name) || term.args.some(isCostly)
    case 'infix':
      return isCostly(term.left) || isCostly(term.right)
    case 'array':
    case 'set':
      return term.items.some(isCostly)
    case 'object':
      return term.entries.some(([key, value]) => isCostly(key) || isCostly(value))
    case 'array-of':
    case 'set-of':
      return true
    case 'template':
      return term.parts.some(part => typeof part !== 'string' && isCostly(part))
  }
}

const cheap = new Set([
  'count',
  'object.get',
  'set',
  'is_string',
  'is_number',
  'is_boolean',
  'is_object',
  'is_array',
  'startswith',
  'endswith',
  'contains',
])

function withoutUnread<L extends Extract<Literal, { kind: 'some' | 'every' }>>(
  literal: L,
  needed: ReadonlySet<string>,
): L {
  const key = literal.key !== null && needed.has(literal.key) ? literal.key : null
  return { ...literal, key, value: needed.has(literal.value) ? literal.value : '_' }
}

function everyWithoutUnread(literal: Extract<Literal, { kind: 'every' }>): Literal {
  const body = pruned(literal.body, new Set())
  return withoutUnread({ ...literal, body }, freeInBody(body))
}

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  const all = new Set<string>()
  for (const one of sets) for (const name of one) all.add(name)
  return all
}
