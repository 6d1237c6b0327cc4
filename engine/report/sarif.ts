import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif'
import type { Finding } from '../../policies/lang/finding'
import type { RegisteredRule } from '../registry'
import type { Report } from '../report'
import { clean, cleanJson } from './clean'
import { rank } from './failing'
import { fingerprint } from './fingerprint'
import { messageOf } from './message'
import type { OriginOf } from './origin'

export interface SarifOptions {
  readonly version: string
  readonly rules: readonly RegisteredRule[]
  /** The page of a rule: as it is read in a terminal, and in Markdown. */
  readonly help: (rule: string) => { readonly text: string; readonly markdown: string }
  readonly originOf: OriginOf
  /** Whether what passes is in it too. */
  readonly passing: boolean
}

/**
 * What GitHub takes; a file with more is rejected as a whole, or shown without the rest.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
const LIMITS = { results: 25_000, locations: 100 }

/**
 * The report as SARIF 2.1.0. A finding stands at its file and address, without a line, as a plan has none (§3.29.4); what is unknown is
 * `open`, and what is waived is suppressed. Of more findings than GitHub takes, what matters most is kept, and how many are left out is
 * said.
 */
export function sarif(report: Report, options: SarifOptions): string {
  const wanted = report.findings.filter(({ verdict }) => options.passing || verdict !== 'pass')
  const findings = mostGrave(wanted)
  const named = new Set(findings.map(({ rule }) => rule))
  const rules = options.rules.filter(({ id }) => named.has(id))
  const seen = new Map<string, number>()
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'keyreach',
            version: options.version,
            semanticVersion: options.version,
            rules: rules.map(rule => descriptor(rule, options)),
          },
        },
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            toolExecutionNotifications: [
              ...report.errors.map(({ rule, message }) => ({
                level: 'error' as const,
                message: { text: `${rule === null ? '' : `${rule} broke: `}${message}` },
              })),
              ...leftOut(wanted.length - findings.length),
            ],
          },
        ],
        results: findings.map(finding => {
          const known = fingerprint(finding)
          const nth = (seen.get(known) ?? 0) + 1
          seen.set(known, nth)
          return result(finding, `${known}:${nth}`, rules, options)
        }),
      },
    ],
  }
  return `${cleanJson(JSON.stringify(log, null, 2))}\n`
}

/** As many findings as fit, in their order; where not all do, those that matter most. */
function mostGrave(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= LIMITS.results) return findings
  const kept = new Set([...findings].sort((a, b) => rank(a) - rank(b)).slice(0, LIMITS.results))
  return findings.filter(finding => kept.has(finding))
}

function leftOut(count: number): readonly Notification[] {
  if (count === 0) return []
  const text = `${count} findings that matter less are left out, since GitHub takes ${LIMITS.results}; the JSON report has all`
  return [{ level: 'warning', message: { text } }]
}

function descriptor({ id, summary, rule }: RegisteredRule, { help }: SarifOptions): ReportingDescriptor {
  const [reference] = rule.references
  return {
    id,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: help(id),
    ...(reference !== undefined && { helpUri: reference }),
    defaultConfiguration: { level: rule.severity },
    properties: { tags: ['aws', id.split('/')[0] ?? ''] },
  }
}

function result(finding: Finding, known: string, rules: readonly RegisteredRule[], { originOf }: SarifOptions): Result {
  const { rule, verdict, severity, waived, account, region } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    kind: kinds[verdict],
    level: verdict === 'fail' ? severity : 'none',
    message: { text: messageOf(finding) },
    locations: [locationOf(finding.at, originOf(finding))],
    // GitHub knows an alert again by the second alone.
    partialFingerprints: { 'keyreach/v1': known, primaryLocationLineHash: known },
    ...(finding.evidence.length > 0 && {
      relatedLocations: finding.evidence.slice(0, LIMITS.locations).map(({ at, what }, id) => ({
        id,
        ...(at !== '' && logical(at)),
        message: { text: clean(what) },
      })),
    }),
    ...(waived !== null && { suppressions: [{ kind: 'external', justification: clean(waived) }] }),
    properties: { account, region },
  }
}

const kinds = { pass: 'pass', fail: 'fail', unknown: 'open' } as const

function locationOf(at: string, file: string | null): Location {
  return { ...(file !== null && { physicalLocation: { artifactLocation: { uri: uriOf(file) } } }), ...logical(at) }
}

function logical(at: string): Pick<Location, 'logicalLocations'> {
  return { logicalLocations: [{ fullyQualifiedName: clean(at), kind: 'resource' }] }
}

/** A path as a URI: relative to wherever the program was run, unless it is absolute. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
}
