import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BadInput } from '../../engine/bad-input'
import { ruleNamed } from '../../engine/rules'
import type { AddCommand } from '../command'
import { save } from '../formats'
import { print } from '../output'
import { scaffold } from '../scaffold'

/** `keyreach new`: begins a rule. */
export const create: AddCommand = program => {
  program
    .command('new')
    .summary('for authors of rules: begin a rule')
    .description('Writes SERVICE/CLAIM.ts below ./policies, with a mark at each part that is to be filled in.')
    .argument('<service/claim>', 'where it belongs, and what is true of a healthy world: kms/replica-in-every-region')
    .option('--policies <dir>', 'where your own rules are', 'policies')
    .action((name: string, { policies }: { readonly policies: string }) => {
      const path = join(policies, `${checked(name)}.ts`)
      if (existsSync(path) || ruleNamed(name))
        throw new BadInput({ file: path }, 'this rule exists already; choose another claim')
      const isOurs = existsSync(join(policies, 'lang'))
      save(path, scaffold(name, isOurs ? '..' : 'keyreach/policies'))
      const next = isOurs ? '`npm run generate` and `npm test`' : '`npx keyreach generate`'
      print(`wrote ${path}: fill in each part marked FILL IN, then run ${next}\n`)
    })
}

/** The name of a rule is a sentence that is true of a healthy world. */
function checked(name: string): string {
  const word = '[a-z][a-z0-9]*'
  if (!new RegExp(`^${word}(-${word})*/${word}(-[a-z0-9]+)+$`).test(name))
    throw new BadInput(
      null,
      `${name}: expected SERVICE/CLAIM in lower case with hyphens, as in kms/replica-in-every-region`,
    )
  if (name.startsWith('lang/'))
    throw new BadInput(null, `${name}: policies/lang has the words of rules; choose a service`)
  const [, claim = ''] = name.split('/')
  if (/^(no|missing|check|valid)-|-rule$/.test(claim))
    throw new BadInput(null, `${name}: expected what is true of a healthy world, as in kms/replica-in-every-region`)
  return name
}
