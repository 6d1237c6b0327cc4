import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import { BadInput } from '../bad-input'
import { recordsIn } from './records'

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
