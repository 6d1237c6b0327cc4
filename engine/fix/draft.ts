import { isObject, type Json } from '../../policies/intrinsics'
import { type Address, addressText, localAddress, parseAddress } from '../address'
import { computedAttributes } from '../example/computed'
import { plannedAttributes, type Resolver } from '../example/value'
import type { World } from '../world'

export type Draft = string | number | boolean | null | Draft[] | DraftObject
export interface DraftObject {
  [key: string]: Draft
}

/** A plan that is being changed. */
export interface DraftPlan {
  file: string
  plan: DraftObject
  account?: string
  providers?: { [provider: string]: string }
  identities?: { [address: string]: string }
}

/** A world that is being changed. */
export interface DraftWorld {
  plans: DraftPlan[]
  keys?: { [arn: string]: { policy?: string; enabled?: boolean } }
  templates?: { file: string; builders: { at: string; settings: DraftObject }[] }[]
}

/** A resource of a plan that is being changed: what is planned of it, and what its configuration says. */
export interface DraftResource {
  readonly owner: DraftPlan
  readonly address: Address
  readonly change: DraftObject
  readonly configured: DraftObject
  readonly expressions: DraftObject
}

/** A copy of a world that can be changed. */
export function draftOf(world: World): DraftWorld {
  return structuredClone(world) as unknown as DraftWorld
}

/** The resource at an address: of the plan whose file stands in front of it, else of the account's where several have one there. */
export function resourceAt(world: DraftWorld, target: string, account: string | null): DraftResource | null {
  const address = parseAddress(target)
  if (!address) return null
  const text = addressText(address)
  const owners = world.plans.filter(owner => holds(owner, address))
  const owner = owners.find(plan => account !== null && reaches(plan, account)) ?? owners[0]
  const item = owner && changesOf(owner).find(item => item.address === text)
  if (!owner || !item) return null
  const configured = configuredIn(moduleIn(owner, address), localAddress(address))
  return {
    owner,
    address,
    change: objectIn(item, 'change'),
    configured,
    expressions: objectIn(configured, 'expressions'),
  }
}

/** Whether a plan has a resource, and is the one that its address names, if it names one. */
export function holds(owner: DraftPlan, address: Address): boolean {
  if (!isOf(owner, address.file)) return false
  const text = addressText(address)
  return changesOf(owner).some(item => item.address === text)
}

/** Whether a plan is that of a file; any is where no file is named. */
export function isOf({ file }: DraftPlan, named: string | null): boolean {
  return named === null || named === file
}

/** The resource that has an ARN: by what is declared of it, by what the plan knows, or by the name in the ARN. */
export function resourceByArn(world: DraftWorld, arn: string): DraftResource | null {
  for (const owner of world.plans)
    for (const item of changesOf(owner)) {
      const address = String(item.address)
      const after = objectIn(objectIn(item, 'change'), 'after')
      const named = /^aws_iam_(role|user)$/.test(String(item.type)) && reaches(owner, arn.split(':')[4] ?? '')
      const isIt = owner.identities?.[address] === arn || after.arn === arn || (named && arn.endsWith(`/${after.name}`))
      if (isIt) return resourceAt({ plans: [owner] }, address, null)
    }
  return null
}

/** Adds a resource to the root module of a plan; gives its address, numbered where that is taken. One that the plan deletes stays. */
export function addResource(
  owner: DraftPlan,
  wanted: string,
  values: DraftObject,
  provider: string,
  mode = 'managed',
): string {
  const own = addressText(parsed(wanted))
  const deleted = changesOf(owner).find(item => item.address === own && isDeletion(objectIn(item, 'change')))
  const taken = new Set(changesOf(owner).flatMap(item => (item === deleted ? [] : [item.address])))
  let text = own
  for (let n = 2; taken.has(text); n++) text = `${own}_${n}`
  const address = parsed(text)
  const { type, name } = address
  const { after, unknown, sensitive, expression } = plannedAttributes(values, resolver(owner))
  const later = computedAttributes(address.mode, type).filter(attribute => !(attribute in values))
  const after_unknown = { ...unknown, ...Object.fromEntries(later.map(attribute => [attribute, true])) }
  const actions = [mode === 'data' ? 'read' : 'create']
  const change = { actions, before: null, after, after_unknown, after_sensitive: sensitive }
  if (deleted) keep(objectIn(deleted, 'change'), after as DraftObject)
  else changesOf(owner).push({ address: text, mode, type, name, change } as unknown as DraftObject)
  const configured = { address: text, mode, type, name, provider_config_key: provider, expressions: expression }
  listIn(moduleIn(owner, address), 'resources').push(configured as unknown as DraftObject)
  return text
}

function parsed(text: string): Address {
  const address = parseAddress(text)
  if (!address) throw new Error(`${text} is no address`)
  return address
}

function isDeletion({ actions }: DraftObject): boolean {
  return Array.isArray(actions) && actions.length === 1 && actions[0] === 'delete'
}

/** Changes a resource that was to be replaced for an attribute, once that is again as it was and nothing else asks for it. */
export function keepUnlessReplaced(change: DraftObject, path: string): void {
  if (!isReplacement(change)) return
  const before = objectIn(change, 'before')
  const after = objectIn(change, 'after')
  const reasons = listIn(change, 'replace_paths').filter(reason => JSON.stringify(reason) !== JSON.stringify([path]))
  if (reasons.length > 0 || before[path] !== after[path]) return
  Object.assign(change, { actions: ['update'], after: { ...before, ...after }, after_unknown: {} })
}

function isReplacement({ actions }: DraftObject): boolean {
  return Array.isArray(actions) && actions.includes('delete') && actions.includes('create')
}

function keep(change: DraftObject, values: DraftObject): void {
  const before = objectIn(change, 'before')
  Object.assign(change, { actions: ['no-op'], after: { ...before, ...values }, after_unknown: {} })
}

/**
 * The plan and provider configuration whose credentials are those of an account, in a region: of `homes` where one fits, else of any plan;
 * a new plan where none does.
 */
export function placeFor(
  world: DraftWorld,
  account: string | null,
  region: string | null,
  homes: readonly DraftPlan[] = [],
): { owner: DraftPlan; provider: string } {
  const plans = [...homes, ...world.plans]
  for (const owner of plans) {
    const providers = objectIn(objectIn(owner.plan, 'configuration'), 'provider_config')
    const fitting = Object.keys(providers).find(
      name =>
        (account === null || (owner.providers?.[name] ?? owner.account) === account) &&
        (region === null || regionOf(objectIn(providers, name)) === region),
    )
    if (fitting !== undefined) return { owner, provider: fitting }
  }
  const own = plans.find(plan => account !== null && reaches(plan, account)) ?? newPlan(world, account)
  return { owner: own, provider: newProvider(own, account, region) }
}

/** The region of the provider that makes a resource; null where its configuration does not say it. */
export function regionAt(owner: DraftPlan, address: Address): string | null {
  const { provider_config_key: provider } = configuredIn(moduleIn(owner, address), localAddress(address))
  const region = regionOf(
    objectIn(objectIn(objectIn(owner.plan, 'configuration'), 'provider_config'), String(provider)),
  )
  return typeof region === 'string' ? region : null
}

/** What refers to a resource of the same plan by `$ref`. References between modules are beyond what a fix needs. */
export function resolver(owner: DraftPlan): Resolver {
  return {
    value: reference => knownValue(owner, reference),
    references: reference => {
      const address = parseAddress(reference)
      if (!address) throw new Error(`${reference} is no reference`)
      return [reference, addressText(address), localAddress(address)].filter((text, i, all) => all.indexOf(text) === i)
    },
  }
}

export function changesOf({ plan }: DraftPlan): DraftObject[] {
  return listIn(plan, 'resource_changes') as DraftObject[]
}

/** The configuration of the module that an address is in. */
export function moduleIn({ plan }: DraftPlan, { modules }: Pick<Address, 'modules'>): DraftObject {
  const root = objectIn(objectIn(plan, 'configuration'), 'root_module')
  return modules.reduce(
    (module, { name }) => objectIn(objectIn(objectIn(module, 'module_calls'), name), 'module'),
    root,
  )
}

export function objectIn(parent: DraftObject, key: string): DraftObject {
  const value = parent[key]
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  const made: DraftObject = {}
  parent[key] = made
  return made
}

export function listIn(parent: DraftObject, key: string): Draft[] {
  const value = parent[key]
  if (Array.isArray(value)) return value
  const made: Draft[] = []
  parent[key] = made
  return made
}

function configuredIn(module: DraftObject, local: string): DraftObject {
  const found = (listIn(module, 'resources') as DraftObject[]).find(item => item.address === local)
  return found ?? {}
}

function knownValue(owner: DraftPlan, reference: string): Json | undefined {
  const address = parseAddress(reference)
  const attribute = address?.attribute[0]?.name
  const item = address && changesOf(owner).find(({ address: own }) => own === addressText(address))
  const after = item && isObject(item.change) ? item.change.after : null
  return attribute !== undefined && isObject(after) ? after[attribute] : undefined
}

export function reaches(plan: DraftPlan, account: string): boolean {
  return plan.account === account || Object.values(plan.providers ?? {}).includes(account)
}

function regionOf(provider: DraftObject): Draft | undefined {
  return objectIn(objectIn(provider, 'expressions'), 'region').constant_value
}

function newPlan(world: DraftWorld, account: string | null): DraftPlan {
  const plan: DraftPlan = {
    file: `${account ?? 'new'}.json`,
    plan: { format_version: '1.2' },
    ...(account !== null && { account }),
  }
  world.plans.push(plan)
  return plan
}

function newProvider(owner: DraftPlan, account: string | null, region: string | null): string {
  const providers = objectIn(objectIn(owner.plan, 'configuration'), 'provider_config')
  const name = Object.keys(providers).length === 0 ? 'aws' : `aws.${region ?? account ?? 'keyreach'}`
  const expressions: DraftObject = region === null ? {} : { region: { constant_value: region } }
  providers[name] = { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws', expressions }
  if (account !== null && owner.account !== account) owner.providers = { ...owner.providers, [name]: account }
  return name
}
