import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

/** The failures and warnings of stock conftest, with the generated bundle and no flag but where that is, for each of many inputs. */
export function conftestAll(inputs: readonly unknown[]): readonly (readonly Told[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  const files = inputs.map((input, i) => {
    const file = join(folder, `${i}.json`)
    writeFileSync(file, JSON.stringify(input))
    return file
  })
  try {
    const args = ['test', '--policy', 'dist/rego', '--output', 'json', '--no-fail', ...files]
    const results: Result[] = JSON.parse(execFileSync(tool('conftest'), args, { encoding: 'utf8', maxBuffer: 2 ** 30 }))
    return files.map(file =>
      results
        .filter(({ filename }) => filename === file)
        .flatMap(({ failures = [], warnings = [] }) => [...failures, ...warnings]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A member of `deny` or `warn` as conftest prints it. */
export interface Told {
  readonly msg: string
  readonly metadata?: { readonly [key: string]: unknown }
}

interface Result {
  readonly filename: string
  readonly failures?: readonly Told[]
  readonly warnings?: readonly Told[]
}
