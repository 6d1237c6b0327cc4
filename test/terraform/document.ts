import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { Evaluated } from './evaluate'

/** Evaluated resources as configuration of one account that calls no modules, to be previewed. */
export function documentOf(resources: readonly Evaluated[], account: string, region = 'eu-central-1'): JsonObject {
  const names = new Map(resources.map(({ address }) => [address, nameOf(address)]))
  const referring = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(referring)
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, referring(item)]))
    if (typeof value !== 'string') return value
    return value.replace(/^((?:[\w.]+\.)?aws_\w+\.[\w-]+(?:\[[^\]]*\])?)\.(\w+)$/, (all, address, attribute) => {
      const name = names.get(address)
      return name === undefined ? all : `\${${name}.${attribute}}`
    })
  }
  const resource: { [type: string]: { [name: string]: Json } } = {}
  for (const { type, address, body } of resources) {
    const { depends_on, ...rest } = body
    const awaited = resources.filter(one => isAwaited(depends_on, one.address)).map(one => names.get(one.address) ?? '')
    const name = (names.get(address) ?? '').slice(type.length + 1)
    resource[type] = { ...resource[type], [name]: { ...(referring(rest) as JsonObject), depends_on: awaited } }
  }
  return { provider: { aws: [{ region, allowed_account_ids: [account] }] }, resource }
}

/** An address of a resource as one that no module is around, and that is no instance. */
export function nameOf(address: string): string {
  const [, call = '', type = '', name = ''] = /^(.*?)(aws_\w+)\.(.*)$/.exec(address) ?? []
  return `${type}.${call}${name}`.replace(/(?<=\..*)[^\w-]+/g, '_')
}

/** Whatever is of a resource is waited for with it. */
function isAwaited(awaited: Json | undefined, address: string): boolean {
  return (
    Array.isArray(awaited) &&
    awaited.some(one => address === one || [`${one}[`, `${one}.`].some(start => address.startsWith(start)))
  )
}
