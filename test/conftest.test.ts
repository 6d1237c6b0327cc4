import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { archive, extracted } from '../generator/archive'
import { requiredOpa } from '../generator/bundle'
import { tool } from '../scripts/tools'
import { oneByOne } from './engines'
import { serving } from './servers'

/*
 * docs/conftest.md, as it is written: the commands run in a folder where conftest has pulled the bundle, and where there are the plans of
 * two accounts.
 */
const scenario = 'test/fixtures/autoscaling-shared-image-creator-aws-resource-condition'
const bundle = readFileSync('dist/keyreach.tar.gz')
const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
const [owner, consumer] = ['owner/plan.json', 'consumer/plan.json']
let rules: readonly string[]

beforeAll(async () => {
  cpSync(scenario, folder, { recursive: true })
  cpSync(join(scenario, owner), join(folder, 'plan.json'))
  mkdirSync(join(folder, 'settings', 'keyreach'), { recursive: true })
  cpSync(join(scenario, 'keyreach.yaml'), join(folder, 'settings', 'keyreach', 'keyreach.yaml'))
  const { stderr, status } = await sh(`conftest pull file://${resolve('dist/keyreach.tar.gz')}`)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  const { world } = await load([], await readConfig(join(scenario, 'keyreach.yaml')))
  const [report] = await oneByOne('native', [world])
  rules = (report?.findings ?? []).filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule)
})

afterAll(() => rmSync(folder, { recursive: true }))

test('the bundle says what it is, and is the same bytes again', async () => {
  const files = extracted(bundle)
  expect(archive(files)).toEqual(bundle)
  const manifest = JSON.parse(textOf(files, '.manifest'))
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(manifest).toMatchObject({
    roots: ['main', 'policies'],
    rego_version: 1,
    metadata: { name: 'keyreach', version, required_opa: `>=${requiredOpa}` },
  })
  expect(manifest.revision).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}\\+[0-9a-f]{12}$`))
  expect(JSON.parse(textOf(files, 'capabilities.json'))).toHaveProperty('builtins')
  const { status, stdout } = await sh(`opa check --strict --capabilities v${requiredOpa} --bundle policy`)
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
})

test('conftest pulls it from a web server, and refuses it where it is another', async () => {
  const { url, close } = await serving(path => (path === '/keyreach.tar.gz' ? bundle : null))
  const sum = createHash('sha256').update(bundle).digest('hex')
  const pull = (checksum: string) =>
    sh(`conftest pull --policy pulled '${url}/keyreach.tar.gz?checksum=sha256:${checksum}'`)
  expect(await pull('0'.repeat(64))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Checksums did not match'),
  })
  expect(await pull(sum)).toMatchObject({ status: 0 })
  close()
  expect(readFileSync(join(folder, 'pulled', 'main.rego'))).toEqual(readFileSync('dist/rego/main.rego'))
})

test('two accounts are one world, with keyreach.yaml as data', async () => {
  expect(rules.length).toBeGreaterThan(0)
  const both = `conftest test --policy policy --data settings --combine ${owner} ${consumer}`
  const { stdout, status } = await sh(both)
  expect(status).toBe(1)
  for (const rule of rules) expect(stdout).toContain(`[${rule}]`)
})

test('a waiver ends by the day that stands beside keyreach.yaml, and by none without it', async () => {
  const settings = join(folder, 'settings', 'keyreach')
  const [day = ''] = snippets().filter(text => text.includes('today'))
  const both = () => sh(`conftest test --policy policy --data settings --combine ${owner} ${consumer}`)
  const waivers = rules.map(rule => `  - { rule: ${rule}, at: '*', reason: known, until: 2020-12-31 }\n`)
  writeFileSync(join(settings, 'waivers.yaml'), `waivers:\n${waivers.join('')}`)
  expect(await both()).toMatchObject({ status: 0 })
  expect(await sh(day)).toMatchObject({ status: 0 })
  expect(await both()).toMatchObject({ status: 1 })
  for (const name of ['waivers.yaml', 'today.yaml']) rmSync(join(settings, name))
})

test.each([
  ['a document of something else', '{"kind":"Deployment"}', 'the input is no plan'],
  ['a list', '[1]', 'is no plan'],
  ['a world of nothing', '{"plans":[]}', 'there is no plan in it'],
])('%s is denied', async (_, text, said) => {
  writeFileSync(join(folder, 'other.json'), text)
  const { stdout, status } = await sh(
    'conftest test --policy policy --namespace main --namespace policies.input other.json',
  )
  expect(status).toBe(1)
  expect(stdout).toMatch(new RegExp(`- main - .*${said}(.|\n)*- policies\\.input - .*${said}`))
})

test('a plan of nothing is warned of', async () => {
  writeFileSync(join(folder, 'other.json'), '{"format_version":"1.2","resource_changes":[]}')
  const { stdout, status } = await sh('conftest test --policy policy other.json')
  expect({ stdout, status }).toEqual({ stdout: expect.stringContaining('the input has no resources'), status: 0 })
})

test('the commands of the page fail where no rule was asked', async () => {
  const [guard = ''] = snippets().filter(text => text.includes('grep'))
  expect(await sh(guard)).toMatchObject({ status: 0 })
  expect(await sh(guard.replace('--policy policy', '--policy policy --namespace typo'))).toMatchObject({ status: 1 })
  expect(await sh('mkdir -p nothing && conftest test --policy policy nothing')).toMatchObject({ status: 1 })
})

test('SARIF, JUnit and GitHub name rules, severities and addresses', async () => {
  const test = (output: string) =>
    sh(
      `conftest test --policy policy --namespace 'policies.*' --data settings --output ${output} --combine ${owner} ${consumer}`,
    )
  const sarif = JSON.parse((await test('sarif')).stdout)
  const results = sarif.runs[0].results.filter(({ level }: { level: string }) => level !== 'none' && level !== 'note')
  const expected = rules.map(rule => expect.stringMatching(new RegExp(`^policies\\.${regoName(rule)}/(deny|warn)$`)))
  expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(expect.arrayContaining(expected))
  for (const { ruleId, level, message } of results) {
    expect(level).toBe(ruleId.endsWith('/deny') ? 'error' : 'warning')
    expect(message.text).toMatch(/^[\w.["\]|=]+: .+ \[[\w/-]+\]$/)
  }
  const [junit, github] = [(await test('junit')).stdout, (await test('github')).stdout]
  for (const rule of rules) {
    expect(junit).toContain(`conftest.policies.${regoName(rule)}`)
    expect(junit).toContain(`[${rule}]`)
    expect(github).toMatch(new RegExp(`::(error|warning) file=Combined,line=1::.*\\[${rule}\\]`))
  }
})

test('`keyreach bundle` writes the bundles, signed where there is a key', async () => {
  const key = (await sh('openssl genrsa -out key.pem 2048')).status
  expect(key).toBe(0)
  const { stdout, status } = await sh('keyreach bundle --out bundles --sign key.pem')
  expect(status).toBe(0)
  for (const name of ['keyreach.tar.gz', 'keyreach-wasm.tar.gz', 'keyreach-server.tar.gz']) {
    const bytes = readFileSync(join(folder, 'bundles', name))
    expect(stdout).toContain(`bundles/${name}  sha256:${createHash('sha256').update(bytes).digest('hex')}  0.`)
    expect(extracted(bytes).map(({ path }) => path)).toContain('.signatures.json')
  }
  expect(await sh('keyreach bundle --out bundles --sign plan.json')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'keyreach: plan.json: this is no private key in PEM without a passphrase\n',
  })
  expect(existsSync(join(folder, 'bundles', 'keyreach.tar.gz'))).toBe(true)
})

/** Runs a command of the page in the folder. */
function sh(
  command: string,
): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const own = join(folder, 'bin')
  if (!existsSync(own)) {
    mkdirSync(own)
    writeFileSync(
      join(own, 'keyreach'),
      `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/keyreach.js')}' "$@"\n`,
      {
        mode: 0o755,
      },
    )
  }
  const path = [own, dirname(tool('conftest')), dirname(tool('opa')), process.env.PATH].join(delimiter)
  const env = { ...process.env, PATH: path, OPA: tool('opa') }
  return new Promise(resolve => {
    const child = spawn('bash', ['-ec', command], { cwd: folder, env })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.on('data', chunk => out.push(String(chunk)))
    child.stderr.on('data', chunk => err.push(String(chunk)))
    child.on('close', status => resolve({ status, stdout: out.join(''), stderr: err.join('') }))
  })
}

function snippets(): readonly string[] {
  return [...readFileSync('docs/conftest.md', 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text)
}

function textOf(files: ReturnType<typeof extracted>, wanted: string): string {
  return files.find(({ path }) => path === wanted)?.text.toString() ?? ''
}

function regoName(rule: string): string {
  return rule.replaceAll('-', '_').replaceAll('/', '.')
}
