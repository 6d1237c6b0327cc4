import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { previewOf, type Stack } from '../engine/load/preview'
import { evaluateRules } from '../engine/native'
import { rules } from '../engine/registry'
import type { TemplateEntry } from '../engine/world'
import { moduleNames } from '../generator/terraform/run'
import { snake } from '../generator/terraform/specimen'
import { made } from '../modules/terraform/runs'
import type { PlainModule } from '../modules/terraform/specimen'
import { isObject, type Json, type JsonObject } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'
import { boundSchema, problemsOf } from './provider-schema'
import { type Call, calls, consumer, owner, refused } from './terraform/calls'
import { canonical } from './terraform/canonical'
import { documentOf, nameOf } from './terraform/document'
import { type Evaluated, evaluate, evaluateConfigurations, refusals, writeModules } from './terraform/evaluate'

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
    const account = String(calls[i]?.given.accountId ?? owner)
    expect(failing(documentOf(evaluated[i]?.resources ?? [], account))).toEqual([])
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

describe('the calls on the pages of modules', () => {
  const files = moduleNames().map(name => `examples/terraform/${name}.tf`)
  let evaluated: Awaited<ReturnType<typeof evaluateConfigurations>>
  beforeAll(async () => {
    evaluated = await evaluateConfigurations(join(folder, 'pages'), files)
  })

  test.each(files.map((file, i) => ({ file, i })))('$file: no rule fails', ({ file, i }) => {
    const { resources = [] } = evaluated[i] ?? {}
    const account = accountIn(read(file))
    expect(resources.length).toBeGreaterThan(0)
    expect(failing(documentOf(resources, account))).toEqual([])
  })

  const withKeys = files.map((file, i) => ({ file, i })).filter(({ file }) => /\/multi-region-key"/.test(read(file)))
  test.each(withKeys)('$file: a rule fails without the first statement of the key policy', ({ i }) => {
    const resources = (evaluated[i]?.resources ?? []).map(one => ({ ...one, body: withoutFirst(one.body) }))
    expect(failing(documentOf(resources, owner)).map(({ rule }) => rule)).toContain('kms/policy-delegates-to-iam')
  })

  test('the key of an image that is shared has to admit whom it is shared with', () => {
    const i = files.indexOf('examples/terraform/shared-encrypted-ami.tf')
    const resources = (evaluated[i]?.resources ?? []).map(one => ({ ...one, body: withoutOthers(one.body) }))
    const rules = failing(documentOf(resources, owner)).map(({ rule }) => rule)
    expect(rules).toContain('ami/shared-image-key-admits-audience')
  })

  test('Terraform would write them no other way', () => {
    expect(spawnSync('terraform', ['fmt', '-check', 'examples/terraform'], { encoding: 'utf8' }).stdout).toBe('')
  })
})

describe('the accounts of a guide', () => {
  const roots = readdirSync('examples/guides', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('main.tf'))
    .sort()
    .map(file => ({ file: join('examples/guides', file), guide: dirname(dirname(file)) }))
  const guides = readdirSync('docs/guides').flatMap(file => (file === 'README.md' ? [] : file.replace(/\.md$/, '')))
  let evaluated: Awaited<ReturnType<typeof evaluateConfigurations>>
  beforeAll(async () => {
    const files = roots.map(({ file }) => file)
    evaluated = await evaluateConfigurations(join(folder, 'guides'), files)
  })

  /** What fails in the accounts of a guide together, without those of their resources that are left out. */
  function failingIn(guide: string, isLeftOut: (one: Evaluated) => boolean = () => false): readonly string[] {
    const own = roots.flatMap(({ file, guide: of }, i) => (of === guide ? [{ file, call: evaluated[i] }] : []))
    const stacks = own.map(({ file, call }): Stack => {
      const resources = (call?.resources ?? []).filter(one => !isLeftOut(one))
      const documents = [documentOf(resources, accountIn(read(file)))]
      return { file, name: null, documents, identities: keyArns(resources) }
    })
    const templates = own.flatMap(({ call }) => templatesOf(call?.outputs ?? {}))
    const launchers = ['deployer', 'launcher'].map(name => `arn:aws:iam::${consumer}:role/${name}`)
    const world = {
      plans: previewOf(stacks),
      templates,
      accounts: { [consumer]: { deployer: launchers[0], launchers } },
    }
    const { findings, errors } = evaluateRules(rules, world)
    expect(errors).toEqual([])
    return findings.flatMap(({ verdict, rule }) => (verdict === 'fail' ? [rule] : []))
  }

  test('every guide has some', () => {
    expect([...new Set(roots.map(({ guide }) => guide))]).toEqual(guides)
  })

  test.each(guides)('%s: no rule fails', guide => {
    expect(failingIn(guide)).toEqual([])
  })

  test.each([
    ['auto-scaling-shared-image', 'aws_kms_grant', 'auto-scaling/service-linked-role-holds-grant'],
    ['auto-scaling-shared-image', 'aws_iam_role_policy', 'auto-scaling/grant-creator-may-create-it'],
    ['copied-image', 'aws_iam_role_policy', 'access/launcher-policies-allow-key'],
    ['copied-image', 'aws_kms_replica_key', 'kms/multi-region-key-has-replica'],
    ['image-builder-distribution', 'aws_iam_role_policy', 'image-builder/distribution-role-uses-keys'],
    ['key-usage', 'aws_cloudwatch_metric_alarm', 'operations/kms-calls-have-an-alarm'],
    ['packer-cross-region', 'aws_iam_role_policy', 'packer/role-uses-keys'],
  ])('%s: without %s a rule fails', (guide, type, rule) => {
    expect(failingIn(guide, one => one.type === type)).toContain(rule)
  })

  test('Terraform would write them no other way', () => {
    const { stdout } = spawnSync('terraform', ['fmt', '-check', '-recursive', 'examples/guides'], { encoding: 'utf8' })
    expect(stdout).toBe('')
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

/** The account that a configuration is for. */
function accountIn(text: string): string {
  return /allowed_account_ids = \["(\d+)"\]|role_arn = "arn:aws:iam::(\d+):/.exec(text)?.slice(1).find(Boolean) ?? ''
}

/** The ARNs that the other account of a guide knows the keys by, as if they had been applied. */
function keyArns(resources: readonly Evaluated[]): { readonly [address: string]: string } {
  const keys = resources.filter(({ type }) => /^aws_kms_(replica_)?key$/.test(type))
  return Object.fromEntries(
    keys.map(({ address, body: { region } }) => [
      nameOf(address),
      `arn:aws:kms:${region}:${owner}:key/mrk-1a2b3c4d00004000800000000000abcd`,
    ]),
  )
}

/** The template that a configuration has Packer run, as a file of it would be read. */
function templatesOf({ template }: JsonObject): readonly TemplateEntry[] {
  if (typeof template !== 'string') return []
  const builders: readonly JsonObject[] = JSON.parse(template).builders
  return [
    {
      file: 'app.pkr.json',
      account: owner,
      role: `arn:aws:iam::${owner}:role/packer`,
      builders: builders.map((settings, i) => ({ at: `builders[${i}]`, type: String(settings.type), settings })),
    },
  ]
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}

/** The arguments of a key without the statement that lets IAM count, or with nothing but that. */
function withoutFirst(body: JsonObject): JsonObject {
  return withStatements(body, statements => statements.slice(1))
}

function withoutOthers(body: JsonObject): JsonObject {
  return withStatements(body, statements => statements.slice(0, 1))
}

function withStatements(body: JsonObject, change: (all: readonly Json[]) => readonly Json[]): JsonObject {
  if (typeof body.policy !== 'string' || !body.policy.includes('"kms:*"')) return body
  const policy = JSON.parse(body.policy)
  return { ...body, policy: JSON.stringify({ ...policy, Statement: change(policy.Statement) }) }
}

/** What fails in configuration of one account, before it is planned. */
function failing(document: JsonObject): readonly Finding[] {
  const plans = previewOf([{ file: 'module', name: null, documents: [document] }])
  return evaluateRules(rules, { plans }).findings.filter(({ verdict }) => verdict === 'fail')
}

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
