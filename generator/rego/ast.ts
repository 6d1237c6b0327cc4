/** The part of Rego that the compiler writes, as data. `print.ts` turns it into text, `free.ts` finds its variables. */

export type Term =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  /** A local variable. */
  | { readonly kind: 'local'; readonly name: string }
  /** A rule, a package's rule or a document: `by_type`, `plan.by_type`, `input`. */
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'ref'; readonly head: Term; readonly path: readonly (string | Term)[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Term[] }
  | { readonly kind: 'infix'; readonly operator: Operator; readonly left: Term; readonly right: Term }
  | { readonly kind: 'array' | 'set'; readonly items: readonly Term[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Term, Term])[] }
  | { readonly kind: 'array-of' | 'set-of'; readonly element: Term; readonly body: Body }
  | { readonly kind: 'template'; readonly parts: readonly (string | Term)[] }

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'in'

/** One expression of a body. */
export type Literal =
  | { readonly kind: 'expression'; readonly term: Term }
  | { readonly kind: 'not'; readonly term: Term }
  | { readonly kind: 'assign'; readonly name: string; readonly term: Term }
  | { readonly kind: 'some'; readonly key: string | null; readonly value: string; readonly domain: Term }
  | {
      readonly kind: 'every'
      readonly key: string | null
      readonly value: string
      readonly domain: Term
      readonly body: Body
    }
  /** A built-in that binds the variables of its second argument, `walk(value, [path, leaf])`. */
  | { readonly kind: 'binds'; readonly term: Term; readonly names: readonly string[] }

export type Body = readonly Literal[]

/** A value and what must hold for it; `null` is the value of a rule that says nothing but that it is true. */
export interface Branch {
  readonly value: Term | null
  readonly body: Body
}

/** One definition: a name, its parameters (null: none), and its branches, each tried where the one before it fails. */
export interface Rule {
  readonly name: string
  readonly parameters: readonly string[] | null
  /** `name contains value`, `name[key] contains value`; null for a complete rule or a function. */
  readonly contains: { readonly key: Term | null; readonly value: Term } | null
  readonly branches: readonly Branch[]
  readonly isDefault: boolean
  /** Lines of the comment above it. */
  readonly comment: readonly string[]
}

export interface Module {
  readonly path: string
  /** Where it was generated from. */
  readonly source: string
  readonly metadata: Metadata
  /** `policies.lang.plan` */
  readonly package: string
  readonly imports: readonly Import[]
  readonly rules: readonly Rule[]
}

/** `import data.policies.lang.maybe`, with `as alias` where its last part is taken. */
export interface Import {
  readonly package: string
  readonly alias: string | null
}

export interface Metadata {
  readonly title: string
  readonly description: string
  readonly references: readonly string[]
  readonly custom: Readonly<Record<string, string>>
}

export const scalar = (value: string | number | boolean | null): Term => ({ kind: 'scalar', value })
export const local = (name: string): Term => ({ kind: 'local', name })
export const global = (name: string): Term => ({ kind: 'global', name })
export const call = (name: string, ...args: readonly Term[]): Term => ({ kind: 'call', name, args })
export const array = (items: readonly Term[]): Term => ({ kind: 'array', items })
export const set = (items: readonly Term[]): Term => ({ kind: 'set', items })
export const infix = (left: Term, operator: Operator, right: Term): Term => ({ kind: 'infix', operator, left, right })
export const expression = (term: Term): Literal => ({ kind: 'expression', term })
export const negated = (term: Term): Literal => ({ kind: 'not', term })
export const some = (value: string, domain: Term): Literal => ({ kind: 'some', key: null, value, domain })

/** `head.step`; the steps of a reference to a reference are one path. */
export function ref(head: Term, ...path: readonly (string | Term)[]): Term {
  if (head.kind === 'ref') return { kind: 'ref', head: head.head, path: [...head.path, ...path] }
  return { kind: 'ref', head, path }
}

/** A complete rule or function of one branch. */
export function rule(
  name: string,
  parameters: readonly string[] | null,
  branches: readonly Branch[],
  comment: readonly string[] = [],
): Rule {
  return { name, parameters, contains: null, branches, isDefault: false, comment }
}

/** `default name(_, _) := value` */
export function defaultRule(name: string, arity: number | null, value: Term, comment: readonly string[] = []): Rule {
  const parameters = arity === null ? null : Array.from({ length: arity }, () => '_')
  return { name, parameters, contains: null, branches: [{ value, body: [] }], isDefault: true, comment }
}
