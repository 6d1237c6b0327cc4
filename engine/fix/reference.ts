import type { Json } from '../../policies/intrinsics'
import { partitionOfRegion } from '../../policies/lang/aws'
import { type Address, addressText, parseAddress } from '../address'
import { changesOf, type Draft, type DraftPlan, type DraftWorld, holds, objectIn, regionAt } from './draft'

/**
 * A value of a fix as it is written into the plan `owner`: `${aws_kms_key.image.arn}` is what that resource is known or declared to be
 * called, else a reference if it is of the same plan, else the name that an author would then have to declare for it.
 * The reference is one of the plan `from`, which is `owner` unless a resource moves.
 */
export function resolved(world: DraftWorld, owner: DraftPlan, value: Json, from = owner): Draft {
  if (Array.isArray(value)) return value.map(item => resolved(world, owner, item, from))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolved(world, owner, item as Json, from)]),
    )
  const reference = referenceIn(value)
  const address = parseAddress(reference)
  return address ? referred(world, owner, from, address, reference) : value
}

/** What a value of a fix refers to: `aws_kms_key.image.arn` of each `${aws_kms_key.image.arn}` in it. */
export function referencesOf(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf)
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap(item => referencesOf(item as Json))
  const reference = referenceIn(value)
  return reference === '' ? [] : [reference]
}

/** The plans that hold any of several resources, those that hold the first before others. */
export function homesOf(world: DraftWorld, references: readonly string[]): readonly DraftPlan[] {
  return references.flatMap(reference => {
    const address = parseAddress(reference)
    return address ? world.plans.filter(plan => holds(plan, address)) : []
  })
}

function referenceIn(value: Json): string {
  return /^\$\{(.+)\}$/.exec(typeof value === 'string' ? value : '')?.[1] ?? ''
}

function referred(world: DraftWorld, owner: DraftPlan, from: DraftPlan, address: Address, reference: string): Draft {
  const text = addressText(address)
  const home = [from, ...world.plans].find(plan => holds(plan, address))
  if (!home) throw new Error(`no plan has ${text}`)
  const item = changesOf(home).find(item => item.address === text) ?? {}
  const attribute = address.attribute[0]?.name ?? 'arn'
  const known = objectIn(objectIn(item, 'change'), 'after')[attribute]
  if (typeof known === 'string') return known
  if (['arn', 'id'].includes(attribute) && home.identities?.[text] !== undefined) return home.identities[text]
  const own = address.file === null ? reference : reference.slice(address.file.length + 1)
  return home === owner && address.modules.length === 0 ? { $ref: own } : named(home, address)
}

/** What a key of another plan, or of a module, is declared to be called where nothing has been declared yet. */
function named(home: DraftPlan, address: Address): string {
  const text = addressText(address)
  if (!address.type.startsWith('aws_kms_')) throw new Error(`nothing says what ${text} will be called`)
  const account = home.account ?? home.providers?.aws ?? '0'.repeat(12)
  const region = regionAt(home, address) ?? 'eu-central-1'
  const serial = String(Object.keys(home.identities ?? {}).length).padStart(12, '0')
  const arn = `arn:${partitionOfRegion(region)}:kms:${region}:${account}:key/00000000-0000-0000-0000-${serial}`
  home.identities = { ...home.identities, [text]: arn }
  return arn
}
