import type { JsonObject } from '../policies/intrinsics'
import { BadInput } from './bad-input'
import type { Config, ConfiguredPlan } from './config'
import { type Document, documentOf, isEmptyPlan } from './load/document'
import { bytesOf } from './load/files'
import { jsonOf } from './load/json'
import { checkPolicies } from './load/policies'
import { type Source, sourcesOf } from './load/sources'
import { textOf } from './load/text'
import type { PlanEntry, World } from './world'

/** A world, and what people should know of its input though it can be judged. */
export interface Loaded {
  readonly world: World
  readonly notes: readonly string[]
}

/**
 * Reads the world to judge: the plans that the command line names (`[ACCOUNT=]PLAN`: files, directories, `-`), or those of the
 * configuration where it names none. What the configuration declares of a plan is matched by path.
 * A world as `keyreach world` prints it and conftest's `--combine` array are read too.
 * Throws `BadInput`, with one line for people, for whatever cannot be judged.
 */
export async function load(args: readonly string[], config: Config | null): Promise<Loaded> {
  const plans: PlanEntry[] = []
  let declared = config?.declared ?? {}
  for (const source of sourcesOf(args, config)) {
    const document = await read(source)
    if (document?.kind === 'world') declared = joined(declared, document.declared, source.file)
    if (document) plans.push(...entriesOf(document, source, config))
  }
  if (plans.length === 0)
    throw new BadInput(null, `${args.join(', ')}: no plan is in there; expected \`*.json\` or \`*.json.gz\``)
  for (const { plan, file } of plans) checkPolicies(plan, file)
  return { world: { plans, ...dated(declared) }, notes: plans.flatMap(notesOf) }
}

/** What a file holds; null for a file of a directory that holds something else. */
async function read(source: Source): Promise<Document | null> {
  const text = textOf(await bytesOf(source.path), source.file)
  if (!source.found) return documentOf(jsonOf(text, source.file), source.file)
  if (!text.includes('"format_version"')) return null
  try {
    const document = documentOf(jsonOf(text, source.file), source.file)
    return document.kind === 'plan' ? document : null
  } catch (error) {
    // A plan that is damaged must not be passed over, but a provider's schema or a lock file may lie beside the plans.
    if (text.includes('"terraform_version"')) throw error
    return null
  }
}

function entriesOf(document: Document, source: Source, config: Config | null): readonly PlanEntry[] {
  if (document.kind === 'plan') return [entryOf(document.plan, source, declarationOf(source.path, config))]
  if (document.kind === 'combined')
    return document.plans.map(({ path, contents }) =>
      entryOf(contents, { ...source, file: path }, declarationOf(path, config)),
    )
  if (source.account !== null)
    throw new BadInput({ file: source.file }, 'this is a world, which says itself what account each plan reaches')
  return document.plans
}

function entryOf(plan: JsonObject, { file, account }: Source, declared: ConfiguredPlan | null): PlanEntry {
  if (account !== null && declared?.account !== undefined && declared.account !== account)
    throw new BadInput({ file }, `the command line says account ${account}, keyreach.yaml says ${declared.account}`)
  const { path: _, ...entry } = declared ?? { path: null }
  return { ...entry, file, ...(account !== null && { account }), plan }
}

function declarationOf(path: string, config: Config | null): ConfiguredPlan | null {
  return config?.plans.find(plan => plan.path === path) ?? config?.plans.find(plan => plan.file === path) ?? null
}

function joined(declared: JsonObject, more: JsonObject, file: string): JsonObject {
  const twice = Object.keys(more).find(key => key in declared)
  if (twice !== undefined) throw new BadInput({ file }, `\`${twice}\` is declared here and in another input; keep one`)
  return { ...declared, ...more }
}

/** Waivers end; by what day, is a part of the world, so that the same world has the same findings on any day. */
function dated(declared: JsonObject): JsonObject {
  if (!('waivers' in declared) || 'today' in declared) return declared
  return { ...declared, today: new Date().toISOString().slice(0, 10) }
}

function notesOf({ file, plan }: PlanEntry): readonly string[] {
  if (plan.errored === true)
    return [`${file}: Terraform met errors when it made this plan, so that parts may be missing`]
  if (isEmptyPlan(plan)) return [`${file}: the plan has no resources: nothing was found in it`]
  return []
}
