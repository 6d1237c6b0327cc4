import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import { BadInput } from '../bad-input'

/** Four times what AWS takes for a key policy, the largest of all: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const longest = 4 * 32768

/** A condition's value is seven levels deep; none of AWS's policies needs more. */
const deepest = 32

/**
 * Looks at the policies of keys and identities in a plan. Throws `BadInput` for one that is not JSON, and for one so long or so
 * deep that no AWS service would take it: those make engines slow or break them. What a policy says is never repeated: it may be secret.
 */
export function checkPolicies(plan: JsonObject, file: string): void {
  for (const { item, values } of recordsIn(plan)) {
    if (typeof item.type !== 'string' || !/^aws_(kms|iam)_/.test(item.type)) continue
    for (const [path, text] of policiesOf(values)) {
      const problem = problemOf(text)
      if (problem)
        throw new BadInput({ file }, `\`${String(item.address)}.${path}\`: expected a policy in JSON; ${problem}`)
    }
  }
}

interface Values {
  readonly item: JsonObject
  readonly values: JsonObject
}

/** What a plan or state says of each resource: after its change, before it where it goes, and where nothing changes. */
function recordsIn({ resource_changes: changes, deferred_changes: deferred, values, prior_state: prior }: JsonObject) {
  return [
    ...objects(changes).flatMap(changeValues),
    ...objects(deferred).flatMap(({ resource_change: item }) => (isObject(item) ? changeValues(item) : [])),
    ...[values, isObject(prior) ? prior.values : null].flatMap(state =>
      isObject(state) && isObject(state.root_module) ? moduleValues(state.root_module) : [],
    ),
  ]
}

function changeValues(item: JsonObject): readonly Values[] {
  const { after, before } = isObject(item.change) ? item.change : ({} as JsonObject)
  const values = isObject(after) ? after : before
  return isObject(values) ? [{ item, values }] : []
}

function moduleValues({ resources, child_modules: children }: JsonObject): readonly Values[] {
  const own = objects(resources).flatMap(item => (isObject(item.values) ? [{ item, values: item.values }] : []))
  return [...own, ...objects(children).flatMap(moduleValues)]
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function policiesOf(after: JsonObject): readonly (readonly [string, string])[] {
  const inline = Array.isArray(after.inline_policy) ? after.inline_policy : []
  const all: readonly (readonly [string, Json | undefined])[] = [
    ['policy', after.policy],
    ['assume_role_policy', after.assume_role_policy],
    ...inline.map((block, i) => [`inline_policy[${i}].policy`, isObject(block) ? block.policy : undefined] as const),
  ]
  return all.flatMap(([path, text]) => (typeof text === 'string' && text.trim() !== '' ? [[path, text] as const] : []))
}

function problemOf(text: string): string | null {
  if (text.length > longest) return `it is longer than ${longest} characters`
  try {
    return isDeeper(JSON.parse(text) as Json, deepest) ? `it is nested more than ${deepest} levels deep` : null
  } catch {
    return 'it is not JSON'
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(item => isDeeper(item, levels - 1))
}
