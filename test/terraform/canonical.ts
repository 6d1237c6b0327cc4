import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { Evaluated } from './evaluate'

/** Resources and outputs in a form that is the same whatever the resources are called, and however policies and blocks are written. */
export function canonical(evaluated: readonly Evaluated[], outputs: JsonObject): Json {
  const resources = evaluated.map(({ body: { depends_on = [], ...body }, ...one }) => {
    const awaited = (depends_on as readonly string[]).filter(address => evaluated.some(other => isOf(other, address)))
    return { ...one, body: { ...body, depends_on: [...new Set(awaited.map(typeOf))] } }
  })
  const addresses = new Map(
    resources.map(({ type, address, body }) => [address, `${type} ${JSON.stringify(plain(body, () => ''))}`]),
  )
  const name = (address: string): string => addresses.get(address) ?? address
  const all = resources.map(({ type, body }) => JSON.stringify([type, plain(body, name)]))
  return { resources: all.sort(), outputs: plain(outputs, name) }
}

/** A value without what Terraform takes for nothing; a block alone stands for a list of one, and the order of neither matters. */
function plain(value: Json, name: (address: string) => string): Json {
  if (typeof value === 'string') return text(value, name)
  if (Array.isArray(value)) {
    const items = value.map(item => plain(item, name)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    return items.length === 1 && isObject(items[0] ?? null) ? (items[0] ?? null) : items
  }
  if (!isObject(value)) return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value
  const entries = Object.entries(value)
    .filter(([key, item]) => key !== '//' && item !== null && !(Array.isArray(item) && item.length === 0))
    .map(([key, item]) => [key, plain(item, name)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether a resource is the one at an address, or an instance of it. What is waited for is told by its type. */
function isOf({ address }: Evaluated, at: string): boolean {
  return address === at || address.startsWith(`${at}[`)
}

function typeOf(address: string): string {
  return address.split('.')[0] ?? ''
}

function text(value: string, name: (address: string) => string): Json {
  if (value.startsWith('{"')) return statements(JSON.parse(value))
  const [, address, attribute] = /^\$?\{?(aws_\w+\.[\w-]+(?:\["[^"]*"\]|\[0\])?)\.(\w+)\}?$/.exec(value) ?? []
  return address === undefined ? value : `${name(address)} ${attribute}`
}

/** What a policy says, one principal, action and resource at a time. */
function statements({ Statement }: JsonObject): Json {
  const said = (Statement as readonly JsonObject[]).flatMap(({ Sid: _, Principal, Action, Resource, ...rest }) =>
    principals(Principal).flatMap(principal =>
      [Action ?? null]
        .flat()
        .flatMap(action =>
          [Resource ?? null].flat().map(resource => JSON.stringify({ ...sorted(rest), principal, action, resource })),
        ),
    ),
  )
  return [...new Set(said)].sort()
}

function principals(principal: Json | undefined): readonly Json[] {
  if (!isObject(principal ?? null)) return [principal ?? null]
  return Object.entries(principal as JsonObject).flatMap(([type, all]) => [all].flat().map(one => `${type} ${one}`))
}

function sorted(value: Json): JsonObject {
  if (!isObject(value)) return {}
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, isObject(item) ? sorted(item) : item]))
}
