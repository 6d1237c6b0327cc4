import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { JsonObject } from '../policies/intrinsics'
import { BadInput, type Place, systemProblem } from './bad-input'
import { textOf } from './load/text'
import type { RegisteredRule } from './registry'

/** A plan that the configuration names, and what it declares of it. */
export interface ConfiguredPlan {
  /** From the working directory, as people would name it. */
  readonly file: string
  /** The absolute path. */
  readonly path: string
  readonly account?: string
  readonly providers?: { readonly [provider: string]: string }
  readonly identities?: { readonly [address: string]: string }
}

/** A Packer template that the configuration names, and what it declares of it. */
export interface ConfiguredTemplate {
  /** As the configuration names it, so that findings and waivers do not depend on where the program is run. */
  readonly name: string
  /** From the working directory, as people would name it. */
  readonly file: string
  /** The absolute path. */
  readonly path: string
  readonly account?: string
  readonly role?: string
  /** Files with values of its variables, from the working directory. */
  readonly variables?: readonly string[]
}

/** What a keyreach.yaml says. */
export interface Config {
  /** Its path. */
  readonly file: string
  /** The plans that it names, and what it declares of each. */
  readonly plans: readonly ConfiguredPlan[]
  /** The templates of Packer that it names, and what it declares of each. */
  readonly templates: readonly ConfiguredTemplate[]
  /** All but the plans and templates: what no plan shows, waivers, levels and parameters. */
  readonly declared: JsonObject
}

/**
 * Reads a keyreach.yaml; the files that it names are relative to it, and key policies in files are read.
 * `known` are the rules that it may name, ours where nothing else is said.
 * Throws `BadInput` with line and column for what is not YAML, an unknown key, a wrong type and a missing file.
 */
export async function readConfig(file: string, known?: readonly RegisteredRule[]): Promise<Config> {
  const { factsIn } = await import('./config/facts')
  const at = (name: string): string => beside(file, name)
  const facts = factsIn(fileText(file), file, known, (name, place) => fileText(at(name), place))
  const { plans = [], templates = [], ...declared } = facts
  return {
    file,
    plans: plans.map(plan => ({ ...plan, file: at(plan.file), path: resolve(at(plan.file)) }) as ConfiguredPlan),
    templates: templates.map(
      ({ file, variables, ...facts }) =>
        ({
          ...facts,
          name: file,
          file: at(file),
          path: resolve(at(file)),
          ...(variables && { variables: variables.map(at) }),
        }) as ConfiguredTemplate,
    ),
    declared: declared as unknown as JsonObject,
  }
}

/** The path of a file that a keyreach.yaml names: relative to it, or absolute. */
function beside(file: string, name: string): string {
  return isAbsolute(name) ? name : join(dirname(file), name)
}

/** The text of a file, named at `place` if not by the command line. */
function fileText(file: string, place: Place = { file }): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new BadInput(place, `${place.file === file ? '' : `${file}: `}${systemProblem(error)}`)
  }
  return textOf(bytes, file)
}
