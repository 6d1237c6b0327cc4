import { Option } from 'commander'
import { BadInput } from '../../engine/bad-input'
import { strictness } from '../../engine/report/failing'
import type { AddCommand } from '../command'
import { withTarget } from '../formats'
import { type Beside, given } from '../given'
import { type Judging, judge } from '../judge'
import { policiesOption } from '../own'

type Options = Omit<Judging, 'engine'> & Omit<Beside, 'engine'>

/** `keyreach preview`: judges configuration that nobody has planned yet. */
export const preview: AddCommand = (program, exit) => {
  program
    .command('preview')
    .summary('judge synthesized configuration without a plan')
    .description(
      'Judges configuration in JSON before it is planned: what CDK for Terraform has synthesized, or any `*.tf.json`. It tells as much as the configuration does by itself; only a plan tells all.',
    )
    .argument('<dirs...>', '[ACCOUNT=]DIR: a cdktf.out or a directory of *.tf.json, and the account that it reaches')
    .option('-c, --config <file>', 'what no configuration shows (default: ./keyreach.yaml where there is one)')
    .addOption(
      new Option('-f, --format <format[=file]>', 'how to print the report, and to which file, as for check')
        .argParser(withTarget)
        .default([], 'text'),
    )
    .addOption(new Option('--fail-on <level>', 'the least that fails').choices(strictness).default('error'))
    .option(...policiesOption)
    .option('--list-passing', 'print what passes too (JSON and JUnit always have it)')
    .action(async (directories: readonly string[], options: Options) => exit(await run(directories, options)))
}

async function run(directories: readonly string[], options: Options): Promise<number> {
  const { configurationIn } = await import('../../engine/load/stacks')
  const files = await Promise.all(directories.map(configurationIn))
  const { world, own } = await given(files.flat(), options)
  const plan = world.plans.find(({ preview }) => !preview)
  if (plan) throw new BadInput({ file: plan.file }, 'this is a plan; pass it to `keyreach check`')
  return judge(world, { ...options, engine: 'native' }, own)
}
