import { isObject, type JsonObject } from '../policies/intrinsics'
import { covers } from '../policies/lang/waiver'
import { type RegisteredRule, rules } from './registry'
import type { Report } from './report'
import { ruleNamed } from './rules'
import type { PlanEntry, World } from './world'

/**
 * What is declared and has no effect, one line each: waivers and levels of no rule, waivers that have ended or waive nothing, and
 * identities and providers of what no plan has.
 */
export function declarationNotes(
  world: World,
  report: Report,
  known: readonly RegisteredRule[] = rules,
): readonly string[] {
  return [...world.plans.flatMap(planNotes), ...waiverNotes(world, report, known), ...levelNotes(world, known)]
}

function waiverNotes(world: World, { findings }: Report, known: readonly RegisteredRule[]): readonly string[] {
  const waivers = Array.isArray(world.waivers) ? world.waivers.filter(isObject) : []
  return waivers.flatMap(({ rule, at = '*', until }) => {
    const name = `the waiver of \`${rule}\` at \`${at}\``
    const waived = ruleNamed(String(rule), known)
    if (!waived) return [`${name} is of no rule; \`keyreach list\` shows them`]
    if (typeof until === 'string' && typeof world.today === 'string' && until < world.today)
      return [`${name} ended on ${until}: mend what it waived, or give it a new date`]
    const used = findings.some(
      found => found.rule === waived.id && found.waived !== null && covers(String(at), found.at),
    )
    return used ? [] : [`${name} waives nothing: take it out`]
  })
}

function levelNotes({ levels }: World, known: readonly RegisteredRule[]): readonly string[] {
  const names = isObject(levels) ? Object.keys(levels) : []
  return names
    .filter(name => !ruleNamed(name, known))
    .map(name => `the level of \`${name}\` is of no rule; \`keyreach list\` shows them`)
}

function planNotes({ file, plan, identities = {}, providers = {} }: PlanEntry): readonly string[] {
  const isThere = (name: string): boolean =>
    isChanged(plan, name) || JSON.stringify(plan).includes(JSON.stringify(name))
  const missing = (declared: object): readonly string[] => Object.keys(declared).filter(name => !isThere(name))
  return [
    ...missing(identities).map(name => `${file}: \`identities\` has \`${name}\`, which is not in the plan`),
    ...missing(providers).map(name => `${file}: \`providers\` has \`${name}\`, which is not in the plan`),
  ]
}

function isChanged({ resource_changes: changes }: JsonObject, address: string): boolean {
  return Array.isArray(changes) && changes.some(item => isObject(item) && item.address === address)
}
