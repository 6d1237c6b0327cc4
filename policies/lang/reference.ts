import {
  at,
  distinct,
  entry,
  index,
  type Json,
  type JsonObject,
  keys,
  reachable,
  withoutInstances,
} from '../intrinsics'
import { type Change, changes } from './changes'
import { callOf, configured, moduleOf, modules, parentOf, referencesOf } from './configuration'
import { objectOf, scalarText } from './json'

/*
 * References are followed as far as `configuration` shows them: through variables and outputs of modules, `for_each` and `count`.
 * Terraform's JSON has no expressions of locals; a value that goes through one alone names no resource.
 * Nor does it say which instance of a `for_each` is meant (terraform issue 30826): `each.key` is taken for the instance of the same key.
 * A name with its module in front is written `plan|outer/inner|aws_kms_key.a.arn`.
 */

/** Where a reference is written: the module, its instance, the resource's address without instances and the key of its instance. */
export interface Origin {
  readonly module: string
  readonly moduleAddress: string
  readonly local: string
  readonly instance: Json
}

/** Stands among candidates for whatever no plan shows: a resource of a type that is not read, or nothing that can be followed. */
export const ELSEWHERE = '?'

/** Stands among candidates for more instances of the resource before it: which of so many is meant cannot be told. */
export const MORE = '…'

const MANY = 16

/**
 * The ids of the resources that a value written by these expressions may come from.
 * Without any expression (a dynamic block) that is whatever its module is given, or has itself.
 */
export function candidatesOf(origin: Origin, expressions: readonly JsonObject[]): readonly string[] {
  if (expressions.length === 0) return dynamicCandidates(origin)
  const written = expressions.flatMap(expression => referencesOf(expression))
  return identified(resolved(origin, [...written, ...repeated(origin, written)]))
}

function dynamicCandidates(origin: Origin): readonly string[] {
  if (origin.module.endsWith('|')) return [ELSEWHERE]
  const inputs = keys(objectOf(at(moduleOf(origin.module), ['variables']))).map(name => `var.${name}`)
  const given = resolved(origin, inputs).filter(position => position >= 0)
  return identified([...given, ...positionsIn(origin.module)])
}

/** What `each.value` and `each.key` stand for, where the resource repeats itself over something. */
function repeated(origin: Origin, references: readonly string[]): readonly string[] {
  if (!references.some(name => name.startsWith('each.'))) return []
  return referencesOf(at(configured(origin.module, origin.local), ['for_each_expression']))
}

/** The positions in `changes` of what the references name; -1 for what no plan shows. */
function resolved(origin: Origin, references: readonly string[]): readonly number[] {
  const instance = references.some(name => name.startsWith('each.') || name === 'count.index')
    ? scalarText(origin.instance)
    : null
  const direct = references.filter(name => !isThrough(name)).flatMap(name => directly(origin, name, instance))
  const through = references.filter(isThrough).map(name => `${origin.module}|${withoutInstances(name)}`)
  if (through.length === 0) return orElsewhere(direct)
  const ends = distinct(reachable(edges, through).flatMap(name => edges(name))).flatMap(name => atEnd(name, instance))
  return orElsewhere([...direct, ...within(instancesNamed(origin, references, instance), ends)])
}

/** The instances of modules that references name: `module.keys["a"].arn`, by number, or by the key of the instance that refers. */
function instancesNamed(origin: Origin, references: readonly string[], instance: string | null): readonly string[] {
  const own = references.filter(name => name.startsWith('module.'))
  const parent = parentAddress(origin.moduleAddress)
  const given = references
    .filter(name => name.startsWith('var.'))
    .flatMap(name => givenTo(origin.module, name.replaceAll('var.', '')))
    .filter(name => name.startsWith('module.'))
  return [
    ...own.flatMap(name => instanceNamed(name, instance)).map(name => below(origin.moduleAddress, name)),
    ...given.flatMap(name => instanceNamed(name, null)).map(name => below(parent, name)),
  ]
}

function instanceNamed(reference: string, instance: string | null): readonly string[] {
  if (reference.includes('].')) return [instancePart(reference)]
  if (instance === null) return []
  const module = resourcePart(reference)
  return [`${module}["${instance}"]`, `${module}[${instance}]`]
}

/** Of several positions those in the module instances, where any is. */
function within(moduleInstances: readonly string[], positions: readonly number[]): readonly number[] {
  if (moduleInstances.length === 0 || positions.length < 2) return positions
  const own = positions.filter(position => isBelow(changes()[position]?.moduleAddress ?? '', moduleInstances))
  if (own.length > 0) return own
  return positions
}

function isBelow(address: string, moduleInstances: readonly string[]): boolean {
  return moduleInstances.some(one => address === one || address.startsWith(`${one}.`))
}

function below(moduleAddress: string, name: string): string {
  if (moduleAddress === '') return name
  return `${moduleAddress}.${name}`
}

/** `module.a["x"].module.b` → `module.a["x"]` */
function parentAddress(moduleAddress: string): string {
  const steps = moduleAddress.split('.module.')
  const count = steps.length
  return steps.filter((_, i) => i < count - 1).join('.module.')
}

function isThrough(reference: string): boolean {
  return reference.startsWith('var.') || reference.startsWith('module.')
}

/** Whether a reference is to a value that cannot itself be a resource's: a local, the key of an instance, a path. */
function isPlain(reference: string): boolean {
  return ['local', 'each', 'count', 'path', 'terraform', 'self', 'var', 'module'].includes(
    reference.split('.')[0] ?? '',
  )
}

/** A reference in the origin's own module: the instance that it names, else those of the same module instance. */
function directly(origin: Origin, reference: string, instance: string | null): readonly number[] {
  if (isPlain(reference)) return []
  const exact = reference.includes('[')
    ? addressed(`${origin.module}|${origin.moduleAddress}|${instancePart(reference)}`)
    : []
  if (exact.length > 0) return exact
  const positions = instances(`${origin.module}|${resourcePart(withoutInstances(reference))}`, instance)
  if (origin.moduleAddress === '' || positions.length < 2) return positions
  return inModule(origin, positions)
}

function atEnd(name: string, instance: string | null): readonly number[] {
  const parts = name.split('|')
  const reference = parts[2] ?? ''
  if (isPlain(reference)) return []
  return instances(`${parts[0] ?? ''}|${parts[1] ?? ''}|${resourcePart(reference)}`, instance)
}

/** The instances of a resource: the one with a key, where there is one; -1 where there is none, one and -2 where there are too many. */
function instances(name: string, instance: string | null): readonly number[] {
  const own = instance === null ? [] : named(`${name}|${instance}`)
  if (own.length > 0) return own
  const positions = named(name)
  if (positions.length === 0) return [-1]
  if (positions.length > MANY) return [positions[0] ?? -1, -2]
  return positions
}

function orElsewhere(positions: readonly number[]): readonly number[] {
  if (positions.length === 0) return [-1]
  return positions
}

/** `aws_kms_key.a.arn` → `aws_kms_key.a`; `data.aws_kms_key.a.arn` → `data.aws_kms_key.a`. */
function resourcePart(reference: string): string {
  const parts = reference.split('.')
  if (parts[0] === 'data') return parts.slice(0, 3).join('.')
  return parts.slice(0, 2).join('.')
}

/** `aws_kms_key.a["x"].arn` → `aws_kms_key.a["x"]`. */
function instancePart(reference: string): string {
  if (reference.endsWith(']')) return reference
  return `${reference.split('].')[0] ?? ''}]`
}

function relativeAddress(change: Change): string {
  if (change.moduleAddress === '') return change.address
  return change.address.replaceAll(`${change.moduleAddress}.`, '')
}

/** Of several instances of one module, the origin's own. */
function inModule(origin: Origin, positions: readonly number[]): readonly number[] {
  const own = positions.filter(position => changes()[position]?.moduleAddress === origin.moduleAddress)
  if (own.length > 0) return own
  return positions
}

function identified(positions: readonly number[]): readonly string[] {
  return distinct(positions.map(position => idAt(position)))
}

function idAt(position: number): string {
  if (position === -2) return MORE
  const change = changes()[position] ?? null
  if (change === null) return ELSEWHERE
  return change.id
}

/** The types of which a value may come from a resource; of others it only comes from elsewhere. */
const REFERRED: { readonly [type: string]: boolean } = {
  aws_ami: true,
  aws_ami_copy: true,
  aws_ami_from_instance: true,
  aws_iam_policy: true,
  aws_iam_role: true,
  aws_iam_service_linked_role: true,
  aws_iam_user: true,
  aws_imagebuilder_distribution_configuration: true,
  aws_imagebuilder_image_recipe: true,
  aws_kms_alias: true,
  aws_kms_external_key: true,
  aws_kms_key: true,
  aws_kms_replica_external_key: true,
  aws_kms_replica_key: true,
  aws_launch_configuration: true,
  aws_launch_template: true,
  'data.aws_ami': true,
  'data.aws_iam_policy_document': true,
  'data.aws_kms_alias': true,
  'data.aws_kms_key': true,
}

/** By address without instances; with the key of the instance behind it too. */
const named = index(function* () {
  for (const [i, change] of changes().entries())
    if (entry(REFERRED, change.type) ?? false) {
      yield [change.written, i]
      if (change.instance !== null) yield [`${change.written}|${scalarText(change.instance) ?? ''}`, i]
    }
})

/** By address inside the module instance, for instances. */
const addressed = index(function* () {
  for (const [i, change] of changes().entries())
    if (change.instance !== null && (entry(REFERRED, change.type) ?? false))
      yield [`${change.module}|${change.moduleAddress}|${relativeAddress(change)}`, i]
})

const positionsIn = index(function* () {
  for (const [i, change] of changes().entries()) yield [change.module, i]
})

/** From each variable and output of a module to what its expression refers to. */
const edges = index(function* () {
  for (const module of modules()) {
    for (const name of keys(objectOf(at(moduleOf(module), ['variables']))))
      for (const reference of givenTo(module, name))
        yield [`${module}|var.${name}`, `${parentOf(module)}|${withoutInstances(reference)}`]
    for (const call of keys(objectOf(at(moduleOf(module), ['module_calls']))))
      for (const output of keys(objectOf(at(moduleOf(module), ['module_calls', call, 'module', 'outputs']))))
        for (const reference of referencesOf(
          at(moduleOf(module), ['module_calls', call, 'module', 'outputs', output, 'expression']),
        ))
          for (const name of [`${module}|module.${call}.${output}`, `${module}|module.${call}`])
            yield [name, `${childOf(module, call)}|${withoutInstances(reference)}`]
  }
})

/** What the caller of a module gives to one of its variables. */
function givenTo(module: string, variable: string): readonly string[] {
  if (module.endsWith('|')) return []
  const call = callOf(module)
  const references = referencesOf(at(call, ['expressions', variable]))
  if (!references.some(name => name.startsWith('each.'))) return references
  return [...references, ...referencesOf(at(call, ['for_each_expression']))]
}

function childOf(module: string, call: string): string {
  if (module.endsWith('|')) return `${module}${call}`
  return `${module}/${call}`
}
