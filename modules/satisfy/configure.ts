import { ComplexList, type TerraformResource, Tokenization } from 'cdktf'
import { type Step, stepsOf } from '../../engine/fix/attribute'
import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'

/** Sets what Terraform calls so, attributes and blocks, by the setters of a class of the provider. What is null is unset. */
export function configure(resource: TerraformResource, values: JsonObject): void {
  for (const [name, value] of Object.entries(values)) set(resource, name, value)
}

/** Sets the attribute at a path (`kms_key_id`, `distribution[region="eu-west-1"].ami_distribution_configuration[0].kms_key_id`). */
export function setAttribute(resource: TerraformResource, path: string, value: Json): void {
  const [first, ...rest] = stepsOf(path)
  if (!first || rest.length === 0) {
    set(resource, path, value)
    return
  }
  const name = camelCase(first.name)
  const { [name]: member, [`${name}Input`]: written } = membersOf(resource)
  if (Tokenization.isResolvable(written))
    throw new Error(`${resource.node.path}: ${first.name}: its blocks are known only at apply`)
  call(resource, `put${capital(name)}`, within(member, written as Configured | undefined, first, rest, value))
}

/** The name by which the classes of the provider know an attribute: `kms_key_id` is `kmsKeyId`. */
export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** What a class says of an attribute, by its name in Terraform. */
export function attributeOf(resource: TerraformResource, name: string): unknown {
  return membersOf(resource)[camelCase(name)]
}

/** A block, or several, as the classes of the provider take them. */
type Configured = Block | readonly Block[]
type Block = { readonly [name: string]: unknown }

function set(resource: TerraformResource, attribute: string, value: Json): void {
  const name = camelCase(attribute)
  const isBlock = typeof membersOf(resource)[`put${capital(name)}`] === 'function'
  if (value === null || (isBlock && Array.isArray(value) && value.length === 0)) call(resource, `reset${capital(name)}`)
  else if (Array.isArray(value) && value.some(isObject))
    call(resource, `put${capital(name)}`, blocksOf(membersOf(resource)[name], value))
  else Object.assign(resource, { [name]: value })
}

/** Blocks as the class of their parent takes them: one, or a list, each with the names of its own class. */
function blocksOf(member: unknown, blocks: readonly Json[]): Configured {
  const all = blocks.filter(isObject).map((block, i) => {
    const own = elementOf(member, i)
    return Object.fromEntries(
      Object.entries(block).map(([attribute, value]) => {
        const name = camelCase(attribute)
        return [name, Array.isArray(value) && value.some(isObject) ? blocksOf(own[name], value) : value]
      }),
    )
  })
  return member instanceof ComplexList ? all : (all[0] ?? {})
}

/** The blocks of a member with the attribute set in one of them, which is made where it is missing. */
function within(
  member: unknown,
  written: Configured | undefined,
  { name: _, position, having }: Step,
  [next, ...rest]: readonly Step[],
  value: Json,
): Configured {
  const blocks = [written ?? []].flat() as readonly Block[]
  const found = having ? blocks.findIndex(block => block[camelCase(having[0])] === having[1]) : position
  const at = found < 0 ? blocks.length : Math.min(found, blocks.length)
  const block = blocks[at] ?? (having ? { [camelCase(having[0])]: having[1] } : {})
  const name = camelCase(next?.name ?? '')
  const own = elementOf(member, at)
  const changed =
    next && rest.length > 0 ? within(own[name], block[name] as Configured | undefined, next, rest, value) : value
  const { [name]: __, ...others } = block
  const all = blocks.toSpliced(at, 1, changed === null ? others : { ...block, [name]: changed })
  return member instanceof ComplexList ? all : (all[0] ?? {})
}

function elementOf(member: unknown, position: number): Block {
  return membersOf(member instanceof ComplexList ? (member as ComplexList & Elements).get(position) : member)
}

interface Elements {
  get(position: number): unknown
}

function call(resource: TerraformResource, method: string, ...args: readonly unknown[]): void {
  const { [method]: own } = membersOf(resource)
  if (typeof own !== 'function')
    throw new Error(`${resource.node.path}: ${resource.terraformResourceType} has no ${method}`)
  own.apply(resource, args)
}

function membersOf(one: unknown): Block {
  return one as Block
}

function capital(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`
}
