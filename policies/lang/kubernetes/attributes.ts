import { at, entry, isObject, type Json, type JsonObject, keys, record, snakeCase } from '../../intrinsics'
import { listOf, objectOf, objectsOf, textOf } from '../json'
import { REFERRED } from './kinds'
import { addressOf, type Resource } from './object'

/*
 * What an object says, as Terraform would: names in snake case, blocks as lists, references as what is not known until apply. Crossplane's
 * names are Terraform's in camel case; those of ACK are those of AWS's API, some of which differ.
 */

/** The values that a resource has; where it refers to others, as `Unknown`, with the one it refers to among `others` as its candidate. */
export function valuesOf(resource: Resource, others: readonly Resource[]): JsonObject {
  const given = resource.dialect === 'ack' ? ackValues(resource, others) : crossplaneValues(resource, others)
  const name = nameOf(resource, given)
  if (name === null) return given
  return { ...given, name }
}

/** What was asked for goes before what was last seen. What only counts when a resource is made goes between. */
function crossplaneValues(resource: Resource, others: readonly Resource[]): JsonObject {
  const spec = objectOf(at(resource.object, ['spec']))
  return {
    ...converted(objectOf(at(resource.object, ['status', 'atProvider'])), resource, others),
    ...converted(objectOf(at(spec, ['initProvider'])), resource, others),
    ...converted(objectOf(at(spec, ['forProvider'])), resource, others),
  }
}

function ackValues(resource: Resource, others: readonly Resource[]): JsonObject {
  const spec = objectOf(at(resource.object, ['spec']))
  const seen = objectOf(at(resource.object, ['status', 'ackResourceMetadata']))
  const values = converted({ ...spec, ...objectOf(at(spec, ['data'])) }, resource, others)
  return {
    ...values,
    ...record(
      keys(values).flatMap(name => {
        const renamed = entry(RENAMED, `${resource.type}.${name}`)
        const value = at(values, [name])
        if (renamed === null) return []
        return [[renamed, value]]
      }),
    ),
    ...inlinePolicies(spec),
    ...devices(resource, values),
    ...launchTemplate(values),
    ...primary(resource, values, others),
    ...record(
      [
        ['arn', at(seen, ['arn'])] as const,
        [
          'region',
          at(values, ['replica_region']) ??
            at(seen, ['region']) ??
            at(resource.object, ['metadata', 'annotations', 'services.k8s.aws/region']),
        ] as const,
      ].filter(pair => pair[1] !== null),
    ),
  }
}

/** What ACK calls otherwise than Terraform. */
const RENAMED: { readonly [attribute: string]: string } = {
  'aws_autoscaling_group.launch_configuration_name': 'launch_configuration',
  'aws_iam_policy.policy_document': 'policy',
  'aws_iam_role.assume_role_policy_document': 'assume_role_policy',
  'aws_iam_role.policies': 'managed_policy_arns',
  'aws_instance.image_id': 'ami',
  'aws_kms_alias.target_key': 'target_key_id',
  'aws_kms_grant.key': 'key_id',
  'aws_kms_key.key_spec': 'customer_master_key_spec',
}

/** ACK has the policies of a role in it, by name. */
function inlinePolicies(spec: JsonObject): JsonObject {
  const policies = at(spec, ['inlinePolicies'])
  if (!isObject(policies)) return {}
  return { inline_policy: keys(policies).map(name => ({ name, policy: at(policies, [name]) })) }
}

/** ACK has the volumes of an instance as EC2 has them, which Terraform has in one block each; which is that of the root, it does not say. */
function devices(resource: Resource, values: JsonObject): JsonObject {
  if (resource.type !== 'aws_instance') return {}
  return {
    ebs_block_device: objectsOf(at(values, ['block_device_mappings'])).flatMap(mapping =>
      objectsOf(at(mapping, ['ebs'])).map(ebs => ({ ...ebs, device_name: at(mapping, ['device_name']) })),
    ),
  }
}

/** ACK calls the id and name of a launch template by what they are of, but for EKS. */
function launchTemplate(values: JsonObject): JsonObject {
  const blocks = objectsOf(at(values, ['launch_template']))
  if (blocks.length === 0) return {}
  return {
    launch_template: blocks.map(block => ({
      id: at(block, ['launch_template_id']) ?? at(block, ['id']),
      name: at(block, ['launch_template_name']) ?? at(block, ['name']),
      version: at(block, ['version']),
    })),
  }
}

/** The primary of a replica, which ACK also names by its id alone: then it is the key of that id, if there is one. */
function primary(resource: Resource, values: JsonObject, others: readonly Resource[]): JsonObject {
  if (resource.type !== 'aws_kms_replica_key') return {}
  const given = at(values, ['key']) ?? at(values, ['key_id'])
  const id = textOf(given)
  if (id === null || id.startsWith('arn:')) return { primary_key_arn: given }
  const arns = others
    .filter(({ type }) => type === 'aws_kms_key')
    .flatMap(({ object }) => arnsOf(object))
    .filter(arn => arn.endsWith(`:key/${id}`))
  return { primary_key_arn: arns[0] ?? { unknown: `the ARN of the key ${id}`, candidates: ['?'] } }
}

/** The name, which Crossplane takes from the object where AWS goes by names. */
function nameOf(resource: Resource, given: JsonObject): string | null {
  const own = textOf(at(given, ['name']))
  if (own !== null || resource.dialect === 'ack' || !NAMED.includes(resource.type)) return own
  const name = textOf(at(resource.object, ['metadata', 'annotations', 'crossplane.io/external-name'])) ?? resource.name
  if (resource.type !== 'aws_kms_alias' || name.startsWith('alias/')) return name
  return `alias/${name}`
}

const NAMED = [
  'aws_autoscaling_group',
  'aws_iam_group',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_user',
  'aws_kms_alias',
  'aws_launch_configuration',
]

/** An object's values, with blocks to four levels: deeper than any rule reads. */
function converted(values: JsonObject, resource: Resource, others: readonly Resource[]): JsonObject {
  return {
    ...referencesIn(values, '', resource, others),
    ...record(
      plain(values)
        .map(key => {
          const name = snakeCase(key)
          return [name, blocksOf(name, at(values, [key])).map(block => second(block, name, resource, others))] as const
        })
        .filter(pair => pair[1].length > 0),
    ),
    ...scalars(values),
  }
}

function second(values: JsonObject, block: string, resource: Resource, others: readonly Resource[]): JsonObject {
  return {
    ...referencesIn(values, block, resource, others),
    ...record(
      plain(values)
        .map(key => {
          const name = snakeCase(key)
          return [name, blocksOf(name, at(values, [key])).map(inner => third(inner, name, resource, others))] as const
        })
        .filter(pair => pair[1].length > 0),
    ),
    ...scalars(values),
  }
}

function third(values: JsonObject, block: string, resource: Resource, others: readonly Resource[]): JsonObject {
  return {
    ...referencesIn(values, block, resource, others),
    ...record(
      plain(values)
        .map(key => {
          const name = snakeCase(key)
          return [name, blocksOf(name, at(values, [key])).map(inner => fourth(inner, name, resource, others))] as const
        })
        .filter(pair => pair[1].length > 0),
    ),
    ...scalars(values),
  }
}

function fourth(values: JsonObject, block: string, resource: Resource, others: readonly Resource[]): JsonObject {
  return { ...referencesIn(values, block, resource, others), ...scalars(values) }
}

/** The keys of what is no reference. */
function plain(values: JsonObject): readonly string[] {
  return keys(values).filter(key => !isReference(key))
}

function isReference(key: string): boolean {
  return key.endsWith('Ref') || key.endsWith('Refs') || key.endsWith('Selector')
}

/** What is no block: texts, numbers, lists of them, and maps whose keys are the user's own. */
function scalars(values: JsonObject): JsonObject {
  return record(
    plain(values).flatMap(key => {
      const name = snakeCase(key)
      const value = at(values, [key])
      if (blocksOf(name, value).length > 0) return []
      return [[name, value] as const]
    }),
  )
}

/** The blocks that a value is: Terraform has lists of them, also where there can be only one. */
function blocksOf(name: string, value: Json): readonly JsonObject[] {
  if (name.endsWith('tags') || name.startsWith('encryption_context')) return []
  if (isObject(value)) return [value]
  return objectsOf(value)
}

/** What references give, unless the value is there already: Crossplane writes it beside them once it knows it. */
function referencesIn(values: JsonObject, block: string, resource: Resource, others: readonly Resource[]): JsonObject {
  return record(
    keys(values)
      .filter(key => isReference(key))
      .map(key => {
        const named = snakeCase(referring(key))
        const list = entry(LISTS, `${resource.type}.${named}`)
        const value = at(values, [key])
        if (list !== null) return [list, several(list, value, resource, others)] as const
        return [named, referred(named, targetOf(named, block), objectOf(value), resource, others)] as const
      }),
  )
}

/** `kmsKeyIdRef` → `kmsKeyId`; `groupRefs` → `group`. */
function referring(key: string): string {
  const name = key.split('Selector')[0] ?? key
  return name.split('Ref')[0] ?? name
}

/** The lists that references fill, by what these are called. */
const LISTS: { readonly [attribute: string]: string } = {
  'aws_iam_group_membership.user': 'users',
  'aws_iam_role.policy': 'policies',
  'aws_iam_user_group_membership.group': 'groups',
}

/** What a list of references, or a selector of several, stands for. */
function several(attribute: string, value: Json, resource: Resource, others: readonly Resource[]): readonly Json[] {
  const target = targetOf(attribute, '')
  if (!isObject(value)) return listOf(value).map(one => referred(attribute, target, objectOf(one), resource, others))
  const found = others.filter(other => other.type === target && !other.isGoing && isMeant(value, resource, other))
  if (found.length === 0) return [referred(attribute, target, value, resource, others)]
  return found.map(({ address }) => ({ unknown: address, candidates: [`0|${address}`] }))
}

/** The type that an attribute refers to; inside a block that is named for a type, `id` and `name` are its. */
function targetOf(attribute: string, block: string): string {
  if (block === 'launch_template' && ['id', 'name'].includes(attribute)) return 'aws_launch_template'
  if (['key', 'target_key'].includes(attribute)) return 'aws_kms_key'
  return entry(REFERRED, attribute) ?? ''
}

/** The value that a reference or selector stands for: that of an object that is going, by ARN, for it will be gone; else not known yet. */
function referred(
  attribute: string,
  type: string,
  reference: JsonObject,
  resource: Resource,
  others: readonly Resource[],
): Json {
  const found = others.filter(other => other.type === type && isMeant(reference, resource, other))
  const going = found.filter(({ isGoing }) => isGoing).flatMap(({ object }) => arnsOf(object))
  const first = going[0] ?? null
  if (found.length === 1 && first !== null) return first
  const ids = found.filter(({ isGoing }) => !isGoing).map(({ address }) => `0|${address}`)
  const name = textOf(at(reference, ['name'])) ?? textOf(at(reference, ['from', 'name']))
  return {
    unknown:
      name === null || type === ''
        ? `${resource.address}.${attribute}`
        : addressOf(type, spaceOf(reference, resource), name),
    candidates: ids.length === 0 ? ['?'] : ids,
  }
}

/** Whether a reference is to an object: by name, as Crossplane or ACK write it, or by labels. */
function isMeant(reference: JsonObject, resource: Resource, other: Resource): boolean {
  const name = textOf(at(reference, ['name'])) ?? textOf(at(reference, ['from', 'name']))
  if (name !== null) return other.name === name && other.namespace === spaceOf(reference, resource)
  const labels = objectOf(at(reference, ['matchLabels']))
  if (keys(labels).length === 0) return false
  return keys(labels).every(label => textOf(at(other.labels, [label])) === textOf(at(labels, [label])))
}

function spaceOf(reference: JsonObject, resource: Resource): string {
  return textOf(at(reference, ['namespace'])) ?? textOf(at(reference, ['from', 'namespace'])) ?? resource.namespace
}

function arnsOf(object: JsonObject): readonly string[] {
  const arn =
    textOf(at(object, ['status', 'atProvider', 'arn'])) ?? textOf(at(object, ['status', 'ackResourceMetadata', 'arn']))
  if (arn === null) return []
  return [arn]
}
