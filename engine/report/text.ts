import { sorted } from '../../policies/intrinsics'
import type { Finding } from '../../policies/lang/finding'
import type { Report } from '../report'
import { clean } from './clean'
import { rank } from './failing'
import { findingLines, type Shown } from './finding'
import { type Paint, plain } from './paint'
import { resourceIn } from './place'
import { summaryLines } from './summary'
import { wrap } from './wrap'

export interface TextOptions {
  readonly paint: Paint
  /** Columns to keep within. */
  readonly width: number
  /** Whether what passes is shown too, in a line each. */
  readonly passing: boolean
}

const usual: TextOptions = { paint: plain, width: 100, passing: false }

/** The report for people: by account and resource what is wrong, why, and what mends it; then how much of what, and what to do next. */
export function text(report: Report, options: TextOptions = usual): string {
  const shown = joined(report.findings.filter(finding => options.passing || finding.verdict !== 'pass'))
  const accounts = grouped(shown, ({ account }) => account ?? '')
  const sections = [
    ...previewLines(report, options),
    ...accounts.map(([account, findings]) => accountLines(account, findings, options)),
    summaryLines(report, options),
  ]
  return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** That nothing has been planned stands above all that is said of it. */
function previewLines({ previews = [] }: Report, { paint, width }: TextOptions): readonly (readonly string[])[] {
  if (previews.length === 0) return []
  const text = `Preview: nothing has planned ${previews.map(clean).join(', ')}. What Terraform computes, reads or is given is not known.`
  return [wrap(text, width).map(paint.magenta)]
}

/** What is not known for one reason in many places is said at the first, with the others named there. */
function joined(findings: readonly Finding[]): readonly Shown[] {
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown')
  const alike = grouped(unknown, ({ rule, account, message }) => JSON.stringify([rule, account, message]))
  const firsts = new Map<Finding, readonly string[]>(
    alike.flatMap(([, [first, ...others]]) => (first ? [[first, others.map(({ at }) => at)] as const] : [])),
  )
  return findings.flatMap(finding => {
    const also = finding.verdict === 'unknown' ? firsts.get(finding) : []
    return also ? [{ ...finding, also }] : []
  })
}

function accountLines(account: string, findings: readonly Shown[], options: TextOptions): readonly string[] {
  const { paint } = options
  const title = account === '' ? 'account not known' : `account ${clean(account)}`
  const resources = grouped(findings, ({ at }) => resourceIn(at))
  return [paint.bold(title), ...resources.flatMap(([resource, own]) => ['', ...resourceLines(resource, own, options)])]
}

function resourceLines(resource: string, findings: readonly Shown[], options: TextOptions): readonly string[] {
  const { paint } = options
  const regions = [...new Set(findings.flatMap(({ region }) => region ?? []))]
  const gravest = [...findings].sort((a, b) => rank(a) - rank(b))
  const title = `${paint.cyan(clean(resource))}${regions.length === 1 ? paint.dim(`  ${clean(regions.join())}`) : ''}`
  const blocks = gravest.map(finding => findingLines(finding, resource, options))
  return [title, ...blocks.flatMap((lines, i) => (lines.length > 1 && i > 0 ? ['', ...lines] : lines))]
}

function grouped<F extends Finding>(
  findings: readonly F[],
  keyOf: (finding: F) => string,
): readonly (readonly [string, readonly F[]])[] {
  const groups = new Map<string, F[]>()
  for (const finding of findings) {
    const key = keyOf(finding)
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return sorted([...groups.keys()]).map(key => [key, groups.get(key) ?? []])
}
