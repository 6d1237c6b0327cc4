import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { engineOf } from '../engine/engine'
import { tool } from '../scripts/tools'
import { largePlan } from './plans'
import { load } from './server'

/** A figure, what it was measured against, and how many times that it may be. */
interface Figure {
  readonly what: string
  readonly measured: number
  readonly bound: number
  readonly unit: string
  readonly of: string
}

/** Measures the figures of docs/architecture.md in one run, mostly as ratios; gives 1 where one is out of bounds. */
export default async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-bench-'))
  try {
    const small = join(folder, 'plan-2034.json')
    const large = join(folder, 'plan-20k.json')
    writeFileSync(small, largePlan())
    writeFileSync(large, largePlan(10))
    const figures = [
      ...native(small, large),
      ...rego(small, folder),
      ...(await wasm(small)),
      ...checkov(small),
      ...(await server(folder)),
      ...(await constructs(folder)),
      generation(),
    ]
    for (const figure of figures) print(figure)
    return figures.every(({ measured, bound }) => measured <= bound) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function native(small: string, large: string): readonly Figure[] {
  const read = ['-e', 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))']
  const [check, parse] = together([() => node(cli, 'check', small), () => node(...read, small)])
  const [ten] = together([() => node(cli, 'check', large)], 3)
  const megabytes = peak(small)
  return [
    ratio('keyreach check, 2,034 resources', check, parse, 2, 'node that reads and parses the file'),
    ratio('keyreach check, ten times as many', ten, check, 11, 'keyreach check'),
    { what: 'peak memory, 2,034 resources', measured: megabytes, bound: 150, unit: 'MB', of: '' },
  ]
}

function rego(plan: string, folder: string): readonly Figure[] {
  const counting = join(folder, 'counting.rego')
  writeFileSync(counting, 'package main\n\ndeny contains "none" if count(input.resource_changes) == 0\n')
  const evaluate = (data: string, query: string) => () =>
    run(tool('opa'), 'eval', '-d', data, '-i', plan, '-f', 'raw', query)
  const test = (policy: string) => () => run(tool('conftest'), 'test', '--no-fail', '-o', 'json', '-p', policy, plan)
  const [findings, one] = together([
    evaluate('dist/rego', 'data.policies.report.findings'),
    evaluate(counting, 'data.main.deny'),
  ])
  const [tested, counted] = together([test('dist/rego'), test(counting)])
  return [
    ratio('opa eval, 2,034 resources', findings, one, 3, 'opa eval of a rule that counts'),
    ratio('conftest test, 2,034 resources', tested, counted, 3, 'conftest test of a rule that counts'),
  ]
}

async function wasm(plan: string): Promise<readonly Figure[]> {
  const world = { plans: [{ file: plan, account: '444455556666', plan: JSON.parse(readFileSync(plan, 'utf8')) }] }
  const [native, wasm] = [await engineOf('native'), await engineOf('wasm')]
  const times: number[][] = [[], []]
  for (let i = 0; i < 8; i++)
    for (const [j, engine] of [wasm, native].entries()) {
      const start = performance.now()
      await engine.evaluate(world)
      if (i > 0) times[j]?.push(performance.now() - start)
    }
  const [inWasm = 0, inNode = 0] = times.map(median)
  return [ratio('Wasm, warm, with its input', inWasm, inNode, 4, 'native evaluation')]
}

/** An OPA server under load, against the same server with a policy that only counts. */
async function server(folder: string): Promise<readonly Figure[]> {
  const [ours, counting] = await load(folder)
  const said = ({ perSecond, p99 }: typeof ours): string =>
    `${perSecond.toFixed(0)} requests/s, p99 ${p99.toFixed(0)} ms`
  console.log(`OPA server, mixed plans, 4 at a time: ${said(ours)}; of a policy that counts: ${said(counting)}`)
  return [
    ratio(
      'OPA server, a request of mixed plans',
      1000 / ours.perSecond,
      1000 / counting.perSecond,
      60,
      'one that counts',
    ),
    ratio('OPA server, p99', ours.p99, counting.p99, 60, 'one that counts'),
  ]
}

/** What a program pays for the constructs: to import them, and to have the example application made and checked by all rules. */
async function constructs(folder: string): Promise<readonly Figure[]> {
  const requiring = (...modules: readonly string[]) => ['-e', modules.map(name => `require('${name}')`).join(';')]
  const ours = (flavour: string) => resolve('dist', flavour, 'index.js')
  const program = resolve('.tools/run/bench-app.cjs')
  await build({
    entryPoints: ['examples/app/main.ts'],
    outfile: program,
    bundle: true,
    packages: 'external',
    alias: { 'keyreach/cdktf': ours('cdktf') },
    platform: 'node',
    target: 'node20',
  })
  const [cdktf, withCdktf, cdktn, withCdktn, app] = together([
    () => node(...requiring('cdktf')),
    () => node(...requiring('cdktf', ours('cdktf'))),
    () => node(...requiring('cdktn')),
    () => node(...requiring('cdktn', ours('cdktn'))),
    () => synthesized(runIn(folder, process.execPath, program)),
  ])
  return [
    beyond('import of keyreach/cdktf', withCdktf, cdktf, 150, 'cdktf'),
    beyond('import of keyreach/cdktn', withCdktn, cdktn, 150, 'cdktn'),
    beyond('the example application, made and checked', app, withCdktf, 1000, 'the import'),
  ]
}

function synthesized(result: SpawnSyncReturns<string>): SpawnSyncReturns<string> {
  if (result.status !== 0) throw new Error(result.stderr)
  return result
}

function generation(): Figure {
  const [once = 0] = together([() => run('npm', 'run', '-s', 'generate', '--', '--check')], 1)
  return { what: 'generate everything, cold', measured: once / 1000, bound: 15, unit: 's', of: '' }
}

/** Against checkov where that is installed; it is no dependency. */
function checkov(plan: string): readonly Figure[] {
  if (spawnSync('checkov', ['--version']).error) return []
  const scan = () => run('checkov', '-f', plan, '--framework', 'terraform_plan', '--compact', '--quiet')
  const [check, theirs] = together([() => node(cli, 'check', plan), scan], 1)
  return [ratio('keyreach check, 2,034 resources', check, theirs, 1 / 50, 'checkov on the same plan')]
}

const cli = 'dist/keyreach.js'

/** Runs commands in turn, several times, so that what else the machine does falls on all alike; gives the median of each, in ms. */
function together(commands: readonly (() => SpawnSyncReturns<string>)[], times = 7): readonly number[] {
  const took = commands.map((): number[] => [])
  for (let i = 0; i < times; i++)
    for (const [j, command] of commands.entries()) {
      const start = performance.now()
      command()
      took[j]?.push(performance.now() - start)
    }
  return took.map(median)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function node(...args: readonly string[]): SpawnSyncReturns<string> {
  return run(process.execPath, ...args)
}

/** Runs a program whose findings may make it end with 1; throws where it could not do its work. */
function run(command: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  return runIn('.', command, ...args)
}

function runIn(cwd: string, command: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (result.status === 0 || result.status === 1) return result
  throw new Error(`${command} ${args.join(' ')}: ${result.stderr}`)
}

function peak(plan: string): number {
  const hook =
    'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS))'
  const { stderr } = node('--import', hook, cli, 'check', plan)
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024
}

function ratio(what: string, measured = 0, against = 1, bound: number, of: string): Figure {
  console.log(`${what}: ${measured.toFixed(0)} ms; ${of}: ${against.toFixed(0)} ms`)
  return { what, measured: measured / against, bound, unit: '×', of }
}

function beyond(what: string, measured = 0, against = 0, bound: number, of: string): Figure {
  console.log(`${what}: ${measured.toFixed(0)} ms; ${of} alone: ${against.toFixed(0)} ms`)
  return { what, measured: measured - against, bound, unit: 'ms', of: `beyond ${of}` }
}

function print({ what, measured, bound, unit, of }: Figure): void {
  const verdict = measured <= bound ? 'ok  ' : 'OVER'
  console.log(`${verdict} ${what}: ${measured.toFixed(2)} ${unit} ${of} (at most ${bound})`)
}
