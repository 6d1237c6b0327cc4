import { at, like, sorted } from '../intrinsics'
import { listOf, textOf } from './json'
import type { RuleHeader } from './judge'
import type { Severity } from './rule'
import { declared } from './world'

/** The level of a rule: as declared by its id or an alias under `levels`, else its own. */
export function levelOf(rule: RuleHeader): Severity | 'off' {
  const levels = [rule.id, ...rule.aliases].map(name => textOf(at(declared('levels'), [name])))
  if (levels.includes('off')) return 'off'
  if (levels.includes('warning')) return 'warning'
  if (levels.includes('error')) return 'error'
  return rule.severity
}

/** The reason for which a failure of a rule at a place is waived; null where it is not, or no longer. */
export function waiverOf(rule: RuleHeader, place: string): string | null {
  const waivers = listOf(declared('waivers')).filter(
    waiver =>
      [rule.id, ...rule.aliases].includes(textOf(at(waiver, ['rule'])) ?? '') &&
      covers(textOf(at(waiver, ['at'])) ?? '*', place),
  )
  const today = textOf(declared('today')) ?? ''
  const valid = waivers.filter(waiver => sorted([today, textOf(at(waiver, ['until'])) ?? today])[0] === today)
  return valid.map(waiver => textOf(at(waiver, ['reason'])) ?? 'waived')[0] ?? null
}

/** Whether a pattern of a waiver is of a place: with or without the file that stands in front of it where several plans have the address. */
export function covers(pattern: string, place: string): boolean {
  return like(pattern, place) || like(`*:${pattern}`, place)
}
