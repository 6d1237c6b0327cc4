import type { Finding } from '../../policies/lang/finding'
import type { Severity } from '../../policies/lang/rule'
import { clean, cleanJson } from './clean'
import { findingLines, labelled } from './finding'
import type { Paint } from './paint'
import { wrap } from './wrap'

/** A rule behind an error: why it is one, what mends it, and where it fails in plans; null where there are none. */
export interface Explanation {
  readonly rule: string
  readonly severity: Severity
  readonly summary: string
  readonly symptom: string
  readonly why: readonly string[]
  readonly fix: readonly string[]
  readonly findings: readonly Finding[] | null
}

interface Options {
  readonly paint: Paint
  readonly width: number
}

/** So many rules, and findings of each, are shown; of more, how many they are. */
const rules = 5
const places = 3

/** Explanations for people: where rules fail in plans, those; else the likeliest. Then what to do next. */
export function explanationText(explanations: readonly Explanation[], options: Options): string {
  const failing = explanations.filter(({ findings }) => findings !== null && findings.length > 0)
  const shown = (failing.length > 0 ? failing : explanations).slice(0, rules)
  const others = explanations.filter(explanation => !shown.includes(explanation)).map(({ rule }) => `\`${rule}\``)
  const sections = [
    ...shown.map(explanation => sectionLines(explanation, options)),
    ...(others.length === 0 ? [] : [wrap(`The same error can come from ${others.join(', ')}.`, options.width)]),
    wrap(next(explanations), options.width).map(options.paint.dim),
  ]
  return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** Explanations for programs. */
export function explanationJson(explanations: readonly Explanation[]): string {
  return `${cleanJson(JSON.stringify({ explanations }, null, 2))}\n`
}

function sectionLines(explanation: Explanation, options: Options): readonly string[] {
  const { rule, severity, summary, symptom, why, fix, findings } = explanation
  const { paint, width } = options
  const title = `${paint.bold(rule)}  ${severity === 'error' ? paint.red('error') : paint.yellow('warning')}`
  const lines = [
    title,
    ...wrap(summary, width - 4).map(line => `    ${line}`),
    ...labelled('symptom', [symptom], options),
  ]
  if (findings === null || findings.length === 0)
    return [...lines, ...labelled('why', [why.join('; ')], options), ...labelled('fix', [fix.join('; ')], options)]
  const found = findings.slice(0, places).flatMap(finding => ['', ...placeLines(finding, options)])
  const left = findings.length - places
  return [
    ...lines,
    ...found,
    ...(left > 0 ? ['', `And ${left} more of this rule, which \`keyreach check\` shows.`] : []),
  ]
}

function placeLines(finding: Finding, options: Options): readonly string[] {
  const { paint } = options
  const account = finding.account === null ? [] : [`account ${finding.account}`]
  const where = [...account, ...(finding.region === null ? [] : [finding.region])].join(', ')
  const title = `${paint.cyan(clean(finding.at))}${where === '' ? '' : paint.dim(`  ${clean(where)}`)}`
  return [title, ...findingLines({ ...finding, also: [] }, finding.at, options)]
}

function next(explanations: readonly Explanation[]): string {
  const [first] = explanations
  if (first?.findings === null)
    return `Next: add \`--plan plan.json\` to see where it fails; \`keyreach rule ${first.rule}\` tells more.`
  if (first?.findings.length === 0)
    return 'None of these fails in the plans. Next: add the plans of the other accounts; `keyreach check` shows what is unknown.'
  return 'Next: make the changes, plan and check again.'
}
