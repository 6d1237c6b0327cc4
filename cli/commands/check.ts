import { setFlagsFromString } from 'node:v8'
import { Option } from 'commander'
import { evaluate } from '../../engine'
import { type EngineName, engineNames } from '../../engine/engine'
import { declarationNotes } from '../../engine/notes'
import type { Report } from '../../engine/report'
import { fails, type Strictness, strictness } from '../../engine/report/failing'
import type { World } from '../../engine/world'
import type { AddCommand } from '../command'
import { deliver, save, type Target, withTarget } from '../formats'
import { readBaseline, readWorld } from '../input'
import { complain } from '../output'

interface Options {
  readonly config?: string
  readonly engine: EngineName
  readonly format: readonly Target[]
  readonly failOn: Strictness
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly listPassing?: boolean
  readonly suppressions?: boolean
}

/** `keyreach check`: judges plans. */
export const check: AddCommand = (program, exit) => {
  program
    .command('check')
    .summary('judge plans')
    .description('Judges plans and Packer templates: those named, or those that keyreach.yaml names.')
    .argument(
      '[plans...]',
      '[ACCOUNT=]PLAN: a plan or Packer template, a directory of them or - for standard input, and the account that it reaches',
    )
    .option('-c, --config <file>', 'what no plan shows (default: ./keyreach.yaml where there is one)')
    .addOption(
      new Option(
        '-f, --format <format[=file]>',
        'how to print the report: text, json, sarif, junit, github or markdown, and to which file; can be given again',
      )
        .argParser(withTarget)
        .default([], 'text'),
    )
    .addOption(new Option('--fail-on <level>', 'the least that fails').choices(strictness).default('error'))
    .addOption(new Option('--engine <engine>', 'what runs the rules').choices(engineNames).default('native'))
    .option('--baseline <file>', 'report only what is not in this file')
    .option('--write-baseline <file>', 'write all that does not pass to this file, and report what comes later')
    .option('--list-passing', 'print what passes too (JSON and JUnit always have it)')
    .option('--suppressions', 'print what keeps other scanners from flagging what passes here')
    .action(async (plans: readonly string[], options: Options) => exit(await run(plans, options)))
}

/** Optimised code pays for its making only in plans of more resources than these. Measured: `npm run bench`. */
const many = 8000

async function run(plans: readonly string[], options: Options): Promise<number> {
  setFlagsFromString('--no-opt')
  const world = await readWorld(plans, options.config)
  if (resourceCount(world) > many) setFlagsFromString('--opt')
  const all = await evaluate(world, options.engine)
  for (const { rule, message } of all.errors) complain(`${rule === null ? '' : `${rule} broke: `}${message}`)
  for (const note of declarationNotes(world, all)) complain(note)
  const report = await newIn(all, options)
  await deliver(report, options.format, { world, ...options })
  return codeOf(report, options.failOn) || codeOfPlans(world)
}

/** What of a report is not in the baseline, which is written first where that is asked for. */
async function newIn(report: Report, { baseline, writeBaseline }: Options): Promise<Report> {
  if (baseline === undefined && writeBaseline === undefined) return report
  const { baselineOf, baselineText, compared, staleNote } = await import('../../engine/baseline')
  if (writeBaseline !== undefined) save(writeBaseline, baselineText(baselineOf(report)))
  const { report: rest, stale } = compared(report, await readBaseline(writeBaseline ?? baseline ?? ''))
  if (stale.length > 0) complain(`${writeBaseline ?? baseline}: ${staleNote(stale)}`)
  return rest
}

function resourceCount({ plans = [] }: World): number {
  const lists = plans.map(({ plan }) => plan.resource_changes)
  return lists.reduce<number>((count, list) => count + (Array.isArray(list) ? list.length : 0), 0)
}

/** Where nothing fails in a plan that Terraform could not finish, nothing can be said of the rest. */
function codeOfPlans({ plans }: World): number {
  return plans.some(({ plan }) => plan.errored === true) ? 2 : 0
}

function codeOf({ findings, errors }: Report, failOn: Strictness): number {
  if (errors.length > 0) return 2
  return findings.some(finding => fails(finding, failOn)) ? 1 : 0
}
