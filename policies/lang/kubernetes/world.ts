import { at, distinct, entry, type Json, type JsonObject, keys, record, settings } from '../../intrinsics'
import { listOf, objectOf, textOf, textsOf } from '../json'
import { valuesOf } from './attributes'
import { heldPolicies } from './held'
import { KINDS, type Kind } from './kinds'
import { localName, type Resource, replicated, resourceOf } from './object'

/*
 * The world of a cluster: one plan, of the objects that are there and the one that is asked about. kube-mgmt copies what is there; of kinds
 * that it does not copy there may be any.
 */

/** The world as it is before what is asked for. */
export function before(review: Json, cluster: Json): JsonObject {
  return worldOf(others(review, cluster), former(review), cluster)
}

/** The world as it will be. */
export function after(review: Json, cluster: Json): JsonObject {
  return worldOf(others(review, cluster), [...asked(review), ...leaving(review)], cluster)
}

/** What is asked about, as it is. */
function former(review: Json): readonly Resource[] {
  return resourcesOf(objectOf(at(review, ['request', 'oldObject'])))
}

/** What is asked about, as it will be; of a part of an object, such as its status, nothing is asked. */
function asked(review: Json): readonly Resource[] {
  if (textOf(at(review, ['request', 'subResource'])) !== null) return former(review)
  return resourcesOf(objectOf(at(review, ['request', 'object'])))
}

function leaving(review: Json): readonly Resource[] {
  if (at(review, ['request', 'operation']) !== 'DELETE') return []
  return former(review).map(resource => ({ ...resource, isGoing: true }))
}

/** All that is there but for what is asked about. */
function others(review: Json, cluster: Json): readonly Resource[] {
  const own = [...former(review), ...asked(review)].map(({ address }) => address)
  return replicated(cluster)
    .flatMap(resourcesOf)
    .filter(({ address }) => !own.includes(address))
}

/** What an object stands for: a resource, and those of the policies that it has in it. */
function resourcesOf(object: JsonObject): readonly Resource[] {
  return resourceOf(object).flatMap(resource => [resource, ...heldPolicies(resource)])
}

function worldOf(there: readonly Resource[], own: readonly Resource[], cluster: Json): JsonObject {
  const resources = [...there, ...own]
  const declared = listOf(at(settings(), ['plans'])).find(plan => at(plan, ['file']) === FILE) ?? null
  return {
    plans: [
      {
        ...objectOf(declared),
        file: FILE,
        plan: {
          format_version: '1.2',
          resource_changes: resources.map(resource => changeOf(resource, resources)),
          deferred_changes: unseen(cluster),
          configuration: configurationOf(resources),
        },
      },
    ],
  }
}

/** As what keyreach.yaml declares of a cluster: `providers`, by ProviderConfig or, for ACK, by namespace. */
const FILE = 'kubernetes'

function changeOf(resource: Resource, others: readonly Resource[]): JsonObject {
  const values = valuesOf(resource, others)
  const { address, type } = resource
  return { address, mode: 'managed', type, name: localName(resource), change: stateOf(resource, values) }
}

function stateOf(resource: Resource, values: JsonObject): JsonObject {
  if (!resource.isGoing)
    return {
      actions: ['create'],
      after: values,
      after_unknown: { arn: at(values, ['arn']) === null, id: at(values, ['id']) === null },
    }
  return { actions: [isKept(resource.object) ? 'forget' : 'delete'], before: values, after: null }
}

/** Whether AWS keeps what an object stands for when the object goes. */
function isKept(object: JsonObject): boolean {
  const policies = textsOf(at(object, ['spec', 'managementPolicies']))
  if (policies.length > 0 && !policies.includes('*') && !policies.includes('Delete')) return true
  if (at(object, ['metadata', 'annotations', 'services.k8s.aws/deletion-policy']) === 'retain') return true
  return at(object, ['spec', 'deletionPolicy']) === 'Orphan'
}

/** What nobody has copied, by plural. */
export function uncopied(cluster: Json): readonly string[] {
  const copied = keys(objectOf(cluster))
  return kinds()
    .map(({ plural }) => plural)
    .filter(plural => !copied.includes(plural))
}

/** One resource of each type that nobody has copied, of which nothing is known, not even how many there are. */
function unseen(cluster: Json): readonly JsonObject[] {
  const missing = uncopied(cluster)
  return kinds()
    .filter(({ plural }) => missing.includes(plural))
    .map(({ type }) => ({
      reason: 'instance_count_unknown',
      resource_change: { address: `${type}.*`, mode: 'managed', type, name: '*', change: {} },
    }))
}

function kinds(): readonly Kind[] {
  return keys(KINDS)
    .map(name => entry(KINDS, name))
    .flatMap(kind => (kind === null ? [] : [kind]))
}

/** Which credentials make what: those of its ProviderConfig or, in ACK, of its namespace. */
function configurationOf(resources: readonly Resource[]): JsonObject {
  const names = distinct(resources.map(providerOf))
  return {
    provider_config: record(names.map(name => [name, { name: 'aws' }] as const)),
    root_module: {
      resources: resources.map(resource => ({
        address: resource.address,
        provider_config_key: providerOf(resource),
      })),
    },
  }
}

function providerOf(resource: Resource): string {
  if (resource.dialect === 'ack') return resource.namespace
  return textOf(at(resource.object, ['spec', 'providerConfigRef', 'name'])) ?? 'default'
}
