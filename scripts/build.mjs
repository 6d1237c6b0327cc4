// The command line, the page that it writes and the library, bundled into dist: run by `npm run build` and, through `prepare`, by every `npm ci`.
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'

// Chunks are named by what is in them, so that those of earlier builds would stay.
rmSync('dist/chunks', { recursive: true, force: true })
await build({
  entryPoints: { keyreach: 'cli/main.ts', index: 'engine/api.ts', 'wasm-worker': 'engine/wasm-worker.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['@cdktf/hcl2json', 'ts-morph', 'esbuild', 'cdktf', 'cdktn'],
  // Dependencies that are still CommonJS ask for Node's own modules with `require`, which an ES module has not.
  banner: {
    js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
await build({
  entryPoints: { report: 'page/client/main.ts', style: 'page/client/report.css' },
  outdir: 'dist/page',
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  logLevel: 'warning',
})
chmodSync('dist/keyreach.js', 0o755)

// The constructs, once for CDK for Terraform and once for its fork, which differ in the names of what they import. Programs of both are
// CommonJS as a rule, and an ES module could not import the provider's resources one by one: they are directories.
const flavours = {
  cdktf: {},
  cdktn: { cdktf: 'cdktn', '@cdktf/provider-aws': '@cdktn/provider-aws' },
}
for (const [name, alias] of Object.entries(flavours)) {
  await build({
    entryPoints: { index: 'modules/index.ts' },
    outdir: `dist/${name}`,
    bundle: true,
    minify: true,
    keepNames: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias,
    logLevel: 'warning',
  })
  writeFileSync(`dist/${name}/package.json`, '{ "type": "commonjs" }\n')
}

/** The types of an entry point and of all that it takes from other files of ours, as one bundle. */
const typesOf = input => rollup({ input, external: isPackage, plugins: [dts({ tsconfig: 'tsconfig.json' })] })
const isPackage = id => !/^[./]/.test(id)
const library = await typesOf('engine/api.ts')
await library.write({ file: 'dist/index.d.ts' })
const constructs = await typesOf('modules/index.ts')
for (const [name, alias] of Object.entries(flavours)) {
  const renamed = id =>
    Object.entries(alias).reduce((left, [from, to]) => left.replace(RegExp(`^${from}(?=/|$)`), to), id)
  await constructs.write({ file: `dist/${name}/index.d.ts`, paths: renamed })
}
