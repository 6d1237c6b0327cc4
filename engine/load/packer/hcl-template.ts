import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { unknown } from '../../../policies/lang/maybe'
import type { BuilderEntry } from '../../world'
import { bytesOf } from '../files'
import { blocksIn, labelled } from '../hcl/blocks'
import { evaluate, nothing, type Scope } from '../hcl/evaluate'
import { jsonOf } from '../json'
import { textOf } from '../text'
import { type Definitions, definitionsIn, sensitiveTexts, together } from './definitions'
import { hclOf } from './hcl'
import { builderTypes, settingNames, settingsOf } from './settings'
import { besideOf, givenValues } from './variables'

/** What a template builds of Amazon's images, and the texts that it marks as sensitive. */
export interface Template {
  readonly builders: readonly BuilderEntry[]
  readonly sensitive: readonly string[]
}

/** Whether a file is a template in HCL, or in JSON of the same shape. */
export function isHclTemplate(name: string): boolean {
  return /\.pkr\.(hcl|json)$/.test(name)
}

/**
 * The sources of a template, resolved with the variables and locals of all template files in its directory, as Packer reads them.
 * A source is what the builds make of it: none where they use others only, several where a build sets more.
 */
export async function hclTemplate(text: string, file: string, given: readonly string[]): Promise<Template> {
  const document = await documentOf(text, file)
  const others = besideOf(file).filter(isHclTemplate)
  const around = await Promise.all(others.map(async other => documentOf(textOf(await bytesOf(other), other), other)))
  const definitions = together([...around, document].map(definitionsIn))
  const scope = { ...nothing, variables: await variablesOf(definitions, file, given), locals: definitions.locals }
  const sources = labelled(flattened(document.source)).filter(({ label }) => builderTypes.includes(typeOf(label)))
  const builders = sources.flatMap(({ label, block }) =>
    versionsOf(label, definitions.builds).map(({ at, settings }) =>
      builderOf(at, typeOf(label), { ...withoutDynamic(block), ...settings }, scope, file),
    ),
  )
  return { builders, sensitive: sensitiveTexts(definitions.sensitive, scope) }
}

async function documentOf(text: string, file: string): Promise<JsonObject> {
  if (file.endsWith('.hcl')) return hclOf(text, file)
  const value = jsonOf(text, file)
  return isObject(value) ? value : {}
}

async function variablesOf({ variables }: Definitions, file: string, given: readonly string[]): Promise<JsonObject> {
  const defaults = evaluate(Object.fromEntries(Object.entries(variables).filter(isSet)), nothing)
  return { ...(isObject(defaults) ? defaults : {}), ...(await givenValues(file, given)) }
}

function isSet([, value]: readonly [string, Json | undefined]): boolean {
  return value !== undefined
}

/** `{ type: { name: … } }` with both labels as one: `{ 'type.name': … }`. */
function flattened(value: Json | undefined): JsonObject {
  const sources = labelled(value).flatMap(({ label, block }) =>
    Object.entries(block).map(([name, blocks]) => [`${label}.${name}`, blocks] as const),
  )
  return Object.fromEntries(sources)
}

function typeOf(label: string): string {
  return label.split('.')[0] ?? ''
}

interface Version {
  readonly at: string
  /** What the build sets over what the source does. */
  readonly settings: JsonObject
}

/** What builds make of a source. */
function versionsOf(label: string, builds: readonly JsonObject[]): readonly Version[] {
  const plain = { at: `source.${label}`, settings: {} }
  if (builds.length === 0) return [plain]
  const listed = builds.flatMap(({ sources }) => (Array.isArray(sources) ? sources : [sources ?? []])).flat()
  const isListed = listed.some(name => isSource(name, label) || String(name).includes('${'))
  const extended = builds
    .flatMap(({ source }) => labelled(source))
    .filter(own => isSource(own.label, label))
    .map(({ block }) => block)
  const changed = extended.filter(block => settingNames.some(name => name in block))
  return [
    ...(isListed || changed.length < extended.length ? [plain] : []),
    ...changed.map(settings => ({ at: `build.source.${label}`, settings: withoutDynamic(settings) })),
  ]
}

function isSource(name: Json, label: string): boolean {
  return name === label || name === `source.${label}`
}

/** How many blocks `dynamic` makes is not known. */
function withoutDynamic({ dynamic, ...block }: JsonObject): JsonObject {
  const kinds = blocksIn(dynamic).flatMap(Object.keys)
  return { ...block, ...Object.fromEntries(kinds.map(kind => [kind, unknown(`the blocks of dynamic "${kind}"`)])) }
}

function builderOf(at: string, type: string, block: JsonObject, scope: Scope, file: string): BuilderEntry {
  const read = Object.fromEntries(Object.entries(block).filter(([name]) => settingNames.includes(name)))
  const values = evaluate(read, scope)
  return { at, type, settings: settingsOf(isObject(values) ? values : {}, at, { file }) }
}
