import type { EngineName } from '../engine/engine'
import type { World } from '../engine/world'
import { readWorld } from './input'
import { knownBeside, ownRules, type TeamRules } from './own'
import { withProgress } from './progress'

/** Where the rules of a team's own are, and what no plan shows. */
export interface Beside {
  readonly policies?: string
  readonly config?: string
  readonly engine?: EngineName
}

/** What is to be judged, and by which rules beside ours. Throws `BadInput` for what cannot be judged. */
export async function given(
  plans: readonly string[],
  { policies, config, engine }: Beside,
): Promise<{ readonly world: World; readonly own: TeamRules | null }> {
  const own = await ownRules(policies, engine)
  return { own, world: await withProgress(progress => readWorld(plans, config, knownBeside(own), progress)) }
}
