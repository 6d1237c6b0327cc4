import { setFlagsFromString } from 'node:v8'
import { evaluate } from '../engine'
import type { EngineName } from '../engine/engine'
import { declarationNotes } from '../engine/notes'
import type { RegisteredRule } from '../engine/registry'
import type { Report } from '../engine/report'
import { fails, type Strictness } from '../engine/report/failing'
import type { World } from '../engine/world'
import { deliver, save, type Target } from './formats'
import { readBaseline } from './input'
import { complain } from './output'
import { knownBeside, type TeamRules } from './own'
import { pagesBeside } from './pages'
import { withProgress } from './progress'

/** How a world is to be judged, and where the report goes. */
export interface Judging {
  readonly engine: EngineName
  readonly format: readonly Target[]
  readonly failOn: Strictness
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly listPassing?: boolean
  readonly suppressions?: boolean
}

/** Optimised code pays for its making only in plans of more resources than these. Measured: `npm run bench`. */
const many = 8000

/** Judges a world, by a team's own rules too where there are some, delivers the report, and gives the exit code. */
export async function judge(world: World, options: Judging, own: TeamRules | null): Promise<number> {
  const known = knownBeside(own)
  if (resourceCount(world) > many) setFlagsFromString('--opt')
  const all = await withProgress(progress => evaluate(world, options.engine, { own, progress }))
  for (const { rule, message } of all.errors) complain(`${rule === null ? '' : `${rule} broke: `}${message}`)
  for (const note of declarationNotes(world, all, known)) complain(note)
  const report = await newIn(all, options, known)
  await deliver(report, options.format, { world, rules: known, pages: () => pagesBeside(own), ...options })
  return codeOf(report, options.failOn) || codeOfPlans(world)
}

/** What of a report is not in the baseline, which is written first where that is asked for. */
async function newIn(
  report: Report,
  { baseline, writeBaseline }: Judging,
  known: readonly RegisteredRule[],
): Promise<Report> {
  if (baseline === undefined && writeBaseline === undefined) return report
  const { baselineOf, baselineText, compared, staleNote } = await import('../engine/baseline')
  if (writeBaseline !== undefined) save(writeBaseline, baselineText(baselineOf(report)))
  const { report: rest, stale } = compared(report, await readBaseline(writeBaseline ?? baseline ?? '', known))
  if (stale.length > 0) complain(`${writeBaseline ?? baseline}: ${staleNote(stale)}`)
  return rest
}

function resourceCount({ plans = [] }: World): number {
  const lists = plans.map(({ plan }) => plan.resource_changes)
  return lists.reduce<number>((count, list) => count + (Array.isArray(list) ? list.length : 0), 0)
}

/** The exit code where nothing fails: of a plan that Terraform could not finish, nothing can be said of the rest. */
export function codeOfPlans({ plans }: World): number {
  return plans.some(({ plan }) => plan.errored === true) ? 2 : 0
}

function codeOf({ findings, errors }: Report, failOn: Strictness): number {
  if (errors.length > 0) return 2
  return findings.some(finding => fails(finding, failOn)) ? 1 : 0
}
