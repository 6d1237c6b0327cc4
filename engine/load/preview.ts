import type { Json, JsonObject } from '../../policies/intrinsics'
import { isUnknown } from '../../policies/lang/maybe'
import { indexText } from '../address'
import { computedAttributes } from '../example/computed'
import type { PlanEntry } from '../world'
import { evaluate, missingIn } from './hcl/evaluate'
import type { Resource } from './preview/configuration'
import { statementsOf } from './preview/policy'
import { referencesIn } from './preview/references'
import { bareName, type Instance, providerName, Root, type Stack, shapeOf } from './preview/root'
import { bodyOf } from './preview/values'

export type { Stack } from './preview/root'

/**
 * What Terraform would plan for the stacks of an application if nothing were there yet, in the shape of its plans, as far as configuration
 * alone tells: what is computed, read or given later is unknown. References between the stacks are followed, which no plan can; what they
 * refer to gets a name in `identities`, where none is declared.
 */
export function previewOf(stacks: readonly Stack[]): readonly PlanEntry[] {
  const roots: readonly Root[] = stacks.map(
    stack => new Root(stack, name => roots.find(root => root.stack.name === name)),
  )
  const plans = roots.map(planOf)
  return roots.map(({ stack: { name: _, documents: __, ...declared }, named }, i) => {
    const identities = { ...Object.fromEntries(named), ...declared.identities }
    const plan = plans[i] ?? {}
    return { ...declared, ...(Object.keys(identities).length > 0 && { identities }), preview: true, plan }
  })
}

function planOf(root: Root): JsonObject {
  const { resources, variables, modules } = root.configuration
  const all = [...resources.values()].flatMap(resource => withDocuments(root, resource))
  const deferred = all.filter(resource => root.instancesOf(resource) === null)
  return {
    format_version: '1.2',
    resource_changes: all.flatMap(resource =>
      [...(root.instancesOf(resource)?.values() ?? [])].map(instance => changeOf(root, resource, instance)),
    ),
    ...(deferred.length > 0 && { deferred_changes: deferred.map(deferredOf) }),
    configuration: {
      provider_config: providerConfig(root),
      root_module: {
        resources: all.map(resource => configuredOf(root, resource)),
        ...(modules.length > 0 && { module_calls: Object.fromEntries(modules.map(name => [name, {}])) }),
        variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { default: value }])),
      },
    },
  }
}

function changeOf(root: Root, resource: Resource, { key, bound }: Instance): JsonObject {
  const { address, mode, type, body } = resource
  const { after, unknown, sensitive } = attributesOf(root, resource, bound)
  const later = computedAttributes(mode, type).filter(attribute => !(attribute in body))
  return {
    ...identityOf(resource),
    address: `${address}${indexText(key)}`,
    ...(key !== null && { index: key }),
    change: {
      actions: [mode === 'data' ? 'read' : 'create'],
      before: null,
      after: { ...after, ...root.readBy(resource) },
      after_unknown: { ...unknown, ...Object.fromEntries(later.map(attribute => [attribute, true])) },
      after_sensitive: sensitive,
    },
  }
}

function deferredOf(resource: Resource): JsonObject {
  const change = { actions: ['create'], before: null, after: {} }
  return { reason: 'instance_count_unknown', resource_change: { ...identityOf(resource), change } }
}

function identityOf({ address, mode, type, name }: Resource): JsonObject {
  return { address, mode, type, name, provider_name: `registry.terraform.io/hashicorp/${providerName(type)}` }
}

function configuredOf(root: Root, resource: Resource): JsonObject {
  const { address, mode, type, name, body } = resource
  const { count, for_each, depends_on } = body
  const [first = { key: null, bound: {} }] = root.instancesOf(resource)?.values() ?? []
  return {
    address,
    mode,
    type,
    name,
    provider_config_key: root.providerOf(resource),
    expressions: attributesOf(root, resource, first.bound).expression,
    ...(Array.isArray(depends_on) && { depends_on: depends_on.map(one => bareName(String(one))) }),
    ...(count !== undefined && { count_expression: repetition(root, count) }),
    ...(for_each !== undefined && { for_each_expression: repetition(root, for_each) }),
  }
}

function repetition({ scope }: Root, written: Json): JsonObject {
  const value = evaluate(written, scope)
  const references = referencesIn(written, scope.locals)
  return references.length === 0 && missingIn(value) === undefined ? { constant_value: value } : { references }
}

/** What a resource has besides the arguments that Terraform itself reads. */
function attributesOf({ scope, configuration: { sensitive } }: Root, resource: Resource, bound: JsonObject) {
  const own = Object.fromEntries(Object.entries(resource.body).filter(([name]) => !metaArguments.includes(name)))
  return bodyOf(own, shapeOf(resource), { scope: { ...scope, bound }, sensitive })
}

const metaArguments = ['provider', 'depends_on', 'count', 'for_each', 'lifecycle', 'provisioner', 'connection']

function providerConfig({ scope, configuration: { providers, sensitive } }: Root): JsonObject {
  const configs = [...providers].map(([key, body]) => {
    const [name = '', alias] = key.split('.')
    const { expression: expressions } = bodyOf(body, providerShape, { scope, sensitive })
    const full_name = `registry.terraform.io/hashicorp/${name}`
    return [key, { name, full_name, ...(alias !== undefined && { alias }), expressions }] as const
  })
  return Object.fromEntries(configs)
}

/** What says whom a provider configuration reaches. */
const providerShape = { assume_role: {}, assume_role_with_web_identity: {}, allowed_account_ids: 'list' } as const

/**
 * A resource, and documents made of those of its policies that are not known as a whole, so that their statements can be judged one by
 * one. The policies of several instances have one expression, which cannot refer to a document of each.
 */
function withDocuments({ scope }: Root, resource: Resource): readonly Resource[] {
  const { mode, type, name, body } = resource
  if (mode === 'data' || !/^aws_(kms|iam)_/.test(type) || 'for_each' in body || 'count' in body) return [resource]
  const documents = ['policy', 'assume_role_policy'].flatMap(attribute => {
    const written = body[attribute] ?? null
    const statement = isUnknown(evaluate(written, scope)) ? statementsOf(written, scope) : null
    if (!statement) return []
    const own = `${type}_${name}_${attribute}`
    const address = `data.aws_iam_policy_document.${own}`
    const document: Resource = {
      address,
      mode: 'data',
      type: 'aws_iam_policy_document',
      name: own,
      body: { statement },
    }
    return [{ attribute, document }]
  })
  const referring = documents.map(({ attribute, document }) => [attribute, `\${${document.address}.json}`])
  return [
    { ...resource, body: { ...body, ...Object.fromEntries(referring) } },
    ...documents.map(({ document }) => document),
  ]
}
