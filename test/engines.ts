import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report, World } from '../engine'
import { type engineNames, engineOf } from '../engine/engine'
import { reportOf } from '../engine/report'
import { tool } from '../scripts/tools'

/** What each engine says of each world, in the order of the worlds. */
export type Judgement = { readonly [engine in (typeof engineNames)[number]]: readonly Report[] }

/** Lets every engine judge many worlds. OPA does it in one process, which is what makes thousands of them bearable. */
export async function judgeAll(worlds: readonly World[]): Promise<Judgement> {
  return { native: await oneByOne('native', worlds), wasm: await oneByOne('wasm', worlds), opa: opaAll(worlds) }
}

/** What one engine says of each world. */
export async function oneByOne(name: 'native' | 'wasm', worlds: readonly World[]): Promise<readonly Report[]> {
  const engine = await engineOf(name)
  const reports: Report[] = []
  for (const world of worlds) reports.push(reportOf(await engine.evaluate(world)))
  return reports
}

/** The findings of each world: the package that OPA and Wasm are asked, with each world in turn as the input. */
const query = '[findings | some world in input; findings := data.policies.report.findings with input as world]'

function opaAll(worlds: readonly World[]): readonly Report[] {
  const args = ['eval', '--format', 'raw', '--data', 'dist/rego', '--stdin-input', '--strict-builtin-errors', query]
  const output = execFileSync(tool('opa'), args, {
    input: JSON.stringify(worlds),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  return JSON.parse(output).map((findings: Report['findings']) => reportOf({ findings, errors: [] }))
}

/** What stock conftest denies or warns of, with the generated bundle and no flag but where that is, for each of many inputs. */
export function conftestAll(inputs: readonly unknown[]): readonly Report['findings'][] {
  return withFolder(folder => {
    const files = inputs.map((input, i) => written(join(folder, `${i}.json`), JSON.stringify(input)))
    const results = conftest(files)
    return files.map(file => findingsIn(results.filter(({ filename }) => filename === file)))
  })
}

/** What stock conftest says of plans together, with a keyreach.yaml as data, as the documentation shows it. */
export function conftestCombined(plans: readonly string[], settings: string): Report['findings'] {
  return withFolder(folder => {
    mkdirSync(join(folder, 'keyreach'))
    copyFileSync(settings, join(folder, 'keyreach', 'keyreach.yaml'))
    return findingsIn(conftest(['--combine', '--data', folder, ...plans]))
  })
}

function conftest(args: readonly string[]): readonly Result[] {
  const all = ['test', '--policy', 'dist/rego', '--output', 'json', '--no-fail', ...args]
  return JSON.parse(execFileSync(tool('conftest'), all, { encoding: 'utf8', maxBuffer: 2 ** 30 }))
}

function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function written(file: string, text: string): string {
  writeFileSync(file, text)
  return file
}

/** What conftest prints of a file: each member of `deny` or `warn` with its text, and all else as metadata. */
interface Result {
  readonly filename: string
  readonly failures?: readonly Member[]
  readonly warnings?: readonly Member[]
}

interface Member {
  readonly msg: string
  readonly metadata: Report['findings'][number]
}

function findingsIn(results: readonly Result[]): Report['findings'] {
  const members = results.flatMap(({ failures = [], warnings = [] }) => [...failures, ...warnings])
  for (const { msg, metadata } of members)
    if (msg !== `${metadata.at}: ${metadata.message} [${metadata.rule}]`) throw new Error(`conftest says: ${msg}`)
  return reportOf({ findings: members.map(({ metadata }) => metadata), errors: [] }).findings
}
