import { BadInput } from '../../engine/bad-input'
import { problemOf } from '../../engine/problem'
import { projected } from '../../engine/project'
import { cleanJson } from '../../engine/report/clean'
import type { World } from '../../engine/world'
import type { AddCommand } from '../command'
import { type Beside, given } from '../given'
import { tellPreviews } from '../input'
import { print } from '../output'
import { policiesOption } from '../own'

/** `keyreach world`: prints what `check` would judge, for conftest and OPA. */
export const world: AddCommand = program => {
  program
    .command('world')
    .summary('print the world of plans as one JSON document, for conftest and OPA')
    .description(
      'Prints what `check` would judge as one JSON document: the plans, as far as rules read them, and what is declared.',
    )
    .argument(
      '[plans...]',
      '[ACCOUNT=]PLAN: a plan or Packer template, a directory of them or - for standard input, and the account that it reaches',
    )
    .option('-c, --config <file>', 'what no plan shows (default: ./keyreach.yaml where there is one)')
    .option(...policiesOption)
    .action(async (plans: readonly string[], options: Beside) => {
      const { world: judged } = await given(plans, options)
      tellPreviews(judged)
      print(`${cleanJson(written(projected(judged)))}\n`)
    })
}

function written(world: World): string {
  try {
    return JSON.stringify(world)
  } catch (error) {
    throw new BadInput(null, problemOf(error))
  }
}
