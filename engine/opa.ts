import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../policies/lang/finding'
import { BadInput } from './bad-input'
import type { Engine, Outcome } from './engine'
import { packageRoot } from './package'
import { problemOf } from './problem'
import { projected } from './project'
import type { World } from './world'

/** How long one run may take, in milliseconds. */
const limit = 120_000

/** Runs the rules as the Rego in `dist`, with the `opa` program: that of the variable OPA, of `.tools/bin`, or of the PATH. */
export const opaIn = (dist: string): Engine => ({
  name: 'opa',
  async evaluate(world: World): Promise<Outcome> {
    const rego = join(dist, 'rego')
    if (!existsSync(rego)) throw new BadInput({ file: rego }, 'it is missing; run `npm run build`')
    const args = ['eval', '--format', 'json', '-d', rego, '--stdin-input', 'data.policies.report.findings']
    try {
      return { findings: findingsIn(await printed(args, JSON.stringify(projected(world)))), errors: [] }
    } catch (error) {
      if (error instanceof BadInput) throw error
      return { findings: [], errors: [{ rule: null, message: `the OPA engine broke: ${problemOf(error)}` }] }
    }
  },
})

/** The program `opa`; null where it cannot be run. */
export function found(): string | null {
  return spawnSync(program(), ['version'], { stdio: 'ignore' }).status === 0 ? program() : null
}

/** The program `opa`, wherever it should be. */
export function program(): string {
  const own = join(packageRoot(), '.tools', 'bin', 'opa')
  return process.env.OPA ?? (existsSync(own) ? own : 'opa')
}

/** What `opa eval` printed: a result, or the errors that it met. */
interface Printed {
  readonly result?: readonly { readonly expressions: readonly { readonly value: readonly Finding[] }[] }[]
  readonly errors?: readonly { readonly message: string }[]
}

function findingsIn(text: string): readonly Finding[] {
  const { result, errors } = JSON.parse(text) as Printed
  const value = result?.[0]?.expressions[0]?.value
  if (!value) throw new Error(errors?.[0]?.message ?? 'it has no result')
  return value
}

/** What `opa eval` prints, in JSON; where it does not, it says on standard error why. */
async function printed(args: readonly string[], input: string): Promise<string> {
  const { out, err } = await run(args, input)
  if (out.startsWith('{')) return out
  throw new Error(err.trim() || 'it printed nothing')
}

/** Runs the `opa` program for what only it can do. Throws `BadInput` where it fails. */
export async function runOpa(args: readonly string[]): Promise<void> {
  const { code, out, err } = await run(args, '')
  if (code !== 0) throw new BadInput(null, `opa ${args[0]} failed: ${`${err}${out}`.trim()}`)
}

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function run(args: readonly string[], input: string): Promise<Ran> {
  const command = program()
  return new Promise((resolve, reject) => {
    const child = spawn(command, args)
    const timer = setTimeout(() => child.kill('SIGKILL'), limit)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', chunk => out.push(chunk))
    child.stderr.on('data', chunk => err.push(chunk))
    // A program that stops before it has read everything says why by itself.
    child.stdin.on('error', () => {})
    child.on('error', () => {
      clearTimeout(timer)
      reject(new BadInput(null, `this needs the program opa, and \`${command}\` cannot be run`))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL') reject(new Error(`it took more than ${limit / 1000} s`))
      else resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() })
    })
    child.stdin.end(input)
  })
}
