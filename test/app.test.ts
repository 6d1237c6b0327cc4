import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { configurationIn } from '../engine/load/stacks'
import { judgeAll } from './engines'

/*
 * The application that `cdktf.json` names, synthesized as `cdktf synth` does it: by its command, with the folder for its output in the
 * environment.
 */
const folder = mkdtempSync(join(tmpdir(), 'keyreach-app-'))
const out = join(folder, 'cdktf.out')

beforeAll(() => {
  mkdirSync(out)
  const { app } = JSON.parse(readFileSync('cdktf.json', 'utf8'))
  execFileSync(app, { shell: true, env: { ...process.env, CDKTF_OUTDIR: out } })
})

afterAll(() => rmSync(folder, { recursive: true }))

test('nothing fails in it, on any engine, and of no more than two images it is not known which key they are under', async () => {
  const settings = readFileSync('examples/app/keyreach.yaml', 'utf8').replace('../../cdktf.out', 'cdktf.out')
  writeFileSync(join(folder, 'keyreach.yaml'), settings)
  const config = await readConfig(join(folder, 'keyreach.yaml'))
  const { world } = await load(await configurationIn(out), config)
  expect(world.plans).toHaveLength(5)
  expect(world.templates).toHaveLength(1)

  const { native, wasm, opa } = await judgeAll([world])
  const [report] = native
  expect(report?.errors).toEqual([])
  expect(report?.counts.pass).toBeGreaterThan(100)
  const left = report?.findings.filter(({ verdict }) => verdict !== 'pass') ?? []
  expect(left.map(({ verdict, known }) => ({ verdict, known }))).toEqual(
    Array(2).fill({ verdict: 'unknown', known: ['the keys of the snapshots of data.aws_ami.image'] }),
  )
  expect(wasm).toEqual(native)
  expect(opa).toEqual(native)
})

test('its stacks can be applied one after the other', () => {
  const { stacks } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
  const needs = new Map<string, readonly string[]>(
    Object.entries<{ dependencies: readonly string[] }>(stacks).map(([name, { dependencies }]) => [name, dependencies]),
  )
  const applied = new Set<string>()
  for (const _ of needs) for (const [name, all] of needs) if (all.every(other => applied.has(other))) applied.add(name)
  expect([...applied].sort()).toEqual(['images', 'search', 'search-base', 'shop', 'shop-base'])
  expect(needs.get('shop')).toContain('images')
})

test('Terraform reads each of its stacks, and finds in it one provider of that account', () => {
  for (const { stack, terraform, ...rest } of stacks()) {
    const cwd = join(folder, stack)
    mkdirSync(cwd)
    // Terraform would not say anything before it has made the backend.
    const { backend: _, ...settings } = terraform
    writeFileSync(join(cwd, 'cdk.tf.json'), JSON.stringify({ ...rest, terraform: settings }))
    const env = { ...process.env, CHECKPOINT_DISABLE: '1' }
    const { status, stdout } = spawnSync('terraform', ['providers', '-no-color'], { cwd, encoding: 'utf8', env })
    expect({ stack, status }).toEqual({ stack, status: 0 })
    expect(stdout).toContain('provider[registry.terraform.io/hashicorp/aws] 6.25.0')
    expect(rest.provider.aws).toEqual([expect.objectContaining({ allowed_account_ids: [expect.any(String)] })])
  }
})

/** The files of its stacks, by name. */
function stacks() {
  return readdirSync(join(out, 'stacks')).map(stack => ({
    stack,
    ...JSON.parse(readFileSync(join(out, 'stacks', stack, 'cdk.tf.json'), 'utf8')),
  }))
}
