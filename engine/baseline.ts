import { byCodePoint, isObject, parseJson } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'
import { BadInput } from './bad-input'
import type { RegisteredRule } from './registry'
import { type Report, summed } from './report'
import { type Identity, identityOf } from './report/fingerprint'
import { ruleNamed } from './rules'

/** What a check has found before, so that another shows only what is new: a finding by what stays the same of it, and how many are alike. */
export interface Known extends Identity {
  readonly verdict: 'fail' | 'unknown'
  readonly count: number
}

/** The report without what is known already, and the known that is found no more. */
export interface Compared {
  readonly report: Report
  readonly stale: readonly Known[]
}

/** What of a report a baseline holds: all that does not pass and is not waived. */
export function baselineOf({ findings }: Report): readonly Known[] {
  const groups = [...grouped(findings).values()].map(alike => ({ alike, first: alike[0] as Finding }))
  return groups.map(({ alike, first }) => ({
    ...identityOf(first),
    verdict: first.verdict as Known['verdict'],
    count: alike.length,
  }))
}

/** A baseline as it is written: an entry a line, in an order of its own, so that versions of it are easy to compare. */
export function baselineText(baseline: readonly Known[]): string {
  const lines = baseline.map(entry => `    ${JSON.stringify(entry)}`).sort(byCodePoint)
  return `{\n  "version": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`
}

/** Reads a baseline; rules may have other names by now. Throws `BadInput` for what is none. */
export function parseBaseline(text: string, file: string, rules?: readonly RegisteredRule[]): readonly Known[] {
  const value = parseJson(text)
  const entries = isObject(value) && value.version === 1 && Array.isArray(value.findings) ? value.findings : null
  if (entries === null)
    throw new BadInput({ file }, 'expected a baseline; `keyreach check --write-baseline FILE` writes one')
  return entries.map((entry: unknown, i) => {
    if (!isKnown(entry)) throw new BadInput({ file }, `\`findings[${i}]\` is damaged; write the baseline again`)
    return { ...entry, rule: ruleNamed(entry.rule, rules)?.id ?? entry.rule }
  })
}

/** That some of a baseline is found no more, in one line. */
export function staleNote(stale: readonly Known[]): string {
  const names = stale.slice(0, 3).map(({ rule, at }) => `\`${rule}\` at \`${at}\``)
  const more = stale.length > names.length ? ` and ${stale.length - names.length} more` : ''
  return `${names.join(', ')}${more}: found no more; write the baseline again`
}

function isKnown(entry: unknown): entry is Known {
  if (!isObject(entry)) return false
  const { rule, requirement, account, at, verdict, count } = entry
  return (
    [rule, requirement, at].every(text => typeof text === 'string') &&
    (account === null || typeof account === 'string') &&
    (verdict === 'fail' || verdict === 'unknown') &&
    Number.isInteger(count)
  )
}

/**
 * The report of what a baseline does not hold. Where there are more alike than it knows of, nobody can say which is new, so that all are
 * shown.
 */
export function compared(report: Report, baseline: readonly Known[]): Compared {
  const known = new Map(baseline.map(entry => [keyOf(entry), entry]))
  const groups = grouped(report.findings)
  const old = new Set<Finding>()
  for (const [key, alike] of groups)
    if (alike.length <= (known.get(key)?.count ?? 0)) for (const one of alike) old.add(one)
  return {
    report: { ...report, ...summed(report.findings.filter(finding => !old.has(finding))), baselined: old.size },
    stale: [...known].filter(([key]) => !groups.has(key)).map(([, entry]) => entry),
  }
}

function grouped(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings.filter(({ verdict, waived }) => verdict !== 'pass' && waived === null)) {
    const key = keyOf({ ...identityOf(finding), verdict: finding.verdict })
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return groups
}

function keyOf({ rule, requirement, account, at, verdict }: Identity & Pick<Finding, 'verdict'>): string {
  return JSON.stringify([rule, requirement, account, at, verdict])
}
