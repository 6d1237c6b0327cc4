import type { Run } from '../../modules/terraform/runs'
import type { Json, JsonObject } from '../../policies/intrinsics'
import { type Leaf, listsOf, type Specimen, tokenOf } from './specimen'

/** A resource by its type and its constructs, which say the same in every run. */
export interface Made {
  readonly type: string
  readonly path: string
  readonly body: JsonObject
}

/** A reference to a resource, as it stands in texts. */
export interface Reference {
  readonly type: string
  readonly path: string
  /** `.arn`; nothing where the resource itself is named. */
  readonly attribute: string
}

/** What a run has made, in texts that can be compared and read. */
export function madeIn(
  run: Run,
  { leaves }: Specimen,
): { readonly resources: readonly Made[]; readonly outputs: JsonObject } {
  const tokens = new Set(leaves.map(({ text }) => text))
  const paths = new Map(run.resources.map(({ type, name, body }) => [`${type}.${name}`, pathOf(body)]))
  const text = (written: string): Json => {
    if (written.startsWith('{"Version"')) return { [policy]: atomsOf(JSON.parse(written)) }
    const address = (all: string, type: string, name: string, attribute: string) => {
      const path = paths.get(`${type}.${name}`)
      return path === undefined ? all : referenceText({ type, path, attribute })
    }
    return written.replace(/\$\{(aws_\w+)\.([\w-]+)(\.\w+)\}/g, address).replace(/^(aws_\w+)\.([\w-]+)()$/, address)
  }
  const read = (value: Json): Json => {
    if (typeof value === 'string') return text(value)
    if (value !== null && tokens.has(tokenOf(value))) return tokenOf(value)
    if (Array.isArray(value)) return value.map(read)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).filter(([name]) => name !== '//')
    return Object.fromEntries(entries.map(([name, item]) => [name, read(item)]))
  }
  return {
    resources: run.resources.map(({ type, body }) => ({ type, path: pathOf(body), body: read(body) as JsonObject })),
    outputs: read(run.outputs) as JsonObject,
  }
}

/** Stands for the statements of a policy, each of one principal, action and resource. */
export const policy = '\uE004policy'

/** The constructs of a resource, from that of the module on. */
function pathOf(body: JsonObject): string {
  const { metadata } = body['//'] as { readonly metadata: { readonly path: string } }
  return metadata.path.split('/').slice(2).join('/')
}

function atomsOf({ Statement }: JsonObject): readonly string[] {
  return (Statement as readonly JsonObject[]).flatMap(
    ({ Sid: _, Effect = null, Principal, Action, Resource, ...rest }) =>
      principalsIn(Principal).flatMap(one =>
        listed(Action).flatMap(action =>
          listed(Resource).map(resource =>
            JSON.stringify({
              Effect,
              ...(one !== undefined && { Principal: one }),
              Action: action,
              ...(resource !== undefined && { Resource: resource }),
              ...rest,
            }),
          ),
        ),
      ),
  )
}

function principalsIn(principal: Json | undefined): readonly (Json | undefined)[] {
  if (typeof principal !== 'object' || principal === null) return [principal]
  return Object.entries(principal).flatMap(([type, all]) => listed(all).map(one => ({ [type]: one ?? null })))
}

function listed(value: Json | undefined): readonly (Json | undefined)[] {
  return Array.isArray(value) ? value : [value]
}

function referenceText({ type, path, attribute }: Reference): string {
  return `\uE000${type}|${path}|${attribute}\uE001`
}

/** The parts of a text: as they are written, of a specimen, and references. */
export function partsIn(text: string, { leaves }: Specimen): readonly (string | Leaf | Reference)[] {
  const escaped = leaves.map(leaf => leaf.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`(\uE000[^\uE001]*\uE001|${escaped.join('|')})`)
  return text.split(pattern).flatMap((part): readonly (string | Leaf | Reference)[] => {
    const reference = /^\uE000(.*)\|(.*)\|(.*)\uE001$/.exec(part)
    if (reference) return [{ type: reference[1] ?? '', path: reference[2] ?? '', attribute: reference[3] ?? '' }]
    const leaf = leaves.find(one => one.text === part)
    return part === '' ? [] : [leaf ?? part]
  })
}

/** The lists whose elements a text speaks of. */
export function listsIn(text: string, specimen: Specimen): readonly string[] {
  const found = partsIn(text, specimen).flatMap(part => {
    if (typeof part === 'string') return []
    return 'of' in part ? listsOf(part.path) : listsIn(part.path, specimen)
  })
  return [...new Set(found)]
}
