import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report, World } from '../engine'
import { evaluateWith, isObject, type Json, type JsonObject } from '../policies/intrinsics'
import { isKeyEnabled, keyByArn } from '../policies/lang/key'
import { conftestAll, type Judgement, judgeAll } from './engines'

/*
 * One estate in every form in which it can be given: a group, its template and the key of its volumes, in a module with `for_each`. Its
 * key admits the service-linked role of the group; in its broken twin the key's policy has lost CreateGrant, and nothing else.
 */

const rule = 'auto-scaling/service-linked-role-uses-key'
const folder = 'test/fixtures/inputs'
const account = '111122223333'
const arn = (id: string): string => `arn:aws:kms:eu-central-1:${account}:key/${id}a345678-1234-1234-1234-123456789012`

const create = plan('create')
const noop = plan('noop')

/** Plans that Terraform printed, and what other versions and programs would have printed, by what their sources say. */
const inputs: { readonly [name: string]: JsonObject } = {
  'a first plan': create,
  'a plan that changes nothing': noop,
  'a state': plan('state'),
  'a plan that replaces the key': plan('replaced'),
  'a plan of one target': plan('targeted'),
  'a plan that deletes another key': plan('deleted'),
  'a plan that moves the key': plan('moved'),
  'a plan that forgets the key': plan('forgotten'),
  'a plan that imports the key': changed(noop, change => ({ ...change, importing: { id: arn('1') } })),
  'a refresh-only plan': refreshOnly(noop),
  'a plan that puts the key off': deferred(create, 'resource_config_unknown'),
  'a plan that leaves the key out': { ...noop, ...deferred(noop, 'excluded') },
  'a plan of Terraform 0.12': old(create, '0.12.31'),
  'a plan of Terraform 0.13': old(create, '0.13.7'),
  'a plan of Terraform 1.0': old(create, '1.0.11'),
  'a state of Terraform 0.12': old(plan('state'), '0.12.31'),
  'a plan of OpenTofu': openTofu(create),
  'a plan without a provider block': withoutProviders(create),
}

const names = Object.keys(inputs)
const worlds = names.flatMap(name => [world(inputs[name] ?? {}), world(broken(inputs[name] ?? {}))])
let judged: Judgement

beforeAll(async () => {
  judged = await judgeAll(worlds)
}, 300_000)

test.each(names)('%s: what holds passes, what does not fails, on every engine', name => {
  const i = 2 * names.indexOf(name)
  for (const [twin, verdict] of [
    [i, 'pass'],
    [i + 1, 'fail'],
  ] as const) {
    expect(judged.native[twin]?.errors).toEqual([])
    expect(verdicts(judged.native[twin])).toEqual([verdict])
    expect(judged.wasm[twin]).toEqual(judged.native[twin])
    expect(judged.opa[twin]).toEqual(judged.native[twin])
  }
})

test('conftest on the bare documents says the same, where they show their account', () => {
  const bare = names.filter(name => !/0\.1|first|1\.0|OpenTofu|put|provider/.test(name))
  const found = conftestAll(bare.map(name => broken(inputs[name] ?? {})))
  const own = found.map(findings => findings.filter(finding => finding.rule === rule).length)
  expect(own).toEqual(bare.map(() => 1))
})

test('where the number of keys is not known, nothing is said of them', async () => {
  const { native, opa } = await judgeAll([world(broken(deferred(create, 'instance_count_unknown')))])
  expect(verdicts(native[0])).toEqual(['unknown'])
  expect(opa).toEqual(native)
})

test('nothing is left of what is destroyed', async () => {
  const { native, opa } = await judgeAll([world(plan('destroyed'))])
  expect(native[0]?.findings).toEqual([])
  expect(opa).toEqual(native)
})

test('a key that a plan deletes or replaces is not enabled', () => {
  const enabled = (input: JsonObject, id: string) =>
    evaluateWith({ input, settings: {} }, () => isKeyEnabled(keyByArn(arn(id))))
  expect(enabled(noop, '0')).toBe('yes')
  expect(enabled(plan('deleted'), '0')).toBe('no')
  expect(enabled(plan('deleted'), '1')).toBe('yes')
  expect(enabled(plan('replaced'), '1')).toBe('no')
  expect(enabled(plan('forgotten'), '1')).toBe('yes')
})

function plan(name: string): JsonObject {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
}

function world(document: JsonObject): World {
  return { plans: [{ file: 'plan.json', account, plan: document }] }
}

function verdicts(report: Report | undefined): readonly string[] {
  const own = report?.findings.filter(finding => finding.rule === rule) ?? []
  return [...new Set(own.map(({ verdict }) => verdict))]
}

/** The same, without CreateGrant in the policies of its keys. */
function broken(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document).replaceAll('\\"kms:CreateGrant\\",', ''))
}

function changed(document: JsonObject, change: (change: JsonObject) => JsonObject): JsonObject {
  const items = list(document.resource_changes).map(item => ({ ...item, change: change(object(item.change)) }))
  return { ...document, resource_changes: items }
}

/** As Terraform 1.11 prints it: no changes, nothing planned, and the state as it was found. */
function refreshOnly({ resource_changes: _, ...document }: JsonObject): JsonObject {
  return { ...document, planned_values: { root_module: {} } }
}

/**
 * The keys among `deferred_changes`, as Terraform's internal/command/jsonplan/plan.go prints them: of instances that cannot be counted
 * there is one, `[*]`, without an index.
 */
function deferred(document: JsonObject, reason: string): JsonObject {
  const items = list(document.resource_changes)
  const keys = items.filter(({ type }) => type === 'aws_kms_key')
  const counted = keys.map(item => ({ reason, resource_change: item }))
  const uncounted = keys.slice(0, 1).map(({ index: _, ...item }) => ({
    reason,
    resource_change: {
      ...item,
      address: 'module.keys[*].aws_kms_key.this',
      module_address: 'module.keys[*]',
      index_unknown: true,
    },
  }))
  return {
    ...document,
    resource_changes: items.filter(item => !keys.includes(item)),
    deferred_changes: reason === 'instance_count_unknown' ? uncounted : counted,
    complete: false,
  }
}

/**
 * As earlier versions print it: no marks of what is sensitive before 0.15, short names of providers in 0.12, no attribute in a reference
 * before 1.0, and until 1.1 a provider that a module inherits under the module's name (internal/command/jsonconfig/config.go).
 */
function old(document: JsonObject, version: string): JsonObject {
  const is012 = version.startsWith('0.12')
  const isBefore1 = version.startsWith('0.')
  const text = JSON.stringify({ ...document, format_version: isBefore1 ? '0.1' : '0.2', terraform_version: version })
  return JSON.parse(text, function (this: Json, key: string, value: Json) {
    if (['relevant_attributes', 'timestamp', 'applyable', 'complete', 'errored'].includes(key)) return undefined
    if (isBefore1 && /^(after|before)_sensitive$|^sensitive_values$/.test(key)) return undefined
    if (is012 && key === 'full_name') return undefined
    if (is012 && key === 'provider_name') return 'aws'
    if (isBefore1 && key === 'references' && Array.isArray(value))
      return value.filter((name, i) => String(value[i + 1]) === 'undefined' || !String(name).startsWith('aws_'))
    if (key === 'provider_config_key' && isObject(this) && this.name === 'this') return 'module.keys:aws'
    return value
  })
}

/** As OpenTofu 1.10 prints it (its internal/command/jsonplan/plan.go). */
function openTofu({ applyable: _, complete: __, ...document }: JsonObject): JsonObject {
  const text = JSON.stringify({ ...document, terraform_version: '1.10.6' })
  return JSON.parse(text.replaceAll('registry.terraform.io', 'registry.opentofu.org'))
}

/** A provider that is configured by the environment alone leaves nothing in a plan. */
function withoutProviders(document: JsonObject): JsonObject {
  const { provider_config: _, ...configuration } = object(document.configuration)
  return { ...document, configuration }
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
