import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'

/** How long a key policy may be, in bytes. https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
export const KEY_POLICY_BYTES = 32_768

/**
 * The fewest statements that say what all of these say: those alike but for their principals, actions or resources become one, and what is
 * said twice is said once. Their order and their Sids depend on what they say, never on the order in which they come, so that one more
 * does not change the others.
 */
export function mergedStatements(statements: readonly JsonObject[]): readonly JsonObject[] {
  const unions = ['Action', 'Principal', 'Resource', 'Action'].reduce(unitedOver, statements.map(plain))
  return named(unions.map(written).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)))
}

/** A policy of these statements, in the fewest that say the same. */
export function policyDocument(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: mergedStatements(statements) }
}

/** Unites statements that differ in one element only; nothing is allowed or denied that none of them did. */
function unitedOver(statements: readonly JsonObject[], element: string): readonly JsonObject[] {
  const groups = new Map<string, JsonObject[]>()
  for (const statement of statements) {
    const { [element]: own, ...rest } = statement
    const alike = JSON.stringify([own === undefined, isUnitable(own) ? null : own, rest])
    groups.set(alike, [...(groups.get(alike) ?? []), statement])
  }
  return [...groups.values()].map(group => {
    const [first = {}] = group
    return element in first ? { ...first, ...union(group, element) } : first
  })
}

function union(group: readonly JsonObject[], element: string): JsonObject {
  const own = group.map(statement => statement[element])
  if (!own.every(isUnitable)) return { [element]: own[0] ?? null }
  if (element !== 'Principal') return { [element]: texts(own.flatMap(listed)) }
  const types = texts(own.flatMap(principals => Object.keys(principals as JsonObject)))
  return {
    Principal: Object.fromEntries(
      types.map(type => [type, texts(own.flatMap(principals => listed((principals as JsonObject)[type])))]),
    ),
  }
}

/** Everybody (`"*"`) stays as it is written. */
function isUnitable(element: Json | undefined): boolean {
  return Array.isArray(element) || (typeof element === 'object' && element !== null)
}

/** A statement with its elements in AWS's order, and lists wherever there may be one. */
function plain(statement: JsonObject): JsonObject {
  const { Sid, Effect, Principal, Condition, ...rest } = statement
  const lists = Object.entries(rest).map(([name, value]) => [name, texts(listed(value))])
  const conditions = conditionOf(Condition)
  return {
    ...(Sid !== undefined && { Sid }),
    ...(Effect !== undefined && { Effect }),
    ...(Principal !== undefined && { Principal: principalOf(Principal) }),
    ...Object.fromEntries(lists.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  }
}

function principalOf(principal: Json): Json {
  if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return principal
  const types = Object.entries(principal).map(([type, named]) => [type, texts(listed(named as Json))])
  return Object.fromEntries(types)
}

function conditionOf(condition: Json | undefined): JsonObject {
  if (typeof condition !== 'object' || condition === null) return {}
  return Object.fromEntries(
    Object.keys(condition)
      .sort()
      .map(operator => {
        const keys = (condition as JsonObject)[operator] as JsonObject
        return [
          operator,
          Object.fromEntries(
            Object.keys(keys)
              .sort()
              .map(key => [key, keys[key] ?? null]),
          ),
        ]
      }),
  )
}

/** A statement as people write it: a text instead of a list of one. */
function written(statement: JsonObject): JsonObject {
  const entries = Object.entries(statement).map(([name, value]) => {
    if (name !== 'Principal' || !isUnitable(value)) return [name, single(value)]
    return [name, Object.fromEntries(Object.entries(value as JsonObject).map(([type, all]) => [type, single(all)]))]
  })
  return Object.fromEntries(entries)
}

function single(value: Json): Json {
  return Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value
}

/** Gives a Sid of its own to each of those that share one: by what it allows and on what condition, not to whom. */
function named(statements: readonly JsonObject[]): readonly JsonObject[] {
  return statements.map(statement => {
    const { Sid, Principal: _, ...said } = statement
    const isShared = statements.filter(other => other.Sid === Sid).length > 1
    return Sid === undefined || !isShared ? statement : { ...statement, Sid: `${Sid}${digest(said)}` }
  })
}

function digest(value: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 6)
}

/** Delegation first, then by name and content. */
function sortKey(statement: JsonObject): string {
  return `${statement.Action === 'kms:*' ? 0 : 1}${JSON.stringify(statement)}`
}

function listed(value: Json | undefined): readonly Json[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function texts(values: readonly Json[]): string[] {
  return [...new Set(values.map(String))].sort()
}

/** Fixes, each once; grants that differ in their operations only are one. */
export function united(fixes: readonly Fix[]): readonly Fix[] {
  const operations = new Map<string, Set<Json>>()
  const grants = fixes.flatMap(fix => (isGrant(fix) ? [[alike(fix), fix] as const] : []))
  for (const [key, { values }] of grants)
    operations.set(key, new Set([...(operations.get(key) ?? []), ...listed(values.operations)]))
  const all = fixes.map(fix => {
    if (!isGrant(fix)) return fix
    return { ...fix, values: { ...fix.values, operations: [...(operations.get(alike(fix)) ?? [])].sort() } }
  })
  return [...new Map(all.map(fix => [JSON.stringify(fix), fix])).values()]
}

type Resource = Extract<Fix, { readonly kind: 'resource' }>

/** Whether a fix is a new grant. */
export function isGrant(fix: Fix): fix is Resource {
  return fix.kind === 'resource' && fix.type === 'aws_kms_grant'
}

function alike({ values, ...fix }: Resource): string {
  return JSON.stringify({ ...fix, values: { ...values, operations: [] } })
}
