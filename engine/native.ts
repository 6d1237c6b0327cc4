import { evaluateWith, type Json } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'
import { judge, type RuleHeader } from '../policies/lang/judge'
import type { Requirement } from '../policies/lang/requirement'
import type { Situation } from '../policies/lang/rule'
import { satisfying } from '../policies/lang/satisfying'
import { redacted } from '../policies/lang/secret'
import type { Engine, Outcome, OwnRules, RuleError } from './engine'
import { problemOf } from './problem'
import { type Progress, unheard } from './progress'
import { type RegisteredRule, rules } from './registry'
import type { World } from './world'

/** How long an evaluation may take, in milliseconds: hostile policies can ask for more than anyone would wait. */
const limit = 60_000

/** A requirement of a rule at a situation, and what was found of it. */
export interface Judged {
  readonly header: RuleHeader
  readonly situation: Situation
  readonly requirement: Requirement
  readonly findings: readonly Finding[]
  readonly language: Language
}

/** The words that rules were written with: they keep what is known of a world, so that rules have to be judged by their own. */
export interface Language {
  readonly evaluateWith: typeof evaluateWith
  readonly judge: typeof judge
  readonly redacted: typeof redacted
  readonly satisfying: typeof satisfying
}

/** The words of our rules. */
export const words: Language = { evaluateWith, judge, redacted, satisfying }

/** How rules are run: ours, and unheard, where nothing else is said. A witness hears of each requirement while the world can still be asked. */
interface Run {
  readonly language?: Language
  readonly witness?: (judged: Judged) => void
  readonly progress?: Progress | undefined
}

/** Runs the rules as they are, in this process: ours, and a team's own where there are some. */
export function nativeBeside(own: OwnRules | null): Engine {
  return { name: 'native', evaluate: async (world, progress) => evaluateBeside(own ? [own] : [], world, { progress }) }
}

/** What our rules find in a world, and those of teams, each team's judged in their own language. */
export function evaluateBeside(own: readonly OwnRules[], world: World, run: Omit<Run, 'language'> = {}): Outcome {
  const outcomes = [
    evaluateRules(rules, world, run),
    ...own.map(({ rules, language }) => evaluateRules(rules, world, { ...run, language })),
  ]
  return {
    findings: outcomes.flatMap(({ findings }) => findings),
    errors: outcomes.flatMap(({ errors }) => errors),
  }
}

/** What the rules find in a world. A rule that throws becomes an error of its name; the others still report. */
export function evaluateRules(
  rules: readonly Pick<RegisteredRule, 'id' | 'rule'>[],
  world: World,
  { language = words, witness = () => {}, progress = unheard }: Run = {},
): Outcome {
  const findings: Finding[] = []
  const errors: RuleError[] = []
  const deadline = performance.now() + limit
  language.evaluateWith({ input: world as unknown as Json, settings: {} }, () => {
    for (const [i, registered] of rules.entries())
      try {
        progress('judging', i + 1, rules.length)
        // All or nothing: half of what a rule has to say would look like the whole.
        const found = [...findingsOf(registered, language, deadline, witness)]
        for (const finding of found) findings.push(finding)
      } catch (error) {
        errors.push({ rule: registered.id, message: problemOf(error) })
      }
  })
  return { findings, errors }
}

function* findingsOf(
  { id, rule }: Pick<RegisteredRule, 'id' | 'rule'>,
  language: Language,
  deadline: number,
  witness: (judged: Judged) => void,
): Iterable<Finding> {
  const header = { id, aliases: rule.aliases, severity: rule.severity, symptoms: rule.symptoms }
  for (const situation of rule.situations(header)) {
    if (performance.now() > deadline) throw new Error(`all rules together took more than ${limit / 1000} s`)
    for (const requirement of rule.requirements(situation)) {
      const findings = language.judge(header, situation, requirement)
      witness({ header, situation, requirement, findings, language })
      yield* findings
    }
  }
}
