import { join } from 'node:path'
import type { Finding } from '../policies/lang/finding'
import { type Language, nativeBeside } from './native'
import { packageRoot } from './package'
import type { Progress } from './progress'
import type { RegisteredRule } from './registry'
import type { World } from './world'

/** A rule that could not say anything, because it broke; `rule` is null where the engine as a whole did. */
export interface RuleError {
  /** Its id. */
  readonly rule: string | null
  /** What broke it. */
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
  evaluate(world: World, progress?: Progress): Promise<Outcome>
}

export const engineNames = ['native', 'wasm', 'opa'] as const

/** What runs the rules: the TypeScript that they are written in, or what it was compiled to. */
export type EngineName = (typeof engineNames)[number]

/** Rules of a team's own, with the words that they are written in. */
export interface OwnRules {
  readonly rules: readonly RegisteredRule[]
  readonly language: Language
}

/** Rules of a team's own as every engine can run them, beside ours. */
export interface CompiledRules extends OwnRules {
  /** Where the Rego and the Wasm of ours and theirs are. */
  readonly dist: string
}

/** The engine of that name; those that few ask for are loaded when they do. */
export async function engineOf(name: EngineName, own: CompiledRules | null = null): Promise<Engine> {
  const dist = own?.dist ?? join(packageRoot(), 'dist')
  if (name === 'wasm') return (await import('./wasm')).wasmIn(dist)
  if (name === 'opa') return (await import('./opa')).opaIn(dist)
  return nativeBeside(own)
}
