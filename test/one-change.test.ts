import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { engineNames } from '../engine/engine'
import { exampleWorld } from '../engine/example'
import { examples as examplesOf } from '../policies/packer/role-uses-keys'

/* This repository, with one action more in what one rule requires, and what is generated made anew: nothing else is edited. */

const rule = 'policies/packer/role-uses-keys.ts'
const action = 'kms:Encrypt'
const copy = mkdtempSync(join(tmpdir(), 'keyreach-'))
const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean)
const world = Object.values(examplesOf().fail)[0]

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' })
}

beforeAll(() => {
  for (const file of tracked) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(file, join(copy, file), { verbatimSymlinks: true })
  }
  mkdirSync(join(copy, '.tools'))
  for (const lent of ['node_modules', '.tools/bin']) symlinkSync(resolve(lent), join(copy, lent))

  const before = readFileSync(rule, 'utf8')
  // What it requires, and what its examples allow.
  const after = before
    .replace('actions: EBS_MIN,', `actions: [...EBS_MIN, '${action}'],`)
    .replace('= [...EBS_MIN]', `= [...EBS_MIN, '${action}']`)
  writeFileSync(join(copy, rule), after)
  for (const script of [['scripts/build.mjs'], ['scripts/run.mjs', 'generator/index.ts']])
    expect(run(...script)).toMatchObject({ status: 0, stderr: '' })
  writeFileSync(join(copy, 'world.json'), JSON.stringify(world && exampleWorld(world)))
})

afterAll(() => rmSync(copy, { recursive: true }))

test('its page, the guides and the modules that build by it are others; all else is as it was', () => {
  const changed = tracked.filter(file => !readFileSync(file).equals(readFileSync(join(copy, file))))
  expect(changed).toEqual([
    'docs/guides/key-usage.md',
    'docs/guides/packer-cross-region.md',
    'docs/rules/packer/role-uses-keys.md',
    rule,
    'terraform/multi-region-key/main.tf.json',
    'terraform/packer-build/main.tf.json',
  ])
})

test('each engine asks for it', () => {
  const outputs = engineNames.map(engine => run('dist/keyreach.js', 'check', '--engine', engine, 'world.json').stdout)
  expect(outputs[0]).toContain(action)
  expect(outputs).toEqual(outputs.map(() => outputs[0]))
})

test('the fix allows it', () => {
  const { stdout } = run('dist/keyreach.js', 'fix', 'world.json')
  expect(stdout).toContain(action)
})

test('the construct allows it', async () => {
  const outfile = join(copy, 'packer.cjs')
  const program = 'examples/constructs/packer-build.ts'
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    tsconfigRaw: {},
  })
  expect(run('packer.cjs')).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(join(copy, 'cdktf.out/stacks/images/cdk.tf.json'), 'utf8')).toContain(action)
})
