import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseHcl } from '@cdktf/hcl2json'
import { evaluate, type PlanEntry, type World } from '../engine'
import { readConfig } from '../engine/config'
import { exampleWorld } from '../engine/example'
import { load } from '../engine/load'
import { previewOf, type Stack } from '../engine/load/preview'
import { type Mended, mended } from '../engine/mend'
import { evaluateRules } from '../engine/native'
import { rules } from '../engine/registry'
import { hcl } from '../engine/report/mended'
import { at, isObject, type Json, type JsonObject, parseJson } from '../policies/intrinsics'
import type { Finding, Fix } from '../policies/lang/finding'
import { type ExampleAccount, ref } from '../policies/lang/rule'
import { examples } from './examples'

const folder = 'test/fixtures'
const scenarios = readdirSync(folder).filter(name => existsSync(join(folder, name, 'expected.json')))

/** What fails, but for what people have to choose themselves. */
function failing(findings: readonly Finding[]): readonly string[] {
  const open = findings.filter(({ verdict, fix }) => verdict === 'fail' && fix.every(isWhole))
  return open.map(({ rule, at, message }) => `${rule} ${at}: ${message}`)
}

function isWhole(fix: Fix): boolean {
  return fix.kind !== 'attribute' || typeof fix.value !== 'string' || !fix.value.includes(' ')
}

async function scenario(name: string): Promise<World> {
  return (await load([], await readConfig(join(folder, name, 'keyreach.yaml')))).world
}

describe('all fixes together mend all that fails', () => {
  test.each(scenarios)('in %s', async name => {
    const world = await scenario(name)
    const found = await mended(world, judged)
    expect(failing((await evaluate(found.world)).findings)).toEqual([])
    for (const { override, added } of found.changes)
      for (const blocks of [override, added])
        expect(planned(await parseHcl('a.tf', hcl(blocks)))).toEqual(planned(blocks))
  })

  test.each(rules.map(rule => [rule.id, rule] as const))('in the examples of %s', async (id, rule) => {
    for (const { name, world: example } of examples.filter(other => other.rule === id && other.verdict === 'fail')) {
      const world = exampleWorld(example)
      const found = await mended(world, changed => evaluateRules([rule], changed).findings)
      expect([name, failing(evaluateRules([rule], found.world).findings)]).toEqual([name, []])
    }
  })
})

test('where one rule asks for a grant and another for more of it, there is one', async () => {
  const { changes } = await mended(await scenario('autoscaling-shared-image-no-grant'), judged)
  expect(changes.map(({ added }) => Object.keys(at(added, ['resource', 'aws_kms_grant']) ?? {}))).toEqual([
    ['keyreach'],
  ])
})

describe('files put beside the configuration that was planned mend it', () => {
  const folders = ['examples/shared-image', ...scenarios.map(name => join(folder, name))].filter(path =>
    existsSync(join(path, 'owner/main.tf')),
  )

  test.each(folders)('in %s', async path => {
    const { world } = await load([], await readConfig(join(path, 'keyreach.yaml')))
    const found = await mended(world, judged)
    const stacks = await Promise.all(world.plans.map(plan => withFiles(plan, found)))
    const after = await judged({ ...world, plans: previewOf(stacks) })
    expect([found.steps, failing(after)]).toEqual([[], []])
  })

  async function withFiles({ plan: _, ...declared }: PlanEntry, { changes }: Mended): Promise<Stack> {
    const written = await parseHcl('main.tf', readFileSync(declared.file.replace('plan.json', 'main.tf'), 'utf8'))
    const own = changes.filter(({ file }) => file === declared.file)
    return { ...declared, name: null, documents: [written, ...own.flatMap(({ added, override }) => [added, override])] }
  }
})

describe('a file', () => {
  const owner = '444455556666'
  const statement = { Sid: 'Use', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*' }

  async function changesBy(resources: ExampleAccount['resources'], ...fixes: readonly Fix[]): Promise<Mended> {
    const world = exampleWorld({ accounts: [{ id: owner, resources }] })
    return mended(world, changed => (changed === world ? [finding(fixes)] : []))
  }

  function finding(fix: readonly Fix[]): Finding {
    const place = { rule: 'a/b', severity: 'error', verdict: 'fail', account: owner, region: null, at: 'a' } as const
    return {
      ...place,
      requirement: '',
      message: '',
      because: '',
      symptom: null,
      fix,
      evidence: [],
      known: [],
      waived: null,
    }
  }

  const add = (own: JsonObject): Fix => ({
    kind: 'key-policy-statement',
    account: owner,
    target: 'aws_kms_key.a',
    statement: { ...statement, ...own },
  })

  test('has one policy a key, each statement once', async () => {
    const { changes } = await changesBy(
      { 'aws_kms_key.a': { policy: { Version: '2012-10-17', Statement: [] } } },
      add({}),
      add({ Action: 'kms:Encrypt' }),
      add({}),
    )
    const [{ override = {}, folder: name } = {}] = changes
    expect(name).toBe(owner)
    const policy = at(override, ['resource', 'aws_kms_key', 'a', 'policy'])
    expect(at(parseJson(String(policy)), ['Statement'])).toMatchObject([
      { Sid: 'Use', Action: ['kms:Decrypt', 'kms:Encrypt'] },
    ])
  })

  test('is not made of a policy that AWS would not take', async () => {
    const { problems } = await changesBy(
      { 'aws_kms_key.a': { policy: { Statement: [] } } },
      ...Array.from({ length: 900 }, (_, i) => add({ Principal: { AWS: `arn:aws:iam::${owner}:role/${i}` } })),
    )
    expect(problems).toEqual([
      expect.stringContaining('longer than the 32768 bytes that AWS takes; admit an organization'),
    ])
  })

  test('refers to what is not made yet', async () => {
    const { changes } = await changesBy(
      { 'aws_kms_key.a': {}, 'aws_ebs_volume.a': {} },
      {
        kind: 'attribute',
        account: owner,
        target: 'aws_ebs_volume.a',
        path: 'kms_key_id',
        value: '${aws_kms_key.a.arn}',
      },
    )
    expect(changes[0]?.override).toEqual({
      resource: { aws_ebs_volume: { a: { kms_key_id: '${aws_kms_key.a.arn}' } } },
    })
  })

  test('says what expression it takes the place of', async () => {
    const { changes } = await changesBy(
      { 'aws_kms_key.a': {}, 'aws_ebs_volume.a': { kms_key_id: ref('aws_kms_key.a', 'arn') } },
      { kind: 'attribute', account: owner, target: 'aws_ebs_volume.a', path: 'kms_key_id', value: 'alias/b' },
    )
    expect(changes[0]?.notes).toEqual([
      '`aws_ebs_volume.a.kms_key_id` refers to `aws_kms_key.a.arn`; the override has what that comes to now',
    ])
  })

  test.each<Fix>([
    { kind: 'remove', account: owner, target: 'aws_kms_key.a' },
    { kind: 'depends-on', account: owner, target: 'aws_kms_key.a', on: 'aws_kms_key.b' },
    { kind: 'attribute', account: owner, target: 'aws_kms_key.a', path: 'description', value: 'the key of images' },
  ])('cannot say everything: $kind is a step', async fix => {
    expect(await changesBy({ 'aws_kms_key.a': {}, 'aws_kms_key.b': {} }, fix)).toMatchObject({
      changes: [],
      steps: [fix],
    })
  })

  test('of instances, and of what is in modules, is a step', async () => {
    const set = (target: string): Fix => ({
      kind: 'attribute',
      account: owner,
      target,
      path: 'is_enabled',
      value: true,
    })
    const fixes = [set('aws_kms_key.a["x"]'), set('module.keys.aws_kms_key.a')]
    const found = await changesBy({ 'aws_kms_key.a["x"]': {}, 'module.keys.aws_kms_key.a': {} }, ...fixes)
    expect(found).toMatchObject({ changes: [], steps: fixes })
  })
})

async function judged(world: World): Promise<readonly Finding[]> {
  return (await evaluate(world)).findings
}

/** What Terraform would plan for configuration, without the order in which it is written. */
function planned(document: JsonObject): Json {
  const [entry] = previewOf([{ file: 'a', name: null, documents: [document] }])
  return sorted(at(entry?.plan ?? null, ['resource_changes']))
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (isObject(value))
    return Object.fromEntries(
      Object.keys(value)
        // HCL's null and nothing are one; JSON's is kept, to unset what is there.
        .filter(key => value[key] !== null)
        .sort()
        .map(key => [key, sorted(value[key] ?? null)]),
    )
  return typeof value === 'string' && value.startsWith('{') ? sorted(parseJson(value)) : value
}
