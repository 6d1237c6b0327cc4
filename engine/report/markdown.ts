import type { Finding } from '../../policies/lang/finding'
import type { RegisteredRule } from '../registry'
import type { Report } from '../report'
import { clean } from './clean'
import { evidenceTexts } from './evidence'
import { rank } from './failing'
import { fixText } from './fix'
import { plain } from './paint'
import { summaryLines } from './summary'

/** So many bytes at most: GitHub takes no comment of more than 65,536 characters, and whoever posts it adds some. */
const most = 64_000

/**
 * The report as Markdown for a comment on a pull request: how many of what, then what does not pass, each to be opened. What does not fit is
 * counted at the end.
 */
export function markdown(report: Report, rules: readonly RegisteredRule[]): string {
  const [title = '', ...last] = summaryLines(report, { paint: plain, width: Number.POSITIVE_INFINITY })
  const shown = report.findings.filter(({ verdict }) => verdict !== 'pass')
  const blocks = [...shown].sort((a, b) => rank(a) - rank(b)).map(finding => block(finding, rules))
  const ending = prose(last.join(' '))
  const head = `### keyreach\n\n${prose(title)}\n`
  const fitting = fit(blocks, most - bytes(head) - bytes(ending))
  const left = shown.length - fitting.length
  const cut = left === 0 ? [] : [`**${left} more did not fit here.** \`keyreach check\` shows all ${shown.length}.\n`]
  return `${[head, ...fitting, ...cut, ending].join('\n')}\n`
}

function fit(blocks: readonly string[], room: number): readonly string[] {
  let used = 0
  const end = blocks.findIndex(text => {
    used += bytes(text) + 1
    return used > room
  })
  return end < 0 ? blocks : blocks.slice(0, end)
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}

function block(finding: Finding, rules: readonly RegisteredRule[]): string {
  const { verdict, because, symptom, known, waived, account, region } = finding
  const isUnknown = verdict === 'unknown'
  const where = [account === null ? null : `account ${account}`, region].filter(part => part !== null).join(', ')
  const items = [
    waived === null ? null : `**waived:** ${prose(waived)}`,
    where === '' ? null : `**where:** ${prose(where)}`,
    `**why:** ${prose(because)}`,
    symptom === null ? null : `**symptom:** ${code(symptom)}`,
    ...known.map(what => `**known by:** ${prose(what)}`),
    ...(isUnknown ? [] : evidenceTexts(finding.evidence).map(what => `**seen:** ${prose(what)}`)),
    `**rule:** ${ruleOf(finding, rules)}`,
  ]
  const fixes = finding.fix.map(fix => {
    const { sentence, lines } = fixText(fix, isUnknown, 100)
    return [`**${isUnknown ? 'ask' : 'fix'}:** ${prose(sentence)}\n`, ...(lines.length > 0 ? [fenced(lines)] : [])]
  })
  return [
    '<details>',
    `<summary>${mark(finding)} ${code(finding.rule)} at ${code(finding.at)}</summary>\n`,
    `${prose(finding.message)}\n`,
    ...items.filter(item => item !== null).map(item => `- ${item}`),
    '',
    ...fixes.flat(),
    '</details>\n',
  ].join('\n')
}

/** A rule with the pages of AWS behind it. */
function ruleOf({ rule }: Finding, rules: readonly RegisteredRule[]): string {
  const found = rules.find(({ id }) => id === rule)
  const links = found?.rule.references.map((reference, i) => `[${i + 1}](${reference})`) ?? []
  const summary = found ? `: ${prose(found.summary)}` : ''
  return `${code(rule)}${summary}${links.length === 0 ? '' : ` (${links.join(', ')})`}`
}

function mark({ verdict, severity, waived }: Finding): string {
  if (waived !== null) return '⚪ waived'
  if (verdict === 'unknown') return '❔ unknown'
  return severity === 'error' ? '❌ error' : '⚠️ warning'
}

/** Lines as they stand, in a fence that nothing in them closes. */
function fenced(lines: readonly string[]): string {
  const text = lines.map(clean).join('\n')
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}\n`
}

/** A sentence of ours: what stands in backticks is code, and nothing in it is Markdown, HTML or a mention. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map(part => (/^`[^`]*`$/.test(part) ? code(part.slice(1, -1)) : escaped(clean(part))))
    .join('')
}

/** Code as HTML, which holds any text; within it Markdown would still count. */
function code(text: string): string {
  return `<code>${escaped(clean(text))}</code>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"'\\`*_~[\]|@#!]/g, character => `&#${character.charCodeAt(0)};`)
}
