import { at, type Json, type JsonObject, keys } from '../../intrinsics'
import { objectOf, textOf } from '../json'
import { type Dialect, dialectOf, kindOf } from './kinds'

/** An object of a cluster that stands for something in AWS. */
export interface Resource {
  readonly address: string
  readonly type: string
  readonly dialect: Dialect
  readonly name: string
  /** Empty for an object that is in no namespace. */
  readonly namespace: string
  readonly labels: JsonObject
  readonly object: JsonObject
  /** Whether it is being deleted, though it is still there. */
  readonly isGoing: boolean
}

/** An object as a resource, in a list of one; none where no rule reads such. */
export function resourceOf(object: JsonObject): readonly Resource[] {
  const apiVersion = textOf(at(object, ['apiVersion'])) ?? ''
  const kind = kindOf(apiVersion, textOf(at(object, ['kind'])) ?? '')
  const dialect = dialectOf(apiVersion)
  const name = textOf(at(object, ['metadata', 'name'])) ?? textOf(at(object, ['metadata', 'generateName']))
  if (kind === null || dialect === null || name === null) return []
  const namespace = textOf(at(object, ['metadata', 'namespace'])) ?? ''
  return [
    {
      address: addressOf(kind.type, namespace, name),
      type: kind.type,
      dialect,
      name,
      namespace,
      labels: objectOf(at(object, ['metadata', 'labels'])),
      object,
      isGoing: at(object, ['metadata', 'deletionTimestamp']) !== null,
    },
  ]
}

/** The address of an object in findings: `aws_kms_key.image`, in a namespace `aws_kms_key.team/image`. */
export function addressOf(type: string, namespace: string, name: string): string {
  return `${type}.${localName({ namespace, name })}`
}

/** What tells an object from others of its kind. */
export function localName({ namespace, name }: Pick<Resource, 'namespace' | 'name'>): string {
  if (namespace === '') return name
  return `${namespace}/${name}`
}

/** The objects that kube-mgmt has copied: by plural, namespace where there is one, and name. */
export function replicated(cluster: Json): readonly JsonObject[] {
  const groups = objectOf(cluster)
  return keys(groups).flatMap(plural => inGroup(objectOf(at(groups, [plural]))))
}

function inGroup(group: JsonObject): readonly JsonObject[] {
  return keys(group).flatMap(name => {
    const entry = objectOf(at(group, [name]))
    if (at(entry, ['apiVersion']) !== null) return [entry]
    return keys(entry).map(inner => objectOf(at(entry, [inner])))
  })
}
