import type { Finding } from '../policies/lang/finding'
import { native } from './native'
import type { World } from './world'

/** A rule that could not say anything, because it broke; `rule` is null where the engine as a whole did. */
export interface RuleError {
  readonly rule: string | null
  readonly message: string
}

/** What an engine finds, in no particular order: `engine/report.ts` puts it into one. */
export interface Outcome {
  readonly findings: readonly Finding[]
  readonly errors: readonly RuleError[]
}

/** A way to run the rules. Engines differ in how they evaluate a world and in nothing else. */
export interface Engine {
  readonly name: EngineName
  evaluate(world: World): Promise<Outcome>
}

export const engineNames = ['native', 'wasm', 'opa'] as const

export type EngineName = (typeof engineNames)[number]

/** The engine of that name; those that few ask for are loaded when they do. */
export async function engineOf(name: EngineName): Promise<Engine> {
  if (name === 'wasm') return (await import('./wasm')).wasm
  if (name === 'opa') return (await import('./opa')).opa
  return native
}
