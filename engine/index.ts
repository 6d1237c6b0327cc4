import { type CompiledRules, type EngineName, engineOf } from './engine'
import { type Progress, unheard } from './progress'
import { type Report, reportOf } from './report'
import type { World } from './world'

export type { EngineName, RuleError } from './engine'
export type { Report } from './report'
export type { PlanEntry, World } from './world'

/** Judges a world by all rules, and by a team's own where there are some. The report is the same whichever engine makes it. */
export async function evaluate(
  world: World,
  engine: EngineName = 'native',
  { own = null, progress = unheard }: { readonly own?: CompiledRules | null; readonly progress?: Progress } = {},
): Promise<Report> {
  const { evaluate } = await engineOf(engine, own)
  progress('judging')
  return reportOf(await evaluate(world, progress), previewsIn(world))
}

/** Conftest's array and a plan alone are worlds too; neither has previews. */
function previewsIn({ plans }: World): readonly string[] {
  return Array.isArray(plans) ? plans.filter(({ preview }) => preview).map(({ file }) => file) : []
}
