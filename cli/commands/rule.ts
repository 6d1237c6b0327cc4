import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BadInput } from '../../engine/bad-input'
import { packageRoot } from '../../engine/package'
import { rules } from '../../engine/registry'
import type { AddCommand } from '../command'
import { painter, print, width } from '../output'
import { plainPage } from '../page'

/** `keyreach rule`: the page of a rule. */
export const rule: AddCommand = program => {
  program
    .command('rule')
    .summary('print the page of a rule')
    .description(
      'Prints the page of a rule: what it says and why, what fails and what passes, and the errors that AWS gives.',
    )
    .argument('<rule>', 'id or alias; `keyreach list` has them')
    .action(async (name: string) => print(plainPage(pageOf(name), await painter(), width())))
}

function pageOf(name: string): string {
  const found = rules.find(({ id, rule: { aliases } }) => id === name || aliases.includes(name))
  if (!found)
    throw new BadInput(
      null,
      `${name}: there is no such rule${suggestion(
        name,
        rules.map(({ id }) => id),
      )}; see \`keyreach list\``,
    )
  const path = join(packageRoot(), 'docs', 'rules', `${found.id}.md`)
  if (!existsSync(path)) throw new BadInput({ file: path }, 'the page is missing; run `npm run generate`')
  return readFileSync(path, 'utf8')
}

/** The id that shares the most words with what was asked for. */
function suggestion(name: string, ids: readonly string[]): string {
  const words = (text: string): readonly string[] => text.toLowerCase().split(/[^a-z0-9]+/)
  const asked = new Set(words(name))
  const ranked = ids.map(id => ({ id, shared: words(id).filter(word => asked.has(word)).length }))
  const best = ranked.reduce((most, one) => (one.shared > most.shared ? one : most), { id: '', shared: 1 })
  return best.id === '' ? '' : ` (did you mean ${best.id}?)`
}
