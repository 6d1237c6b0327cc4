import { like, lower, parseJson } from '../intrinsics'
import { type Truth, truth } from './truth'

export type Comparison =
  | 'equals'
  | 'equals-ignoring-case'
  | 'like'
  | 'arn'
  | 'number-equals'
  | 'number-less'
  | 'number-less-or-equal'
  | 'number-greater'
  | 'number-greater-or-equal'
  | 'date-equals'
  | 'date-less'
  | 'date-less-or-equal'
  | 'date-greater'
  | 'date-greater-or-equal'
  | 'address'

/** What an operator of a Condition element does: how it compares a value, and whether it is the denial of that. */
export interface Operator {
  readonly comparison: Comparison
  readonly negated: boolean
}

/**
 * The operators by lower-case name, without `ForAnyValue:`, `ForAllValues:`, `IfExists` and `Null`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: { readonly [name: string]: Operator } = {
  stringequals: { comparison: 'equals', negated: false },
  stringnotequals: { comparison: 'equals', negated: true },
  stringequalsignorecase: { comparison: 'equals-ignoring-case', negated: false },
  stringnotequalsignorecase: { comparison: 'equals-ignoring-case', negated: true },
  stringlike: { comparison: 'like', negated: false },
  stringnotlike: { comparison: 'like', negated: true },
  arnequals: { comparison: 'arn', negated: false },
  arnlike: { comparison: 'arn', negated: false },
  arnnotequals: { comparison: 'arn', negated: true },
  arnnotlike: { comparison: 'arn', negated: true },
  bool: { comparison: 'equals-ignoring-case', negated: false },
  binaryequals: { comparison: 'equals', negated: false },
  numericequals: { comparison: 'number-equals', negated: false },
  numericnotequals: { comparison: 'number-equals', negated: true },
  numericlessthan: { comparison: 'number-less', negated: false },
  numericlessthanequals: { comparison: 'number-less-or-equal', negated: false },
  numericgreaterthan: { comparison: 'number-greater', negated: false },
  numericgreaterthanequals: { comparison: 'number-greater-or-equal', negated: false },
  dateequals: { comparison: 'date-equals', negated: false },
  datenotequals: { comparison: 'date-equals', negated: true },
  datelessthan: { comparison: 'date-less', negated: false },
  datelessthanequals: { comparison: 'date-less-or-equal', negated: false },
  dategreaterthan: { comparison: 'date-greater', negated: false },
  dategreaterthanequals: { comparison: 'date-greater-or-equal', negated: false },
  ipaddress: { comparison: 'address', negated: false },
  notipaddress: { comparison: 'address', negated: true },
}

/** Whether a value of the request compares with a value of the policy. Unknown where this needs more than plain numbers and dates. */
export function compares(comparison: Comparison, value: string, expected: string): Truth {
  if (comparison === 'equals') return truth(value === expected)
  if (comparison === 'equals-ignoring-case') return truth(lower(value) === lower(expected))
  if (comparison === 'like') return truth(like(expected, value))
  if (comparison === 'arn') return arnLike(expected.split(':'), value.split(':'))
  if (comparison === 'address') return addressIn(value, expected)
  if (comparison.startsWith('number-')) return ordered(comparison, numberOf(value), numberOf(expected))
  return ordered(comparison, dateOf(value), dateOf(expected))
}

/**
 * Each of the six parts of an ARN is matched for itself, so that a `*` crosses no colon but in the last. What becomes of texts that are
 * no ARNs, AWS does not say.
 */
function arnLike(pattern: readonly string[], arn: readonly string[]): Truth {
  if (pattern.length < 6 || arn.length < 6) return 'unknown'
  if (!like(pattern.slice(5).join(':'), arn.slice(5).join(':'))) return 'no'
  return truth(pattern.slice(0, 5).every((part, i) => like(part, arn[i] ?? '')))
}

function ordered(comparison: Comparison, value: number | null, expected: number | null): Truth {
  if (value === null || expected === null) return 'unknown'
  if (comparison.endsWith('-equals')) return truth(value === expected)
  if (comparison.endsWith('-less')) return truth(value < expected)
  if (comparison.endsWith('-less-or-equal')) return truth(value <= expected)
  if (comparison.endsWith('-greater')) return truth(value > expected)
  return truth(value >= expected)
}

/** A number as JSON writes it, no longer than a float holds exactly. */
function numberOf(text: string): number | null {
  if (!/^-?(0|[1-9][0-9]{0,14})$/u.test(text)) return null
  const number = parseJson(text)
  if (typeof number === 'number') return number
  return null
}

/** A moment of UTC (`2026-01-31T00:00:00Z`, or the date alone) as the number that its digits make. */
function dateOf(text: string): number | null {
  if (/^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$/u.test(text)) return numberOf(`${text.replaceAll('-', '')}000000`)
  if (!/^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/u.test(text)) return null
  return numberOf(text.replaceAll('-', '').replaceAll(':', '').replaceAll('T', '').replaceAll('Z', ''))
}

/** Addresses are known of no request that a plan shows; only what holds of one address, or of all of them, is told, and no range. */
function addressIn(value: string, expected: string): Truth {
  if (expected === value || expected === `${value}/32`) return 'yes'
  if (!isAddress(value)) return 'unknown'
  if (expected === '0.0.0.0/0') return 'yes'
  if (isAddress(expected.replaceAll('/32', ''))) return 'no'
  return 'unknown'
}

function isAddress(text: string): boolean {
  return /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/u.test(text)
}
