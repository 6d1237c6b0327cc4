import type { Finding, Fix } from '../../policies/lang/finding'
import { clean } from './clean'
import { evidenceTexts } from './evidence'
import { fixText } from './fix'
import type { Paint } from './paint'
import { length, wrap } from './wrap'

interface Options {
  readonly paint: Paint
  readonly width: number
}

/** A finding with the places of others that say the same of theirs. */
export interface Shown extends Finding {
  readonly also: readonly string[]
}

/** So many places are named; of more, how many they are. */
const named = 3

const indent = '    '
const label = 9

/** A finding under the heading of its resource: one line for what passes, a paragraph for what does not. */
export function findingLines(finding: Shown, resource: string, options: Options): readonly string[] {
  const title = titleLines(finding, resource, options)
  if (finding.verdict === 'pass') return title
  if (finding.waived !== null) return [...title, ...labelled('because', [finding.waived], options)]
  const message = wrap(clean(finding.message), options.width - indent.length)
  const lines = [...title, ...message.map(line => `${indent}${code(line, options.paint)}`)]
  // What an unknown rests on says little; what is missing says all.
  if (finding.verdict === 'unknown')
    return [
      ...lines,
      ...labelled('known by', finding.known, options),
      ...fixLines(finding.fix, 'ask', options),
      ...labelled('also at', others(finding), options),
    ]
  return [
    ...lines,
    ...labelled('why', [finding.because], options),
    ...labelled('symptom', finding.symptom === null ? [] : [finding.symptom], options),
    ...fixLines(finding.fix, 'fix', options),
    ...labelled('seen', evidenceTexts(finding.evidence), options),
  ]
}

function others({ also }: Shown): readonly string[] {
  if (also.length <= named) return also
  return [...also.slice(0, named), `and ${also.length - named} more places`]
}

function titleLines(finding: Finding, resource: string, { paint, width }: Options): readonly string[] {
  const path = clean(finding.at.slice(resource.length).replace(/^\./, ''))
  const [word, colour] = tag(finding)
  const title = `  ${paint[colour](word)}  ${paint.bold(clean(finding.rule))}`
  if (path === '') return [title]
  const fits = 6 + word.length + finding.rule.length + length(path) <= width
  return fits ? [`${title}  ${paint.dim(path)}`] : [title, `${indent}${paint.dim(path)}`]
}

function tag({ verdict, severity, waived }: Finding): readonly [string, keyof Paint] {
  if (verdict === 'pass') return ['pass', 'green']
  if (waived !== null) return ['waived', 'dim']
  if (verdict === 'unknown') return ['unknown', 'magenta']
  return severity === 'error' ? ['error', 'red'] : ['warning', 'yellow']
}

/** Items under a label, an item a paragraph. */
export function labelled(name: string, items: readonly string[], { paint, width }: Options): readonly string[] {
  const lines = items.flatMap(item => wrap(clean(item), width - indent.length - label))
  return lines.map((line, i) => `${indent}${paint.dim((i === 0 ? name : '').padEnd(label))}${code(line, paint)}`)
}

/** Fixes one after the other; what goes to the same place is introduced once. */
function fixLines(fixes: readonly Fix[], name: 'fix' | 'ask', options: Options): readonly string[] {
  const { paint, width } = options
  const margin = ' '.repeat(indent.length + label + 2)
  const texts = fixes.map(fix => fixText(fix, name === 'ask', width - margin.length))
  return texts.flatMap(({ sentence, lines }, i) => [
    ...(texts[i - 1]?.sentence === sentence ? [] : labelled(i === 0 ? name : 'and', [sentence], options)),
    ...lines.map(line => `${margin}${paint.green(clean(line))}`),
  ])
}

/** What people wrote stands in backticks. */
function code(line: string, paint: Paint): string {
  return line.replace(/`[^`]*`/g, paint.bold)
}
