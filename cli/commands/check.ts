import { setFlagsFromString } from 'node:v8'
import { Option } from 'commander'
import { evaluate } from '../../engine'
import { type EngineName, engineNames } from '../../engine/engine'
import { declarationNotes } from '../../engine/notes'
import type { Report } from '../../engine/report'
import { json } from '../../engine/report/json'
import { text } from '../../engine/report/text'
import type { World } from '../../engine/world'
import type { AddCommand } from '../command'
import { readWorld } from '../input'
import { complain, painter, print, width } from '../output'

const strictness = ['error', 'warning', 'unknown'] as const

interface Options {
  readonly config?: string
  readonly engine: EngineName
  readonly format: 'text' | 'json'
  readonly failOn: (typeof strictness)[number]
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
    .addOption(new Option('-f, --format <format>', 'how to print the report').choices(['text', 'json']).default('text'))
    .addOption(new Option('--fail-on <level>', 'the least that fails').choices(strictness).default('error'))
    .addOption(new Option('--engine <engine>', 'what runs the rules').choices(engineNames).default('native'))
    .option('--list-passing', 'print what passes too (JSON always has it)')
    .option('--suppressions', 'print what keeps other scanners from flagging what passes here')
    .action(async (plans: readonly string[], options: Options) => exit(await run(plans, options)))
}

/** Optimised code pays for its making only in plans of more resources than these. Measured: `npm run bench`. */
const many = 8000

async function run(plans: readonly string[], options: Options): Promise<number> {
  setFlagsFromString('--no-opt')
  const world = await readWorld(plans, options.config)
  if (resourceCount(world) > many) setFlagsFromString('--opt')
  const report = await evaluate(world, options.engine)
  for (const { rule, message } of report.errors) complain(`${rule === null ? '' : `${rule} broke: `}${message}`)
  for (const note of declarationNotes(world, report)) complain(note)
  print(await rendered(world, report, options))
  return codeOf(report, options.failOn) || codeOfPlans(world)
}

function resourceCount({ plans = [] }: World): number {
  const lists = plans.map(({ plan }) => plan.resource_changes)
  return lists.reduce<number>((count, list) => count + (Array.isArray(list) ? list.length : 0), 0)
}

async function rendered(world: World, report: Report, options: Options): Promise<string> {
  const { format, listPassing = false, suppressions = false } = options
  // What few ask for is loaded for them alone.
  const found = suppressions ? (await import('../../engine/suppressions')).suppressionsOf(world, report) : null
  if (format === 'json') return json(found ? { ...report, suppressions: found } : report)
  const shown = { paint: await painter(), width: width() }
  const printed = text(report, { ...shown, passing: listPassing })
  if (found === null) return printed
  const { suppressionsText } = await import('../../engine/report/suppressions')
  return `${printed}\n${suppressionsText(found, shown)}`
}

/** Where nothing fails in a plan that Terraform could not finish, nothing can be said of the rest. */
function codeOfPlans({ plans }: World): number {
  return plans.some(({ plan }) => plan.errored === true) ? 2 : 0
}

/** Each level fails on all that the one before does: errors, then warnings, then what is unknown. */
function codeOf({ findings, errors }: Report, failOn: Options['failOn']): number {
  if (errors.length > 0) return 2
  const fails = findings.some(({ verdict, severity, waived }) => {
    if (verdict === 'unknown') return failOn === 'unknown'
    return verdict === 'fail' && waived === null && (severity === 'error' || failOn !== 'error')
  })
  return fails ? 1 : 0
}
