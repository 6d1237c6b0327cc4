import { existsSync } from 'node:fs'
import { Option } from 'commander'
import { evaluate } from '../../engine'
import { BadInput } from '../../engine/bad-input'
import type { CompiledRules } from '../../engine/engine'
import { explain as matchesOf } from '../../engine/explain'
import { byClues, cluesIn, clueWeight } from '../../engine/explain/clues'
import type { RegisteredRule } from '../../engine/registry'
import { type Explanation, explanationJson, explanationText } from '../../engine/report/explanation'
import type { World } from '../../engine/world'
import type { Finding } from '../../policies/lang/finding'
import type { AddCommand } from '../command'
import type { Beside } from '../given'
import { readText, readWorld } from '../input'
import { complain, painter, print, width } from '../output'
import { knownBeside, ownRules, policiesOption } from '../own'
import { lastColumnOn, listOn, pagesBeside } from '../pages'

interface Options extends Omit<Beside, 'engine'> {
  readonly plan?: readonly string[]
  readonly format: 'text' | 'json'
}

/** `keyreach explain`: the rules behind an error, and where they fail in plans. */
export const explain: AddCommand = (program, exit) => {
  program
    .command('explain')
    .summary('find the rules behind an error of AWS, Packer or Terraform')
    .description(
      'Finds the rules behind an error of AWS, Packer or Terraform, and says why and what mends it. With plans, those given or those that keyreach.yaml names, it shows where in them.',
    )
    .argument('[text...]', 'the error as it was printed, or a part of it; - or none for standard input')
    .option(
      '-p, --plan <plan>',
      '[ACCOUNT=]PLAN, as for check; can be given again',
      (plan: string, plans: readonly string[] = []) => [...plans, plan],
    )
    .option('-c, --config <file>', 'what no plan shows (default: ./keyreach.yaml where there is one)')
    .option(...policiesOption)
    .addOption(new Option('-f, --format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .action(async (words: readonly string[], options: Options) => exit(await run(words, options)))
}

async function run(words: readonly string[], { plan = [], config, policies, format }: Options): Promise<number> {
  if (isInput(words) && plan.some(isStandardInput))
    throw new BadInput(null, 'standard input is the text, so that it cannot be a plan too')
  const text = isInput(words) ? await readText() : words.join(' ')
  const own = await ownRules(policies)
  const matches = matchesOf(text, knownBeside(own))
  const places = matches.length === 0 ? null : await placesOf(text, plan, config, own)
  const pageOf = await pagesBeside(own)
  const explanations = matches.map(({ rule, symptom }): Explanation => {
    const page = pageOf(rule.id)
    return {
      rule: rule.id,
      severity: rule.rule.severity,
      summary: rule.summary,
      symptom,
      why: lastColumnOn(page, 'Requirements'),
      fix: listOn(page, 'Fix'),
      findings: places?.findings.filter(finding => finding.rule === rule.id) ?? null,
    }
  })
  const ranked = places
    ? [...explanations].sort((a, b) => weight(b, places.clues) - weight(a, places.clues))
    : explanations
  if (format === 'json') print(explanationJson(ranked))
  else if (ranked.length > 0) print(explanationText(ranked, { paint: await painter(), width: width() }))
  if (ranked.length > 0) return 0
  complain(nothing(text, words))
  return 2
}

/** The failing findings of plans, and what the text names of them; null where there are no plans. */
async function placesOf(text: string, plans: readonly string[], config: string | undefined, own: CompiledRules | null) {
  const world = await worldOf(plans, config, knownBeside(own))
  if (world === null) return null
  const { findings, errors } = await evaluate(world, 'native', { own })
  for (const { rule, message } of errors) complain(`${rule === null ? '' : `${rule} broke: `}${message}`)
  const clues = cluesIn(text, world)
  return {
    findings: byClues(
      findings.filter(({ verdict }) => verdict === 'fail'),
      clues,
    ),
    clues,
  }
}

/** The world to look into. That a keyreach.yaml which nobody asked for cannot be read hides no explanation. */
async function worldOf(
  plans: readonly string[],
  config: string | undefined,
  known: readonly RegisteredRule[],
): Promise<World | null> {
  if (plans.length > 0 || config !== undefined) return readWorld(plans, config, known)
  if (!existsSync('keyreach.yaml')) return null
  try {
    return await readWorld(plans, config, known)
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    complain(`no plan was looked into: ${error.message}`)
    return null
  }
}

/** What fails in plans comes before what does not, and of that what the text speaks of. */
function weight({ findings }: Explanation, clues: readonly string[]): number {
  const [first]: readonly Finding[] = findings ?? []
  return first ? 1 + clueWeight(first, clues) : 0
}

function isInput(words: readonly string[]): boolean {
  return words.length === 0 || (words.length === 1 && words[0] === '-')
}

function isStandardInput(plan: string): boolean {
  return plan === '-' || plan.endsWith('=-')
}

function nothing(text: string, words: readonly string[]): string {
  if (text.trim() === '') return 'there is no text: pass the error, or pipe it'
  const [name = ''] = words
  if (words.length === 1 && existsSync(name))
    return `no rule knows this; for what is in the file: keyreach explain - < ${name}`
  return 'no rule knows this error; pass all that was printed, in English, or look into plans with `keyreach check`'
}
