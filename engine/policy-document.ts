import { isObject, type Json, type JsonObject } from '../policies/intrinsics'

/** A statement in JSON as a block of `aws_iam_policy_document`. */
export function statementBlock(statement: JsonObject): JsonObject {
  const { Sid: sid, Effect: effect, Principal, NotPrincipal, Condition } = statement
  const lists = { actions: 'Action', not_actions: 'NotAction', resources: 'Resource', not_resources: 'NotResource' }
  return {
    ...(sid !== undefined && { sid }),
    ...(effect !== undefined && { effect }),
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([name, element]) =>
        statement[element] === undefined ? [] : [[name, [statement[element] ?? []].flat()]],
      ),
    ),
    principals: principals(Principal),
    not_principals: principals(NotPrincipal),
    condition: conditions(Condition),
  }
}

function principals(element: Json | undefined): readonly Json[] {
  if (element === undefined) return []
  if (typeof element === 'string') return [{ type: element, identifiers: [element] }]
  return Object.entries(element ?? {}).map(([type, identifiers]) => ({
    type,
    identifiers: [identifiers as Json].flat(),
  }))
}

function conditions(element: Json | undefined): readonly Json[] {
  if (!isObject(element)) return []
  return Object.entries(element as JsonObject).flatMap(([test, keys]) =>
    Object.entries(keys as JsonObject).map(([variable, values]) => ({ test, variable, values: [values].flat() })),
  )
}
