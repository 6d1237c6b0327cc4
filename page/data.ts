import type { Access, Place, Principal } from '../engine/access'
import type { Report } from '../engine/report'
import type { Finding, Verdict } from '../policies/lang/finding'

/** All that a page shows: a report, the accesses behind it, and what its rules demand. */
export interface PageData {
  readonly report: Report
  readonly accesses: readonly PageAccess[]
  /** Rule → what it demands, of the rules that the findings are of. */
  readonly rules: { readonly [rule: string]: string }
}

/** An access, with its finding by its place in the report. */
export interface PageAccess {
  readonly need: Place
  readonly principal: Principal
  readonly key: Place
  readonly actions: { readonly [action: string]: Verdict }
  readonly finding: number
}

/** How a finding is shown: by what it means to people, the gravest first. */
export const tones = ['error', 'warning', 'unknown', 'waived', 'pass'] as const

export type Tone = (typeof tones)[number]

/** The data of a page. An access whose rule broke has no finding, and is left out. */
export function pageData(
  report: Report,
  accesses: readonly Access[],
  rules: readonly { readonly id: string; readonly summary: string }[],
): PageData {
  const places = new Map(report.findings.map((finding, i) => [identity(finding), i]))
  const named = new Set(report.findings.map(({ rule }) => rule))
  return {
    report,
    accesses: accesses.flatMap(({ finding, ...access }) => {
      const place = places.get(identity(finding))
      return place === undefined ? [] : [{ ...access, finding: place }]
    }),
    rules: Object.fromEntries(rules.filter(({ id }) => named.has(id)).map(({ id, summary }) => [id, summary])),
  }
}

/** What a finding means to people. */
export function toneOf({ verdict, severity, waived }: Finding): Tone {
  if (verdict !== 'fail') return verdict
  return waived === null ? severity : 'waived'
}

/** What an action of an access means, by its own verdict and the finding about all of them. */
export function actionTone(verdict: Verdict, finding: Finding): Tone {
  return toneOf({ ...finding, verdict })
}

/** The gravest of some. */
export function gravest(some: Iterable<Tone>): Tone {
  return tones[Math.min(tones.length - 1, ...[...some].map(tone => tones.indexOf(tone)))] ?? 'pass'
}

function identity({ rule, account, region, at, requirement, message, because }: Finding): string {
  return JSON.stringify([rule, account, region, at, requirement, message, because])
}
