import builder from 'junit-report-builder'
import type { Finding } from '../../policies/lang/finding'
import type { Report } from '../report'
import { clean } from './clean'
import { fails, type Strictness } from './failing'
import { messageOf } from './message'

/**
 * The report as JUnit's XML: a suite a rule, a case a requirement and place. What fails the check is a failure; what does not pass and fails
 * nothing (unknown, waived, a warning) is skipped, with the reason as its output; a rule that broke is an error.
 */
export function junit({ findings, errors }: Report, failOn: Strictness): string {
  const report = builder.newBuilder().name('keyreach')
  for (const rule of new Set(findings.map(({ rule }) => rule))) {
    const suite = report.testSuite().name(rule)
    for (const finding of findings.filter(other => other.rule === rule)) {
      const test = suite.testCase().className(classOf(rule)).name(nameOf(finding))
      if (fails(finding, failOn)) test.failure(clean(finding.message), finding.severity).stacktrace(textOf(finding))
      else if (finding.verdict !== 'pass') test.skipped().standardOutput(textOf(finding))
    }
  }
  for (const { rule, message } of errors) {
    const name = rule ?? 'engine'
    report.testSuite().name(name).testCase().className(classOf(name)).name('evaluation').error(clean(message))
  }
  return report.build()
}

/** Readers take what stands between dots for packages. */
function classOf(rule: string): string {
  return `keyreach.${rule.replace('/', '.')}`
}

/** The same in each report, so that the history of a case is kept. */
function nameOf({ account, at, requirement }: Finding): string {
  return clean(`${account === null ? '' : `${account} `}${at} ${requirement}`)
}

/** The builder puts it into CDATA, of which it looks for one end only. */
function textOf(finding: Finding): string {
  return messageOf(finding).replaceAll(']]>', ']] >')
}
