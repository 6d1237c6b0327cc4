import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { readConfig } from '../../engine/config'
import { load } from '../../engine/load'
import { firstPage, playground } from './first'
import { type Framed, framed } from './layout'
import { htmlOf } from './markdown'
import { pagesIn } from './pages'

/** `npm run site`, with `-- --out DIR`: the catalogue of rules, and all other pages, as files that any web server can give out. */
export default async function main(args: readonly string[]): Promise<number> {
  const out = args[args.indexOf('--out') + 1] ?? 'site'
  const pages = pagesIn('docs')
  const all: readonly Framed[] = [
    { address: 'index.html', title: 'keyreach', content: firstPage(pages), scripts: ['explain'], judges: false },
    { address: 'playground.html', title: 'Playground', content: playground, scripts: ['playground'], judges: true },
    ...pages.map(({ address, title, markdown, file }) => {
      return {
        address,
        title,
        content: `<article class="prose">${htmlOf(markdown, file)}</article>`,
        scripts: [],
        judges: false,
      }
    }),
  ]
  rmSync(out, { recursive: true, force: true })
  for (const page of all) {
    const file = join(out, page.address)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, framed(page, pages))
  }
  await build({
    entryPoints: {
      site: 'page/client/search.ts',
      explain: 'page/client/explain.ts',
      playground: 'page/client/playground.ts',
      judge: 'page/client/judge.ts',
    },
    outdir: join(out, 'assets'),
    define: { PAGES: JSON.stringify(pages.map(({ markdown: _, file: __, ...page }) => page)) },
    bundle: true,
    minify: true,
    charset: 'utf8',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
  })
  await build({
    entryPoints: { site: 'page/client/site.css' },
    outdir: join(out, 'assets'),
    bundle: true,
    minify: true,
    logLevel: 'warning',
  })
  cpSync('dist/keyreach.wasm', join(out, 'assets/keyreach.wasm'))
  writeFileSync(join(out, 'assets/example.json'), JSON.stringify(await example()))
  console.log(`${all.length} pages: ${out}`)
  return 0
}

/** The example of the README, as `keyreach world` prints it. */
async function example(): Promise<unknown> {
  const { world } = await load([], await readConfig('examples/shared-image/keyreach.yaml'))
  return world
}
