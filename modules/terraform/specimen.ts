import type { TerraformStack } from 'cdktf'

/** A value that a caller of a module may leave out. */
export interface Optional<T> {
  readonly optional: T
}

export function optional<T>(value: T): Optional<T> {
  return { optional: value }
}

/** What a module is given: a specimen, with or without what is optional in it. */
export type Given<S> = S extends string | number | boolean
  ? S
  : S extends readonly (infer E)[]
    ? Given<E>[]
    : { readonly [K in keyof S as S[K] extends Optional<unknown> ? never : K]: Given<S[K]> } & {
        readonly [K in keyof S as S[K] extends Optional<unknown> ? K : never]?: S[K] extends Optional<infer T>
          ? Given<T>
          : never
      }

/**
 * A module of plain Terraform: a construct, with the variables that it is made of.
 *
 * A specimen has one value for each variable, that occurs nowhere else, and one element in each list; its regions are of a partition of
 * their own, by which that is known too. Where the values turn up in what the construct makes, the module has their variables.
 */
export interface PlainModule<S> {
  /** The class. */
  readonly construct: string
  /** Which of its properties, members or methods describes a variable or an output, where their names differ; `Type.member` of a type. */
  readonly describedBy?: { readonly [variable: string]: string }
  readonly specimen: S
  /** Makes the construct, and gives the outputs of the module. */
  make(stack: TerraformStack, given: Given<S>): { readonly [output: string]: unknown }
}

export function plainModule<S>(module: PlainModule<S>): PlainModule<S> {
  return module
}
