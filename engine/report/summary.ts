import type { Report } from '../report'
import type { Paint } from './paint'
import { wrap } from './wrap'

/** The last lines of a report: how many of what, and what to do next. */
export function summaryLines(report: Report, { paint, width }: { paint: Paint; width: number }): readonly string[] {
  const failing = report.findings.filter(({ verdict, waived }) => verdict === 'fail' && waived === null)
  const errors = failing.filter(({ severity }) => severity === 'error').length
  const warnings = failing.length - errors
  const { pass, unknown, waived } = report.counts
  const { baselined = 0 } = report
  const parts = [
    errors > 0 && paint.red(counted(errors, 'error')),
    warnings > 0 && paint.yellow(counted(warnings, 'warning')),
    unknown > 0 && paint.magenta(`${unknown} unknown`),
    waived > 0 && paint.dim(`${waived} waived`),
    baselined > 0 && paint.dim(`${baselined} in the baseline`),
    (pass > 0 || report.findings.length > 0) && paint.green(`${pass} passed`),
  ]
  const counts = parts.filter(part => part !== false).join(', ')
  const last = wrap(next(report, failing[0]?.rule), width)
  const title = headline(report, errors, warnings)
  return [counts === '' ? paint.bold(`${title}.`) : `${paint.bold(`${title}:`)} ${counts}`, ...last.map(paint.dim)]
}

/** What a report comes to, in a sentence. */
export function headline(
  { findings, errors: broken, counts, baselined = 0 }: Report,
  errors: number,
  warnings: number,
): string {
  if (broken.length > 0) return 'Not all could be judged'
  if (errors > 0) return 'Not every key is within reach'
  if (warnings > 0) return 'Every key is within reach, with reservations'
  if (baselined > 0) return 'No other key was found out of reach'
  if (counts.unknown > 0) return 'No key was found out of reach'
  return findings.length > 0 ? 'Every key is within reach' : 'Nothing was found to judge'
}

function next({ findings, errors, counts, baselined = 0 }: Report, rule: string | undefined): string {
  if (errors.length > 0) return `Next: see what broke: ${errors.map(({ rule }) => rule ?? 'the engine').join(', ')}.`
  if (rule !== undefined) return `Next: make the changes, plan and check again. \`keyreach rule ${rule}\` tells more.`
  if (counts.unknown > 0) return 'Next: declare in keyreach.yaml what is unknown; `--fail-on unknown` insists on it.'
  if (baselined > 0) return 'Next: mend what the baseline has, and write it again.'
  if (findings.length > 0) return 'Next: nothing to do.'
  return 'Next: pass the plans that have the keys, roles, images and groups.'
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
