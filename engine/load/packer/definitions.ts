import type { Json, JsonObject } from '../../../policies/intrinsics'
import { isUnknown } from '../../../policies/lang/maybe'
import { blocksIn, labelled } from '../hcl/blocks'
import { evaluate, type Scope } from '../hcl/evaluate'

/** What the files of a template define, as it is written. */
export interface Definitions {
  readonly variables: JsonObject
  readonly locals: JsonObject
  /** The variables and locals that are marked as sensitive: `var.password`. */
  readonly sensitive: readonly string[]
  readonly builds: readonly JsonObject[]
}

/** What a document in HCL, or in JSON of the same shape, defines for all files of its directory. */
export function definitionsIn(document: JsonObject): Definitions {
  const variables = labelled(document.variable)
  const locals = labelled(document.local)
  return {
    variables: Object.assign(
      Object.fromEntries(variables.map(({ label, block }) => [label, 'default' in block ? block.default : undefined])),
      ...blocksIn(document.variables),
    ),
    locals: Object.assign(
      Object.fromEntries(locals.map(({ label, block }) => [label, block.expression])),
      ...blocksIn(document.locals),
    ),
    sensitive: [
      ...variables.filter(({ block }) => block.sensitive === true).map(({ label }) => `var.${label}`),
      ...locals.filter(({ block }) => block.sensitive === true).map(({ label }) => `local.${label}`),
    ],
    builds: blocksIn(document.build),
  }
}

/** The definitions of several files together; the last word counts. */
export function together(all: readonly Definitions[]): Definitions {
  return {
    variables: Object.assign({}, ...all.map(({ variables }) => variables)),
    locals: Object.assign({}, ...all.map(({ locals }) => locals)),
    sensitive: all.flatMap(({ sensitive }) => sensitive),
    builds: all.flatMap(({ builds }) => builds),
  }
}

/** The texts in the values of what is marked as sensitive. */
export function sensitiveTexts(names: readonly string[], scope: Scope): readonly string[] {
  const values = names.map(name => evaluate(`\${${name}}`, scope))
  return [...new Set(values.flatMap(textsIn))].filter(text => text !== '')
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null && !isUnknown(value) ? Object.values(value).flatMap(textsIn) : []
}
