import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Report, World } from '../engine'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { isObject, type Json, type JsonObject } from '../policies/intrinsics'
import { oneByOne } from './engines'

/*
 * What AWS does not look at must not matter here either: which numbers accounts have, which regions it is all in, in which order Terraform
 * lists resources, and whether they stand in the root module or in a module of it. So no rule can be bent to a fixture.
 */

const folder = 'test/fixtures'
/** Of the large plan's many alike places one is named for all: the first, so that there the order is seen. */
const scenarios = readdirSync(folder).filter(
  name => name !== 'large' && existsSync(join(folder, name, 'expected.json')),
)

const worlds = new Map<string, World>()
const reports = new Map<string, Report>()

beforeAll(async () => {
  for (const name of scenarios) {
    const { world } = await load([], await readConfig(join(folder, name, 'keyreach.yaml')))
    worlds.set(name, world)
    const [report] = await oneByOne('native', [world])
    if (report) reports.set(name, report)
  }
}, 120_000)

test.each(scenarios)('%s: other numbers of accounts', async name => {
  await holdsFor(
    name,
    world => replaced(world, accounts),
    text => replaced(text, accounts),
  )
})

test.each(scenarios)('%s: other regions', async name => {
  await holdsFor(
    name,
    world => replaced(world, regions),
    text => replaced(text, regions),
  )
})

test.each(scenarios)('%s: another partition, in which the fixes are too', async name => {
  const { findings } = await holdsFor(
    name,
    world => replaced(world, china),
    text => replaced(text, china),
  )
  expect(findings.filter(({ fix }) => JSON.stringify(fix).includes('arn:aws:'))).toEqual([])
})

test.each(scenarios)('%s: resources in another order', async name => {
  await holdsFor(
    name,
    world => withPlans(world, backwards),
    text => text,
  )
})

test.each(scenarios)('%s: all of it in a module', async name => {
  await holdsFor(name, inModule, text => (typeof text === 'string' ? moved(text) : text))
})

/** Whether what is found in a changed world is what was found before, with its places changed alike. */
async function holdsFor(
  name: string,
  change: (world: World) => World,
  rename: <T extends string | null>(text: T) => T,
): Promise<Report> {
  const world = worlds.get(name)
  if (!world) throw new Error(`no world ${name}`)
  const [changed] = await oneByOne('native', [change(world)])
  const said = ({ findings }: Report, named: <T extends string | null>(text: T) => T) =>
    findings
      .map(({ rule, verdict, at, account, region }) =>
        [rule, verdict, named(at), named(account), named(region)].join(' '),
      )
      .sort()
  expect(changed?.errors).toEqual([])
  const before = reports.get(name)
  if (!changed || !before) throw new Error(`no report of ${name}`)
  expect(said(changed, text => text)).toEqual(said(before, rename))
  return changed
}

const accounts: { readonly [id: string]: string } = {
  '444455556666': '120000000001',
  '111122223333': '999999999902',
  '222233334444': '550000000003',
  '999988887777': '310000000004',
}

/** Regions that every account has, in another order of the alphabet. */
const regions: { readonly [region: string]: string } = {
  'eu-central-1': 'us-west-2',
  'us-west-2': 'ap-southeast-1',
  'eu-west-1': 'ca-central-1',
  'us-east-1': 'sa-east-1',
  'ap-northeast-2': 'eu-west-2',
}

/** As if the partition of China had as many regions. */
const china: { readonly [name: string]: string } = {
  'arn:aws:': 'arn:aws-cn:',
  'eu-central-1': 'cn-north-1',
  'us-west-2': 'cn-northwest-1',
  'eu-west-1': 'cn-east-1',
  'us-east-1': 'cn-south-1',
  'ap-northeast-2': 'cn-west-1',
}

function replaced<T>(value: T, names: { readonly [name: string]: string }): T {
  const any = new RegExp(Object.keys(names).join('|'), 'g')
  return JSON.parse(JSON.stringify(value).replace(any, name => names[name] ?? name))
}

function withPlans(world: World, change: (plan: JsonObject) => Json): World {
  const plans = world.plans.map(given => ({ ...given, plan: change(given.plan as unknown as JsonObject) }))
  return { ...world, plans } as unknown as World
}

function backwards(plan: JsonObject): Json {
  const { resource_changes: changes, configuration } = plan
  return {
    ...plan,
    ...(Array.isArray(changes) ? { resource_changes: [...changes].reverse() } : {}),
    ...(configuration === undefined ? {} : { configuration: turned(configuration) }),
  }
}

/** Every list of resources in a configuration, from its end. */
function turned(value: Json): Json {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'resources' && Array.isArray(part) ? [...part].reverse() : turned(part),
    ]),
  )
}

/** The same world with each plan's root module called `inner` by a root module that gives it all its variables. */
function inModule(world: World): World {
  const { plans } = withPlans(world, wrapped)
  const named = plans.map(({ identities = {}, ...given }) => ({
    ...given,
    identities: Object.fromEntries(Object.entries(identities).map(([at, arn]) => [moved(at), arn])),
  }))
  const templates = (world.templates ?? []).map(template =>
    JSON.parse(JSON.stringify(template), (key, value) =>
      key === 'role' && typeof value === 'string' ? moved(value) : value,
    ),
  )
  return { ...world, plans: named, ...(world.templates ? { templates } : {}) } as World
}

function wrapped(plan: JsonObject): Json {
  const changes = Array.isArray(plan['resource_changes']) ? (plan['resource_changes'] as JsonObject[]) : []
  const configuration = plan['configuration'] as JsonObject
  const root = (configuration['root_module'] ?? {}) as JsonObject
  const variables = (root['variables'] ?? {}) as JsonObject
  const given = Object.fromEntries(Object.keys(variables).map(name => [name, { references: [`var.${name}`] }]))
  return {
    ...plan,
    resource_changes: changes.map(change => ({
      ...change,
      address: moved(String(change['address'])),
      module_address: moved(String(change['module_address'] ?? '')),
    })),
    ...(isObject(plan['prior_state']) ? { prior_state: heldInModule(plan['prior_state']) } : {}),
    configuration: {
      ...configuration,
      root_module: { variables, module_calls: { inner: { source: './inner', expressions: given, module: root } } },
    },
  }
}

/** A state whose root module has become a child of another. */
function heldInModule(state: JsonObject): JsonObject {
  const values = (state['values'] ?? {}) as JsonObject
  const child = { address: '', ...(values['root_module'] as JsonObject) }
  const held = JSON.parse(JSON.stringify(child), (key, value) => (key === 'address' ? moved(value) : value))
  return { ...state, values: { ...values, root_module: { child_modules: [held] } } }
}

/** An address, or a place that begins with one, inside the module. */
function moved<T extends string>(at: T): T {
  if (at === '') return 'module.inner' as T
  return (/^(?:module|data|aws_\w+)\./.test(at) ? `module.inner.${at}` : at) as T
}
