/**
 * keyreach as a library. `load` reads plans into a world, `evaluate` judges it:
 *
 * ```ts
 * const { world } = await load(['444455556666=owner.json'], await readConfig('keyreach.yaml'))
 * const { findings } = await evaluate(world)
 * ```
 */
export type { Evidence, Finding, Fix, Verdict } from '../policies/lang/finding'
export type { Severity } from '../policies/lang/rule'
export { BadInput, type Place } from './bad-input'
export { type Config, readConfig } from './config'
export { type EngineName, evaluate, type Report, type RuleError, type World } from './index'
export { type Loaded, load } from './load'
export { fails, type Strictness } from './report/failing'
export type { BuilderEntry, PlanEntry, TemplateEntry } from './world'
