import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emitCapabilities, writeBundle } from '../generator/bundle'
import { printDiagnostic } from '../generator/diagnostics'
import { readProject, readRules } from '../generator/read'
import { compile } from '../generator/rego'
import { tool } from '../scripts/tools'

const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
const rego = join(folder, 'rego')
const project = readProject('policies')
const { files, diagnostics } = compile(project)

const opa = (...args: readonly string[]): string =>
  execFileSync(tool('opa'), args, { encoding: 'utf8', maxBuffer: 1 << 28 })

afterAll(() => rmSync(folder, { recursive: true }))

test('nothing under policies is refused', () => {
  expect(diagnostics.map(printDiagnostic).join('\n')).toBe('')
})

test('the Wasm is built from the built-ins that it has natively', () => {
  writeBundle(files, emitCapabilities().text, folder)
  expect(existsSync(join(folder, 'keyreach.wasm'))).toBe(true)
})

test('opa fmt finds nothing to change, opa check --strict nothing to say', () => {
  expect(opa('fmt', '--fail', '--list', rego)).toBe('')
  expect(opa('check', '--strict', '--capabilities', join(folder, 'capabilities.json'), rego)).toBe('')
})

test('so it is with what OPA servers are told of themselves', () => {
  const server = join(folder, 'server')
  expect(opa('fmt', '--fail', '--list', server)).toBe('')
  expect(opa('check', '--strict', server)).toBe('')
})

test('every module says what it was generated from, and what it is', () => {
  for (const { text } of files)
    expect(text).toMatch(/^# Generated from \S+\.ts; do not edit\.\n\n# METADATA\n# title: /)
})

test('every rule has a package of its own, with its page in its annotations', () => {
  const { annotations } = JSON.parse(opa('inspect', '--annotations', '--format', 'json', rego))
  const titles = new Map<string, { title: string; custom?: Record<string, string> }>(
    annotations.map(
      ({ path, annotations: said }: { path: readonly { value: string }[]; annotations: { title: string } }) => [
        path.map(({ value }) => value).join('/'),
        said,
      ],
    ),
  )
  for (const { id, summary, severity } of readRules(project)) {
    const said = titles.get(`data/policies/${id.replaceAll('-', '_')}`)
    expect(said?.title).toBe(summary)
    expect(said?.custom).toMatchObject({ id, severity })
  }
})

test('what situations are given is the rule itself, by whose names parameters are set', () => {
  const source = `
import { type Parameter, parameter } from '../lang/parameter'
import { resources } from '../lang/plan'
import { rule } from '../lang/rule'

const DAYS: Parameter<number> = { name: 'days', default: 30, description: 'how many' }

export default rule({
  severity: 'warning',
  aliases: ['kms-deletion-window'],
  symptoms: [],
  references: [],
  parameters: [DAYS],
  *situations(rule) {
    for (const key of resources('aws_kms_key'))
      yield { at: key.address, account: key.account, region: key.region, days: parameter(rule, DAYS) }
  },
  requirements: () => [],
})
`
  const other = readProject('policies')
  const file = other.createSourceFile('policies/kms/window-is-long.ts', source)
  expect(file.getPreEmitDiagnostics().map(problem => problem.getMessageText())).toEqual([])
  const compiled = compile(other)
  expect(compiled.diagnostics).toEqual([])
  const text = compiled.files.find(({ path }) => path === 'policies/kms/window_is_long.rego')?.text
  expect(text).toContain('parameter.parameter(_metadata, _days)')
})

test('compiling again gives the same bytes', () => {
  expect(compile(readProject('policies')).files).toEqual(files)
})
