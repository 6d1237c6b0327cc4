import type { Json } from '../../policies/intrinsics'
import { BadInput, placeAt } from '../bad-input'
import { scan } from './scan'

/**
 * The JSON document in a text, alone or with lines before and after it, as pipelines and wrappers print them.
 * Throws `BadInput` with the place where it breaks, and what stood there instead where that can be told.
 */
export function jsonOf(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    const inside = surrounded(text, file)
    if (inside !== null) return JSON.parse(inside) as Json
    throw broken(text, file)
  }
}

/**
 * The longest whole object or list that begins a line. Only beginnings of lines count: in a document that is cut short,
 * objects inside it are still whole, but they are indented or stand behind other text.
 */
function surrounded(text: string, file: string): string | null {
  const whole = wholeValues(text)
  const plans = whole.filter(value => value.includes('"format_version"'))
  if (plans.length > 1)
    throw new BadInput({ file }, `expected one plan, found ${plans.length}; pass each as its own file`)
  return whole.reduce<string | null>(
    (longest, value) => (value.length > (longest?.length ?? 0) ? value : longest),
    null,
  )
}

function wholeValues(text: string): readonly string[] {
  const whole: string[] = []
  // Hostile input may have many beginnings, each of which reads on to the end.
  let effort = 4 * text.length + 1000
  const beginnings = /^[[{]/gm
  for (let found = beginnings.exec(text); found && effort > 0; found = beginnings.exec(text)) {
    const value = scan(text, found.index)
    effort -= ('end' in value ? value.end : value.at) - found.index
    if (!('end' in value)) continue
    beginnings.lastIndex = value.end
    whole.push(text.slice(found.index, value.end))
  }
  return whole
}

function broken(text: string, file: string): BadInput {
  const start = text.search(/^[[{]/m)
  if (start < 0 || text.slice(0, start).trim() !== '') {
    const other = otherText(text)
    return new BadInput({ file }, `this is ${other}, not JSON; pass what \`terraform show -json <planfile>\` prints`)
  }
  const fault = scan(text, start)
  if ('end' in fault) return new BadInput(placeAt(file, text, fault.end), 'expected nothing behind the JSON document')
  const place = placeAt(file, text, fault.at)
  if (text.slice(fault.at).trim() === '')
    return new BadInput(place, `the JSON ends early, where ${fault.expected} was expected; the file was cut short`)
  return new BadInput(place, `this is not JSON: expected ${fault.expected}`)
}

function otherText(text: string): string {
  if (/Terraform (will perform|used the selected|has compared)|^No changes\./m.test(text))
    return 'what `terraform plan` prints for people'
  if (/^\s*(resource|data|module|provider|variable|terraform)\b[^{\n]*\{/m.test(text)) return 'Terraform configuration'
  if (text.trim() === '') return 'white space'
  return 'text'
}
