import type { JsonObject } from '../policies/intrinsics'
import { localAddress, parseAddress } from './address'
import { recordsIn } from './load/records'
import type { Report } from './report'
import { type Check, checks } from './suppressions/checks'
import type { World } from './world'

/** What keeps another scanner from flagging a resource that keyreach has judged safe. */
export interface Suppression {
  readonly scanner: Check['scanner']
  readonly check: string
  /** The block of the resource: its address without the keys of instances. */
  readonly resource: string
  /** Where the text belongs. */
  readonly where: string
  readonly text: string
  /** Why the resource is as it is. */
  readonly because: string
}

/**
 * Suppressions of what other scanners flag though sharing an image needs it, for the resources at which every finding passes.
 * Where a setting is not known there is none: it may not be flagged at all.
 */
export function suppressionsOf({ plans }: World, { findings }: Report): readonly Suppression[] {
  const judged = new Map(findings.map(({ at, account, region }) => [blockOf(at), { account, region }]))
  for (const { at, verdict } of findings) if (verdict !== 'pass') judged.delete(blockOf(at))

  const resources = plans.flatMap(({ file, plan, identities = {} }) =>
    recordsIn(plan).map(({ item, values }) => ({
      file,
      block: blockOf(String(item.address)),
      type: String(item.type),
      values: { ...values, arn: identities[String(item.address)] ?? values.arn ?? null } as JsonObject,
    })),
  )
  const shares = sharesByImage(resources)
  const suppressions = resources.flatMap(({ file, block, type, values }) => {
    const place = judged.get(`${file}:${block}`) ?? judged.get(block)
    if (!place) return []
    const shared = shares.get(values.image_id)?.size ?? 0
    return checks
      .filter(check => check.types.includes(type) && check.flags(values, shared))
      .map(check => suppression(check, block, check.suppress({ ...place, values })))
  })
  return [...new Map(suppressions.map(one => [JSON.stringify(one), one])).values()]
}

function suppression({ scanner, id, because }: Check, resource: string, texts: { where: string; text: string }) {
  return { scanner, check: id, resource, ...texts, because }
}

/** By image the blocks that share it. */
function sharesByImage(
  resources: readonly { readonly block: string; readonly type: string; readonly values: JsonObject }[],
) {
  const shares = new Map<unknown, Set<string>>()
  for (const { block, type, values } of resources)
    if (type === 'aws_ami_launch_permission' && typeof values.image_id === 'string')
      shares.set(values.image_id, new Set([...(shares.get(values.image_id) ?? []), block]))
  return shares
}

function blockOf(place: string): string {
  const address = parseAddress(place)
  if (!address) return place
  const file = address.file === null ? '' : `${address.file}:`
  const modules = address.modules.map(({ name }) => `module.${name}.`).join('')
  return `${file}${modules}${localAddress(address)}`
}
