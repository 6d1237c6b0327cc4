import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readApi } from './api'
import { emitCapabilities, writeBundle } from './bundle'
import { readConstructs } from './constructs'
import { printDiagnostic } from './diagnostics'
import { emitApi } from './emit/api'
import { emitConstructs, programOf } from './emit/constructs'
import { emitPages, emitReadme } from './emit/docs'
import { emitDocuments } from './emit/documents'
import { emitGuides, programOfGuide } from './emit/guides'
import { emitRegistry } from './emit/registry'
import { emitRuleConstructs } from './emit/rule-constructs'
import { emitSchema, emitShapes } from './emit/schema'
import { emitSubset } from './emit/subset'
import type { File } from './file'
import { load } from './load'
import { runPrograms } from './programs'
import { readProject, readRules } from './read'
import { compile } from './rego'
import { emitModules } from './terraform/emit'
import { moduleNames } from './terraform/run'

/**
 * Everything that follows from the sources. What is committed is written or, with `check`, compared with what is there;
 * Rego and Wasm, in `out`, are always written. Gives the exit code: 1 where an author has something to mend, which is
 * then on standard error.
 */
export async function generate({ check = false, out = 'dist' } = {}): Promise<number> {
  const project = readProject('policies')
  const { files, diagnostics } = compile(project)
  if (diagnostics.length > 0) return complain(diagnostics.map(printDiagnostic))
  const capabilities = emitCapabilities()
  writeBundle(files, capabilities.text, out)

  const rules = readRules(project)
  const registry = emitRegistry(rules)
  const loaded = await load(rules, registry)
  const ruleConstructs = emitRuleConstructs(rules, loaded.rules)
  // The programs import it.
  if (!check) write([ruleConstructs])
  const constructs = readConstructs()
  const guides = filesIn('docs/guides', '.md').filter(({ path }) => !path.endsWith('README.md'))
  const examples = [...constructs.constructs.map(programOf), ...guides.map(programOfGuide)]
  const programs = await runPrograms(examples, loaded)
  const readme = emitReadme(readFileSync('README.md', 'utf8'), rules)
  const committed = [
    capabilities,
    emitSchema(),
    emitShapes(),
    registry,
    ruleConstructs,
    readme,
    emitSubset(),
    ...emitPages(rules, loaded.rules, 'rules.'),
    ...emitConstructs(constructs, programs, guides, rules, moduleNames()),
    ...emitGuides(guides, programs, filesIn('examples/guides', '/main.tf')),
    emitApi(readApi(), readFileSync('examples/library/judge.ts', 'utf8')),
    ...(await emitModules(constructs)),
    ...emitDocuments(filesIn('docs/documents', '.yaml'), rules),
  ]
  return check ? compare(committed) : write(committed)
}

/** `npm run generate`, with `--check` or `--watch`. */
export default async function main(args: readonly string[]): Promise<number> {
  if (!args.includes('--watch')) return generate({ check: args.includes('--check') })
  for (;;) {
    // Begun before the sources are read, so that what is saved meanwhile is not missed.
    const again = saved('policies')
    await generate().catch(error => complain([`${error}\n`]))
    await again
  }
}

/** The files in a folder and below it that people write, by how their names end. */
function filesIn(folder: string, ending: string): readonly File[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(ending))
  return names.sort().map(name => ({ path: `${folder}/${name}`, text: readFileSync(join(folder, name), 'utf8') }))
}

function write(files: readonly File[]): number {
  for (const { path, text } of files.filter(isStale)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`wrote ${path}`)
  }
  return 0
}

function compare(files: readonly File[]): number {
  const stale = files.filter(isStale)
  if (stale.length === 0) return 0
  return complain([...stale.map(({ path }) => `${path} is not what its sources say\n`), 'help: npm run generate\n'])
}

function isStale({ path, text }: File): boolean {
  return !existsSync(path) || readFileSync(path, 'utf8') !== text
}

function complain(messages: readonly string[]): number {
  process.stderr.write(messages.join('\n'))
  return 1
}

/** Settles once something below `folder` has been saved and nothing more for a moment. */
function saved(folder: string): Promise<void> {
  return new Promise(resolve => {
    let settle: NodeJS.Timeout
    const watcher = watch(folder, { recursive: true }, () => {
      clearTimeout(settle)
      settle = setTimeout(() => {
        watcher.close()
        resolve()
      }, 100)
    })
  })
}
