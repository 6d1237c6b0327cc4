import { BadInput } from '../../engine/bad-input'
import { noSuchRule, ruleNamed } from '../../engine/rules'
import type { AddCommand } from '../command'
import { painter, print, width } from '../output'
import { plainPage } from '../page'
import { pageOf } from '../pages'

/** `keyreach rule`: the page of a rule. */
export const rule: AddCommand = program => {
  program
    .command('rule')
    .summary('print the page of a rule')
    .description(
      'Prints the page of a rule: what it says and why, what fails and what passes, and the errors that AWS gives.',
    )
    .argument('<rule>', 'id or alias; `keyreach list` has them')
    .action(async (name: string) => print(plainPage(pageOf(idOf(name)), await painter(), width())))
}

function idOf(name: string): string {
  const found = ruleNamed(name)
  if (!found) throw new BadInput(null, `${name}: ${noSuchRule(name)}`)
  return found.id
}
