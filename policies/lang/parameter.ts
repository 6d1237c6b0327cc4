import { at, type Json } from '../intrinsics'
import { declared } from './world'

/** What a parameter may be: as keyreach.yaml writes it. */
export type ParameterValue = string | number | boolean | readonly string[]

/** A value that a rule leaves to its users: they set it under `parameters` in keyreach.yaml, by the rule's id or an alias. */
export interface Parameter<T extends ParameterValue = ParameterValue> {
  readonly name: string
  /** What holds where nothing is set. */
  readonly default: T
  /** What it is, for the page of the rule and for editors; no more than a sentence. */
  readonly description: string
}

/** The names by which a rule is known. */
export interface RuleNames {
  readonly id: string
  readonly aliases: readonly string[]
}

/** The value of a rule's parameter: as set by the id or an alias of the rule, if it is of the same type, else the default. */
export function parameter<T extends ParameterValue>(rule: RuleNames, wanted: Parameter<T>): T {
  const set = [rule.id, ...rule.aliases]
    .map(name => at(declared('parameters'), [name, wanted.name]))
    .filter(value => value !== null)
  const value = set[0] ?? null
  if (value !== null && typeName(value) === typeName(wanted.default)) return value as T
  return wanted.default
}

function typeName(value: Json): string {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (Array.isArray(value)) return 'list'
  return 'flag'
}
