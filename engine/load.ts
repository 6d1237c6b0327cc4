import { dirname } from 'node:path'
import { at, isObject, type JsonObject } from '../policies/intrinsics'
import { BadInput } from './bad-input'
import type { Config, ConfiguredPlan, ConfiguredTemplate } from './config'
import { agreedAccount, dated, joined } from './load/declared'
import { type Document, documentOf, isEmptyPlan, stackName } from './load/document'
import { bytesOf } from './load/files'
import { jsonOf } from './load/json'
import { hclTemplate, isHclTemplate, type Template } from './load/packer/hcl-template'
import { jsonTemplate } from './load/packer/json-template'
import { isVariableFile } from './load/packer/variables'
import { checkPolicies } from './load/policies'
import type { Stack } from './load/preview'
import { type Source, sourcesOf } from './load/sources'
import { inOverridingOrder } from './load/stacks'
import { textOf } from './load/text'
import { type Progress, unheard } from './progress'
import type { PlanEntry, TemplateEntry, World } from './world'

/** A world, and what people should know of its input though it can be judged. */
export interface Loaded {
  /** What there is to judge. */
  readonly world: World
  /** A line each. */
  readonly notes: readonly string[]
}

/**
 * Reads the world to judge: the plans that the command line names (`[ACCOUNT=]PLAN`: files, directories, `-`), or those of the
 * configuration where it names none, and the Packer templates of both. What the configuration declares of a file is matched by path.
 * A world as `keyreach world` prints it and conftest's `--combine` array are read too, and configuration in JSON, of which it makes a
 * preview of a plan: of all files of a directory together.
 * Throws `BadInput`, with one line for people, for whatever cannot be judged.
 */
export async function load(
  args: readonly string[],
  config: Config | null,
  progress: Progress = unheard,
): Promise<Loaded> {
  const plans: PlanEntry[] = []
  const templates: TemplateEntry[] = []
  const written: Written[] = []
  let declared = config?.declared ?? {}
  const sources = sourcesOf(args, config)
  const variables = sources.map(({ file }) => file).filter(isVariableFile)
  const files = sources.filter(({ file }) => !isVariableFile(file))
  for (const [i, source] of files.entries()) {
    progress('reading', i + 1, files.length)
    const input = await read(source, config, variables)
    if (input?.kind === 'world') declared = joined(declared, input.declared, source.file)
    if (input?.kind === 'template') templates.push(templateEntryOf(input.template, source, config))
    else if (input?.kind === 'configuration') written.push({ source, configuration: input.configuration })
    else if (input) plans.push(...entriesOf(input, source, config))
  }
  if (written.length > 0) plans.push(...(await previews(stacksOf(written, config))))
  if (plans.length + templates.length === 0)
    throw new BadInput(
      null,
      `${args.join(', ')}: no plan is in there, and no template; expected \`*.json\`, \`*.json.gz\` or \`*.pkr.hcl\``,
    )
  for (const { plan, file } of plans) checkPolicies(plan, file)
  const world = { plans, ...dated(declared), ...(templates.length > 0 && { templates }) }
  return { world, notes: [...plans.flatMap(notesOf), ...templates.flatMap(templateNotesOf)] }
}

type Input =
  | Exclude<Document, { readonly kind: 'builders' }>
  | { readonly kind: 'template'; readonly template: Template }

/** What a file holds; null for a file of a directory that holds something else. */
async function read(source: Source, config: Config | null, variables: readonly string[]): Promise<Input | null> {
  const text = textOf(await bytesOf(source.path), source.file)
  const given = [...(templateDeclarationOf(source.path, config)?.variables ?? []), ...variables]
  if (isHclTemplate(source.file)) return asTemplate(await hclTemplate(text, source.file, given), source)
  const document = source.found ? foundDocument(text, source) : documentOf(jsonOf(text, source.file), source.file)
  if (document?.kind !== 'builders') return document
  return asTemplate(await jsonTemplate(document.document, source.file, given), source)
}

/** A template file of a directory may define variables only, or build for others than Amazon. */
function asTemplate(template: Template, { found }: Source): Input | null {
  return found && template.builders.length === 0 ? null : { kind: 'template', template }
}

function foundDocument(text: string, source: Source): Document | null {
  if (!text.includes('"format_version"') && !text.includes('"builders"')) return null
  try {
    const document = documentOf(jsonOf(text, source.file), source.file)
    return document.kind === 'plan' || document.kind === 'builders' ? document : null
  } catch (error) {
    // A plan that is damaged must not be passed over, but a provider's schema or a lock file may lie beside the plans.
    if (text.includes('"terraform_version"')) throw error
    return null
  }
}

async function previews(stacks: readonly Stack[]): Promise<readonly PlanEntry[]> {
  const { previewOf } = await import('./load/preview')
  return previewOf(stacks)
}

/** Configuration that was read from a file. */
interface Written {
  readonly source: Source
  readonly configuration: JsonObject
}

/** The root modules of configuration: one a directory. */
function stacksOf(written: readonly Written[], config: Config | null): readonly Stack[] {
  const directories = new Set(written.map(({ source }) => dirname(source.path)))
  return [...directories].map(directory =>
    stackOf(
      written.filter(({ source }) => dirname(source.path) === directory),
      config,
    ),
  )
}

function stackOf(files: readonly Written[], config: Config | null): Stack {
  const sources = files.map(({ source }) => source)
  const declared = sources.map(({ path }) => declarationOf(path, config)).find(found => found !== null) ?? null
  const contents = files.map(({ source, configuration }) => [source.path, configuration] as const)
  const documents = inOverridingOrder(contents)
  const [source = { file: '', account: null }] = sources
  const { path: _, ...entry } = declared ?? { path: null }
  return {
    ...entry,
    file: files.length === 1 ? source.file : dirname(source.file),
    ...agreedAccount(source, declared?.account),
    name: documents.map(stackName).find(found => found !== null) ?? null,
    documents,
  }
}

function entriesOf(
  document: Exclude<Input, { readonly kind: 'template' | 'configuration' }>,
  source: Source,
  config: Config | null,
): readonly PlanEntry[] {
  if (document.kind === 'plan') return [entryOf(document.plan, source, declarationOf(source.path, config))]
  if (document.kind === 'combined')
    return document.plans.map(({ path, contents }) =>
      entryOf(contents, { ...source, file: path }, declarationOf(path, config)),
    )
  if (source.account !== null)
    throw new BadInput({ file: source.file }, 'this is a world, which says itself what account each plan reaches')
  return document.plans
}

function entryOf(plan: JsonObject, source: Source, declared: ConfiguredPlan | null): PlanEntry {
  const { path: _, ...entry } = declared ?? { path: null }
  return { ...entry, file: source.file, ...agreedAccount(source, declared?.account), plan }
}

function declarationOf(path: string, config: Config | null): ConfiguredPlan | null {
  return config?.plans.find(plan => plan.path === path) ?? config?.plans.find(plan => plan.file === path) ?? null
}

function templateEntryOf({ builders, sensitive }: Template, source: Source, config: Config | null): TemplateEntry {
  const { account, role, name = source.file } = templateDeclarationOf(source.path, config) ?? {}
  return {
    file: name,
    ...agreedAccount(source, account),
    ...(role !== undefined && { role }),
    builders,
    ...(sensitive.length > 0 && { sensitive }),
  }
}

function templateDeclarationOf(path: string, config: Config | null): ConfiguredTemplate | null {
  return config?.templates.find(template => template.path === path) ?? null
}

function notesOf({ file, plan, preview }: PlanEntry): readonly string[] {
  const { deferred_changes: deferred } = plan
  if (preview) return previewNotes(file, plan)
  if (plan.errored === true)
    return [`${file}: Terraform met errors when it made this plan, so that parts are missing; plan again without them`]
  if (Array.isArray(deferred) && deferred.length > 0)
    return [
      `${file}: the plan puts off ${deferred.length} changes to a later one; they are judged as far as it shows them`,
    ]
  if (isEmptyPlan(plan)) return [`${file}: the plan has no resources: nothing was found in it`]
  return []
}

function previewNotes(file: string, plan: JsonObject): readonly string[] {
  const modules = modulesOf(plan)
  const listed = modules.map(name => `\`module.${name}\``).join(', ')
  return [
    ...(modules.length > 0 ? [`${file}: what is in ${listed} is not seen without a plan`] : []),
    ...(isEmptyPlan(plan) ? [`${file}: the configuration has no resources: nothing was found in it`] : []),
  ]
}

function modulesOf({ configuration = null }: JsonObject): readonly string[] {
  const calls = at(configuration, ['root_module', 'module_calls'])
  return isObject(calls) ? Object.keys(calls) : []
}

function templateNotesOf({ file, builders }: TemplateEntry): readonly string[] {
  return builders.length > 0 ? [] : [`${file}: no source or builder in it makes an Amazon machine image`]
}
