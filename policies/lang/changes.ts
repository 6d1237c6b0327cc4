import { at, fact, index, isObject, type Json, type JsonObject, withoutInstances } from '../intrinsics'
import { objectOf, objectsOf, textsOf } from './json'
import { RESOURCE_TYPES } from './schema'
import { plans } from './world'

/** A resource or data source of a plan as it will be after apply. */
export interface Change {
  /** The position of its plan in the world. */
  readonly plan: number
  /** The key of its module: `0|outer/inner`; of a root module `0|`. */
  readonly module: string
  readonly moduleAddress: string
  readonly address: string
  /** `aws_kms_key`; of a data source `data.aws_kms_key`. */
  readonly type: string
  /** Its address in the module, without instances: `aws_kms_key.a`, `data.aws_kms_key.a`. */
  readonly local: string
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
    ...planned(plan.document).flatMap(item => changesOf(i, item)),
    ...recorded(plan.document)
      .filter(item => changed(`${i}|${written(at(item, ['address']))}`).length === 0)
      .flatMap(item => changesOf(i, asChange(item))),
  ]),
)

/** A resource that a plan takes away, as it was: deleted, or replaced by another of the same address. */
export interface Removal {
  readonly plan: number
  readonly address: string
  readonly type: string
  readonly before: JsonObject
  readonly sensitive: Json
  readonly isReplaced: boolean
}

/** What the plans delete or replace, of the types that rules speak about; not what they merely stop to manage. */
export const removals = fact((): readonly Removal[] =>
  plans().flatMap((plan, i) =>
    objectsOf(at(plan.document, ['resource_changes'])).flatMap(item => {
      const actions = textsOf(at(item, ['change', 'actions']))
      if (!isRead(item) || !actions.includes('delete')) return []
      return [
        {
          plan: i,
          address: written(at(item, ['address'])),
          type: typeOf(item),
          before: objectOf(at(item, ['change', 'before'])),
          sensitive: at(item, ['change', 'before_sensitive']),
          isReplaced: actions.includes('create'),
        },
      ]
    }),
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

/** A change of a type that rules read, if it leaves something behind: not a deletion, nor the deposed object of a replacement. */
function changesOf(plan: number, item: JsonObject): readonly Change[] {
  const after = leftBy(objectOf(at(item, ['change'])))
  if (after === null || !isRead(item) || at(item, ['deposed']) !== null) return []
  const { value, unknown, sensitive } = after
  return [changeOf(plan, item, value, unknown, sensitive)]
}

interface Left {
  readonly value: JsonObject
  readonly unknown: Json
  readonly sensitive: Json
}

/** What is there after a change; what Terraform forgets (`removed` without `destroy`) stays as it is. */
function leftBy(change: JsonObject): Left | null {
  const after = at(change, ['after'])
  const unknown = at(change, ['after_unknown'])
  if (isObject(after)) return { value: after, unknown, sensitive: at(change, ['after_sensitive']) }
  if (unknown === true) return { value: {}, unknown, sensitive: null }
  const before = at(change, ['before'])
  if (isObject(before) && textsOf(at(change, ['actions'])).includes('forget'))
    return { value: before, unknown: {}, sensitive: at(change, ['before_sensitive']) }
  return null
}

function changeOf(plan: number, item: JsonObject, after: JsonObject, unknown: Json, sensitive: Json): Change {
  const moduleAddress = written(at(item, ['module_address']))
  const type = typeOf(item)
  return {
    plan,
    module: moduleKey(plan, moduleAddress),
    moduleAddress,
    address: written(at(item, ['address'])),
    type,
    local: `${type}.${written(at(item, ['name']))}`,
    instance: at(item, ['index']),
    after,
    unknown,
    sensitive,
  }
}

function written(value: Json): string {
  if (typeof value === 'string') return value
  return ''
}

/** The changes of a plan, those included that it puts off to a later one; what it shows as planned where it lists no changes. */
function planned(document: JsonObject): readonly JsonObject[] {
  const listed = at(document, ['resource_changes'])
  const deferred = objectsOf(at(document, ['deferred_changes'])).flatMap(item => deferredOf(item))
  if (Array.isArray(listed)) return [...objectsOf(listed), ...deferred]
  return [...resourcesBelow(at(document, ['planned_values', 'root_module'])).map(asChange), ...deferred]
}

/** A change that is put off. Where not even the number of instances is known, nothing of them is. */
function deferredOf(item: JsonObject): readonly JsonObject[] {
  const change = objectOf(at(item, ['resource_change']))
  const reason = at(item, ['reason'])
  if (reason === 'excluded' || reason === 'not_included') return []
  if (reason !== 'instance_count_unknown') return [change]
  return [{ ...change, change: { after_unknown: true } }]
}

const changed = index(function* () {
  for (const [i, plan] of plans().entries())
    for (const item of planned(plan.document))
      if (at(item, ['deposed']) === null) yield [`${i}|${written(at(item, ['address']))}`, i]
})

/** All that a state shows, and what was there before a plan: what it read, and what it does not touch (`-target`, `-refresh-only`). */
function recorded(document: JsonObject): readonly JsonObject[] {
  return [
    ...resourcesBelow(at(document, ['values', 'root_module'])),
    ...resourcesBelow(at(document, ['prior_state', 'values', 'root_module'])),
  ].filter(item => at(item, ['deposed_key']) === null)
}

/** The resources of a module and of those below it, to eight levels, of the types that rules read. */
function resourcesBelow(root: Json): readonly JsonObject[] {
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

function resourcesIn(module: JsonObject): readonly JsonObject[] {
  const address = at(module, ['address'])
  return objectsOf(at(module, ['resources']))
    .filter(item => isRead(item))
    .map(item => ({ ...item, module_address: address }))
}

function isRead(item: JsonObject): boolean {
  return at(RESOURCE_TYPES, [typeOf(item)]) !== null
}

function asChange(item: JsonObject): JsonObject {
  return {
    ...item,
    change: { after: at(item, ['values']), after_unknown: {}, after_sensitive: at(item, ['sensitive_values']) },
  }
}

function typeOf(item: JsonObject): string {
  const type = at(item, ['type'])
  if (typeof type !== 'string') return ''
  if (at(item, ['mode']) === 'data') return `data.${type}`
  return type
}
