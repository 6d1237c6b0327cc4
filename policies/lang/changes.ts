import { at, fact, type Json, type JsonObject, withoutInstances } from '../intrinsics'
import { listOf, objectOf, textOf, textsOf } from './json'
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
  readonly actions: readonly string[]
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
  plans().flatMap((plan, i) => [
    ...listOf(at(plan.document, ['resource_changes'])).filter(isRead).map(item => changeOf(i, objectOf(item))),
    ...recorded(plan.document).filter(isRead).map(item => recordedChange(i, objectOf(item))),
  ]),
)

/** The key of the module that an instance address (`module.a["x"].module.b`) belongs to; the root module's where it is empty. */
export function moduleKey(plan: number, address: string): string {
  if (address === '') return `${plan}|`
  const names = withoutInstances(address).split('module.').map(name => name.replaceAll('.', '')).filter(name => name !== '')
  return `${plan}|${names.join('/')}`
}

function changeOf(plan: number, item: JsonObject): Change {
  const moduleAddress = textOf(at(item, ['module_address'])) ?? ''
  return {
    plan,
    module: moduleKey(plan, moduleAddress),
    moduleAddress,
    address: textOf(at(item, ['address'])) ?? '',
    type: typeOf(item),
    local: localAddress(item),
    instance: at(item, ['index']),
    actions: textsOf(at(item, ['change', 'actions'])),
    after: objectOf(at(item, ['change', 'after'])),
    unknown: at(item, ['change', 'after_unknown']),
    sensitive: at(item, ['change', 'after_sensitive']),
  }
}

/** What a plan read before it was made (`prior_state`), and all that a state or a plan without `resource_changes` shows. */
function recorded(document: JsonObject): readonly Json[] {
  const before = listed(at(document, ['prior_state', 'values', 'root_module'])).filter(item => at(item, ['mode']) === 'data')
  if (Array.isArray(at(document, ['resource_changes']))) return before
  return [...before, ...listed(at(document, ['values', 'root_module'])), ...listed(at(document, ['planned_values', 'root_module']))]
}

/** The resources of a module and of those below it, to four levels. */
function listed(module: Json): readonly Json[] {
  const second = listOf(at(module, ['child_modules']))
  const third = second.flatMap(child => listOf(at(child, ['child_modules'])))
  const fourth = third.flatMap(child => listOf(at(child, ['child_modules'])))
  return [module, ...second, ...third, ...fourth].flatMap(each => modulesResources(each))
}

function modulesResources(module: Json): readonly Json[] {
  const address = at(module, ['address'])
  return listOf(at(module, ['resources'])).map(item => ({ ...objectOf(item), module_address: address }))
}

function recordedChange(plan: number, item: JsonObject): Change {
  const change = { actions: ['no-op'], after: at(item, ['values']), after_unknown: {}, after_sensitive: at(item, ['sensitive_values']) }
  return changeOf(plan, { ...item, change })
}

function localAddress(item: JsonObject): string {
  return `${typeOf(item)}.${textOf(at(item, ['name'])) ?? ''}`
}

function typeOf(item: Json): string {
  const type = textOf(at(item, ['type'])) ?? ''
  if (at(item, ['mode']) === 'data') return `data.${type}`
  return type
}

/** Whether a change is of a type that rules read, and leaves something behind: not a deletion, nor the deposed object of a replacement. */
function isRead(item: Json): boolean {
  if (at(RESOURCE_TYPES, [typeOf(item)]) === null) return false
  if (at(item, ['deposed']) !== null) return false
  const actions = textsOf(at(item, ['change', 'actions']))
  return !(actions.length === 1 && actions.includes('delete')) && !actions.includes('forget')
}
