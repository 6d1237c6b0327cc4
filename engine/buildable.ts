import type { Fix } from '../policies/lang/finding'
import type { Examples, ExampleWorld, Rule, Situation } from '../policies/lang/rule'
import { parseAddress } from './address'
import { exampleWorld } from './example'
import { evaluateRules, type Judged, type Language, words } from './native'
import type { RegisteredRule } from './registry'

/**
 * Why no construct can build what a rule requires; null where one can: where all that its requirements ask in its examples is something to
 * add, and follows from the situation alone.
 */
export function obstacleTo(
  { id, rule }: Pick<RegisteredRule, 'id' | 'rule'>,
  { pass, fail }: Examples,
  language: Language = words,
): string | null {
  const asked = [...Object.values(pass), ...Object.values(fail)].flatMap(example => {
    const found: Asked[] = []
    const witness = ({ situation, requirement, findings }: Judged) =>
      found.push({
        situation,
        fixes: language.satisfying(requirement),
        isLacking: findings.some(({ verdict }) => verdict === 'fail'),
      })
    evaluateRules([{ id, rule }], exampleWorld(example), { language, witness })
    return found
  })
  if (Object.values(fail).every(takesAway)) return 'it is about what a plan takes away'
  const fixes = asked.flatMap(one => one.fixes)
  if (fixes.some(isOfTemplate)) return 'it is about a template, which is no resource'
  if (asked.some(one => one.isLacking && one.fixes.length === 0) || !fixes.every(isAddition))
    return 'it corrects what is there, or takes it away'
  const situations = new Set(asked.map(({ situation }) => situation))
  const strays = [...situations].some(situation => {
    const inside = asked.filter(one => one.situation === situation).flatMap(one => one.fixes)
    return said(inside) !== said(demandedBy(rule, situation, language))
  })
  return strays ? 'what it asks depends on more of the plans than its situation' : null
}

/** What makes all that a rule requires of a situation hold where nothing is there yet: outside of every world. */
export function demandedBy<S extends Situation>(
  rule: Pick<Rule<S>, 'requirements'>,
  situation: S,
  { evaluateWith, satisfying }: Pick<Language, 'evaluateWith' | 'satisfying'> = words,
): readonly Fix[] {
  return evaluateWith({ input: null, settings: {} }, () => [...rule.requirements(situation)].flatMap(satisfying))
}

/** What a requirement asks of a situation. */
interface Asked {
  readonly situation: Situation
  readonly fixes: readonly Fix[]
  readonly isLacking: boolean
}

/** Whether a construct can make a change: by statements and attributes of what is there, and by new resources. */
export function isAddition({ kind }: Fix): boolean {
  return additions.has(kind)
}

const additions: ReadonlySet<Fix['kind']> = new Set([
  'key-policy-statement',
  'identity-statement',
  'trust-statement',
  'attribute',
  'resource',
  'depends-on',
] as const)

/** What changes say. Of a role whose name is known a plan gives the address, and the situation alone the ARN. */
function said(fixes: readonly Fix[]): string {
  return JSON.stringify(fixes.map(fix => (fix.kind === 'identity-statement' ? { ...fix, target: '' } : fix)))
}

function takesAway({ accounts }: ExampleWorld): boolean {
  return accounts.some(({ deletes, replaces }) => deletes !== undefined || replaces !== undefined)
}

function isOfTemplate(fix: Fix): boolean {
  return fix.kind === 'attribute' && parseAddress(fix.target) === null && !fix.target.startsWith('arn:')
}
