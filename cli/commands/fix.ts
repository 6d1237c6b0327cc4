import { join } from 'node:path'
import { Option } from 'commander'
import { evaluate } from '../../engine'
import { type Mended, mended } from '../../engine/mend'
import { clean } from '../../engine/report/clean'
import { fixText } from '../../engine/report/fix'
import { type ConfigurationFormat, configurationFiles, configurationFormats } from '../../engine/report/mended'
import { wrap } from '../../engine/report/wrap'
import type { World } from '../../engine/world'
import type { AddCommand } from '../command'
import { save } from '../formats'
import { type Beside, given } from '../given'
import { codeOfPlans } from '../judge'
import { complain, print, width } from '../output'
import { policiesOption } from '../own'

interface Options extends Beside {
  readonly format: ConfigurationFormat
  readonly out?: string
}

/** `keyreach fix`: what mends all that fails, as Terraform files. */
export const fix: AddCommand = (program, exit) => {
  program
    .command('fix')
    .summary('write the Terraform that mends what fails')
    .description(
      'Prints the Terraform configuration that mends what fails in plans, a folder an account: an override of what is there, and what is new; and, as steps, what no file can say.',
    )
    .argument('[plans...]', '[ACCOUNT=]PLAN, as for check')
    .option('-c, --config <file>', 'what no plan shows (default: ./keyreach.yaml where there is one)')
    .addOption(
      new Option('-f, --format <format>', 'the language of the files').choices(configurationFormats).default('json'),
    )
    .option(...policiesOption)
    .option('-o, --out <dir>', 'write the files there instead of printing them')
    .action(async (plans: readonly string[], options: Options) => exit(await run(plans, options)))
}

async function run(plans: readonly string[], { format, out, ...options }: Options): Promise<number> {
  const { world, own } = await given(plans, options)
  const judged = (changed: World) => evaluate(changed, 'native', { own })
  const { findings, errors } = await judged(world)
  for (const { rule, message } of errors) complain(`${rule === null ? '' : `${rule} broke: `}${message}`)
  const found = await mended(world, async changed => (changed === world ? findings : (await judged(changed)).findings))
  for (const problem of found.problems) complain(problem)
  for (const { folder, notes } of found.changes) for (const note of notes) complain(`${folder}: ${note}`)
  print(
    [...filesText(found, format, out), ...stepsText(found)].join('\n\n') || 'Nothing fails: there is nothing to mend.',
  )
  print('\n')
  return errors.length + found.problems.length > 0 ? 2 : codeOfPlans(world)
}

/** The files, each below its path and the plan that it is for; only these where they are written. */
function filesText({ changes }: Mended, format: ConfigurationFormat, out: string | undefined): readonly string[] {
  return changes.flatMap(change =>
    configurationFiles(change, format).map(({ path, text }) => {
      const place = out === undefined ? path : join(out, path)
      if (out !== undefined) save(place, text)
      const title = `${clean(place)}, beside the configuration of ${clean(change.file)}`
      return out === undefined ? `${title}:\n\n${cleanLines(text)}` : `${title}.`
    }),
  )
}

/** Each line by itself, so that nothing in a plan can steer a terminal. */
function cleanLines(text: string): string {
  return text.trimEnd().split('\n').map(clean).join('\n')
}

function stepsText({ steps }: Mended): readonly string[] {
  if (steps.length === 0) return []
  const texts = steps.map(step => {
    const { sentence, lines } = fixText(step, false, width() - 4)
    const [first = '', ...others] = wrap(clean(sentence), width() - 2)
    return [`- ${first}`, ...others.map(line => `  ${line}`), ...lines.map(line => `    ${clean(line)}`)].join('\n')
  })
  return [`What no file can say, to be done by hand:\n\n${texts.join('\n')}`]
}
