import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evaluate, type World } from '../engine'
import { engineNames } from '../engine/engine'
import { evaluateRules } from '../engine/native'
import { projected } from '../engine/project'
import { rules } from '../engine/registry'
import { reportOf } from '../engine/report'
import { json } from '../engine/report/json'
import { byCodePoint } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'
import { tool } from '../scripts/tools'

const scenario = 'test/fixtures/autoscaling-shared-image-no-grant'

function check(cwd: string, env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  return spawnSync(
    process.execPath,
    [join(cwd, 'dist/keyreach.js'), 'check', '--config', `${scenario}/keyreach.yaml`, ...args],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
    },
  )
}

test('all engines print the same bytes', () => {
  const outputs = engineNames.map(
    engine => check('.', { OPA: tool('opa') }, '--engine', engine, '--format', 'json').stdout,
  )
  expect(outputs[0]).toContain('"verdict": "fail"')
  expect(new Set(outputs).size).toBe(1)
})

describe('what an engine needs and does not find is told in one line', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
    for (const name of ['keyreach.js', 'chunks', 'wasm-worker.js'])
      cpSync(join('dist', name), join(folder, 'dist', name), { recursive: true })
    cpSync('package.json', join(folder, 'package.json'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test.each([
    ['wasm', 'dist/keyreach.wasm'],
    ['opa', 'dist/rego'],
  ])('%s', (engine, file) => {
    const { status, stdout, stderr } = check(folder, {}, '--engine', engine)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(`keyreach: ${join(folder, file)}: it is missing; run \`npm run build\`\n`)
  })

  test('the program opa', () => {
    const { status, stderr } = check('.', { OPA: join(folder, 'opa') }, '--engine', 'opa')
    expect(status).toBe(2)
    expect(stderr).toBe(`keyreach: this needs the program opa, and \`${folder}/opa\` cannot be run\n`)
  })
})

const world: World = {
  plans: [
    {
      file: 'plan.json',
      account: '444455556666',
      plan: {
        format_version: '1.2',
        planned_values: {},
        resource_changes: [
          {
            address: 'aws_kms_key.a',
            mode: 'managed',
            type: 'aws_kms_key',
            name: 'a',
            provider_name: 'aws',
            change: {
              actions: ['create'],
              before: { description: 'secret' },
              after: {
                policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:ReEncrypt","Resource":"*"}]}',
              },
              after_unknown: { arn: true },
              after_sensitive: {},
            },
          },
          {
            address: 'aws_s3_bucket.a',
            mode: 'managed',
            type: 'aws_s3_bucket',
            name: 'a',
            change: { actions: ['create'] },
          },
        ],
        configuration: { root_module: {} },
        relevant_attributes: [],
      },
    },
  ],
}

test('a rule that throws is an error of its name, and the others still report', () => {
  const broken = {
    id: 'kms/broken',
    rule: {
      ...(rules[0]?.rule as (typeof rules)[number]['rule']),
      situations: () => {
        throw new TypeError('no such thing\n  at x')
      },
    },
  }
  const { findings, errors } = evaluateRules([broken, ...rules], world)
  expect(errors).toEqual([{ rule: 'kms/broken', message: 'no such thing' }])
  expect(findings).toEqual(evaluateRules(rules, world).findings)
  expect(findings.length).toBeGreaterThan(0)
})

test('nobody is sent more of a plan than rules read', async () => {
  expect(projected(world)).toEqual({
    plans: [
      {
        file: 'plan.json',
        account: '444455556666',
        plan: {
          format_version: '1.2',
          resource_changes: [
            {
              address: 'aws_kms_key.a',
              mode: 'managed',
              type: 'aws_kms_key',
              name: 'a',
              change: expect.not.objectContaining({ before: expect.anything() }),
            },
          ],
          configuration: { root_module: {} },
        },
      },
    ],
  })
  expect(json(await evaluate(projected(world)))).toBe(json(await evaluate(world)))
})

test('the Wasm engine answers again after an input that broke it', async () => {
  let deep: unknown = 1
  for (let i = 0; i < 100_000; i++) deep = [deep]
  expect(await evaluate({ ...world, deep }, 'wasm')).toMatchObject({
    findings: [],
    errors: [{ rule: null, message: 'the Wasm engine broke: the input is nested too deeply to be judged' }],
  })
  expect(json(await evaluate(world, 'wasm'))).toBe(json(await evaluate(world)))
})

describe('a report has one form', () => {
  const finding: Finding = {
    rule: 'a/b',
    severity: 'error',
    verdict: 'fail',
    account: null,
    region: null,
    at: 'a.b',
    requirement: 'may',
    message: '',
    because: '',
    symptom: null,
    fix: [],
    evidence: [],
    known: [],
    waived: null,
  }

  test('whatever the order of findings and keys', () => {
    const fix = { kind: 'key-policy-statement', account: null, target: 'a' } as const
    const one = { ...finding, fix: [{ ...fix, statement: { Sid: 'a', Effect: 'Allow', Action: 'b' } }] }
    const two = { ...finding, fix: [{ statement: { Action: 'b', Effect: 'Allow', Sid: 'a' }, ...fix }] }
    const others = ['z', '😀', '\uff5e', 'a'].map(at => ({ ...finding, at }))
    const report = reportOf({ findings: [one, ...others, two], errors: [] })
    expect(json(report)).toBe(json(reportOf({ findings: [two, ...[...others].reverse()], errors: [] })))
    expect(report.findings.map(({ at }) => at)).toEqual(['a', 'a.b', 'z', '\uff5e', '😀'])
    expect(Object.keys(report.findings[1]?.fix[0] ?? {})).toEqual(['kind', 'account', 'target', 'statement'])
  })

  test('with how many findings have each verdict', () => {
    const findings = [
      finding,
      { ...finding, message: 'b', waived: 'c' },
      { ...finding, verdict: 'pass' as const },
      { ...finding, verdict: 'unknown' as const },
    ]
    expect(reportOf({ findings, errors: [] }).counts).toEqual({ pass: 1, fail: 2, unknown: 1, waived: 1 })
  })

  test('in the order of code points', () => {
    const texts = ['a', 'aa', 'B', '\ue000', '😀', '😁', '']
    expect([...texts].sort(byCodePoint)).toEqual(['', 'B', 'a', 'aa', '\ue000', '😀', '😁'])
  })
})
