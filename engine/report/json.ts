import type { Report } from '../report'
import type { Suppression } from '../suppressions'
import { cleanJson } from './clean'

/** The report as JSON (schemas/report.schema.json): all findings, those that pass too, how many of each verdict, and suppressions where asked for. */
export function json(report: Report & { readonly suppressions?: readonly Suppression[] }): string {
  return `${cleanJson(JSON.stringify(report, null, 2))}\n`
}
