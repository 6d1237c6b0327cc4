import type { Json, JsonObject } from '../../policies/intrinsics'

/** A value of a specimen, or what can be told from it: where it is met in what a construct makes, there is its variable. */
export interface Leaf {
  readonly text: string
  /** Where it is in the specimen: `consumers.[].accountId`. */
  readonly path: string
  /** The expression of the text, by that of the value. */
  of(expression: string): string
}

/** What a module is given, and how it is recognized. */
export interface Specimen {
  readonly variables: JsonObject
  readonly leaves: readonly Leaf[]
  readonly optionals: ReadonlySet<string>
}

/** The partition follows from the provider; that of specimens is met nowhere else. */
const partition: Leaf = { text: 'aws-cn', path: '', of: () => 'data.aws_partition.this.partition' }

export function specimenOf(variables: JsonObject): Specimen {
  const optionals = new Set<string>()
  const leaves: Leaf[] = []
  const visit = (value: Json, path: string): void => {
    if (isOptional(value)) {
      optionals.add(path)
      visit(value.optional, path)
    } else if (Array.isArray(value)) for (const item of value) visit(item, `${path}.[]`)
    else if (isMap(value)) leaves.push(leaf(tokenOf(value), path))
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) visit(item, path === '' ? name : `${path}.${name}`)
    else if (typeof value === 'string') leaves.push(leaf(value, path), ...partsOf(value, path))
    else if (typeof value === 'number') leaves.push(leaf(tokenOf(value), path))
  }
  visit(variables, '')
  const found = [...leaves, ...arnsOf(variables, leaves), partition]
  return { variables, optionals, leaves: found.sort((a, b) => b.text.length - a.text.length) }
}

function leaf(text: string, path: string, of: Leaf['of'] = expression => expression): Leaf {
  return { text, path, of }
}

/** What constructs take out of an ARN: what stands between its slashes. */
function partsOf(text: string, path: string): readonly Leaf[] {
  if (!text.startsWith('arn:')) return []
  const [, ...parts] = text.split('/')
  return parts.map((part, i) =>
    leaf(part, path, arn => (i === parts.length - 1 ? `basename(${arn})` : `split("/", ${arn})[${i + 1}]`)),
  )
}

/** The ARNs of a key by region: that of a region that is given, or each of them. */
function arnsOf({ key }: JsonObject, leaves: readonly Leaf[]): readonly Leaf[] {
  const arns = ((key as JsonObject | undefined)?.arns ?? {}) as { readonly [region: string]: string }
  return Object.entries(arns).map(([region, arn]) => {
    const given = leaves.find(({ text }) => text === region)
    return given
      ? leaf(arn, given.path, expression => `var.key.arns[${given.of(expression)}]`)
      : leaf(arn, 'key.arns.[]')
  })
}

/** A number or a map as a text that is met nowhere else. */
export function tokenOf(value: Json): string {
  return `\uE002${JSON.stringify(value)}\uE003`
}

export function isOptional(value: Json): value is { readonly optional: Json } {
  return typeof value === 'object' && value !== null && 'optional' in value
}

/** Names that no attribute has are those of a map. */
export function isMap(value: Json): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.keys(value).some(name => !/^[a-z]\w*$/i.test(name))
}

/** The value at a path of a specimen. */
export function valueAt(variables: Json, path: string): Json {
  const plain = isOptional(variables) ? variables.optional : variables
  const [step = '', ...rest] = path.split('.')
  if (step === '') return plain
  const inner =
    step === '[]'
      ? Array.isArray(plain)
        ? plain[0]
        : Object.values(plain as JsonObject)[0]
      : (plain as JsonObject)[step]
  return valueAt(inner ?? null, rest.join('.'))
}

/** Whether all of an object may be left out, without being so itself. */
export function isAllOptional(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isOptional(value) || isMap(value))
    return false
  return Object.values(value).every(item => isOptional(item) || isAllOptional(item))
}

/** The lists that a path goes through: `a.[].b.[]` → `a.[]`, `a.[].b.[]`. */
export function listsOf(path: string): readonly string[] {
  const steps = path.split('.')
  return steps.flatMap((step, i) => (step === '[]' ? [steps.slice(0, i + 1).join('.')] : []))
}

/** `accountId` → `account_id`. */
export function snake(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase()
}
