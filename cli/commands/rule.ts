import { BadInput } from '../../engine/bad-input'
import type { RegisteredRule } from '../../engine/registry'
import { noSuchRule, ruleNamed } from '../../engine/rules'
import type { AddCommand } from '../command'
import { painter, print, width } from '../output'
import { knownBeside, ownRules, policiesOption } from '../own'
import { plainPage } from '../page'
import { pagesBeside } from '../pages'

/** `keyreach rule`: the page of a rule. */
export const rule: AddCommand = program => {
  program
    .command('rule')
    .summary('print the page of a rule')
    .description(
      'Prints the page of a rule: what it says and why, what fails and what passes, and the errors that AWS gives.',
    )
    .argument('<rule>', 'id or alias; `keyreach list` has them')
    .option(...policiesOption)
    .action(async (name: string, { policies }: { readonly policies?: string }) => {
      const own = await ownRules(policies)
      const id = idOf(name, knownBeside(own))
      const pageOf = await pagesBeside(own)
      print(plainPage(pageOf(id), await painter(), width()))
    })
}

function idOf(name: string, known: readonly RegisteredRule[]): string {
  const found = ruleNamed(name, known)
  if (!found) throw new BadInput(null, `${name}: ${noSuchRule(name, known)}`)
  return found.id
}
