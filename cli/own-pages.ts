import { obstacleTo } from '../engine/buildable'
import { exampleWorld } from '../engine/example'
import { evaluateRules } from '../engine/native'
import { reportOf } from '../engine/report'
import { text } from '../engine/report/text'
import type { Judged } from '../generator/load'
import type { Own } from '../generator/own'
import type { Examples } from '../policies/lang/rule'
import { generator, type OwnModules } from './own'

/** The examples of a team's own rules, by id, and what keyreach says of one. */
export function judgedRules({ rules }: Own, modules: OwnModules): ReadonlyMap<string, Judged> {
  return new Map(rules.map(({ id }) => [id, judgedOf(id, modules)]))
}

/** The pages of a team's own rules in Markdown, by id; of a rule that has no examples yet without what is made of them. */
export async function ownPages(own: Own, modules: OwnModules): Promise<ReadonlyMap<string, string>> {
  const { emitPages } = await generator(() => import('../generator/emit/docs'))
  const pages = emitPages(own.rules, judgedRules(own, modules), '')
  return new Map(own.rules.map(({ id }, i) => [id, pages[i]?.text ?? '']))
}

function judgedOf(id: string, { modules, ...language }: OwnModules): Judged {
  const { default: rule, examples } = modules[id] ?? {}
  if (!rule) throw new Error(`${id} is not among the rules that were bundled`)
  const all = examples?.()
  return {
    examples: all ?? NONE,
    obstacle: all ? obstacleTo({ id, rule }, all, language) : 'it has no examples yet',
    parameters: rule.parameters ?? [],
    judge: example => {
      const report = reportOf(evaluateRules([{ id, rule }], exampleWorld(example), { language }))
      return { report, text: text(report) }
    },
  }
}

const NONE: Examples = { pass: {}, fail: {}, unknown: {} }
