import { isObject, type Json, type JsonObject } from '../policies/intrinsics'
import { unknown } from '../policies/lang/maybe'
import type { ExampleAccount, ExampleTemplate, ExampleWorld } from '../policies/lang/rule'
import { type Address, addressText, localAddress, moduleAddress, parseAddress, type Step } from './address'
import { computedAttributes } from './example/computed'
import { emptyModule, type Module, moduleAt, render, repetition, route } from './example/configuration'
import { plannedAttributes, type Resolver } from './example/value'
import type { PlanEntry, TemplateEntry, World } from './world'

const provider = 'registry.terraform.io/hashicorp/aws'

/**
 * The world that an example stands for: for each of its accounts a plan as Terraform prints it, and what the example declares.
 *
 * In an example a resource is its attributes; blocks are lists of objects, policies are objects. What is computed by AWS is unknown
 * unless it is given. `{ $ref: 'aws_kms_key.image.arn' }` refers to an attribute (known where the example gives it),
 * `{ $unknown: true }` is not known until apply, `{ $sensitive: value }` is known and marked. Modules and instances go by address.
 * Throws where an address cannot be read.
 */
export function exampleWorld(example: ExampleWorld): World {
  const { accounts, templates, declared } = example
  return {
    ...declared,
    plans: accounts.map(planEntry),
    ...(templates && { templates: templates.map(templateEntry) }),
  }
}

function templateEntry({ settings, ...declared }: ExampleTemplate, i: number): TemplateEntry {
  const builder = { at: 'source.amazon-ebs.image', type: 'amazon-ebs', settings: templateSettings(settings) }
  return { file: i === 0 ? 'packer.pkr.hcl' : `packer-${i + 1}.pkr.hcl`, ...declared, builders: [builder] }
}

/** What is not known until apply is, in a template, what is given to Packer by a variable. */
function templateSettings(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, given(value, `var.${name}`)]))
}

function given(value: Json, variable: string): Json {
  if (Array.isArray(value)) return value.map(item => given(item, variable))
  if (!isObject(value)) return value
  if (value.$unknown === true) return unknown(variable)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, given(item, variable)]))
}

function planEntry(account: ExampleAccount): PlanEntry {
  const accounts = Object.entries(account.providers ?? {}).map(([name, { account: id }]) => [name, id ?? account.id])
  const foreign = accounts.some(([, id]) => id !== account.id)
  return {
    file: `${account.id}.json`,
    ...(foreign ? { providers: { aws: account.id, ...Object.fromEntries(accounts) } } : { account: account.id }),
    ...(account.identities && { identities: account.identities }),
    plan: planDocument(account),
  }
}

function planDocument(account: ExampleAccount): JsonObject {
  const root = emptyModule()
  const resources = Object.keys(account.resources).sort().map(readAddress)
  for (const { modules } of resources) moduleAt(root, modules)
  const parts = resources.map(address => resource(address, account, root))
  const read = parts.filter(part => part.change === null)
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: [...parts.flatMap(part => part.change ?? []), ...deletions(account)],
    ...(read.length > 0 && { prior_state: priorState(read) }),
    configuration: { provider_config: providerConfig(account), root_module: render(root) },
  }
}

interface Part {
  readonly address: Address
  readonly identity: JsonObject
  readonly values: JsonObject
  /** Null for a data source that could be read before the plan. */
  readonly change: JsonObject | null
}

function resource(address: Address, account: ExampleAccount, root: Module): Part {
  const text = addressText(address)
  const { depends_on: waits, ...values } = account.resources[text] ?? {}
  const { after, unknown, sensitive, expression } = plannedAttributes(values, resolver(account, root, address.modules))
  const missing = computedAttributes(address.mode, address.type).filter(name => !(name in values))
  const identity = identityOf(address)
  moduleAt(root, address.modules).resources.set(localAddress(address), {
    address: localAddress(address),
    mode: address.mode,
    type: address.type,
    name: address.name,
    provider_config_key: providerOf(account, text),
    expressions: expression,
    schema_version: 0,
    ...(waits !== undefined && { depends_on: waits }),
    ...repetition(address.index),
  })
  const later = { ...unknown, ...Object.fromEntries(missing.map(name => [name, true])) }
  const former = account.deletes?.[text] ?? null
  const change = { before: former, after, after_unknown: later, before_sensitive: false, after_sensitive: sensitive }
  const known = address.mode === 'data' && !JSON.stringify(later).includes('true')
  const replaced = former !== null || account.replaces?.includes(text) ? ['delete', 'create'] : ['create']
  const actions = address.mode === 'data' ? ['read'] : replaced
  return { address, identity, values: after, change: known ? null : { ...identity, change: { actions, ...change } } }
}

function deletions(account: ExampleAccount): readonly JsonObject[] {
  const deleted = Object.entries(account.deletes ?? {}).filter(([text]) => !(text in account.resources))
  return deleted.map(([text, values]) => ({
    ...identityOf(readAddress(text)),
    change: {
      actions: ['delete'],
      before: values,
      after: null,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: false,
    },
  }))
}

function identityOf(address: Address): JsonObject {
  return {
    address: addressText(address),
    ...(address.modules.length > 0 && { module_address: moduleAddress(address) }),
    mode: address.mode,
    type: address.type,
    name: address.name,
    ...(address.index !== null && { index: address.index }),
    provider_name: provider,
  }
}

/** Data sources that were read before the plan was made: in the state, by module. */
function priorState(parts: readonly Part[]): JsonObject {
  const modules = [...new Set(parts.map(part => moduleAddress(part.address)))].map(module => ({
    ...(module !== '' && { address: module }),
    resources: parts
      .filter(part => moduleAddress(part.address) === module)
      .map(part => ({ ...part.identity, schema_version: 0, values: part.values, sensitive_values: {} })),
  }))
  const root = modules.find(module => !('address' in module)) ?? { resources: [] }
  const children = modules.filter(module => module !== root)
  return {
    format_version: '1.0',
    terraform_version: '1.11.4',
    values: { root_module: { ...root, ...(children.length > 0 && { child_modules: children }) } },
  }
}

function providerConfig(account: ExampleAccount): JsonObject {
  const named = { aws: {}, ...account.providers }
  return Object.fromEntries(
    Object.entries(named).map(([key, { region }]: [string, { region?: string }]) => [
      key,
      {
        name: 'aws',
        full_name: provider,
        ...(key !== 'aws' && { alias: key.replace(/^aws\./, '') }),
        expressions: { region: { constant_value: region ?? account.region ?? 'eu-central-1' } },
      },
    ]),
  )
}

function providerOf(account: ExampleAccount, address: string): string {
  const found = Object.entries(account.providers ?? {}).find(([, { on }]) =>
    on.some(place => place === address || address.startsWith(`${place}.`) || address.startsWith(`${place}[`)),
  )
  return found?.[0] ?? 'aws'
}

function resolver(account: ExampleAccount, root: Module, from: readonly Step[]): Resolver {
  const resolve: Resolver = {
    value: reference => attributeOf(account, readAddress(reference), resolve),
    references: reference => route(root, from, readAddress(reference)),
  }
  return resolve
}

/** The attribute that a reference is to, where the example gives it. */
function attributeOf(account: ExampleAccount, target: Address, resolve: Resolver): Json | undefined {
  const [attribute, ...deeper] = target.attribute
  const values = account.resources[addressText(target)] ?? {}
  if (!attribute || attribute.index !== null || deeper.length > 0 || !(attribute.name in values)) return undefined
  const { after } = plannedAttributes({ [attribute.name]: values[attribute.name] ?? null }, resolve)
  return isObject(after) ? after[attribute.name] : undefined
}

function readAddress(text: string): Address {
  const address = parseAddress(text)
  if (!address) throw new Error(`\`${text}\` in an example is not the address of a resource`)
  return address
}
