import { at, fact, index, isObject, type Json, type JsonObject, withoutInstances } from '../intrinsics'
import { listOf, objectOf, objectsOf, textOf, textsOf } from './json'
import { RESOURCE_TYPES } from './schema'
import { plans } from './world'

/** A resource or data source of a plan as it will be after apply. */
export interface Change {
  /** `plan|address`. */
  readonly id: string
  /** The position of its plan in the world. */
  readonly plan: number
  /** The key of its module: `0|outer/inner`; of a root module `0|`. */
  readonly module: string
  readonly moduleAddress: string
  /** Its address in its plan. */
  readonly own: string
  /** `aws_kms_key`; of a data source `data.aws_kms_key`. */
  readonly type: string
  /** Its address in the module, without instances: `aws_kms_key.a`, `data.aws_kms_key.a`. */
  readonly local: string
  /** Where it is written: its module and its address there. */
  readonly written: string
  /** The key of its instance: a text for `for_each`, a number for `count`, else null. */
  readonly instance: Json
  readonly after: JsonObject
  /** `after_unknown`: for each attribute true, or the same of its parts. */
  readonly unknown: Json
  readonly sensitive: Json
}

/**
 * What the plans make, keep, change or read, and what else is there, of the types that rules speak about; what is deleted is left out.
 * Values are those of `change.after`, never of `planned_values`, where an unknown looks like an absent one (aws-facts 7.1).
 */
export const changes = fact((): readonly Change[] =>
  plans().flatMap((plan, i) => [
    ...(entries()[i] ?? [])
      .filter(entry => isObject(entry.change.after) && (entry.deposed ?? null) === null)
      .map(entry => changeOf(i, entry, entry.change)),
    ...(entries()[i] ?? [])
      .filter(entry => !isObject(at(entry.change as unknown as Json, ['after'])) && (entry.deposed ?? null) === null)
      .flatMap(entry => otherwiseLeft(i, entry)),
    ...recorded(plan.document)
      .filter(item => isObject(item.values) && !changed(item.address).includes(i))
      .map(item =>
        changeOf(i, item, { after: item.values, after_unknown: {}, after_sensitive: item.sensitive_values ?? null }),
      ),
  ]),
)

/** A resource that a plan takes away, as it was: deleted, or replaced by another of the same address. */
export interface Removal {
  /** `plan|address`: also of what is made in its place. */
  readonly id: string
  readonly plan: number
  /** Its address in its plan. */
  readonly own: string
  readonly type: string
  readonly before: JsonObject
  readonly sensitive: Json
  readonly isReplaced: boolean
}

/** What the plans delete or replace, of the types that rules speak about; not what they merely stop to manage. */
export const removals = fact((): readonly Removal[] =>
  plans().flatMap((_, i) =>
    (entries()[i] ?? [])
      .filter(
        entry => isObject(entry.change.before ?? null) && textsOf(entry.change.actions ?? null).includes('delete'),
      )
      .map(entry => ({
        id: idOf(i, entry.address),
        plan: i,
        own: entry.address,
        type: typeOf(entry),
        before: objectOf(entry.change.before ?? null),
        sensitive: entry.change.before_sensitive ?? null,
        isReplaced: textsOf(entry.change.actions ?? null).includes('create'),
      })),
  ),
)

/** The key of the module that an instance address (`module.a["x"].module.b`) belongs to; the root module's where it is empty. */
export function moduleKey(plan: number, address: string): string {
  if (address === '') return `${plan}|`
  const names = withoutInstances(address)
    .split('module.')
    .map(name => name.replaceAll('.', ''))
    .filter(name => name !== '')
  return `${plan}|${names.join('/')}`
}

/** A resource as plans and states list it. */
interface Listed {
  readonly address: string
  readonly module_address?: Json
  readonly mode: string
  readonly type: string
  readonly name: string
  readonly index?: string | number
}

/** One of `resource_changes`. */
interface Entry extends Listed {
  readonly deposed?: string
  readonly change: Left & {
    readonly actions?: Json
    readonly before?: Json
    readonly before_sensitive?: Json
  }
}

/** What a change leaves. */
interface Left {
  readonly after: JsonObject
  readonly after_unknown?: Json
  readonly after_sensitive?: Json
}

/** One of the resources of a state. */
interface Recorded extends Listed {
  readonly deposed_key?: string
  readonly values: JsonObject
  readonly sensitive_values?: Json
}

/** Of what is listed, the well-formed resources of the types that rules read. */
function read(list: Json): readonly Listed[] {
  return (listOf(list) as unknown as readonly Listed[]).filter(
    item =>
      isObject(item) &&
      at(RESOURCE_TYPES, [item.mode, item.type]) !== null &&
      typeof item.address === 'string' &&
      typeof item.name === 'string',
  )
}

/** What a change that has no values after it leaves: what Terraform forgets (`removed` without `destroy`) stays as it is. */
function otherwiseLeft(plan: number, entry: Entry): readonly Change[] {
  const { change } = entry
  const before = change.before ?? null
  if ((change.after_unknown ?? null) === true) return [changeOf(plan, entry, { after: {}, after_unknown: true })]
  if (isObject(before) && textsOf(change.actions ?? null).includes('forget'))
    return [
      changeOf(plan, entry, { after: before, after_unknown: {}, after_sensitive: change.before_sensitive ?? null }),
    ]
  return []
}

function changeOf(plan: number, item: Listed, left: Left): Change {
  const { address, name } = item
  const moduleAddress = textOf(item.module_address ?? null) ?? ''
  const module = moduleKey(plan, moduleAddress)
  const type = typeOf(item)
  const local = `${type}.${name}`
  return {
    id: idOf(plan, address),
    plan,
    module,
    moduleAddress,
    own: address,
    type,
    local,
    written: `${module}|${local}`,
    instance: item.index ?? null,
    after: left.after,
    unknown: left.after_unknown ?? null,
    sensitive: left.after_sensitive ?? null,
  }
}

/** What a resource is known by among those of all plans. */
export function idOf(plan: number, address: string): string {
  return [`${plan}`, address].join('|')
}

/** The type as rules name it. */
function typeOf({ mode, type }: Listed): string {
  if (mode === 'data') return `data.${type}`
  return type
}

/** The changes of each plan, those included that it puts off to a later one; what it shows as planned where it lists no changes. */
const entries = fact((): readonly (readonly Entry[])[] =>
  plans().map(plan =>
    (read([...planned(plan.document), ...deferred(plan.document)]) as readonly Entry[]).filter(entry =>
      isObject(entry.change),
    ),
  ),
)

function planned(document: JsonObject): readonly Json[] {
  const listed = at(document, ['resource_changes'])
  if (Array.isArray(listed)) return listed
  return resourcesBelow(at(document, ['planned_values', 'root_module'])).map(asChange)
}

/** Changes that are put off. Where not even the number of instances is known, nothing of them is. */
function deferred(document: JsonObject): readonly JsonObject[] {
  return objectsOf(at(document, ['deferred_changes'])).flatMap(item => deferredOf(item))
}

function deferredOf(item: JsonObject): readonly JsonObject[] {
  const change = objectOf(at(item, ['resource_change']))
  const reason = at(item, ['reason'])
  if (reason === 'excluded' || reason === 'not_included') return []
  if (reason !== 'instance_count_unknown') return [change]
  return [{ ...change, change: { after_unknown: true } }]
}

/** From an address to the plans that change it. */
const changed = index(function* () {
  for (const [i, listed] of entries().entries())
    for (const entry of listed) if ((entry.deposed ?? null) === null) yield [entry.address, i]
})

/** All that a state shows, and what was there before a plan: what it read, and what it does not touch (`-target`, `-refresh-only`). */
function recorded(document: JsonObject): readonly Recorded[] {
  return [
    ...resourcesBelow(at(document, ['values', 'root_module'])),
    ...resourcesBelow(at(document, ['prior_state', 'values', 'root_module'])),
  ].filter(item => (item.deposed_key ?? null) === null)
}

/** The resources of a module and of those below it, to eight levels, of the types that rules read. */
function resourcesBelow(root: Json): readonly Recorded[] {
  const second = childrenOf([objectOf(root)])
  const third = childrenOf(second)
  const fourth = childrenOf(third)
  const fifth = childrenOf(fourth)
  const sixth = childrenOf(fifth)
  const seventh = childrenOf(sixth)
  const modules = [[objectOf(root)], second, third, fourth, fifth, sixth, seventh, childrenOf(seventh)].flatMap(
    level => level,
  )
  return modules.flatMap(module => resourcesIn(module))
}

function childrenOf(modules: readonly JsonObject[]): readonly JsonObject[] {
  return modules.flatMap(module => objectsOf(at(module, ['child_modules'])))
}

function resourcesIn(module: JsonObject): readonly Recorded[] {
  const address = textOf(at(module, ['address'])) ?? ''
  return (read(at(module, ['resources'])) as readonly Recorded[]).map(item => ({ ...item, module_address: address }))
}

function asChange(item: Recorded): JsonObject {
  return {
    ...(item as unknown as JsonObject),
    change: { after: item.values ?? null, after_unknown: {}, after_sensitive: item.sensitive_values ?? null },
  }
}
