import type { Finding } from '../../policies/lang/finding'
import type { Report } from '../report'
import { clean } from './clean'
import { rank } from './failing'
import { messageOf } from './message'
import type { OriginOf } from './origin'
import { plain } from './paint'
import { summaryLines } from './summary'

/**
 * The report as commands to the runner of GitHub Actions, one a finding: `::error title=…::…`, what matters most first, as GitHub shows ten
 * of a kind. What is waived has none.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function github(report: Report, originOf: OriginOf): string {
  const shown = report.findings.filter(({ verdict, waived }) => verdict !== 'pass' && waived === null)
  const commands = [...shown].sort((a, b) => rank(a) - rank(b)).map(finding => command(finding, originOf(finding)))
  const summary = summaryLines(report, { paint: plain, width: Number.POSITIVE_INFINITY })
  return `${[...commands, ...summary].join('\n')}\n`
}

function command(finding: Finding, file: string | null): string {
  const { rule, verdict, severity, at } = finding
  const name = verdict === 'unknown' ? 'notice' : severity
  const properties = { title: `${rule} at ${clean(at)}`, ...(file !== null && { file: clean(file) }) }
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`)
  return `::${name} ${pairs.join(',')}::${data(messageOf(finding))}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
