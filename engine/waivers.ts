import { isObject, like } from '../policies/intrinsics'
import { rules } from './registry'
import type { Report } from './report'
import type { World } from './world'

/** What is wrong with the waivers of a world, one line each: a rule that there is none of, a date that is past, nothing to waive. */
export function waiverNotes(world: World, { findings }: Report): readonly string[] {
  const waivers = Array.isArray(world.waivers) ? world.waivers.filter(isObject) : []
  return waivers.flatMap(({ rule, at = '*', until }) => {
    const name = `the waiver of \`${rule}\` at \`${at}\``
    const waived = rules.find(known => known.id === rule || known.rule.aliases.includes(String(rule)))
    if (!waived) return [`${name} is of no rule; \`keyreach list\` shows them`]
    if (typeof until === 'string' && typeof world.today === 'string' && until < world.today)
      return [`${name} ended on ${until}: mend what it waived, or give it a new date`]
    const used = findings.some(found => found.rule === waived.id && found.waived !== null && like(String(at), found.at))
    return used ? [] : [`${name} waives nothing: take it out`]
  })
}
