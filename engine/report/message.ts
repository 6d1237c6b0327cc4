import type { Finding } from '../../policies/lang/finding'
import { clean } from './clean'
import { evidenceTexts } from './evidence'
import { fixText } from './fix'

/** A finding for where there is no layout: what is so, why it is required, and what mends it or makes it known, a line each. */
export function messageOf(finding: Finding): string {
  const { verdict, message, because, symptom, known, evidence, waived } = finding
  const isUnknown = verdict === 'unknown'
  if (verdict === 'pass') return clean(message)
  const lines = [
    message,
    ...(waived === null ? [] : [`Waived: ${waived}`]),
    `Why: ${because}`,
    ...(symptom === null ? [] : [`Symptom: ${symptom}`]),
    ...known.map(what => `Known by: ${what}`),
    ...finding.fix.flatMap(fix => {
      const { sentence, lines } = fixText(fix, isUnknown, 100)
      return [`${isUnknown ? 'Ask' : 'Fix'}: ${sentence}`, ...lines.map(line => `  ${line}`)]
    }),
    ...(isUnknown ? [] : evidenceTexts(evidence).map(what => `Seen: ${what}`)),
  ]
  return lines.map(clean).join('\n')
}
