import type { AddCommand } from '../command'
import { print } from '../output'

interface Options {
  readonly out: string
  readonly sign?: string
}

/** `keyreach bundle`: the rules for OPA and conftest, in a folder from which they can be served. */
export const bundle: AddCommand = program => {
  program
    .command('bundle')
    .summary('write the bundles for OPA and conftest')
    .description(
      'Writes the rules as bundles for OPA servers and conftest: as Rego, and as Wasm; and who may ask an OPA server for what. Prints the SHA-256 of each, and its revision.',
    )
    .requiredOption('-o, --out <directory>', 'where to write them')
    .option('-s, --sign <key>', 'sign them with a private key (PEM); needs the program opa')
    .action(async ({ out, sign }: Options) => {
      const { writeBundles } = await import('../bundles')
      for (const { file, sha256, revision } of await writeBundles(out, sign ?? null))
        print(`${file}  sha256:${sha256}  ${revision}\n`)
    })
}
