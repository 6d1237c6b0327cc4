import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { engineNames } from '../engine/engine'
import { tool } from '../scripts/tools'

/* An empty folder with the packed package in it, as `npm install` leaves one; what it depends on is lent by this repository. */

const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
const installed = join(folder, 'node_modules/keyreach')

beforeAll(() => {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const archive = execFileSync('npm', args, { encoding: 'utf8' }).trim()
  execFileSync('tar', ['xzf', archive], { cwd: folder })
  mkdirSync(join(folder, 'node_modules'))
  renameSync(join(folder, 'package'), installed)
  symlinkSync(resolve('node_modules'), join(installed, 'node_modules'))
  cpSync('test/fixtures/autoscaling-shared-image-no-grant', folder, { recursive: true })
})

afterAll(() => rmSync(folder, { recursive: true }))

function keyreach(...args: readonly string[]) {
  const env = { PATH: process.env.PATH, OPA: tool('opa') }
  return spawnSync(process.execPath, [join(installed, 'dist/keyreach.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env,
  })
}

/** The rule of the guide for authors, as a team outside of this repository writes it. */
const guide = readFileSync('docs/authoring.md', 'utf8')
const [, path = '', text = ''] = /^`(policies\/[^`]+)`:\n\n```ts\n(.*?)^```$/ms.exec(guide) ?? []
const id = path.slice('policies/'.length, -'.ts'.length)
const own = text.replaceAll("from '../", "from 'keyreach/policies/")
const plan = readFileSync('test/fixtures/autoscaling-shared-image-no-grant/owner/plan.json', 'utf8')
const write = (contents: string) => writeFileSync(join(folder, path), contents)

test('a rule begins', () => {
  expect(keyreach('new', id)).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(join(folder, path), 'utf8')).toContain("from 'keyreach/policies/lang/rule'")
})

test('an editor knows its words, by the package alone', () => {
  write(own)
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'preserve', '--typeRoots', 'none']
  const tsc = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...options, path], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(tsc.stdout).toBe('')
})

test('its Rego, Wasm, constructs and page are written beside ours', () => {
  expect(keyreach('generate', '--policies', 'policies', '--out', 'build')).toMatchObject({
    status: 0,
    stderr: '',
    stdout: 'wrote Rego, Wasm, constructs and pages below build: one rule beside ours\n',
  })
  expect(readFileSync(join(folder, 'build/docs/rules', `${id}.md`), 'utf8')).toContain('## Fails when')
  const short = plan.replaceAll(/"deletion_window_in_days":\w+/g, '"deletion_window_in_days":7')
  writeFileSync(join(folder, 'short.json'), short)
  const said = spawnSync(tool('conftest'), ['test', '--policy', 'build/rego', '--output', 'json', 'short.json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(said.stdout).toContain(id)
  expect(said.stdout).toContain('kms/deletion-leaves-time')
  const rego = readFileSync(join(folder, 'build/rego/policies/kms/deleted_key_can_be_rescued.rego'), 'utf8')
  expect(rego).toContain('package policies.kms.deleted_key_can_be_rescued')
})

describe.each(['cdktf', 'cdktn'])('in a program of %s', flavour => {
  /** A program of CDK for Terraform, as `cdktf init` has TypeScript set up, with a key that is told how long its deletion takes. */
  function run(days: number, built: string) {
    for (const name of [flavour, `@${flavour}`, 'constructs', '@types'])
      if (!existsSync(join(folder, 'node_modules', name)))
        symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name))
    const program = `
      import { KmsKey } from '@${flavour}/provider-aws/lib/kms-key'
      import { AwsProvider } from '@${flavour}/provider-aws/lib/provider'
      import { App, Aspects, TerraformStack } from '${flavour}'
      import { RuleChecks } from 'keyreach/${flavour}'
      import { KmsDeletedKeyCanBeRescued, own } from './build/${flavour}'
      const app = new App({ outdir: '${flavour}.out' })
      const stack = new TerraformStack(app, 'images')
      new AwsProvider(stack, 'aws', { region: 'eu-central-1', allowedAccountIds: ['444455556666'] })
      const key = new KmsKey(stack, 'key', { deletionWindowInDays: ${days}, enableKeyRotation: true })
      const place = { at: 'key', account: '444455556666', region: 'eu-central-1' }
      ${built}
      app.synth()`
    writeFileSync(join(folder, `${flavour}.ts`), program)
    const options = ['--strict', '--target', 'es2018', '--module', 'commonjs', '--moduleResolution', 'node10']
    const args = [resolve('node_modules/typescript/bin/tsc'), ...options, '--skipLibCheck', `${flavour}.ts`]
    const types = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout
    if (types !== '') return { types }
    const { status, stderr } = spawnSync(process.execPath, [`${flavour}.js`], { cwd: folder, encoding: 'utf8' })
    return { types, status, stderr }
  }

  test('its construct builds what it requires', () => {
    const built = `new KmsDeletedKeyCanBeRescued(stack, 'rescue', {
      situation: { ...place, address: 'aws_kms_key.key', days: null },
      resources: [key],
    })`
    expect(run(7, built)).toEqual({ types: '', status: 0, stderr: '' })
    const { resource } = JSON.parse(readFileSync(join(folder, `${flavour}.out/stacks/images/cdk.tf.json`), 'utf8'))
    expect(resource.aws_kms_key.key).toMatchObject({ deletion_window_in_days: 30 })
  })

  test('its construct knows the type of what it speaks of', () => {
    const built =
      "new KmsDeletedKeyCanBeRescued(stack, 'rescue', { situation: { ...place, address: key, days: null } })"
    expect(run(7, built).types).toContain("Type 'KmsKey' is not assignable to type 'string'")
  })

  test('a stack of any kind is checked by it', () => {
    const { status, stderr = '' } = run(7, "Aspects.of(stack).add(new RuleChecks({ own, failOn: 'warning' }))")
    expect(stderr).toContain(`images/key (aws_kms_key.key.deletion_window_in_days): the deletion window of`)
    expect(stderr).toContain(`(${id})`)
    expect(status).toBe(1)
  })
})

test('plans are judged by it and by ours, and all engines print the same bytes', () => {
  const outputs = engineNames.map(engine =>
    keyreach(
      'check',
      '--policies',
      'policies',
      '--engine',
      engine,
      '-f',
      'json',
      '-f',
      'sarif=own.sarif',
      '--list-passing',
    ),
  )
  const [report, ...others] = outputs.map(({ stdout }) => stdout)
  expect(outputs.map(({ status }) => status)).toEqual([1, 1, 1])
  expect(others).toEqual([report, report])
  const rules = JSON.parse(report ?? '').findings.map(({ rule }: { readonly rule: string }) => rule)
  expect(rules).toEqual(expect.arrayContaining([id, 'auto-scaling/service-linked-role-holds-grant']))
  expect(readFileSync(join(folder, 'own.sarif'), 'utf8')).toContain(`"id": "${id}"`)
})

test.each([
  ['list', ['list'], id],
  ['rule', ['rule', id], 'it is a week'],
  ['explain', ['explain', 'KMSInvalidStateException: arn:aws:kms is pending deletion', '--plan', 'short.json'], id],
  ['fix', ['fix', 'short.json'], '"deletion_window_in_days": 30'],
  ['preview', ['preview', 'written'], id],
  ['world', ['world', 'short.json', '--config', 'waived.yaml'], `"rule":"${id}"`],
])('keyreach %s knows it', (_, args, said) => {
  mkdirSync(join(folder, 'written'), { recursive: true })
  const resource = { aws_kms_key: { image: { deletion_window_in_days: 7 } } }
  writeFileSync(join(folder, 'written/main.tf.json'), JSON.stringify({ resource }))
  writeFileSync(join(folder, 'waived.yaml'), `waivers: [{ rule: ${id}, at: '*', reason: it goes away }]\n`)
  const { stdout, stderr } = keyreach(...args, '--policies', 'policies')
  expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining(said), stderr: '' })
})

test('the page to look at has what it finds', () => {
  expect(keyreach('report', 'short.json', '--out', 'report.html', '--policies', 'policies')).toMatchObject({
    status: 0,
    stderr: '',
  })
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(`"rule":"${id}"`)
})

test.each([
  [
    'a misspelt attribute',
    ["attribute(key, 'deletion_window_in_days')", "attribute(key, 'deletion_window')"],
    /^policies\/kms\/[\w-]+\.ts:\d+:\d+ {2}type\n {2}Argument of type/,
  ],
  [
    'what does not compile',
    ['  if (isUnknown(days)) return null', '  if (isUnknown(days)) return null; else {}'],
    /:\d+:\d+ {2}else-branch\n.*\n {2}help: /,
  ],
  [
    'an example with another verdict',
    ['deletion_window_in_days: 7', 'deletion_window_in_days: 30'],
    / {2}example\n {2}'it is a week' stands under `fail` and is pass\n/,
  ],
] as const)('%s is told, and nothing is written', (_, [before, after], message) => {
  write(own.replace(before, after))
  const { status, stderr } = keyreach('generate', '--out', 'broken')
  expect(stderr).toMatch(message)
  expect(status).not.toBe(0)
  expect(() => readFileSync(join(folder, 'broken/rego/main.rego'))).toThrow()
})

describe('a rule without examples', () => {
  const [withoutExamples = ''] = own.split('export const examples')
  const imports = /^import type { JsonObject }.*\n|type Examples, type ExampleWorld, later, /gm

  beforeAll(() => write(withoutExamples.replaceAll(imports, '')))

  test.each([
    ['rule', ['rule', id], 'an old image is launched'],
    ['explain', ['explain', 'KMSInvalidStateException: arn:aws:kms is pending deletion'], id],
    ['check', ['check', 'short.json', '-f', 'sarif'], `"id": "${id}"`],
  ])('is known to keyreach %s', (_, args, said) => {
    const { stdout, stderr } = keyreach(...args, '--policies', 'policies')
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining(said), stderr: '' })
  })

  test('is not generated', () => {
    const { status, stderr } = keyreach('generate', '--out', 'broken')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining(`${path}  examples\n  it exports no examples\n`),
    })
    expect(() => readFileSync(join(folder, 'broken/rego/main.rego'))).toThrow()
  })
})

test.each([
  [
    'a folder that is not there',
    'nowhere',
    'keyreach: nowhere: there is no such directory; `keyreach new` begins a rule\n',
  ],
  ['a folder without rules', 'owner', 'keyreach: owner: it has no rule; `keyreach new` begins one\n'],
])('%s is refused', (_, policies, message) => {
  expect(keyreach('check', '--policies', policies)).toMatchObject({ status: 2, stderr: message })
})
