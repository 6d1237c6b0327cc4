import type { Evidence, Fix, Verdict } from './finding'
import type { Truth } from './truth'

/** What testing a requirement found. `at` and `account` are null where the situation's own hold. */
export interface Result {
  readonly verdict: Verdict
  readonly at: string | null
  readonly account: string | null
  readonly message: string
  readonly fix: readonly Fix[]
  readonly evidence: readonly Evidence[]
  readonly known: readonly string[]
}

/** A verdict as the answer to whether what was asked holds. */
export function truthOf(verdict: Verdict): Truth {
  if (verdict === 'pass') return 'yes'
  if (verdict === 'fail') return 'no'
  return 'unknown'
}

/** A requirement that holds. */
export function passed(message: string, evidence: readonly Evidence[]): Result {
  return { verdict: 'pass', at: null, account: null, message, fix: [], evidence, known: [] }
}

/** A requirement of which it cannot be told whether it holds. */
export function undecided(message: string, evidence: readonly Evidence[], known: readonly string[]): Result {
  return { verdict: 'unknown', at: null, account: null, message, fix: [], evidence, known }
}
