import { entry, isObject, type Json, type JsonObject, keys, parseJson, remembered } from '../intrinsics'
import { isUnknown, type Maybe, type Unknown } from './maybe'
import type { Condition, Statement, Term } from './statement'

/**
 * The statements of a policy: of its text, or null where there is none, or unknown where the text is.
 * What is not JSON has no statements. `at` is the address and attribute path of the policy.
 */
export function policyStatements(text: Maybe<string>, at: string): readonly Statement[] | Unknown | null {
  if (text === null) return null
  if (isUnknown(text)) return text
  return statementsOf(parseJson(text), at)
}

/** The statements of a parsed policy document. What is malformed matches nothing; nothing throws. */
export function statementsOf(document: Json, at: string): readonly Statement[] {
  return placelessIn(document).map(statement => ({ ...statement, at }))
}

type Placeless = Omit<Statement, 'at'>

/** The same wherever the document stands: plans give many keys the same policy. */
const placelessIn = remembered((document: Json): readonly Placeless[] => {
  if (!isObject(document)) return []
  const variables = document.Version === '2012-10-17'
  return listed(document.Statement ?? null).flatMap(item => {
    if (isObject(item)) return [statementOf(item, variables)]
    return []
  })
})

/**
 * The policy that a key has where its configuration gives none: the account's IAM decides.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function defaultKeyPolicy(account: Term, at: string): readonly Statement[] {
  return [
    {
      sid: 'Enable IAM User Permissions',
      effect: 'Allow',
      principals: [account],
      notPrincipals: null,
      otherPrincipals: [],
      actions: ['kms:*'],
      notActions: null,
      resources: ['*'],
      notResources: null,
      conditions: [],
      at,
    },
  ]
}

function statementOf(item: JsonObject, variables: boolean): Placeless {
  const sid = item.Sid ?? null
  return {
    sid: typeof sid === 'string' ? sid : null,
    effect: text(item.Effect ?? null),
    principals: principals(item.Principal ?? null),
    notPrincipals: principals(item.NotPrincipal ?? null),
    otherPrincipals: [...others(item.Principal ?? null), ...others(item.NotPrincipal ?? null)],
    actions: texts(item.Action ?? null),
    notActions: texts(item.NotAction ?? null),
    resources: patterns(item.Resource ?? null, variables),
    notResources: patterns(item.NotResource ?? null, variables),
    conditions: conditions(item.Condition ?? null, variables),
  }
}

function principals(element: Json): readonly string[] | null {
  if (element === null) return null
  if (element === '*') return ['*']
  if (isObject(element)) return texts(element.AWS ?? null) ?? []
  return []
}

function others(element: Json): readonly string[] {
  if (!isObject(element)) return []
  return keys(element)
    .filter(kind => kind !== 'AWS')
    .flatMap(kind => texts(entry(element, kind)) ?? [])
}

/** A condition of which nobody can say whether it holds. */
const MALFORMED: Condition = { operator: '', key: '', values: [] }

function conditions(element: Json, variables: boolean): readonly Condition[] {
  if (element === null) return []
  if (!isObject(element)) return [MALFORMED]
  return keys(element).flatMap(operator => {
    const block = entry(element, operator)
    if (!isObject(block)) return [MALFORMED]
    return keys(block).map(key => ({ operator, key, values: patterns(entry(block, key), variables) ?? [] }))
  })
}

/** Documents of before 2012 know no variables: `${` stands for itself, which later ones write `${$}{`. */
function patterns(element: Json, variables: boolean): readonly string[] | null {
  const values = texts(element)
  if (variables || values === null) return values
  return values.map(value => value.replaceAll('${', '${$}{'))
}

/** The scalars of an element as texts; null where the policy does not have the element. */
function texts(element: Json): readonly string[] | null {
  if (element === null) return null
  return listed(element).map(text)
}

function listed(element: Json): readonly Json[] {
  if (Array.isArray(element)) return element
  if (element === null) return []
  return [element]
}

/** A scalar as policies write it: `true` and `"true"` are the same. What is no scalar is a text that matches nothing. */
function text(value: Json): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number') return `${value}`
  return ''
}
