import { existsSync } from 'node:fs'
import { BadInput, errorCode } from '../../engine/bad-input'
import type { AddCommand } from '../command'

/** `keyreach generate`: for authors of rules, in a checkout of this repository. */
export const generate: AddCommand = (program, exit) => {
  program
    .command('generate')
    .summary('for authors of rules: write what follows from the sources')
    .description(
      'Writes what follows from the rules: Rego, Wasm, the registry, pages and schemas. Runs in a checkout of keyreach.',
    )
    .option('--check', 'write nothing committed; fail where it is not what the sources say')
    .option('--watch', 'write again whenever a source is saved')
    .action(async (options: { readonly check?: boolean; readonly watch?: boolean }) => {
      if (!existsSync('policies/lang'))
        throw new BadInput(null, 'generate reads ./policies; run it in a checkout of keyreach')
      const { default: main } = await generator()
      exit(await main(Object.keys(options).map(name => `--${name}`)))
    })
}

async function generator() {
  try {
    return await import('../../generator')
  } catch (error) {
    if (errorCode(error) === 'ERR_MODULE_NOT_FOUND')
      throw new BadInput(null, 'generate needs ts-morph and esbuild; run `npm ci`')
    throw error
  }
}
