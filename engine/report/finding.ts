import type { Evidence, Finding, Fix } from '../../policies/lang/finding'
import { clean } from './clean'
import { fixText } from './fix'
import type { Paint } from './paint'
import { wrap } from './wrap'

interface Options {
  readonly paint: Paint
  readonly width: number
}

const indent = '    '
const label = 9

/** A finding under the heading of its resource: one line for what passes or is waived, a paragraph for what does not. */
export function findingLines(finding: Finding, resource: string, options: Options): readonly string[] {
  const { paint } = options
  const path = clean(finding.at.slice(resource.length).replace(/^\./, ''))
  const title = `  ${tag(finding, paint)}  ${paint.bold(clean(finding.rule))}${path === '' ? '' : paint.dim(`  ${path}`)}`
  if (finding.verdict === 'pass') return [title]
  if (finding.waived !== null) return [title, ...labelled('waived', [finding.waived], options)]
  return [
    title,
    ...wrap(clean(finding.message), options.width - indent.length).map(line => `${indent}${code(line, paint)}`),
    ...labelled('why', [finding.because], options),
    ...(finding.symptom === null ? [] : labelled('symptom', [finding.symptom], options)),
    ...finding.fix.flatMap((fix, i) => fixLines(fix, i === 0 ? 'fix' : 'and', options)),
    ...labelled('seen', finding.evidence.map(evidence), options),
    ...labelled('known by', finding.known, options),
  ]
}

function tag({ verdict, severity, waived }: Finding, paint: Paint): string {
  if (verdict === 'pass') return paint.green('pass')
  if (waived !== null) return paint.dim('waived')
  if (verdict === 'unknown') return paint.magenta('unknown')
  return severity === 'error' ? paint.red('error') : paint.yellow('warning')
}

/** Items under a label, an item a paragraph. */
function labelled(name: string, items: readonly string[], { paint, width }: Options): readonly string[] {
  const lines = items.flatMap(item => wrap(clean(item), width - indent.length - label))
  return lines.map((line, i) => `${indent}${paint.dim((i === 0 ? name : '').padEnd(label))}${code(line, paint)}`)
}

function fixLines(fix: Fix, name: string, options: Options): readonly string[] {
  const { paint, width } = options
  const { sentence, lines } = fixText(fix, width - indent.length - label - 2)
  const margin = ' '.repeat(indent.length + label + 2)
  return [...labelled(name, [sentence], options), ...lines.map(line => `${margin}${paint.green(clean(line))}`)]
}

function evidence({ at, what }: Evidence): string {
  return at === '' ? what : `${at} ${what}`
}

/** What people wrote stands in backticks. */
function code(line: string, paint: Paint): string {
  return line.replace(/`[^`]*`/g, quoted => paint.bold(quoted))
}
