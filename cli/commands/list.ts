import { Option } from 'commander'
import type { RegisteredRule } from '../../engine/registry'
import type { Paint } from '../../engine/report/paint'
import { wrap } from '../../engine/report/wrap'
import type { AddCommand } from '../command'
import { painter, print, width } from '../output'
import { knownBeside, ownRules, policiesOption } from '../own'

interface Options {
  readonly format: 'text' | 'json'
  readonly policies?: string
}

/** `keyreach list`: the rules. */
export const list: AddCommand = program => {
  program
    .command('list')
    .summary('list the rules')
    .description('Lists the rules: id, severity and what they say.')
    .addOption(new Option('-f, --format <format>', 'how to print them').choices(['text', 'json']).default('text'))
    .option(...policiesOption)
    .action(async ({ format, policies }: Options) => {
      const known = knownBeside(await ownRules(policies))
      print(format === 'json' ? asJson(known) : asText(known, await painter()))
    })
}

function asJson(rules: readonly RegisteredRule[]): string {
  const listed = rules.map(({ id, summary, rule: { aliases, severity, symptoms, references, parameters = [] } }) => ({
    id,
    aliases,
    severity,
    summary,
    symptoms,
    references,
    parameters,
  }))
  return `${JSON.stringify(listed, null, 2)}\n`
}

function asText(rules: readonly RegisteredRule[], paint: Paint): string {
  const entries = rules.map(({ id, summary, rule }) => {
    const severity = rule.severity === 'error' ? paint.red('error') : paint.yellow('warning')
    const { parameters = [] } = rule
    const lines = [
      ...wrap(summary, width() - 2),
      ...parameters.map(({ name, default: value }) => paint.dim(`${name}: ${JSON.stringify(value)}`)),
    ]
    return [`${paint.bold(id)}  ${severity}`, ...lines.map(line => `  ${line}`)].join('\n')
  })
  return `${entries.join('\n')}\n\n${rules.length} rules. \`keyreach rule ID\` prints the page of one.\n`
}
