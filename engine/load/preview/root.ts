import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { isUnknown, unknown } from '../../../policies/lang/maybe'
import type { PlanEntry } from '../../world'
import { blocksIn } from '../hcl/blocks'
import { evaluate, inside, type Scope } from '../hcl/evaluate'
import { type Configuration, configurationOf, type Resource } from './configuration'
import { type Named, nameOf } from './names'
import { referencesIn } from './references'
import { SHAPES, type Shape } from './shapes'

/** The configuration of a root module in JSON, as it is written, and what is declared of it as of a plan. */
export interface Stack extends Omit<PlanEntry, 'plan'> {
  /** The name by which other stacks of its application refer to it; null where it has none. */
  readonly name: string | null
  /** The documents of its files; override files come last. */
  readonly documents: readonly JsonObject[]
}

/** The instance of a resource: its key, and what `each` or `count` is in it. */
export interface Instance {
  readonly key: string | number | null
  readonly bound: JsonObject
}

/** Nobody makes more instances by `count`. */
const most = 10_000

/** A root module, which knows the value of whatever its configuration names. */
export class Root {
  readonly configuration: Configuration
  readonly scope: Scope
  /** What resources will be called that other stacks refer to, by address. */
  readonly named = new Map<string, string>()
  private readonly instances = new Map<string, ReadonlyMap<string, Instance> | null>()

  constructor(
    readonly stack: Stack,
    private readonly others: (name: string) => Root | undefined,
  ) {
    this.configuration = configurationOf(stack.documents)
    const { variables, locals } = this.configuration
    this.scope = { variables, locals, bound: {}, within: [], other: (path, { within }) => this.valueAt(path, within) }
  }

  /** The provider configuration that makes a resource: `aws`, `aws.consumer`. */
  providerOf({ type, body: { provider } }: Resource): string {
    return typeof provider === 'string' ? bareName(provider) : providerName(type)
  }

  /** The instances of a resource; null where it is not known which there will be. */
  instancesOf(resource: Resource): ReadonlyMap<string, Instance> | null {
    const remembered = this.instances.get(resource.address)
    if (remembered !== undefined) return remembered
    const instances = this.instancesIn(resource)
    const byKey = instances && new Map(instances.map(instance => [String(instance.key), instance]))
    this.instances.set(resource.address, byKey)
    return byKey
  }

  private instancesIn({ body: { count, for_each } }: Resource): readonly Instance[] | null {
    if (count !== undefined) {
      const number = Number(evaluate(count, this.scope))
      if (!Number.isInteger(number) || number > most) return null
      return Array.from({ length: number }, (_, index) => ({ key: index, bound: { count: { index } } }))
    }
    if (for_each === undefined) return [{ key: null, bound: {} }]
    const over = evaluate(for_each, this.scope)
    if (isUnknown(over) || typeof over !== 'object' || over === null) return null
    const entries = Array.isArray(over) ? over.map((key: Json) => [key, key] as const) : Object.entries(over)
    if (entries.some(([key]) => typeof key !== 'string')) return null
    return entries.map(([key, value]) => ({ key: String(key), bound: { each: { key, value } } }))
  }

  /** What data sources give that ask for nothing but the account and the region. */
  readBy(resource: Resource): JsonObject {
    if (resource.mode !== 'data') return {}
    const provider = this.providerOf(resource)
    const [account, region] = [this.accountOf(provider), this.regionOf(provider)]
    if (resource.type === 'aws_caller_identity' && account !== null) return { account_id: account }
    if (resource.type === 'aws_region' && region !== null) return { name: region, region, id: region }
    if (resource.type === 'aws_partition') return { partition: 'aws', dns_suffix: 'amazonaws.com', id: 'aws' }
    return {}
  }

  private valueAt(path: readonly string[], within: readonly string[]): Json | undefined {
    const length = path[0] === 'data' ? 3 : 2
    const resource = this.configuration.resources.get(path.slice(0, length).join('.'))
    if (!resource) return undefined
    const isRepeated = 'count' in resource.body || 'for_each' in resource.body
    const [key, steps] = isRepeated ? [path[length] ?? '', path.slice(length + 1)] : [null, path.slice(length)]
    const [attribute = '', ...deeper] = steps
    const source = `${resource.address}${key === null ? '' : `[${keyText(key)}]`}.${steps.join('.')}`
    if (within.includes(source)) return unknownOf(source)
    const known = this.readBy(resource)[attribute] ?? this.remote(resource, attribute, deeper)
    if (known !== undefined) return known
    const instance = this.instancesOf(resource)?.get(String(key))
    const written = resource.body[attribute] ?? null
    if (!instance || written === null) return unknownOf(source)
    const isBlock = isObject(shapeOf(resource)[attribute])
    const scope = { ...this.scope, bound: instance.bound, within: [...within, source] }
    return inside(evaluate(isBlock ? blocksIn(written) : written, scope), deeper, source)
  }

  /** The output of another stack of the same application. */
  private remote({ type, name }: Resource, attribute: string, path: readonly string[]): Json | undefined {
    const [, stack] = /^cross-stack-reference-input-(.+)$/.exec(name) ?? []
    const [output = '', ...deeper] = path
    if (type !== 'terraform_remote_state' || attribute !== 'outputs' || stack === undefined) return undefined
    const other = this.others(stack)
    return other && inside(other.output(output), deeper, output)
  }

  /** What an output is to another stack: of what is not made yet, the name that it will have. */
  private output(name: string): Json {
    const { value = null } = this.configuration.outputs.get(name) ?? {}
    const found = evaluate(value, this.scope)
    if (!isUnknown(found)) return found
    const [, address = '', attribute = ''] = /^(\w+\.[\w-]+)\.(\w+)$/.exec(found.unknown) ?? []
    const resource = this.configuration.resources.get(address)
    return (resource && this.nameOf(resource, attribute)) ?? found
  }

  private nameOf(resource: Resource, attribute: string): string | null {
    const declared = this.stack.identities?.[resource.address] ?? null
    const name = nameOf(this.namedOf(resource), attribute, declared)
    if (name && declared === null) this.named.set(resource.address, name.identity)
    return name?.text ?? null
  }

  private namedOf(resource: Resource): Named {
    const { type, body, address } = resource
    const provider = this.providerOf(resource)
    const read = (name: string): string | null => textOf(evaluate(body[name] ?? null, this.scope))
    const primary = referencesIn(body.primary_key_arn ?? null, this.scope.locals).at(-1)
    return {
      type,
      account: this.accountOf(provider),
      region: read('region') ?? this.regionOf(provider),
      // A replica has the id of its primary.
      serial: [...this.configuration.resources.keys()].sort().indexOf(primary ?? address),
      isMultiRegion: primary !== undefined || evaluate(body.multi_region ?? null, this.scope) === true,
      read,
    }
  }

  private accountOf(provider: string): string | null {
    const { account, providers } = this.stack
    const declared = providers?.[provider] ?? account
    if (declared !== undefined) return declared
    const { assume_role: role = null, allowed_account_ids: allowed = null } = this.argumentsOf(provider)
    const [arn] = blocksIn(evaluate(role, this.scope)).map(({ role_arn: arn }) => String(arn).split(':')[4])
    const only = evaluate(allowed, this.scope)
    return arn ?? (Array.isArray(only) && only.length === 1 ? String(only[0]) : null)
  }

  private regionOf(provider: string): string | null {
    return textOf(evaluate(this.argumentsOf(provider).region ?? null, this.scope))
  }

  private argumentsOf(provider: string): JsonObject {
    return this.configuration.providers.get(provider) ?? {}
  }
}

/** What the type of a resource has; nothing where rules do not read it. */
export function shapeOf({ mode, type }: Resource): Shape {
  const shape = SHAPES[mode === 'data' ? `data.${type}` : type]
  return typeof shape === 'object' ? shape : {}
}

/** The provider of a resource type: `aws` of `aws_kms_key`. */
export function providerName(type: string): string {
  return type.split('_')[0] ?? ''
}

/** A name that stands for itself (`aws_kms_grant.a`), which some write as an expression. */
export function bareName(written: string): string {
  return written.replace(/^\$\{(.*)\}$/, '$1')
}

function keyText(key: string): string {
  return /^\d+$/.test(key) ? key : JSON.stringify(key)
}

function textOf(value: Json): string | null {
  return typeof value === 'string' ? value : null
}

function unknownOf(source: string): Json {
  return { ...unknown(source) }
}
