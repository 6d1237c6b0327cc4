import type { Body, Literal, Rule, Term } from './ast'

/** The names of all rules and functions that some rules mention. */
export function mentions(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(
    rules.flatMap(({ branches, contains }) => [
      ...(contains === null ? [] : [contains.key, contains.value].flatMap(inTerm)),
      ...branches.flatMap(({ value, body }) => [...inTerm(value), ...inBody(body)]),
    ]),
  )
}

/** Rules without the private ones that no other rule mentions. */
export function withoutUnused(rules: readonly Rule[]): readonly Rule[] {
  const kept = rules.filter(
    ({ name }) => !name.startsWith('_') || mentions(rules.filter(other => other.name !== name)).has(name),
  )
  return kept.length === rules.length ? rules : withoutUnused(kept)
}

function inBody(body: Body): readonly string[] {
  return body.flatMap(inLiteral)
}

function inLiteral(literal: Literal): readonly string[] {
  if (literal.kind === 'some') return inTerm(literal.domain)
  if (literal.kind === 'every') return [...inTerm(literal.domain), ...inBody(literal.body)]
  return inTerm(literal.term)
}

function inTerm(term: Term | null): readonly string[] {
  switch (term?.kind) {
    case undefined:
    case 'scalar':
    case 'local':
      return []
    case 'global':
      return [term.name]
    case 'ref':
      return [term.head, ...term.path.filter(step => typeof step !== 'string')].flatMap(inTerm)
    case 'call':
      return [term.name, ...term.args.flatMap(inTerm)]
    case 'infix':
      return [term.left, term.right].flatMap(inTerm)
    case 'array':
    case 'set':
      return term.items.flatMap(inTerm)
    case 'object':
      return term.entries.flat().flatMap(inTerm)
    case 'array-of':
    case 'set-of':
      return [...inTerm(term.element), ...inBody(term.body)]
    case 'template':
      return term.parts.flatMap(part => (typeof part === 'string' ? [] : inTerm(part)))
  }
}
