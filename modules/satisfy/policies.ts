import { type ITerraformDependable, Lazy, type TerraformResource, Token } from 'cdktf'
import type { Construct } from 'constructs'
import { mergedStatements } from '../../engine/fix/merge'
import { isObject, type Json, type JsonObject, parseJson } from '../../policies/intrinsics'
import { escaped } from './render'

/** Something that has the policy of a key: `MultiRegionKey`, or what collects for its owner. */
export interface IKeyPolicy {
  /** Adds statements to the policy, once what they name is there. */
  admit(statements: readonly JsonObject[], dependsOn: readonly ITerraformDependable[]): void
}

/** What is added to the policies of resources, by attribute: each policy is written once, when all of it is known. */
const added = new WeakMap<TerraformResource, Map<string, JsonObject[]>>()

/**
 * Adds statements to the policy that a resource has in an attribute; to `otherwise` where it has none. What it says already stays as it is. A
 * policy whose text is known at apply only becomes a document that begins with it.
 */
export function addStatements(
  scope: Construct,
  resource: TerraformResource,
  attribute: 'policy' | 'assumeRolePolicy',
  statements: readonly JsonObject[],
  otherwise: readonly JsonObject[],
): void {
  const own = added.get(resource) ?? new Map<string, JsonObject[]>()
  added.set(resource, own)
  const known = own.get(attribute)
  if (known) return void known.push(...statements)
  const all = [...statements]
  own.set(attribute, all)
  const written = (resource as unknown as { readonly [name: string]: string | undefined })[`${attribute}Input`]
  const text = (before: JsonObject) =>
    Lazy.stringValue({
      produce: context => {
        const Statement = [...listed(before.Statement), ...mergedStatements(context.resolve(all)).map(escaped)]
        return JSON.stringify({ Version: '2012-10-17', ...before, Statement })
      },
    })
  const policy = written === undefined ? { Statement: [...otherwise] } : parsed(written)
  const value = policy ? text(policy) : documentOf(scope, written ?? '', text({ Statement: [] }))
  Object.assign(resource, { [attribute]: value })
}

function documentOf(scope: Construct, written: string, more: string): string {
  const { DataAwsIamPolicyDocument } = require('@cdktf/provider-aws/lib/data-aws-iam-policy-document')
  return new DataAwsIamPolicyDocument(scope, 'policy', { sourcePolicyDocuments: [written, more] }).json
}

/** A text that is no more than a reference says nothing yet. */
function parsed(text: string): JsonObject | null {
  if (Token.isUnresolved(text) && !text.startsWith('{')) return null
  const policy = parseJson(text)
  return isObject(policy) ? policy : null
}

function listed(statements: Json | undefined): readonly Json[] {
  return statements === undefined ? [] : Array.isArray(statements) ? statements : [statements]
}
