// `node scripts/run.mjs file.ts …arguments`: bundles a TypeScript file of this repository and calls its default export with the arguments.
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [file, ...args] = process.argv.slice(2)
const outfile = resolve('.tools/run', `${basename(resolve(file, '..'))}-${basename(file, '.ts')}.mjs`)
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
})
process.setSourceMapsEnabled(true)
const { default: main } = await import(pathToFileURL(outfile).href)
process.exitCode = (await main(args)) ?? 0
