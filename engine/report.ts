import { isObject, type Json } from '../policies/intrinsics'
import type { Evidence, Finding, Fix, Verdict } from '../policies/lang/finding'
import type { Outcome, RuleError } from './engine'
import { byCodePoint } from './order'

/** What was found in a world. */
export interface Report {
  readonly findings: readonly Finding[]
  /** How many findings have each verdict, and how many of those that fail are waived. */
  readonly counts: Counts
  readonly errors: readonly RuleError[]
}

export type Counts = { readonly [verdict in Verdict | 'waived']: number }

/**
 * The report of what an engine found: the same bytes whichever engine it was.
 * Findings are sorted by rule, place, requirement and message, then by all else; each is there once; keys have one order.
 */
export function reportOf({ findings, errors }: Outcome): Report {
  const sorted = findings.map(canonical).sort(comparison(findings)).filter(isNew)
  const counts = { pass: 0, fail: 0, unknown: 0, waived: 0 }
  for (const { verdict, waived } of sorted) {
    counts[verdict]++
    if (waived !== null) counts.waived++
  }
  return { findings: sorted, counts, errors }
}

function canonical(finding: Finding): Finding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    verdict: finding.verdict,
    account: finding.account,
    region: finding.region,
    at: finding.at,
    requirement: finding.requirement,
    message: finding.message,
    because: finding.because,
    symptom: finding.symptom,
    fix: finding.fix.map(fix => ordered(fix) as Fix),
    evidence: finding.evidence.map(({ at, what }): Evidence => ({ at, what })),
    known: finding.known,
    waived: finding.waived,
  }
}

/** By rule, place, requirement and message, then by all else. */
function comparison(findings: readonly Finding[]): (a: Finding, b: Finding) => number {
  // Where all is plain ASCII, as nearly always, JavaScript's fast comparison gives the order of code points.
  const compare = findings.every(({ at, message }) => isPlain(at) && isPlain(message)) ? byUnit : byCodePoint
  return (a, b) =>
    compare(a.rule, b.rule) ||
    compare(a.at, b.at) ||
    compare(a.requirement, b.requirement) ||
    compare(a.message, b.message) ||
    byCodePoint(JSON.stringify(a), JSON.stringify(b))
}

function byUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII
  return /^[\x00-\x7f]*$/.test(text)
}

function isNew(finding: Finding, i: number, all: readonly Finding[]): boolean {
  const before = all[i - 1]
  if (!before || before.message !== finding.message || before.at !== finding.at || before.rule !== finding.rule)
    return true
  return JSON.stringify(before) !== JSON.stringify(finding)
}

/** Keys that are read better in an order of their own; all others follow by code point. */
const first = [
  ['kind', 'account', 'region', 'target', 'type', 'path'],
  ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
].flat()

function ordered(value: unknown): Json {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isObject(value)) return value as Json
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || byCodePoint(a, b))
  return Object.fromEntries(keys.map(key => [key, ordered(value[key])]))
}

function rank(key: string): number {
  const place = first.indexOf(key)
  return place < 0 ? first.length : place
}
