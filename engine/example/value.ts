import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'

/** An attribute as a plan shows it in its several places. */
export interface Planned {
  /** In `change.after`; undefined where an object leaves the attribute out because it is not known. */
  readonly after: Json | undefined
  readonly unknown: Json
  readonly sensitive: Json
  /** In `configuration`: an expression, or for blocks a list of what is written in each. */
  readonly expression: Json
}

/** How the value of a reference is looked up: what the target's attribute is (undefined: not known), and the references to it. */
export interface Resolver {
  value(reference: string): Json | undefined
  references(reference: string): readonly string[]
}

/** What a value that comes from nowhere in the example refers to: a program that Terraform runs at apply. */
const nowhere = ['data.external.later.result', 'data.external.later']

/** Terraform marks as sensitive what comes through a variable that is. */
const secret = ['var.secret']

/** Expands the value that an example gives for an attribute. */
export function planned(value: Json, resolver: Resolver): Planned {
  if (Array.isArray(value))
    return value.length > 0 && value.every(isBlock) ? blocks(value, resolver) : list(value, resolver)
  if (!isObject(value)) return constant(value)
  const { $ref: reference, $either: alternatives, $unknown: unknown, $sensitive: sensitive } = value
  if (typeof reference === 'string') return referring(reference, resolver)
  if (Array.isArray(alternatives)) return choosing(alternatives, resolver)
  if (unknown === true)
    return { after: undefined, unknown: true, sensitive: false, expression: { references: nowhere } }
  if (sensitive !== undefined)
    return { ...planned(sensitive, resolver), sensitive: true, expression: { references: secret } }
  if (value.Statement !== undefined) return policy(value, resolver)
  return map(value, resolver)
}

/** Expands every attribute of a resource or block, and gathers each place of the plan. */
export function plannedAttributes(attributes: JsonObject, resolver: Resolver): Record<keyof Planned, JsonObject> {
  const after: Record<string, Json> = {}
  const unknown: Record<string, Json> = {}
  const sensitive: Record<string, Json> = {}
  const expression: Record<string, Json> = {}
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = planned(value, resolver)
    if (attribute.after !== undefined) after[name] = attribute.after
    if (attribute.unknown !== false) unknown[name] = attribute.unknown
    if (attribute.sensitive !== false) sensitive[name] = attribute.sensitive
    expression[name] = attribute.expression
  }
  return { after, unknown, sensitive, expression }
}

function constant(value: Json): Planned {
  return { after: value, unknown: false, sensitive: false, expression: { constant_value: value } }
}

function referring(reference: string, resolver: Resolver): Planned {
  const value = resolver.value(reference)
  return {
    after: value,
    unknown: value === undefined,
    sensitive: false,
    expression: { references: resolver.references(reference) },
  }
}

/** `condition ? a : b` of a condition that is not known: the expression names all, and nothing says which it is. */
function choosing(alternatives: readonly Json[], resolver: Resolver): Planned {
  const parts = alternatives.map(alternative => planned(alternative, resolver))
  return { after: undefined, unknown: true, sensitive: false, expression: together(null, parts) }
}

function blocks(items: readonly Json[], resolver: Resolver): Planned {
  const parts = items.filter(isObject).map(item => plannedAttributes(item, resolver))
  return {
    after: parts.map(part => part.after),
    unknown: parts.map(part => part.unknown),
    sensitive: parts.map(part => part.sensitive),
    expression: parts.map(part => part.expression),
  }
}

/** A list of plain values. Terraform shows null in place of an element that it does not know. */
function list(items: readonly Json[], resolver: Resolver): Planned {
  const parts = items.map(item => planned(item, resolver))
  const after = parts.map(part => part.after ?? null)
  return {
    after,
    unknown: parts.map(part => part.unknown),
    sensitive: parts.map(part => part.sensitive),
    expression: together(after, parts),
  }
}

function map(value: JsonObject, resolver: Resolver): Planned {
  const { after, unknown, sensitive } = plannedAttributes(value, resolver)
  const parts = Object.values(value).map(item => planned(item, resolver))
  return { after, unknown, sensitive, expression: together(after, parts) }
}

/** A policy is one text, so that a part that is not known leaves nothing of it known. */
function policy(value: JsonObject, resolver: Resolver): Planned {
  const whole = map(value, resolver)
  const text = JSON.stringify(whole.after)
  const known = !JSON.stringify(whole.unknown).includes('true')
  return {
    after: known ? text : undefined,
    unknown: !known,
    sensitive: JSON.stringify(whole.sensitive).includes('true'),
    expression:
      isObject(whole.expression) && 'references' in whole.expression ? whole.expression : { constant_value: text },
  }
}

/** The expression of a value made of several: one constant, or all references and nothing else, as Terraform prints it. */
function together(value: Json, parts: readonly Planned[]): Json {
  const references = [...new Set(parts.flatMap(part => referencesIn(part.expression)))]
  return references.length > 0 ? { references } : { constant_value: value }
}

function referencesIn(expression: Json): readonly Json[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn)
  if (!isObject(expression)) return []
  const { references } = expression
  return Array.isArray(references) ? references : Object.values(expression).flatMap(referencesIn)
}

function isBlock(value: Json): boolean {
  return (
    isObject(value) &&
    !('$ref' in value || '$either' in value || '$unknown' in value || '$sensitive' in value || 'Statement' in value)
  )
}
