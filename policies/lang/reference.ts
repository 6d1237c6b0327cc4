import {
  at,
  distinct,
  entry,
  fact,
  index,
  type Json,
  type JsonObject,
  keys,
  reachable,
  remembered,
  withoutInstances,
} from '../intrinsics'
import { type Change, changes } from './changes'
import { callOf, childOf, configured, moduleOf, modules, parentOf, referencesOf, withParents } from './configuration'
import { objectOf, scalarText } from './json'

/*
 * References are followed as far as `configuration` shows them: through variables and outputs of modules, `for_each` and `count`.
 * Terraform's JSON has no expressions of locals; a value that goes through one alone names no resource.
 * Nor does it say which instance of a `for_each` is meant (terraform issue 30826): `each.key` is taken for the instance of the same key.
 * A name with its module in front is written `plan|outer/inner|aws_kms_key.a.arn`.
 */

/** Where a reference is written: the module, its instance, the resource's address without instances and the key of its instance. */
export interface Origin {
  readonly plan: number
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
 * Without any expression (a dynamic block) that is whatever its module is given, or has itself or in modules of its own.
 */
export function candidatesOf(origin: Origin, expressions: readonly JsonObject[]): readonly string[] {
  if (expressions.length === 0) return dynamicCandidates(origin)
  return resolved(origin, mentionedIn({ module: origin.module, local: origin.local, expressions }))
}

function dynamicCandidates(origin: Origin): readonly string[] {
  const own = idsUnder(origin.module)
  if (own.length > SURVEYED) return [ELSEWHERE]
  const inputs = keys(objectOf(at(moduleOf(origin.module), ['variables']))).map(name => `var.${name}`)
  const given = resolved(origin, mentioned(origin.module, inputs)).filter(id => id !== ELSEWHERE && id !== MORE)
  return distinct([...given, ...own])
}

/** More resources than these are not looked through for what a dynamic block may mean. */
const SURVEYED = 250

/** An expression, and the resource of whose instances each has it. */
interface Written {
  readonly module: string
  readonly local: string
  readonly expressions: readonly JsonObject[]
}

/** What references name: the same for all instances of a resource. */
interface Mentioned {
  /** Whether an instance means those of its own key. */
  readonly isByKey: boolean
  /** Resources of the module itself. */
  readonly own: readonly string[]
  /** References to certain instances, in the module itself. */
  readonly exact: readonly string[]
  /** Resources behind variables and outputs of modules. */
  readonly behind: readonly string[]
  /** References to modules, and those that the module's own variables are given. */
  readonly calls: readonly string[]
  readonly given: readonly string[]
}

const mentionedIn = remembered(({ module, local, expressions }: Written): Mentioned => {
  const written = expressions.flatMap(expression => referencesOf(expression))
  return mentioned(module, [...written, ...repeated(module, local, written)])
})

/** What `each.value` and `each.key` stand for, where the resource repeats itself over something. */
function repeated(module: string, local: string, references: readonly string[]): readonly string[] {
  if (!references.some(name => name.startsWith('each.'))) return []
  return referencesOf(at(configured(module, local), ['for_each_expression']))
}

function mentioned(module: string, references: readonly string[]): Mentioned {
  const direct = references.filter(name => !isPlain(name))
  const through = references.filter(isThrough).map(name => `${module}|${withoutInstances(name)}`)
  return {
    isByKey: references.some(name => name.startsWith('each.') || name === 'count.index'),
    own: direct.filter(name => !name.includes('[')).map(name => `${module}|${resourcePart(name)}`),
    exact: direct.filter(name => name.includes('[')),
    behind: through.length === 0 ? [] : behind(through),
    calls: references.filter(name => name.startsWith('module.')),
    given: references
      .filter(name => name.startsWith('var.'))
      .flatMap(name => givenTo(module, name.replaceAll('var.', '')))
      .filter(name => name.startsWith('module.')),
  }
}

function behind(through: readonly string[]): readonly string[] {
  const ends = distinct(reachable(edges, through).flatMap(name => edges(name)))
  return ends.flatMap(name => endOf(name.split('|')))
}

function endOf(parts: readonly string[]): readonly string[] {
  const reference = parts[2] ?? ''
  if (isPlain(reference)) return []
  return [`${parts[0] ?? ''}|${parts[1] ?? ''}|${resourcePart(reference)}`]
}

/** The ids of what is mentioned, as the origin means it; `ELSEWHERE` where that is nothing. */
function resolved(origin: Origin, mentions: Mentioned): readonly string[] {
  const { isByKey, own, exact, behind } = mentions
  const key = isByKey ? scalarText(origin.instance) : null
  const ids = distinct([
    ...own.flatMap(name => inModule(origin, instances(name, key))),
    ...exact.flatMap(reference => exactly(origin, reference, key)),
    ...(behind.length === 0
      ? []
      : within(
          origin,
          modulesNamed(origin, mentions, key),
          behind.flatMap(name => instances(name, key)),
        )),
  ])
  if (ids.length === 0) return [ELSEWHERE]
  return ids
}

/** The instances of modules that are mentioned: `module.keys["a"].arn`, by number, or by the key of the instance that refers. */
function modulesNamed(origin: Origin, { calls, given }: Mentioned, key: string | null): readonly string[] {
  const parent = parentAddress(origin.moduleAddress)
  return [
    ...calls.flatMap(name => instanceNamed(name, key)).map(name => below(origin.moduleAddress, name)),
    ...given.flatMap(name => instanceNamed(name, null)).map(name => below(parent, name)),
  ]
}

function instanceNamed(reference: string, key: string | null): readonly string[] {
  if (reference.includes('].')) return [instancePart(reference)]
  if (key === null) return []
  const module = resourcePart(reference)
  return [`${module}["${key}"]`, `${module}[${key}]`]
}

/** Of several resources those in the module instances, where any is. */
function within(origin: Origin, modules: readonly string[], ids: readonly string[]): readonly string[] {
  if (modules.length === 0 || ids.length < 2) return ids
  const own = ids.filter(id => modules.some(one => id.startsWith(`${origin.plan}|${one}.`)))
  if (own.length > 0) return own
  return ids
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

/** The instance that a reference names, else those of the resource. */
function exactly(origin: Origin, reference: string, key: string | null): readonly string[] {
  const exact = addressed(`${origin.module}|${origin.moduleAddress}|${instancePart(reference)}`)
  if (exact.length > 0) return exact
  return inModule(origin, instances(`${origin.module}|${resourcePart(withoutInstances(reference))}`, key))
}

/** The instances of a resource: the one with a key, where there is one; `ELSEWHERE` where there is none, one and `MORE` where there are too many. */
function instances(name: string, key: string | null): readonly string[] {
  const own = key === null ? [] : named(`${name}|${key}`)
  if (own.length > 0) return own
  const ids = named(name)
  if (ids.length === 0) return [ELSEWHERE]
  if (ids.length > MANY) return [ids[0] ?? ELSEWHERE, MORE]
  return ids
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
  if (change.moduleAddress === '') return change.own
  return change.own.replaceAll(`${change.moduleAddress}.`, '')
}

/** Of several instances of one module, the origin's own. */
function inModule(origin: Origin, ids: readonly string[]): readonly string[] {
  if (origin.moduleAddress === '' || ids.length < 2) return ids
  const own = ids.filter(id => id.startsWith(`${origin.plan}|${origin.moduleAddress}.`))
  if (own.length > 0) return own
  return ids
}

/** The types of which a value may come from a resource; of others it only comes from elsewhere. */
const REFERRED: { readonly [type: string]: boolean } = {
  aws_ami: true,
  aws_ami_copy: true,
  aws_ami_from_instance: true,
  aws_ebs_snapshot: true,
  aws_ebs_snapshot_copy: true,
  aws_ebs_volume: true,
  aws_iam_group: true,
  aws_iam_instance_profile: true,
  aws_iam_policy: true,
  aws_iam_role: true,
  aws_iam_service_linked_role: true,
  aws_iam_user: true,
  aws_imagebuilder_distribution_configuration: true,
  aws_imagebuilder_image: true,
  aws_imagebuilder_image_recipe: true,
  aws_instance: true,
  aws_kms_alias: true,
  aws_kms_external_key: true,
  aws_kms_key: true,
  aws_kms_replica_external_key: true,
  aws_kms_replica_key: true,
  aws_launch_configuration: true,
  aws_launch_template: true,
  aws_sns_topic: true,
  'data.aws_ami': true,
  'data.aws_ebs_snapshot': true,
  'data.aws_iam_policy_document': true,
  'data.aws_kms_alias': true,
  'data.aws_kms_key': true,
}

const referred = fact((): readonly Change[] => changes().filter(change => entry(REFERRED, change.type) ?? false))

/** By address without instances; with the key of the instance behind it too. */
const named = index(function* () {
  for (const change of referred()) {
    yield [change.written, change.id]
    if (change.instance !== null) yield [`${change.written}|${scalarText(change.instance) ?? ''}`, change.id]
  }
})

/** By address inside the module instance, for instances. */
const addressed = index(function* () {
  for (const change of referred())
    if (change.instance !== null)
      yield [`${change.module}|${change.moduleAddress}|${relativeAddress(change)}`, change.id]
})

/** By module: what is in it, and in modules inside of it. */
const idsUnder = index(function* () {
  for (const change of changes()) for (const module of withParents(change.module)) yield [module, change.id]
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
