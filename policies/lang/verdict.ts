import type { Evidence, Fix, Verdict } from './finding'
import type { Truth } from './truth'

/** Why KMS refuses a principal: its own policies do not allow it, the key's policy does not, or something denies it. */
export type Refusal = 'own' | 'key' | 'deny'

/** What testing a requirement found. `at` and `account` are null where the situation's own hold, `refusal` where it is not about access. */
export interface Result {
  readonly verdict: Verdict
  readonly at: string | null
  readonly account: string | null
  readonly message: string
  readonly refusal?: Refusal
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
