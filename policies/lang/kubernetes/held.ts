import { at, entry, type Json, type JsonObject, keys, record } from '../../intrinsics'
import { listOf, objectOf } from '../json'
import { addressOf, type Resource } from './object'

/** The policies that ACK has in a user or group, each as the resource that Terraform has for it. */
export function heldPolicies(resource: Resource): readonly Resource[] {
  const holder = entry(HOLDERS, resource.type)
  if (resource.dialect !== 'ack' || holder === null) return []
  const spec = objectOf(at(resource.object, ['spec']))
  const inline = objectOf(at(spec, ['inlinePolicies']))
  return [
    ...keys(inline).map(name => held(resource, holder, 'policy', name, 'policy', at(inline, [name]))),
    ...attached(resource, holder, 'policies', 'policyARN'),
    ...attached(resource, holder, 'policyRefs', 'policyARNRef'),
  ]
}

const HOLDERS: { readonly [type: string]: string } = { aws_iam_group: 'group', aws_iam_user: 'user' }

function attached(resource: Resource, holder: string, list: string, attribute: string): readonly Resource[] {
  return listOf(at(resource.object, ['spec', list])).map((policy, i) =>
    held(resource, holder, 'policy_attachment', `${list}[${i}]`, attribute, policy),
  )
}

/** A part of an object as one of its own, which says who holds it, and one thing more. */
function held(
  resource: Resource,
  holder: string,
  kind: string,
  part: string,
  attribute: string,
  value: Json,
): Resource {
  const { namespace } = resource
  const type = `aws_iam_${holder}_${kind}`
  const name = `${resource.name}/${part}`
  const spec = record([[holder, at(resource.object, ['spec', 'name'])] as const, [attribute, value] as const])
  const object: JsonObject = { metadata: at(resource.object, ['metadata']), spec }
  return { ...resource, address: addressOf(type, namespace, name), type, name, object }
}
