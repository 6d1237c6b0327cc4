import { at, distinct, fact, index, type Json, type JsonObject, keys } from '../intrinsics'
import { changes } from './changes'
import { listOf, objectOf, scalarText, textOf, textsOf } from './json'
import { type Plan, plans } from './world'

/*
 * The `configuration` part of a plan: what the author wrote, by module. A module is named by its key,
 * `plan|outer/inner`; the root module of the first plan is `0|`.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */

/** The configuration of a module, or an empty object where the plan has none. */
export function moduleOf(key: string): JsonObject {
  const names = (key.split('|')[1] ?? '').split('/').filter(name => name !== '')
  const path = names.flatMap(name => ['module_calls', name, 'module'])
  return objectOf(at(planDocument(key), ['configuration', 'root_module', ...path]))
}

/** The call by which a module is used, in its parent; an empty object for a root module. */
export function callOf(key: string): JsonObject {
  return objectOf(at(moduleOf(parentOf(key)), ['module_calls', lastName(key)]))
}

/** The key of the module that calls this one; a root module is its own parent. */
export function parentOf(key: string): string {
  const names = (key.split('|')[1] ?? '').split('/')
  const count = names.length
  return `${key.split('|')[0] ?? ''}|${names.filter((_, i) => i < count - 1).join('/')}`
}

/** A module and all those around it, out to the root module. */
export function withParents(key: string): readonly string[] {
  const plan = key.split('|')[0] ?? ''
  const names = (key.split('|')[1] ?? '').split('/')
  return distinct([`${plan}|`, ...names.map((_, i) => `${plan}|${names.filter((_, j) => j <= i).join('/')}`)])
}

/** The configuration of a resource by module key and address without instances (`data.aws_kms_key.a`), or an empty object. */
export function configured(module: string, address: string): JsonObject {
  const position = positions(`${module}|${address}`)[0] ?? null
  if (position === null) return {}
  return objectOf(at(moduleOf(module), ['resources', position]))
}

/** The modules in which the plans have resources, and those around them. */
export const modules = fact((): readonly string[] => {
  const own = distinct(changes().map(change => change.module))
  const parents = distinct(own.map(parentOf))
  const grandparents = distinct(parents.map(parentOf))
  return distinct([
    ...own,
    ...parents,
    ...grandparents,
    ...grandparents.map(parentOf),
    ...plans().map((_, i) => `${i}|`),
  ])
})

/** Every module that the plans' configurations have, to eight levels, be there resources in it or not. */
export const configuredModules = fact((): readonly string[] => {
  const roots = plans().map((_, i) => `${i}|`)
  const second = calledBy(roots)
  const third = calledBy(second)
  const fourth = calledBy(third)
  const fifth = calledBy(fourth)
  const sixth = calledBy(fifth)
  const seventh = calledBy(sixth)
  return [roots, second, third, fourth, fifth, sixth, seventh, calledBy(seventh)].flatMap(level => level)
})

/** The key of the module that another calls by this name. */
export function childOf(module: string, call: string): string {
  if (module.endsWith('|')) return `${module}${call}`
  return `${module}/${call}`
}

/** The references of an expression, as Terraform lists them: `aws_kms_key.a.arn`, `var.key`, `module.keys.arn`. */
export function referencesOf(expression: Json): readonly string[] {
  const references = distinct(textsOf(at(expression, ['references'])))
  return references.filter(
    reference => !references.some(other => other.startsWith(`${reference}.`) || other.startsWith(`${reference}[`)),
  )
}

/** The text that a provider configuration (`plan|aws.west`) has for an argument: a constant, the first of a list, or the value of a root variable; null where it is neither. */
export function providerArgument(provider: string, argument: readonly (string | number)[]): string | null {
  const name = provider.split('|')[1] ?? ''
  const expression = at(planDocument(provider), ['configuration', 'provider_config', name, 'expressions', ...argument])
  const constant = scalarText(at(expression, ['constant_value'])) ?? scalarText(at(expression, ['constant_value', 0]))
  if (constant !== null) return constant
  const reference = referencesOf(expression)[0] ?? ''
  if (reference.startsWith('var.'))
    return scalarText(at(planDocument(provider), ['variables', reference.replaceAll('var.', ''), 'value']))
  return null
}

/** The plan that a key (`plan|…`) begins with; null where there is none. */
export function planOf(key: string): Plan | null {
  const number = key.split('|')[0] ?? ''
  return plans().find((_, i) => `${i}` === number) ?? null
}

function calledBy(callers: readonly string[]): readonly string[] {
  return callers.flatMap(module =>
    keys(objectOf(at(moduleOf(module), ['module_calls']))).map(call => childOf(module, call)),
  )
}

const positions = index(function* () {
  for (const module of modules())
    for (const [i, resource] of listOf(at(moduleOf(module), ['resources'])).entries())
      yield [`${module}|${textOf(at(resource, ['address'])) ?? ''}`, i]
})

function lastName(key: string): string {
  const names = (key.split('|')[1] ?? '').split('/')
  return names[names.length - 1] ?? ''
}

function planDocument(key: string): JsonObject {
  return planOf(key)?.document ?? {}
}
