import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import { BadInput } from '../bad-input'
import type { PlanEntry } from '../world'

/** What an input file turned out to hold. */
export type Document =
  /** A plan or a state, as `terraform show -json` prints it. */
  | { readonly kind: 'plan'; readonly plan: JsonObject }
  /** What `keyreach world` prints. */
  | { readonly kind: 'world'; readonly plans: readonly PlanEntry[]; readonly declared: JsonObject }
  /** A Packer template in the language that came before HCL. */
  | { readonly kind: 'builders'; readonly document: JsonObject }
  /** Configuration in JSON, which nobody has planned: as people write it, or as CDK for Terraform does. */
  | { readonly kind: 'configuration'; readonly configuration: JsonObject }
  /** What `conftest --combine` makes of several plans. */
  | { readonly kind: 'combined'; readonly plans: readonly { readonly path: string; readonly contents: JsonObject }[] }

/** Tells what a JSON document is. Throws `BadInput` for what is none of these, and for a format that is not known yet. */
export function documentOf(value: Json, file: string): Document {
  if (Array.isArray(value)) return combined(value, file)
  if (!isObject(value)) throw notPlan(file, `a ${value === null ? 'null' : typeof value}`)
  if (Array.isArray(value.plans)) return world(value, value.plans, file)
  if (isJsonTemplate(value)) return { kind: 'builders', document: value }
  if (isConfiguration(value, file)) return { kind: 'configuration', configuration: value }
  return { kind: 'plan', plan: planOf(value, file) }
}

/** Whether a document is a Packer template in the language that came before HCL. */
function isJsonTemplate(value: JsonObject): boolean {
  return Array.isArray(value.builders) && value.builders.every(builder => isObject(builder) && 'type' in builder)
}

function isConfiguration(value: JsonObject, file: string): boolean {
  if ('format_version' in value) return false
  return file.endsWith('.tf.json') || stackName(value) !== null || isObject(value.resource) || isObject(value.terraform)
}

/** The name that CDK for Terraform has given the stack of a document; null where it has synthesized none. */
export function stackName({ '//': comment = null }: JsonObject): string | null {
  const metadata = isObject(comment) && 'metadata' in comment ? comment.metadata : null
  return isObject(metadata) && typeof metadata.stackName === 'string' ? metadata.stackName : null
}

/** The document as a plan or state. Throws `BadInput` where it is neither. */
export function planOf(value: JsonObject, file: string): JsonObject {
  const parts = ['planned_values', 'resource_changes', 'configuration', 'prior_state', 'values']
  const version = value.format_version
  const bare = Object.keys(value).every(key => ['format_version', 'terraform_version'].includes(key))
  if (typeof version !== 'string' || !(bare || parts.some(part => part in value))) throw other(value, file)
  if (!/^[01]\./.test(version))
    throw new BadInput(
      { file },
      `the plan has format version ${version}; expected 0.x or 1.x (Terraform 0.12 and later)`,
    )
  if (value.resource_changes !== undefined && !Array.isArray(value.resource_changes))
    throw new BadInput({ file }, 'the plan is damaged: expected `resource_changes` to be a list')
  return value
}

/** Whether a plan has no resource in any of its parts. */
export function isEmptyPlan(plan: JsonObject): boolean {
  const { resource_changes: changes, planned_values: planned, values, prior_state: prior } = plan
  const rooted = [planned, values, isObject(prior) ? prior.values : null]
  return !(Array.isArray(changes) && changes.length > 0) && !rooted.some(part => isObject(part) && hasResources(part))
}

function hasResources(values: JsonObject): boolean {
  const root = values.root_module
  return isObject(root) && (Array.isArray(root.resources) || Array.isArray(root.child_modules))
}

function world(value: JsonObject, entries: readonly Json[], file: string): Document {
  const { plans: _, ...declared } = value
  const plans = entries.map((entry, i) => {
    if (!isObject(entry) || !isObject(entry.plan))
      throw new BadInput(
        { file },
        `\`plans[${i}]\`: expected an object with a \`plan\`; \`keyreach world\` prints such`,
      )
    if (typeof entry.file !== 'string' || !/^\d{12}$/.test(String(entry.account ?? '0'.repeat(12))))
      throw new BadInput({ file }, `\`plans[${i}]\`: expected a \`file\`, and an \`account\` of 12 digits if any`)
    return { ...entry, file: entry.file, plan: planOf(entry.plan, `${file}: \`plans[${i}].plan\``) } as PlanEntry
  })
  return { kind: 'world', plans, declared }
}

function combined(value: readonly Json[], file: string): Document {
  if (value.length === 0) throw notPlan(file, 'an empty list')
  const plans = value.map((element, i) => {
    if (!isObject(element) || typeof element.path !== 'string' || !isObject(element.contents))
      throw notPlan(file, 'a list')
    return { path: element.path, contents: planOf(element.contents, `${file}: \`[${i}].contents\``) }
  })
  return { kind: 'combined', plans }
}

function notPlan(file: string, kind: string, instead = 'pass what `terraform show -json <planfile>` prints'): BadInput {
  return new BadInput({ file }, `this is ${kind}, not a plan; ${instead}`)
}

/** Files that are often taken for a plan, by what they have at the top, and what to pass instead. */
function other(value: JsonObject, file: string): BadInput {
  if ('encrypted_data' in value)
    return notPlan(file, 'a state or plan that OpenTofu has encrypted', 'pass what `tofu show -json` prints')
  if ('serial' in value || 'lineage' in value)
    return notPlan(file, 'a state file', 'pass what `terraform show -json <statefile>` prints, or a plan')
  if ('plan_format_version' in value)
    return notPlan(file, 'a plan without its values', 'pass the unredacted JSON plan of HCP Terraform (`json-output`)')
  if ('@level' in value) return notPlan(file, 'the log of `terraform plan -json`')
  if ('provider_schemas' in value) return notPlan(file, 'a provider schema')
  if ('diagnostics' in value) return notPlan(file, 'what `terraform validate -json` prints')
  return notPlan(file, 'another JSON document')
}
