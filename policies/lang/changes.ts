import { at, fact, isObject, type Json, type JsonObject, withoutInstances } from '../intrinsics'
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
 * What the plans make, keep, change or read, of the types that rules speak about; what is deleted is left out.
 * Values are those of `change.after`, never of `planned_values`, where an unknown looks like an absent one (aws-facts 7.1).
 */
export const changes = fact((): readonly Change[] =>
  plans().flatMap((plan, i) =>
    [...objectsOf(at(plan.document, ['resource_changes'])), ...recorded(plan.document)].flatMap(item =>
      changesOf(i, item),
    ),
  ),
)

/** A resource that a plan takes away, as it was: deleted, or replaced by another of the same address. */
export interface Removal {
  readonly plan: number
  readonly address: string
  readonly type: string
  readonly before: JsonObject
  readonly isReplaced: boolean
}

/** What the plans delete or replace, of the types that rules speak about. */
export const removals = fact((): readonly Removal[] =>
  plans().flatMap((plan, i) =>
    objectsOf(at(plan.document, ['resource_changes'])).flatMap(item => {
      const type = typeOf(item)
      const actions = textsOf(at(item, ['change', 'actions']))
      if (at(RESOURCE_TYPES, [type]) === null || !actions.includes('delete')) return []
      return [
        {
          plan: i,
          address: written(at(item, ['address'])),
          type,
          before: objectOf(at(item, ['change', 'before'])),
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
  const type = typeOf(item)
  const after = at(item, ['change', 'after'])
  if (at(RESOURCE_TYPES, [type]) === null || !isObject(after) || at(item, ['deposed']) !== null) return []
  return [changeOf(plan, type, item, after)]
}

function changeOf(plan: number, type: string, item: JsonObject, after: JsonObject): Change {
  const moduleAddress = written(at(item, ['module_address']))
  return {
    plan,
    module: moduleKey(plan, moduleAddress),
    moduleAddress,
    address: written(at(item, ['address'])),
    type,
    local: `${type}.${written(at(item, ['name']))}`,
    instance: at(item, ['index']),
    after,
    unknown: at(item, ['change', 'after_unknown']),
    sensitive: at(item, ['change', 'after_sensitive']),
  }
}

function written(value: Json): string {
  if (typeof value === 'string') return value
  return ''
}

/** What a plan read before it was made (`prior_state`), and all that a state or a plan without `resource_changes` shows. */
function recorded(document: JsonObject): readonly JsonObject[] {
  const before = listed(at(document, ['prior_state', 'values', 'root_module'])).filter(
    item => at(item, ['mode']) === 'data',
  )
  if (Array.isArray(at(document, ['resource_changes']))) return before.map(asChange)
  const present = [
    ...listed(at(document, ['values', 'root_module'])),
    ...listed(at(document, ['planned_values', 'root_module'])),
  ]
  return [...before, ...present].map(asChange)
}

/** The resources of a module and of those below it, to four levels. */
function listed(module: Json): readonly JsonObject[] {
  const second = objectsOf(at(module, ['child_modules']))
  const third = second.flatMap(child => objectsOf(at(child, ['child_modules'])))
  const fourth = third.flatMap(child => objectsOf(at(child, ['child_modules'])))
  return [objectOf(module), ...second, ...third, ...fourth].flatMap(each => resourcesIn(each))
}

function resourcesIn(module: JsonObject): readonly JsonObject[] {
  const address = at(module, ['address'])
  return objectsOf(at(module, ['resources'])).map(item => ({ ...item, module_address: address }))
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
