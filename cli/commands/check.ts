import { setFlagsFromString } from 'node:v8'
import { Option } from 'commander'
import { engineNames } from '../../engine/engine'
import { strictness } from '../../engine/report/failing'
import type { AddCommand } from '../command'
import { withTarget } from '../formats'
import { type Beside, given } from '../given'
import { tellPreviews } from '../input'
import { type Judging, judge } from '../judge'
import { policiesOption } from '../own'

type Options = Judging & Beside

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
    .option(...policiesOption)
    .option('--baseline <file>', 'report only what is not in this file')
    .option('--write-baseline <file>', 'write all that does not pass to this file, and report what comes later')
    .option('--list-passing', 'print what passes too (JSON and JUnit always have it)')
    .option('--suppressions', 'print what keeps other scanners from flagging what passes here')
    .action(async (plans: readonly string[], options: Options) => exit(await run(plans, options)))
}

async function run(plans: readonly string[], options: Options): Promise<number> {
  setFlagsFromString('--no-opt')
  const { world, own } = await given(plans, options)
  tellPreviews(world)
  return judge(world, options, own)
}
