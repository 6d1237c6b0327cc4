import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { previewOf } from '../engine/load/preview'
import { evaluateRules } from '../engine/native'
import { rules } from '../engine/registry'
import { moduleNames } from '../generator/terraform/run'
import { snake } from '../generator/terraform/specimen'
import { made } from '../modules/terraform/runs'
import type { PlainModule } from '../modules/terraform/specimen'
import { isObject, type Json, type JsonObject } from '../policies/intrinsics'
import { boundSchema, problemsOf } from './provider-schema'
import { type Call, calls, owner, refused } from './terraform/calls'
import { canonical } from './terraform/canonical'
import { documentOf } from './terraform/document'
import { evaluate, refusals, writeModules } from './terraform/evaluate'

const folder = mkdtempSync(join(tmpdir(), 'keyreach-modules-'))
beforeAll(() => writeModules(folder))
afterAll(() => rmSync(folder, { recursive: true }))

test('every module has calls to be tried with', () => {
  expect([...new Set(calls.map(({ module }) => module))].sort()).toEqual(moduleNames())
})

describe('a module makes what its construct makes', () => {
  const names = calls.map(({ module, name }, i) => ({ module, name, i }))
  let evaluated: ReturnType<typeof evaluate>
  beforeAll(() => {
    evaluated = evaluate(folder, calls.map(variablesOf))
  })
  test.each(names)('$module: $name', ({ module, i }) => {
    const construct = made(plain(module), calls[i]?.given ?? {})
    const bodies = construct.resources.map(({ type, name, body }) => ({ type, address: `${type}.${name}`, body }))
    const call = evaluated[i]
    expect(call?.resources.length).toBeGreaterThan(0)
    expect(canonical(call?.resources ?? [], call?.outputs ?? {})).toEqual(
      canonical(bodies, snakes(construct.outputs) as JsonObject),
    )
  })
  test.each(names)('$module: $name: no rule fails', ({ i }) => {
    const documents = [documentOf(evaluated[i]?.resources ?? [], String(calls[i]?.given.accountId ?? owner))]
    const { findings } = evaluateRules(rules, { plans: previewOf([{ file: 'module', name: null, documents }]) })
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([])
  })
})

describe('a module refuses what its construct refuses', () => {
  let said: ReturnType<typeof refusals>
  beforeAll(() => {
    said = refusals(folder, refused.map(variablesOf))
  })
  test.each(refused.map(({ module, name }, i) => ({ module, name, i })))('$module: $name', ({ module, name, i }) => {
    expect(() => made(plain(module), refused[i]?.given ?? {})).toThrow()
    expect(said[i]).toContain(name)
  })
})

describe.each(moduleNames())('%s', module => {
  const main = JSON.parse(readFileSync(join('terraform', module, 'main.tf.json'), 'utf8'))

  test('Terraform reads it, and finds the provider that it is for', () => {
    const { status, stdout } = spawnSync('terraform', ['providers'], {
      cwd: join('terraform', module),
      encoding: 'utf8',
    })
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('provider[registry.terraform.io/hashicorp/aws] >= 6.0'),
    ])
  })

  test('the provider takes its arguments', () => {
    expect(problemsOf(main, boundSchema)).toEqual([])
  })
})

function variablesOf({ module, given }: Call) {
  return { module, variables: snakes(given) as JsonObject }
}

function plain(module: string): PlainModule<unknown> {
  return require(`../modules/terraform/${module}`).default
}

/** By Terraform's names: what has a name that is none of an attribute (a tag, a region) keeps it. */
function snakes(value: Json): Json {
  if (Array.isArray(value)) return value.map(snakes)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [/^[a-z]\w*$/i.test(name) ? snake(name) : name, snakes(item)]),
  )
}
