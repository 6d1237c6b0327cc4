import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCertificate, type OpaServer, startOpa, until } from '../test/servers'

/** What a server did under load. */
export interface Load {
  readonly perSecond: number
  /** How long the slowest of a hundred requests took, in milliseconds. */
  readonly p99: number
}

/** So many requests in all, and so many at a time. */
const [requests, atOnce] = [200, 4]

const fixtures = 'test/fixtures'

/** Asks a server for decisions on mixed plans, with our rules and with a policy that only counts. */
export async function load(folder: string): Promise<readonly [Load, Load]> {
  const counting = join(folder, 'decision')
  mkdirSync(counting)
  const policy = 'package policies.decision\n\nallow if count(input.resource_changes) > 0\n'
  writeFileSync(join(counting, 'counting.rego'), policy)
  makeCertificate(folder)
  const bodies = plans().map(plan => `{"input":${plan}}`)
  return [await under(folder, join(process.cwd(), 'dist', 'rego'), bodies), await under(folder, counting, bodies)]
}

async function under(folder: string, policies: string, bodies: readonly string[]): Promise<Load> {
  const opa = await startOpa(folder, ['--log-level', 'error', policies], readFileSync(join(folder, 'tls.crt')))
  try {
    await until(
      () => opa.ask('/health'),
      ({ status }) => status === 200,
    )
    for (const body of bodies) await decide(opa, body)
    const took: number[] = []
    const start = performance.now()
    let next = 0
    const client = async (): Promise<void> => {
      while (next < requests) took.push(await decide(opa, bodies[next++ % bodies.length] ?? ''))
    }
    await Promise.all(Array.from({ length: atOnce }, client))
    const seconds = (performance.now() - start) / 1000
    const sorted = took.sort((a, b) => a - b)
    return { perSecond: took.length / seconds, p99: sorted[Math.floor(took.length * 0.99)] ?? 0 }
  } finally {
    await opa.stop()
  }
}

async function decide(opa: OpaServer, body: string): Promise<number> {
  const { status, text, took } = await opa.ask('/v1/data/policies/decision', body)
  if (status !== 200) throw new Error(`the server answers ${status} ${text}`)
  return took
}

/** The plans of the fixtures, one a scenario. */
function plans(): readonly string[] {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('/plan.json'))
  const one = new Map(files.map(file => [file.split('/')[0], file]))
  return [...one.values()].map(file => readFileSync(join(fixtures, file), 'utf8'))
}
