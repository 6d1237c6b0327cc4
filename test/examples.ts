import { rules } from '../engine/registry'
import type { Finding, Verdict } from '../policies/lang/finding'
import type { Examples, ExampleWorld } from '../policies/lang/rule'

const verdicts = ['pass', 'fail', 'unknown'] as const

/** An example of a rule: a world, and the verdict that the rule must reach in it. */
export interface Example {
  readonly rule: string
  readonly verdict: Verdict
  readonly name: string
  readonly world: ExampleWorld
}

/** All examples of all rules. */
export const examples: readonly Example[] = rules.flatMap(({ id }) => {
  const groups = examplesOf(id)
  return verdicts.flatMap(verdict =>
    Object.entries(groups[verdict]).map(([name, world]) => ({ rule: id, verdict, name, world })),
  )
})

/** The worst of a rule's verdicts; a rule that finds no situation is content. */
export function worst(findings: readonly Finding[]): Verdict {
  return (['fail', 'unknown'] as const).find(verdict => findings.some(finding => finding.verdict === verdict)) ?? 'pass'
}

function examplesOf(id: string): Examples {
  return require(`../policies/${id}`).examples()
}
