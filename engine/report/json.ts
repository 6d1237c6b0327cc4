import type { Report } from '../report'
import { cleanJson } from './clean'

/** The report as JSON (schemas/report.schema.json): all findings, those that pass too, and how many of each verdict. */
export function json(report: Report): string {
  return `${cleanJson(JSON.stringify(report, null, 2))}\n`
}
