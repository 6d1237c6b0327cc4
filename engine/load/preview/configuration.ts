import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { blocksIn, labelled } from '../hcl/blocks'

/** A resource or data source as it is written. */
export interface Resource {
  /** `aws_kms_key.image`, `data.aws_kms_key.image`. */
  readonly address: string
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly name: string
  readonly body: JsonObject
}

/** A root module as it is written. */
export interface Configuration {
  readonly resources: ReadonlyMap<string, Resource>
  /** `aws`, `aws.consumer` → its arguments. */
  readonly providers: ReadonlyMap<string, JsonObject>
  /** The variables that have a value by themselves. */
  readonly variables: JsonObject
  /** Those that are marked as sensitive: `var.password`. */
  readonly sensitive: readonly string[]
  readonly locals: JsonObject
  readonly outputs: ReadonlyMap<string, JsonObject>
  /** The names of the modules that it calls. */
  readonly modules: readonly string[]
}

/**
 * The documents of a root module as one. What a later one has of the same resource is put over it, attribute by attribute and all blocks of
 * a kind at once, as override files are.
 * Source: https://developer.hashicorp.com/terraform/language/files/override
 */
export function configurationOf(documents: readonly JsonObject[]): Configuration {
  const all = (kind: string) => documents.flatMap(document => labelled(document[kind]))
  const variables = all('variable')
  return {
    resources: new Map([...resourcesIn(documents, 'resource', 'managed'), ...resourcesIn(documents, 'data', 'data')]),
    providers: providersIn(all('provider')),
    variables: Object.fromEntries(
      variables.flatMap(({ label, block }) => (block.default === undefined ? [] : [[label, block.default]])),
    ),
    sensitive: variables.filter(({ block }) => block.sensitive === true).map(({ label }) => `var.${label}`),
    locals: Object.assign({}, ...documents.flatMap(document => blocksIn(document.locals).map(plain))),
    outputs: new Map(all('output').map(({ label, block }) => [label, block])),
    modules: [...new Set(all('module').map(({ label }) => label))].filter(label => label !== comment),
  }
}

/** Terraform takes no notice of it; CDK for Terraform puts metadata there. */
const comment = '//'

function resourcesIn(
  documents: readonly JsonObject[],
  kind: string,
  mode: Resource['mode'],
): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>()
  for (const { label: type, block } of documents.flatMap(document => labelled(document[kind])))
    for (const { label: name, block: body } of labelled(block)) {
      if (type === comment || name === comment) continue
      const address = `${mode === 'data' ? 'data.' : ''}${type}.${name}`
      found.set(address, { address, mode, type, name, body: { ...found.get(address)?.body, ...plain(body) } })
    }
  return found
}

function providersIn(
  blocks: readonly { readonly label: string; readonly block: JsonObject }[],
): ReadonlyMap<string, JsonObject> {
  return new Map(
    blocks.map(({ label, block: { alias, ...written } }) => [
      typeof alias === 'string' ? `${label}.${alias}` : label,
      plain(written),
    ]),
  )
}

/** Without comments, at any depth. */
function plain<J extends Json>(value: J): J {
  if (Array.isArray(value)) return value.map(plain) as readonly Json[] as J
  if (!isObject(value)) return value
  const entries = Object.entries(value as JsonObject).filter(([key]) => key !== comment)
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)])) as JsonObject as J
}
