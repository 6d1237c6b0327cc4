import { evaluateWith, type Json } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'
import { judge, type RuleHeader } from '../policies/lang/judge'
import type { Requirement } from '../policies/lang/requirement'
import type { Situation } from '../policies/lang/rule'
import type { Engine, Outcome, RuleError } from './engine'
import { problemOf } from './problem'
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
}

/** Runs the rules as they are, in this process. */
export const native: Engine = {
  name: 'native',
  evaluate: async world => evaluateRules(rules, world),
}

/**
 * What the rules find in a world. A rule that throws becomes an error of its name; the others still report.
 * A witness hears of each requirement while the world can still be asked.
 */
export function evaluateRules(
  rules: readonly Pick<RegisteredRule, 'id' | 'rule'>[],
  world: World,
  witness: (judged: Judged) => void = () => {},
): Outcome {
  const findings: Finding[] = []
  const errors: RuleError[] = []
  const deadline = performance.now() + limit
  evaluateWith({ input: world as unknown as Json, settings: {} }, () => {
    for (const registered of rules)
      try {
        // All or nothing: half of what a rule has to say would look like the whole.
        const found = [...findingsOf(registered, deadline, witness)]
        for (const finding of found) findings.push(finding)
      } catch (error) {
        errors.push({ rule: registered.id, message: problemOf(error) })
      }
  })
  return { findings, errors }
}

function* findingsOf(
  { id, rule }: Pick<RegisteredRule, 'id' | 'rule'>,
  deadline: number,
  witness: (judged: Judged) => void,
): Iterable<Finding> {
  const header = { id, aliases: rule.aliases, severity: rule.severity, symptoms: rule.symptoms }
  for (const situation of rule.situations(header)) {
    if (performance.now() > deadline) throw new Error(`all rules together took more than ${limit / 1000} s`)
    for (const requirement of rule.requirements(situation)) {
      const findings = judge(header, situation, requirement)
      witness({ header, situation, requirement, findings })
      yield* findings
    }
  }
}
