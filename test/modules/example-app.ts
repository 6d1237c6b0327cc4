import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, type TerraformDataSource, type TerraformResource, TerraformStack } from 'cdktf'
import { parseAddress } from '../../engine/address'
import { exampleWorld } from '../../engine/example'
import { previewOf } from '../../engine/load/preview'
import type { World } from '../../engine/world'
import type { IKeyPolicy } from '../../modules'
import { camelCase, configure } from '../../modules/satisfy/configure'
import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { ExampleAccount, ExampleWorld } from '../../policies/lang/rule'

/** What an example tells that no configuration does: null where an application can have all of it. */
export function beyondConfiguration({ accounts }: ExampleWorld): string | null {
  if (accounts.some(({ deletes, replaces }) => deletes || replaces)) return 'it takes away what is there'
  const text = JSON.stringify(accounts)
  if (/"\$(either|unknown|sensitive)"/.test(text)) return 'it has a value that comes from nowhere'
  const places = accounts.flatMap(({ resources }) => Object.keys(resources)).flatMap(key => parseAddress(key) ?? [])
  if (places.some(({ modules, index }) => modules.length > 0 || index !== null)) return 'it has modules, or instances'
  return null
}

/** An example as an application: a stack an account, each resource under its own name. */
export class ExampleApp {
  /** What there is, but for data. */
  readonly resources: TerraformResource[] = []
  private readonly app = new App({ skipValidation: true, outdir: '/nowhere' })
  private readonly stacks: { readonly account: ExampleAccount; readonly stack: TerraformStack }[] = []
  private readonly admitted = new Map<string, JsonObject[]>()

  constructor(private readonly example: ExampleWorld) {
    for (const account of example.accounts) this.add(account)
  }

  /** The stack of an account, which the example may know by its number only. */
  of(account: string | null): TerraformStack {
    const known = this.stacks.find(one => account === null || one.account.id === account)
    return known?.stack ?? this.add({ id: account ?? '', resources: {} })
  }

  /** Takes the statements for a key that is declared, as its owner would. */
  keyOf(arn: string): IKeyPolicy {
    return { admit: statements => void this.admitted.set(arn, [...(this.admitted.get(arn) ?? []), ...statements]) }
  }

  /** What Terraform would plan for all of it, and what is declared besides. */
  world(): World {
    const {
      plans,
      keys = {},
      ...declared
    } = exampleWorld({
      ...this.example,
      accounts: this.stacks.map(({ account }) => account),
    })
    const stacks = plans.map(({ plan: _, ...own }, i) => {
      const stack = this.stacks[i]?.stack
      stack?.prepareStack()
      return { ...own, name: stack?.node.id ?? '', documents: [JSON.parse(JSON.stringify(stack?.toTerraform()))] }
    })
    const admitting = Object.entries(keys as JsonObject).map(([arn, key]) => [arn, this.admittingIn(arn, key)])
    return { ...declared, keys: Object.fromEntries(admitting), plans: previewOf(stacks) }
  }

  private add(account: ExampleAccount): TerraformStack {
    const stack = new TerraformStack(this.app, `account-${this.stacks.length}`)
    const providers = providersOf(stack, account)
    for (const [address, values] of Object.entries(account.resources)) {
      const resource = made(stack, address, values)
      const provider = providers.find(({ on }) => on.includes(address))?.provider
      if (provider) resource.provider = provider
      if (!address.startsWith('data.')) this.resources.push(resource as TerraformResource)
    }
    this.stacks.push({ account, stack })
    return stack
  }

  private admittingIn(arn: string, key: Json): Json {
    const { policy } = key as { readonly policy?: string }
    if (policy === undefined) return key
    const { Statement = [], ...rest } = JSON.parse(policy)
    const all = [Statement, this.admitted.get(arn) ?? []].flat()
    return { ...(key as JsonObject), policy: JSON.stringify({ ...rest, Statement: all }) }
  }
}

function providersOf(stack: TerraformStack, { region = 'eu-central-1', providers = {} }: ExampleAccount) {
  new AwsProvider(stack, 'aws', { region })
  return Object.entries(providers)
    .filter(([name]) => name !== 'aws')
    .map(([name, { region: own = region, on }]) => {
      const alias = name.replace(/^aws\./, '')
      return { on, provider: new AwsProvider(stack, name, { region: own, alias }) }
    })
}

/** A resource by the class of its type. What its configuration cannot say, as the provider computes it, is written over it. */
function made(stack: TerraformStack, address: string, values: JsonObject): TerraformResource | TerraformDataSource {
  const { mode, type, name } = parseAddress(address) ?? { mode: 'managed', type: '', name: '' }
  const module = mode === 'data' ? `data-${type}` : type.replace(/^aws_/, '')
  const all: object = require(`@cdktf/provider-aws/lib/${module.replaceAll('_', '-')}`)
  const Class = Object.values(all).find(one => one.tfResourceType === type)
  const resource: TerraformResource = new Class(stack, address, {})
  resource.overrideLogicalId(name)
  for (const [attribute, value] of Object.entries(values)) {
    const text = written(value)
    if (attribute === 'depends_on') resource.dependsOn = text as string[]
    else if (isWritable(Class.prototype, attribute)) configure(resource, { [attribute]: text })
    else resource.addOverride(attribute, text)
  }
  return resource
}

function isWritable(prototype: object, attribute: string): boolean {
  const name = camelCase(attribute)
  return (
    Object.getOwnPropertyDescriptor(prototype, name)?.set !== undefined ||
    `put${name[0]?.toUpperCase()}${name.slice(1)}` in prototype
  )
}

/** A value of an example as configuration in JSON has it. */
function written(value: Json): Json {
  if (Array.isArray(value)) return value.map(written)
  if (!isObject(value)) return value
  if (typeof value.$ref === 'string') return `\${${value.$ref}}`
  const all = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, written(one)]))
  return 'Statement' in all ? JSON.stringify(all) : all
}
