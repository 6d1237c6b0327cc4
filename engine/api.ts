/**
 * keyreach in a program: `load` reads plans into a world, `evaluate` judges it, and what it gives is data. Nothing is printed, nothing
 * leaves the machine, and the findings are those of the command line, in the same order.
 */
import type { Finding } from '../policies/lang/finding'
import { type Config, readConfig as read } from './config'
import type { EngineName } from './engine'
import { evaluate as judge } from './index'
import { type Loaded, load as loaded } from './load'
import type { Report } from './report'
import { fails as isFailing, type Strictness } from './report/failing'
import type { World } from './world'

export type { Evidence, Finding, Fix, Verdict } from '../policies/lang/finding'
export type { Severity } from '../policies/lang/rule'
export { BadInput } from './bad-input'
export type { Config } from './config'
export type { EngineName, RuleError } from './engine'
export type { Loaded } from './load'
export type { Counts, Report } from './report'
export type { Strictness } from './report/failing'
export type { BuilderEntry, PlanEntry, TemplateEntry, World } from './world'

/**
 * Reads a `keyreach.yaml`; the files that it names are relative to it. Throws `BadInput`, with line and column, for what is not YAML, an
 * unknown key, a wrong type and a missing file.
 */
export function readConfig(file: string): Promise<Config> {
  return read(file)
}

/**
 * Reads the world to judge, as `keyreach check` does: plans, states, configuration in JSON, Packer templates, and folders of them, each
 * by its path or as `ACCOUNT=PATH`; none stands for all that the configuration names. Throws `BadInput` for what cannot be judged.
 */
export function load(files: readonly string[], config: Config | null = null): Promise<Loaded> {
  return loaded(files, config)
}

/** Judges a world by all rules. The report is the same whichever engine makes it; `opa` needs an OPA, on `PATH` or named by `OPA`. */
export function evaluate(world: World, engine: EngineName = 'native'): Promise<Report> {
  return judge(world, engine)
}

/** Whether a finding fails a check that is as strict as `failOn`. */
export function fails(finding: Finding, failOn: Strictness = 'error'): boolean {
  return isFailing(finding, failOn)
}
