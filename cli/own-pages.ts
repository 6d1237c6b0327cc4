import { join } from 'node:path'
import { BadInput } from '../engine/bad-input'
import { exampleWorld } from '../engine/example'
import { evaluateRules } from '../engine/native'
import { reportOf } from '../engine/report'
import { text } from '../engine/report/text'
import type { Judged } from '../generator/load'
import type { Own } from '../generator/own'
import { generator, type OwnModules } from './own'

/** The examples of a team's own rules, by id, and what keyreach says of one. Throws `BadInput` where a rule has none. */
export function judgedRules({ rules }: Own, folder: string, modules: OwnModules): ReadonlyMap<string, Judged> {
  return new Map(rules.map(({ id }) => [id, judgedOf(id, folder, modules)]))
}

/** The pages of a team's own rules in Markdown, by id. */
export async function ownPages(own: Own, folder: string, modules: OwnModules): Promise<ReadonlyMap<string, string>> {
  const { emitPages } = await generator(() => import('../generator/emit/docs'))
  const pages = emitPages(own.rules, judgedRules(own, folder, modules))
  return new Map(own.rules.map(({ id }, i) => [id, pages[i]?.text ?? '']))
}

function judgedOf(id: string, folder: string, { modules, ...language }: OwnModules): Judged {
  const { default: rule, examples } = modules[id] ?? {}
  if (!rule || !examples) throw new BadInput({ file: join(folder, `${id}.ts`) }, 'it exports no examples')
  return {
    examples: examples(),
    parameters: rule.parameters ?? [],
    judge: example => {
      const report = reportOf(evaluateRules([{ id, rule }], exampleWorld(example), { language }))
      return { report, text: text(report) }
    },
  }
}
