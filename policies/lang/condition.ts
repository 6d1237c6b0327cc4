import { entry, lower } from '../intrinsics'
import { type Comparison, compares, OPERATORS, type Operator } from './comparison'
import { isUnknown, type Unknown, unknown } from './maybe'
import type { Condition, Term } from './statement'
import { same } from './term'
import { all, any, not, type Truth, truth } from './truth'

/**
 * What a request carries, by lower-case condition key: its values, `[]` where it is known not to carry the key, or unknown.
 * `aws:principaltag/` stands for all keys that begin so, `aws:` for all other keys of that prefix; what has no entry is not in the request.
 */
export type Context = { readonly [key: string]: readonly string[] | Unknown }

/**
 * Whether a condition holds in a request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and, of sets of values,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function holds(condition: Condition, context: Context): Truth {
  if (condition.key === '') return 'unknown'
  const name = lower(condition.operator)
  const values = contextValues(condition.key, context)
  if (name === 'null') return nullHolds(condition.values, values)
  const base = name.replaceAll('forallvalues:', '').replaceAll('foranyvalue:', '').replaceAll('ifexists', '')
  const operator = entry(OPERATORS, base)
  if (operator === null) return 'unknown'
  if (isUnknown(values)) return unknownHolds(operator, condition, values)
  if (values.length === 0) return absentHolds(name, operator)
  const expected = condition.values.map(value => resolved(value, context))
  const claims = values.map(value => valueHolds(operator, value, expected))
  if (name.startsWith('forallvalues:')) return all(claims)
  if (name.startsWith('foranyvalue:')) return any(claims)
  if (values.length > 1 || isMultivalued(condition.key)) return 'unknown'
  return all(claims)
}

/**
 * Keys of several values. AWS asks for ForAnyValue or ForAllValues and does not say what becomes of a condition without:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html ("missing qualifier")
 */
const MULTIVALUED: readonly string[] = [
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'kms:encryptioncontextkeys',
  'kms:grantoperations',
  'kms:resourcealiases',
]

/** Whether a request may carry several values of a condition key. */
export function isMultivalued(key: string): boolean {
  return MULTIVALUED.includes(lower(key))
}

/** The values of a condition key in a request: none where the request does not carry it, unknown where it may. */
export function contextValues(key: string, context: Context): readonly string[] | Unknown {
  const name = lower(key)
  const own = entry(context, name)
  if (own !== null) return own
  const group = name.includes('/') ? `${name.split('/')[0] ?? ''}/` : `${name.split(':')[0] ?? ''}:`
  if (entry(context, group) === null) return []
  return unknown(`the value of \`${key}\` in the request`)
}

/** `Null: "true"` holds of a key that the request does not carry. */
function nullHolds(expected: readonly Term[], values: readonly string[] | Unknown): Truth {
  if (isUnknown(values)) return 'unknown'
  return any(expected.map(value => nullIs(value, values.length === 0)))
}

function nullIs(expected: Term, absent: boolean): Truth {
  if (isUnknown(expected)) return 'unknown'
  return truth(lower(expected) === (absent ? 'true' : 'false'))
}

/** A value that is not known, but known to be one resource's, can be compared with another such. */
function unknownHolds(operator: Operator, condition: Condition, value: Unknown): Truth {
  if (!IDENTITIES.includes(operator.comparison)) return 'unknown'
  const claim = any(condition.values.map(expected => (isUnknown(expected) ? same(expected, value) : 'unknown')))
  return operator.negated ? not(claim) : claim
}

const IDENTITIES: readonly Comparison[] = ['equals', 'like', 'arn']

/** Of `ForAnyValue:…IfExists` AWS does not say which of the two decides. */
function absentHolds(name: string, operator: Operator): Truth {
  if (name.startsWith('forallvalues:')) return 'yes'
  if (name.startsWith('foranyvalue:')) return name.endsWith('ifexists') ? 'unknown' : 'no'
  if (name.endsWith('ifexists')) return 'yes'
  return truth(operator.negated)
}

function valueHolds(operator: Operator, value: string, expected: readonly Term[]): Truth {
  const claim = any(expected.map(term => (isUnknown(term) ? 'unknown' : compares(operator.comparison, value, term))))
  return operator.negated ? not(claim) : claim
}

/**
 * A value of a policy with its variables (`${aws:PrincipalAccount}`) replaced from the request. Unknown where one is not in it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resolved(value: Term, context: Context): Term {
  if (isUnknown(value) || !value.includes('${')) return value
  const pieces = value.split('${')
  const parts = pieces.map((piece, i) => (i === 0 ? [piece] : replaced(piece, context)))
  if (parts.some(part => part.length === 0)) return unknown(`the value of \`${value}\` in the request`)
  return parts.flat().join('')
}

/** `key}rest` → the key's value and the rest; nothing where that is not known. Wildcards as variables would match more than themselves. */
function replaced(piece: string, context: Context): readonly string[] {
  const halves = piece.split('}')
  const rest = halves.slice(1).join('}')
  if (halves[0] === '$') return [`$${rest}`]
  return variable((halves[0] ?? '').split(", '"), context).map(value => `${value}${rest}`)
}

/** The value of `key` or `key, 'default'`: one, or none where it is not known. */
function variable(parts: readonly string[], context: Context): readonly string[] {
  const values = contextValues(parts[0] ?? '', context)
  if (isUnknown(values) || values.length > 1) return []
  if (values.length === 1) return values
  return parts.slice(1, 2).map(text => text.replaceAll("'", ''))
}
