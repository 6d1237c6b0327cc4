import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'
import { addressText, parseAddress } from '../address'
import type { PlanEntry, World } from '../world'
import { blockAs, referencesIn, Unwritten, writtenAs } from './written'

/** What Terraform files change in a root module. */
export interface Changes {
  /** The folder that they go to: the account, or the name of the plan. */
  readonly folder: string
  /** The plan of the root module. */
  readonly file: string
  /** Merged over the resources that are there: https://developer.hashicorp.com/terraform/language/files/override */
  readonly override: JsonObject
  /** New resources. */
  readonly added: JsonObject
  /** What people should know before they use them. */
  readonly notes: readonly string[]
}

/** A resource of a plan: what is planned of it, and what is written of it. */
interface Resource {
  readonly address: string
  readonly mode: string
  readonly type: string
  readonly name: string
  readonly after: JsonObject
  readonly unknown: JsonObject
  readonly expressions: JsonObject
  readonly provider: string
  readonly waits: readonly Json[]
}

/** What has changed between two worlds, by root module, as configuration; and the fixes that cannot be written so. */
export function changesOf(
  before: World,
  after: World,
  fixes: readonly Fix[],
): { readonly changes: readonly Changes[]; readonly unwritten: readonly Fix[] } {
  const unwritten: Left = []
  const names = foldersOf(after.plans)
  const changes = after.plans.flatMap((plan, i) => {
    const own = changesIn(before.plans[i] ?? { file: plan.file, plan: {} }, plan, names[i] ?? '', unwritten)
    return Object.keys(own.override).length + Object.keys(own.added).length > 0 ? [own] : []
  })
  return {
    changes: changes.map(change => withVariables(change, before, after)),
    unwritten: fixes.filter(({ target }) => {
      const address = parseAddress(target)
      if (!address) return false
      const { file } = address
      return unwritten.some(one => one.address === addressText(address) && (file === null || one.file === file))
    }),
  }
}

function foldersOf(plans: readonly PlanEntry[]): readonly string[] {
  const wanted = plans.map(({ account, providers, file }) => account ?? providers?.aws ?? stem(file))
  return wanted.map((name, i) =>
    wanted.filter(other => other === name).length > 1 ? `${name}-${stem(plans[i]?.file ?? '')}` : name,
  )
}

function stem(file: string): string {
  return file
    .replace(/(\.tf|\.plan)?\.json(\.gz)?$/, '')
    .replace(/^[./]+/, '')
    .replace(/[^\w.-]+/g, '-')
}

function changesIn(before: PlanEntry, after: PlanEntry, folder: string, unwritten: Left): Changes {
  const earlier = new Map(resourcesIn(before.plan).map(resource => [resource.address, resource]))
  const override: Blocks = {}
  const added: Blocks = {}
  const notes: string[] = []
  for (const resource of resourcesIn(after.plan)) {
    const former = earlier.get(resource.address)
    if (former && JSON.stringify(former) === JSON.stringify(resource)) continue
    try {
      if (former) {
        put(override, resource, changedIn(former, resource))
        notes.push(...overwritten(former, resource))
      } else put(added, resource, wholeOf(resource))
    } catch (error) {
      if (!(error instanceof Unwritten)) throw error
      unwritten.push({ file: after.file, address: resource.address })
    }
  }
  return { folder, file: before.file === after.file ? after.file : before.file, override, added, notes }
}

/** Resources of plans that no file can say. */
type Left = { readonly file: string; readonly address: string }[]

interface Blocks {
  [kind: string]: { [type: string]: { [name: string]: JsonObject } }
}

function put(blocks: Blocks, { mode, type, name }: Resource, body: JsonObject): void {
  const kind = mode === 'data' ? 'data' : 'resource'
  blocks[kind] = { ...blocks[kind], [type]: { ...blocks[kind]?.[type], [name]: body } }
}

function changedIn(former: Resource, resource: Resource): JsonObject {
  const names = Object.keys(resource.expressions).filter(
    name => JSON.stringify(shown(former, name)) !== JSON.stringify(shown(resource, name)),
  )
  const gone = Object.keys(former.expressions).filter(
    name => !(name in resource.expressions) && shown(resource, name).after === null,
  )
  return {
    ...Object.fromEntries(
      names.filter(name => !gone.includes(name)).map(name => [name, writtenAs(shown(resource, name))]),
    ),
    ...Object.fromEntries(gone.map(name => [name, null])),
  }
}

function wholeOf(resource: Resource): JsonObject {
  const { after, unknown, expressions, provider, waits } = resource
  return {
    ...(provider !== 'aws' && provider !== '' && { provider }),
    ...blockAs(configured(after, expressions), configured(unknown, expressions), expressions),
    ...(waits.length > 0 && { depends_on: waits }),
  }
}

/** Those attributes that have been written: a resource that is kept has besides what the provider had computed. */
function configured(values: JsonObject, expressions: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in expressions))
}

function shown({ after, unknown, expressions }: Resource, name: string) {
  return { after: after[name] ?? null, unknown: unknown[name] ?? null, expression: expressions[name] ?? null }
}

/** The expressions in whose place the override puts what they come to now. */
function overwritten(former: Resource, resource: Resource): readonly string[] {
  return Object.entries(changedIn(former, resource)).flatMap(([name, value]) => {
    const lost = referencesIn(former.expressions[name] ?? null).filter(
      reference => !JSON.stringify(value).includes(reference),
    )
    const listed = lost.map(reference => `\`${reference}\``).join(', ')
    return lost.length > 0
      ? [`\`${resource.address}.${name}\` refers to ${listed}; the override has what that comes to now`]
      : []
  })
}

function resourcesIn(plan: JsonObject): readonly Resource[] {
  const { root_module: root = {} } = objectOf(plan.configuration)
  const configured = new Map(objectsIn(objectOf(root).resources).map(item => [String(item.address), item]))
  return objectsIn(plan.resource_changes).flatMap(item => {
    const address = parseAddress(String(item.address))
    const { after, after_unknown: unknown } = objectOf(item.change)
    if (!address || address.modules.length > 0 || address.index !== null || !isObject(after)) return []
    const {
      expressions,
      provider_config_key: provider = '',
      depends_on: waits = [],
    } = objectOf(configured.get(String(item.address)))
    return [
      {
        address: String(item.address),
        mode: address.mode,
        type: address.type,
        name: address.name,
        after,
        unknown: objectOf(unknown),
        expressions: objectOf(expressions),
        provider: String(provider),
        waits: Array.isArray(waits) ? waits : [],
      },
    ]
  })
}

/** Names that were only made up, since nobody has declared them, become variables. */
function withVariables(changes: Changes, before: World, after: World): Changes {
  const declared = new Set(before.plans.flatMap(({ identities = {} }) => Object.values(identities)))
  const made = after.plans.flatMap(({ identities = {}, file }) =>
    Object.entries(identities)
      .filter(([, arn]) => !declared.has(arn))
      .map(([address, arn]) => ({ address, arn, file })),
  )
  const used = made.filter(({ arn }) => JSON.stringify([changes.override, changes.added]).includes(arn))
  if (used.length === 0) return changes
  const filled = (blocks: JsonObject): JsonObject =>
    JSON.parse(
      used.reduce(
        (text, { address, arn }) => text.replaceAll(arn, () => `\${var.${variableOf(address)}}`),
        JSON.stringify(blocks),
      ),
    )
  const variable = Object.fromEntries(
    used.map(({ address, file }) => [
      variableOf(address),
      { description: `The ARN of ${address} (${file}).`, type: 'string' },
    ]),
  )
  return { ...changes, override: filled(changes.override), added: { variable, ...filled(changes.added) } }
}

function variableOf(address: string): string {
  return `keyreach_${address.replace(/\W+/g, '_')}_arn`
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
