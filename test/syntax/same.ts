import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadPolicySync } from '@open-policy-agent/opa-wasm'
import { Project, ts } from 'ts-morph'
import { type Code, printDiagnostic } from '../../generator/diagnostics'
import { compile, type File } from '../../generator/rego'
import { tool } from '../../scripts/tools'

/** What the functions of a case are called with: the arguments of each call. */
type Calls = readonly (readonly unknown[])[]

interface Case {
  readonly name: string
  readonly source: string
  readonly calls: Calls
}

/** What `input()` gives in every case. */
export const input = {
  names: ['b', 'a', 'b', 'é', '😀', 'Z'],
  pairs: [
    { key: 'x', values: [3, 1] },
    { key: 'y', values: [] },
    { key: 'x', values: [2, 3] },
  ],
  nothing: null,
}

/** What `settings()` gives in every case. */
const settings = { levels: { one: 'off' } }

const header = `
import { at, distinct, entry, fact, index, input, isObject, type Json, type JsonObject, keys, leaves, like, lower, mentions, parseJson, reachable, record, settings, snakeCase, sorted, withoutInstances } from '../intrinsics'
type Item = { readonly name: string; readonly tags: readonly string[]; readonly size: number; readonly on: boolean; readonly owner: Item | null }
`

const cases: Case[] = []
/** The codes that a file of tests has asked for. */
export const refused = new Set<Code>()

const refusals: { readonly code: Code; readonly source: string }[] = []

/**
 * The exported function \`f\` of a module gives the same in JavaScript, in OPA and in Wasm, for each list of arguments.
 * The cases of a test file are compiled together, and each engine runs once.
 */
export function same(name: string, source: string, calls: Calls = [[]]): void {
  const position = cases.push({ name, source, calls }) - 1
  test(name, () => {
    const { javascript, native, wasm } = outcomes()
    calls.forEach((args, i) => {
      const expected = javascript[position]?.[i]
      expect({ args, result: native[`${position}.${i}`] }).toEqual({ args, result: expected })
      expect({ args, wasm: wasm[`${position}.${i}`] }).toEqual({ args, wasm: expected })
    })
  })
}

/** A module is refused with this code and no other, at the place after \`/*here*\\/\` where it has one. */
export function refuses(code: Code, source: string): void {
  const position = refusals.push({ code, source }) - 1
  refused.add(code)
  test(`refuses ${source.replace(/\s+/g, ' ').trim()}`, () => {
    const found = complaintsOf().filter(({ file }) => file === pathOf(position))
    expect([...new Set(found.map(each => each.code))]).toEqual([code])
    const [before, after] = `${header}${source}`.split('/*here*/')
    const lines = (before ?? '').split('\n')
    if (after !== undefined && found[0])
      expect([found[0].line, found[0].column]).toEqual([
        lines.length,
        (lines.at(-1) ?? '').length + '/*here*/'.length + 1,
      ])
    expect(found.map(printDiagnostic).join('')).not.toMatch(/\{[a-z]+\}/)
  })
}

interface Outcomes {
  readonly javascript: readonly (readonly unknown[])[]
  readonly native: Readonly<Record<string, unknown>>
  readonly wasm: Readonly<Record<string, unknown>>
}

let ran: Outcomes | null = null
let broken: string | null = null

/** What the engines say, worked out once for all cases; so is why they say nothing. */
function outcomes(): Outcomes {
  if (broken !== null) throw new Error(`see the first failure: ${broken.slice(0, 100)}`)
  try {
    ran ??= run()
    return ran
  } catch (error) {
    broken = String(error)
    throw error
  }
}

function run(): Outcomes {
  const project = projectOf(cases.map(({ source }) => source))
  const mistakes = project
    .getPreEmitDiagnostics()
    .map(each => `${each.getSourceFile()?.getFilePath()}:${each.getLineNumber()} ${each.getMessageText()}`)
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
  const { files, diagnostics } = compile(project)
  if (diagnostics.length > 0) throw new Error(diagnostics.map(printDiagnostic).join('\n'))
  const given = { ...input, calls: Object.fromEntries(eachCall((key, args) => [key, args])) }
  return { javascript: inJavaScript(project, given), ...inRego([...files, caller()], given) }
}

let complaints: ReturnType<typeof compile>['diagnostics'] | null = null

function complaintsOf(): ReturnType<typeof compile>['diagnostics'] {
  complaints ??= compile(projectOf(refusals.map(({ source }) => source))).diagnostics
  return complaints
}

function pathOf(position: number): string {
  return `policies/${folderOf(refusals[position]?.source ?? '')}/case-${position}.ts`
}

/** Rules stand beside `lang`, where less is believed. */
function folderOf(source: string): string {
  return source.includes('export default') ? 'kms' : 'lang'
}

function projectOf(sources: readonly string[]): Project {
  const compilerOptions = {
    ...ts.parseJsonConfigFileContent(JSON.parse(readFileSync('tsconfig.json', 'utf8')), ts.sys, '.').options,
    types: [],
    noUnusedLocals: false,
    noUnusedParameters: false,
  }
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions })
  for (const file of ['intrinsics.ts', 'lang/maybe.ts'])
    project.createSourceFile(`/policies/${file}`, readFileSync(`policies/${file}`, 'utf8'))
  project.createSourceFile('/policies/lang/rule.ts', 'export function rule<T>(definition: T): T { return definition }')
  sources.forEach((source, i) => {
    project.createSourceFile(`/policies/${folderOf(source)}/case-${i}.ts`, `${header}${source}`)
  })
  return project
}

function eachCall<T>(make: (key: string, args: readonly unknown[], position: number) => T): readonly T[] {
  return cases.flatMap(({ calls }, position) => calls.map((args, i) => make(`${position}.${i}`, args, position)))
}

/** A module that makes every call; arguments come from the input, so that OPA knows nothing of their types. */
function caller(): File {
  const rules = eachCall((key, args, position) => {
    const given = args.map((_, i) => `input.calls["${key}"][${i}]`).join(', ')
    return `results["${key}"] := data.policies.lang.case_${position}.f${args.length > 0 ? `(${given})` : ''}`
  })
  return { path: 'calls.rego', text: `package calls\n\n${rules.join('\n\n')}\n` }
}

function inJavaScript(project: Project, given: unknown): readonly (readonly unknown[])[] {
  const loaded = new Map<string, Record<string, unknown>>()
  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path)
    if (known) return known
    const text = project.getSourceFileOrThrow(`${path}.ts`).getFullText()
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    })
    const exports: Record<string, unknown> = {}
    loaded.set(path, exports)
    new Function('require', 'exports', outputText)((name: string) => load(join(dirname(path), name)), exports)
    return exports
  }
  const evaluateWith = load('/policies/intrinsics').evaluateWith as (world: unknown, evaluate: () => unknown) => unknown
  return cases.map(({ calls }, i) => {
    const f = load(`/policies/lang/case-${i}`).f as (...args: readonly unknown[]) => unknown
    return calls.map(args => evaluateWith({ input: given, settings }, () => JSON.parse(JSON.stringify(f(...args)))))
  })
}

const opa = (args: readonly string[], stdin = ''): string => {
  const { status, stdout, stderr } = spawnSync(tool('opa'), args, {
    encoding: 'utf8',
    input: stdin,
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`opa ${args[0]}: ${stdout}${stderr}`)
  return stdout
}

function inRego(files: readonly File[], given: unknown): Pick<Outcomes, 'native' | 'wasm'> {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, 'rego', path)), { recursive: true })
      writeFileSync(join(folder, 'rego', path), text)
    }
    writeFileSync(join(folder, 'data.json'), JSON.stringify({ keyreach: settings }))
    opa(['fmt', '--fail', '--diff', join(folder, 'rego/policies')])
    opa(['check', '--strict', join(folder, 'rego')])
    const told = JSON.parse(
      opa(
        [
          'eval',
          '--format',
          'json',
          '-d',
          join(folder, 'rego'),
          '-d',
          join(folder, 'data.json'),
          '--stdin-input',
          'data.calls.results',
        ],
        JSON.stringify(given),
      ),
    )
    opa(['build', '-t', 'wasm', '-e', 'calls/results', '-o', join(folder, 'b.tar.gz'), join(folder, 'rego')])
    execFileSync('tar', ['xzf', join(folder, 'b.tar.gz'), '-C', folder, '/policy.wasm'], { stdio: 'ignore' })
    const policy = loadPolicySync(readFileSync(join(folder, 'policy.wasm')), { initial: 512, maximum: 65536 })
    policy.setData({ keyreach: settings })
    const [answer] = policy.evaluate(given as object) as readonly {
      readonly result: Readonly<Record<string, unknown>>
    }[]
    return { native: told.result[0].expressions[0].value, wasm: answer?.result ?? {} }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
