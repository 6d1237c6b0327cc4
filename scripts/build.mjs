// The command line, and the page that it writes, bundled into dist: run by `npm run build` and, through `prepare`, by every `npm ci`.
import { chmodSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

// Chunks are named by what is in them, so that those of earlier builds would stay.
rmSync('dist/chunks', { recursive: true, force: true })
await build({
  entryPoints: { keyreach: 'cli/main.ts', 'wasm-worker': 'engine/wasm-worker.ts' },
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
