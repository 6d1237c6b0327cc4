import { isObject, type Json, sorted } from '../policies/intrinsics'
import type { Evidence, Finding, Fix, Verdict } from '../policies/lang/finding'
import type { Outcome, RuleError } from './engine'

/** What was found in a world. */
export interface Report {
  /** Those that pass as well, each once, in one order. */
  readonly findings: readonly Finding[]
  /** How many findings have each verdict, and how many of those that fail are waived. */
  readonly counts: Counts
  /** The rules that broke; all others have been judged. */
  readonly errors: readonly RuleError[]
  /** How many more there are that a baseline has already; absent where there is none. */
  readonly baselined?: number
  /** The files that were judged as previews, though nothing has planned them; absent where there are none. */
  readonly previews?: readonly string[]
}

/** How many findings have each verdict, and how many of those that fail are waived. */
export type Counts = { readonly [verdict in Verdict | 'waived']: number }

/**
 * The report of what an engine found: the same bytes whichever engine it was.
 * Findings are sorted by rule, place, requirement and message, then by all else; each is there once; keys have one order.
 */
export function reportOf({ findings, errors }: Outcome, previews: readonly string[] = []): Report {
  return { ...(previews.length > 0 && { previews }), ...summed(unique(findings.map(canonical))), errors }
}

/** Findings with how many of them have each verdict. */
export function summed(findings: readonly Finding[]): Pick<Report, 'findings' | 'counts'> {
  const counts = { pass: 0, fail: 0, unknown: 0, waived: 0 }
  for (const { verdict, waived } of findings) {
    counts[verdict]++
    if (waived !== null) counts.waived++
  }
  return { findings, counts }
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

/** Each finding once, by rule, place, requirement and message, then by all else. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { rule, at, requirement, message } = finding
    const key = [rule, at, requirement, message].join('\0')
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return sorted([...groups.keys()]).flatMap(key => distinct(groups.get(key) ?? []))
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 1) return findings
  const byText = new Map(findings.map(finding => [JSON.stringify(finding), finding]))
  return sorted([...byText.keys()]).flatMap(text => byText.get(text) ?? [])
}

/** Keys that are read better in an order of their own; all others follow by code point. */
const first = [
  ['kind', 'account', 'region', 'target', 'type', 'path'],
  ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
].flat()

function ordered(value: unknown): Json {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isObject(value)) return value as Json
  const keys = [...sorted(Object.keys(value))].sort((a, b) => rank(a) - rank(b))
  return Object.fromEntries(keys.map(key => [key, ordered(value[key])]))
}

function rank(key: string): number {
  const place = first.indexOf(key)
  return place < 0 ? first.length : place
}
