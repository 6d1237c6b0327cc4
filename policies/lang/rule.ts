import type { Json, JsonObject } from '../intrinsics'
import type { Parameter, RuleNames } from './parameter'
import type { Requirement } from './requirement'

/** An error was seen to break something; a warning costs, or will. */
export type Severity = 'error' | 'warning'

/** A place that a rule speaks about; `at` names it by address and attribute path, `account` and `region` where they are known. */
export interface Situation {
  readonly at: string
  readonly account: string | null
  readonly region: string | null
}

/**
 * What a rule file exports by default. Its id is its path, its page the doc comment above it.
 * `situations` finds every place the rule speaks about; `requirements` says, as data, what must hold there.
 */
export interface Rule<S extends Situation> {
  readonly severity: Severity
  /** Names by which the rule is known elsewhere; they work wherever the id does. */
  readonly aliases: readonly string[]
  /**
   * The literal error texts that AWS, Packer or Terraform print when the rule is broken, the most usual first; `{…}` stands for what varies.
   * `keyreach explain` finds the rule by them.
   */
  readonly symptoms: readonly string[]
  readonly references: readonly string[]
  /** What the rule leaves to its users; `parameter(rule, …)` in `situations(rule)` gives the value. */
  readonly parameters?: readonly Parameter[]
  situations(rule: RuleNames): Iterable<S>
  requirements(situation: S): readonly Requirement[]
}

/** Declares a rule; infers the situation's type from what `situations` yields. */
export function rule<S extends Situation>(definition: Rule<S>): Rule<S> {
  return definition
}

/** The resources of an account in an example, by address. */
export type Resources = { readonly [address: string]: JsonObject }

/** One account as an example gives it: its resources by address, blocks as arrays, policies as objects, and `depends_on`. See `engine/example.ts`. */
export interface ExampleAccount {
  readonly id: string
  readonly region?: string
  readonly resources: Resources
  /** Provider configuration (`aws.west`) → what it reaches, for addresses listed in `on`. */
  readonly providers?: {
    readonly [provider: string]: { readonly region?: string; readonly account?: string; readonly on: readonly string[] }
  }
  /** Resources that the plan deletes, or replaces where `resources` has them too, as they were. */
  readonly deletes?: Resources
  /** Addresses of resources that the plan replaces by what `resources` says of them. */
  readonly replaces?: readonly string[]
  readonly identities?: { readonly [address: string]: string }
}

/** A Packer template as an example gives it: `packer.pkr.hcl`, with the settings of its one builder `source.amazon-ebs.image`. */
export interface ExampleTemplate {
  readonly account?: string
  readonly role?: string
  readonly settings: JsonObject
}

/** A world in an example: accounts, Packer templates, and what else keyreach.yaml would declare. */
export interface ExampleWorld {
  readonly accounts: readonly ExampleAccount[]
  readonly templates?: readonly ExampleTemplate[]
  readonly declared?: JsonObject
}

/** Named worlds by the verdict that the rule must reach in them: the worst of its findings, fail before unknown before pass. */
export interface Examples {
  readonly pass: { readonly [name: string]: ExampleWorld }
  readonly fail: { readonly [name: string]: ExampleWorld }
  readonly unknown: { readonly [name: string]: ExampleWorld }
}

/** In an example: the attribute `attribute` of the resource at `address`, not known until apply. */
export function ref(address: string, attribute: string): Json {
  return { $ref: `${address}.${attribute}` }
}

/** In an example: one of several references, by a condition that is not known until apply. */
export function either(references: readonly Json[]): Json {
  return { $either: references }
}

/** In an example: a value that is not known until apply, from nowhere that the configuration shows. */
export const later: Json = { $unknown: true }
