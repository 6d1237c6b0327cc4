import type { Shown } from '../../modules/terraform/runs'
import type { Json, JsonObject } from '../../policies/intrinsics'
import type { ConstructModel } from '../constructs'
import type { FieldModel, TypeModel } from '../declarations'
import { isAllOptional, isMap, isOptional, type Specimen, snake } from './specimen'
import { validationOf } from './validation'

/** A variable as the pages of its module show it. */
export interface Variable {
  readonly name: string
  readonly type: string
  readonly description: string
  /** What holds where it is left out, in HCL; null where it is required. */
  readonly default: string | null
  readonly block: JsonObject
}

/** The variables of a module: their types by the specimen, what they are by the comments of the construct. */
export function variablesOf(
  shown: Shown,
  specimen: Specimen,
  defaults: ReadonlyMap<string, Json>,
  described: Described,
): readonly Variable[] {
  const { variables } = specimen
  return Object.entries(variables).map(([name, value]) => {
    const type = typeOf(value, name, defaults)
    const fallback = fallbackOf(value, name, defaults)
    const description = descriptionOf(name, value, shown, described)
    const validation = shown.refusals
      .filter(({ path }) => path.split(/[. ]/)[0] === name)
      .flatMap(refusal => validationOf(refusal, specimen, shown.refusals))
    const block = {
      description,
      type,
      ...(fallback !== undefined && { default: fallback, ...(fallback !== null && { nullable: false }) }),
      ...(fallback === undefined && { nullable: false }),
      ...(validation.length > 0 && { validation }),
    }
    const written = fallback === undefined ? null : JSON.stringify(fallback)
    return { name: snake(name), type, description, default: written, block }
  })
}

/** The type of a value, as Terraform writes it. */
function typeOf(value: Json, path: string, defaults: ReadonlyMap<string, Json>): string {
  if (isOptional(value)) return typeOf(value.optional, path, defaults)
  if (Array.isArray(value)) return `list(${typeOf(value[0] ?? null, `${path}.[]`, defaults)})`
  if (isMap(value)) return 'map(string)'
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? 'bool' : typeof value
  const members = Object.entries(value).map(([name, item]) => {
    const inside = `${path}.${name}`
    const type = typeOf(item, inside, defaults)
    const fallback = fallbackOf(item, inside, defaults)
    if (fallback === undefined) return `${snake(name)} = ${type}`
    return `${snake(name)} = optional(${type}${fallback === null ? '' : `, ${JSON.stringify(fallback)}`})`
  })
  return `object({ ${members.join(', ')} })`
}

/** What a value is where it is left out; undefined where it may not be. */
function fallbackOf(value: Json, path: string, defaults: ReadonlyMap<string, Json>): Json | undefined {
  if (isAllOptional(value)) return {}
  if (!isOptional(value)) return undefined
  if (Array.isArray(value.optional)) return []
  return value.optional === true ? false : (defaults.get(path) ?? null)
}

/** What no construct has a comment for. */
const words: { readonly [name: string]: string } = {
  key: 'The key of the images, as the module `multi-region-key` gives it: its account, its alias, and its ARN in each region.',
  name: 'The name of all that is made.',
}

/** What a variable or an output is, with all that can be inside it. */
export function descriptionOf(
  name: string,
  value: Json,
  { describedBy }: Shown,
  { construct, types }: Described,
): string {
  const as = describedBy[name] ?? name
  const [type, member = as] = as.split('.')
  const shared = types.find(one => one.name === type && as.includes('.'))?.fields
  const all = shared ?? [...construct.properties, ...construct.fields, ...construct.methods]
  const told = all.find(one => one.name === member)
  const text = told?.description ?? words[as]
  if (text === undefined) throw new Error(`${construct.name}: nothing says what ${name} is`)
  const field = (shared ?? construct.properties).find(one => one === told)
  const inner = types.find(type => field?.type.replace('[]', '') === type.name)
  const members = inner?.fields.filter(one => isIn(value, one.name)) ?? []
  return [text, ...(field ? [defaultText(field)] : []), ...members.map(memberText)].filter(Boolean).join(' ')
}

/** What comments are looked for in. */
export interface Described {
  readonly construct: ConstructModel
  readonly types: readonly TypeModel[]
}

/** Whether an object, or the element of a list, has a member. */
function isIn(value: Json, name: string): boolean {
  const plain = isOptional(value) ? value.optional : value
  if (Array.isArray(plain)) return isIn(plain[0] ?? null, name)
  return typeof plain === 'object' && plain !== null && name in plain
}

function memberText(field: FieldModel): string {
  return `\`${snake(field.name)}\`: ${[field.description, defaultText(field)].filter(Boolean).join(' ')}`
}

function defaultText({ default: text }: FieldModel): string {
  return text === '' ? '' : `By default: ${text}.`
}
