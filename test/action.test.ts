import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/* A project that has keyreach installed, and what a runner and pre-commit give it. */

let project: string
let runner: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'keyreach-'))
  runner = mkdtempSync(join(tmpdir(), 'keyreach-'))
  cpSync('test/fixtures/autoscaling-same-account-no-creategrant', project, { recursive: true })
})

afterEach(() => {
  for (const folder of [project, runner]) rmSync(folder, { recursive: true })
})

function install(): void {
  mkdirSync(join(project, 'node_modules/.bin'), { recursive: true })
  symlinkSync(resolve('dist/keyreach.js'), join(project, 'node_modules/.bin/keyreach'))
}

describe('the action', () => {
  const action = parse(readFileSync('action.yml', 'utf8'))
  const [step] = action.runs.steps
  const files = { GITHUB_STEP_SUMMARY: 'summary', GITHUB_OUTPUT: 'output' }

  /** Runs its step as a runner does: with inputs where the step names them, and the defaults of the others. */
  function run(inputs: { readonly [name: string]: string } = {}, path = process.env.PATH) {
    const given = Object.entries<string>(step.env).map(([name, value]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? []
      return [name, inputs[input] ?? action.inputs[input].default]
    })
    const own = Object.entries(files).map(([name, file]) => [name, join(runner, file)])
    for (const [, file = ''] of own) writeFileSync(file, '')
    const env = {
      PATH: path,
      RUNNER_TEMP: runner,
      GITHUB_ACTION_PATH: resolve('.'),
      ...Object.fromEntries([...own, ...given]),
    }
    return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: project,
      encoding: 'utf8',
      env,
    })
  }
  const read = (file: string) => readFileSync(join(runner, file), 'utf8')

  test('annotates, sums up, and fails where something does', () => {
    install()
    const { status, stdout, stderr } = run({ sarif: 'out/keyreach.sarif' })
    expect(stderr).toBe('')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error title=auto-scaling\/service-linked-role-uses-key at /)
    expect(read('summary')).toContain('<summary>❌ error <code>auto-scaling/service-linked-role-uses-key</code>')
    expect(read('output')).toBe(
      `json=${runner}/keyreach.json\nmarkdown=${runner}/keyreach.md\nsarif=out/keyreach.sarif\n`,
    )
    expect(JSON.parse(read('keyreach.json')).counts.fail).toBe(1)
    expect(JSON.parse(readFileSync(join(project, 'out/keyreach.sarif'), 'utf8')).version).toBe('2.1.0')
  })

  test('takes plans a line each, and a baseline', () => {
    install()
    const baseline = join(project, 'baseline.json')
    spawnSync(process.execPath, [resolve('dist/keyreach.js'), 'check', '--write-baseline', baseline], { cwd: project })
    const { status, stdout } = run({ plans: '444455556666=owner/plan.json\n\n', baseline })
    expect(stdout).toContain('1 in the baseline')
    expect(status).toBe(0)
  })

  test('no text of an input is code or an option', () => {
    install()
    const { status, stderr } = run({ plans: '$(touch hacked)\n--help\n`touch hacked`' })
    expect(status).toBe(2)
    expect(stderr).toBe('keyreach: $(touch hacked): there is no such file or directory\n')
    expect(() => readFileSync(join(project, 'hacked'))).toThrow()
    expect(read('output')).toBe('')
  })

  test.each([
    ['the release that it came with', {}, JSON.parse(readFileSync('package.json', 'utf8')).version],
    ['the release that is asked for', { version: '9.9.9' }, '9.9.9'],
  ])('without an installation it runs %s', (_, inputs, version) => {
    writeFileSync(join(runner, 'npx'), '#!/bin/sh\necho "npx $1 $2 $3"\n')
    chmodSync(join(runner, 'npx'), 0o755)
    expect(run(inputs, `${runner}:${process.env.PATH}`).stdout).toBe(`npx --yes keyreach@${version} check\n`)
  })
})

describe('the hook of pre-commit', () => {
  const [hook] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'))

  test('judges what keyreach.yaml names', () => {
    install()
    const [program = '', ...args] = hook.entry.split(' ')
    const { status, stdout } = spawnSync(program, args, { cwd: project, encoding: 'utf8' })
    expect(stdout).toContain('Not every key is within reach: 1 error')
    expect(status).toBe(1)
  })

  test.each([
    ['keyreach.yaml', true],
    ['infra/keyreach.yaml', true],
    ['image.pkr.hcl', true],
    ['owner/plan.json', true],
    ['tfplan.json.gz', true],
    ['main.tf', false],
    ['package.json', false],
  ])('%s: %s', (file, wanted) => {
    expect(new RegExp(hook.files).test(file)).toBe(wanted)
  })
})
