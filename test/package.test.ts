import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

/*
 * The package as `npm pack` makes it, installed into an empty project. What it builds with, of which a project has one flavour, is lent by
 * this repository: the resources of a provider alone are 400 MB.
 */

const project = realpathSync(mkdtempSync(join(tmpdir(), 'keyreach-')))
const installed = join(project, 'node_modules/keyreach')
let packed = 0

beforeAll(() => {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', project]
  const archive = join(project, execFileSync('npm', args, { encoding: 'utf8' }).trim())
  packed = statSync(archive).size
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }\n')
  expect(run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', archive)).toMatchObject({ status: 0 })
  const lent = ['cdktf', 'cdktn', 'constructs', '@cdktf/provider-aws', '@cdktn/provider-aws', '@types/node']
  for (const name of lent) lend(name)
  cpSync(join(installed, 'examples/shared-image'), project, { recursive: true })
}, 120_000)

afterAll(() => rmSync(project, { recursive: true }))

function lend(name: string): void {
  const place = join(project, 'node_modules', name)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(resolve('node_modules', name), place)
}

/** Runs a program in the project; what it prints on standard error is what went wrong. */
function run(command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' })
  return { status, lines: stdout.split('\n').filter(line => line !== ''), stderr }
}

const files = () =>
  readdirSync(installed, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter(entry => entry.isFile())
    .map(entry => relative(installed, join(entry.parentPath, entry.name)))

describe('what is in it', () => {
  test('no more than what is used and read', () => {
    const parts = new Set(files().map(file => file.split('/')[0]))
    expect([...parts].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'examples',
      'package.json',
      'policies',
      'schemas',
      'terraform',
      'tsconfig.json',
    ])
    expect(files().filter(file => /\.test\.|\.map$|fixtures/.test(file))).toEqual([])
  })

  test('all that its entry points name, and what other engines take', () => {
    const { bin, main, types, exports, typesVersions } = JSON.parse(
      readFileSync(join(installed, 'package.json'), 'utf8'),
    )
    const named = [bin, main, types, exports, typesVersions].flatMap(textsIn).filter(name => !name.includes('*'))
    const made = [
      'rego/main.rego',
      'keyreach.tar.gz',
      'keyreach-wasm.tar.gz',
      'keyreach-server.tar.gz',
      'keyreach.wasm',
    ]
    const expected = [...named.map(name => name.replace(/^\.\//, '')), ...made.map(name => `dist/${name}`)]
    expect(files()).toEqual(expect.arrayContaining(expected))
  })

  test('every page that another leads to', () => {
    const pages = files().filter(file => file.endsWith('.md'))
    const there = new Set(files().flatMap(file => [file, dirname(file)]))
    const lost = pages.flatMap(page => {
      const links = readFileSync(join(installed, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)
      return [...links]
        .filter(([, target = '']) => !there.has(join(dirname(page), target)))
        .map(([, target = '']) => `${page}: ${target}`)
    })
    expect(pages.length).toBeGreaterThan(50)
    expect(lost).toEqual([])
  })

  test('nothing of the machine that made it', () => {
    const here = [resolve('.'), realpathSync('.')]
    expect(
      files().filter(file => here.some(path => readFileSync(join(installed, file), 'latin1').includes(path))),
    ).toEqual([])
  })

  test('little enough', () => {
    process.stdout.write(`the package: ${(packed / 1e6).toFixed(2)} MB packed, ${files().length} files\n`)
    expect(packed).toBeLessThan(2.5e6)
  })
})

test('its command judges an example', () => {
  const { status, lines, stderr } = run('npx', '--no-install', 'keyreach', 'check')
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  expect(lines.filter(line => line.startsWith('  error'))).toEqual([
    '  error  auto-scaling/grant-creator-may-create-it  policy',
  ])
})

describe.each([
  ['node16', ['--module', 'node16']],
  ['node', ['--module', 'esnext', '--moduleResolution', 'node']],
])('for moduleResolution %s', (name, options) => {
  test('its types are complete, for both flavours', () => {
    mkdirSync(join(project, name))
    const write = (file: string, text: string) => writeFileSync(join(project, name, file), text)
    write('judge.ts', readFileSync('examples/library/judge.ts', 'utf8'))
    const images = readFileSync('test/package/images.ts', 'utf8')
    write('cdktf.cts', images)
    write('cdktn.cts', images.replaceAll('cdktf', 'cdktn'))
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const sources = ['judge.ts', 'cdktf.cts', 'cdktn.cts'].map(file => `${name}/${file}`)
    const strictly = ['--strict', '--target', 'es2022', '--types', 'node', '--outDir', `${name}/built`]
    expect(run(process.execPath, tsc, ...strictly, ...options, ...sources)).toEqual({
      status: 0,
      lines: [],
      stderr: '',
    })
  })
})

test('the program that docs/api.md shows judges with it', () => {
  const { lines, ...rest } = run(process.execPath, 'node16/built/judge.js')
  expect(rest).toEqual({ status: 0, stderr: '' })
  expect(lines).toEqual([
    expect.stringMatching(/^aws_kms_key\.image\.policy: .* \(auto-scaling\/grant-creator-may-create-it\)$/),
    '  key-policy-statement: aws_kms_key.image',
    expect.stringMatching(/^\d+ requirements hold$/),
  ])
})

test.each(['cdktf', 'cdktn'])('a program builds with it and %s', flavour => {
  expect(run(process.execPath, `node16/built/${flavour}.cjs`, `${flavour}.out`)).toEqual({
    status: 0,
    lines: ['eu-central-1', 'eu-west-1'],
    stderr: '',
  })
  const { resource } = JSON.parse(readFileSync(join(project, `${flavour}.out/stacks/images/cdk.tf.json`), 'utf8'))
  expect(Object.keys(resource)).toEqual(['aws_kms_alias', 'aws_kms_key', 'aws_kms_replica_key'])
})

/** All texts in what package.json says. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
