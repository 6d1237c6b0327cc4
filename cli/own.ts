import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { BadInput, errorCode } from '../engine/bad-input'
import type { CompiledRules, EngineName, OwnRules } from '../engine/engine'
import type { Language } from '../engine/native'
import { packageRoot } from '../engine/package'
import type { Progress } from '../engine/progress'
import { type RegisteredRule, rules } from '../engine/registry'
import type { Own } from '../generator/own'
import type { Examples } from '../policies/lang/rule'
import { printError } from './output'
import { withProgress } from './progress'

/** The option that names the folder of a team's own rules. */
export const policiesOption = ['--policies <dir>', 'rules of your own, beside ours'] as const

/** A team's own rules as an engine runs them, with the page of each, by id. */
export interface TeamRules extends CompiledRules {
  pages(): Promise<ReadonlyMap<string, string>>
}

/** What a team's own rules are when they run: the words that they were compiled with, and what their files export. */
export interface OwnModules extends Language {
  readonly modules: {
    readonly [id: string]: { readonly default: RegisteredRule['rule']; readonly examples?: () => Examples }
  }
}

/** The compiler, which only authors of rules have need of. */
export async function generator<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (errorCode(error) === 'ERR_MODULE_NOT_FOUND')
      throw new BadInput(
        null,
        'rules are compiled with ts-morph and esbuild, which are not there; install keyreach again',
      )
    throw error
  }
}

/** The rules in a folder, compiled, with ours beside them where their Rego is wanted. What their authors have to mend is printed, and then thrown as one line. */
export async function compiled(folder: string, beside: 'ours' | 'nothing', progress: Progress): Promise<Own> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new BadInput({ file: folder }, 'there is no such directory; `keyreach new` begins a rule')
  const { compileOwn } = await generator(() => import('../generator/own'))
  const own = compileOwn(folder, packageRoot(), beside, progress)
  for (const problem of own.problems) printError(`${problem}\n`)
  if (own.problems.length > 0) throw new BadInput({ file: folder }, `${own.problems.length} to mend, as said above`)
  if (own.rules.length === 0) throw new BadInput({ file: folder }, 'it has no rule; `keyreach new` begins one')
  return own
}

/** The rules of a folder as they run in this process. */
export async function modulesOf({ rules }: Own, folder: string): Promise<OwnModules> {
  const { bundleOwn } = await generator(() => import('../generator/own'))
  const text = await bundleOwn(rules, resolve(folder), packageRoot())
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)
}

/** Our rules, and a team's own where there are some. */
export function knownBeside(own: OwnRules | null): readonly RegisteredRule[] {
  return own ? [...rules, ...own.rules] : rules
}

/** The rules in a folder as an engine runs them, null where none is named; their Rego is there as long as this process. */
export async function ownRules(folder: string | undefined, engine: EngineName = 'native'): Promise<TeamRules | null> {
  if (folder === undefined) return null
  const own = await withProgress(progress => compiled(folder, engine === 'native' ? 'nothing' : 'ours', progress))
  const modules = await modulesOf(own, folder)
  const registered = own.rules.flatMap(({ id, summary, file }): readonly RegisteredRule[] => {
    const rule = modules.modules[id]?.default
    return rule ? [{ id, summary, file, rule }] : []
  })
  return {
    rules: registered,
    language: modules,
    dist: engine === 'native' ? '' : await written(own, engine),
    pages: async () => (await import('./own-pages')).ownPages(own, modules),
  }
}

async function written(own: Own, engine: EngineName): Promise<string> {
  const dist = mkdtempSync(join(tmpdir(), 'keyreach-'))
  process.once('exit', () => rmSync(dist, { recursive: true, force: true }))
  await write(own, dist, engine === 'opa' ? null : (await import('../engine/opa')).program())
  return dist
}

/** Writes the Rego of ours and theirs and, where there is a program `opa`, the Wasm of it. */
export async function write({ files }: Own, out: string, opa: string | null): Promise<void> {
  const { writeBundle, writeRego } = await import('../generator/bundle')
  const capabilities = readFileSync(join(packageRoot(), 'dist', 'capabilities.json'), 'utf8')
  if (opa === null) writeRego(files, capabilities, out, packageRoot())
  else writeBundle(files, capabilities, out, { root: packageRoot(), opa })
}
