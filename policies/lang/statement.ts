import type { Unknown } from './maybe'

/** An element of a statement: its text (an ARN, an account, a pattern), or not known until apply. */
export type Term = string | Unknown

/** A statement of a policy, each element a list; an element that the statement does not have is null. */
export interface Statement {
  readonly sid: string | null
  readonly effect: Term
  /** `AWS` principals; `"*"` and `{"AWS": "*"}` are both the term `*`. */
  readonly principals: readonly Term[] | null
  readonly notPrincipals: readonly Term[] | null
  /** The services and federations that the Principal element names, none of which is ever a role, user or account. */
  readonly otherPrincipals: readonly Term[]
  readonly actions: readonly Term[] | null
  readonly notActions: readonly Term[] | null
  readonly resources: readonly Term[] | null
  readonly notResources: readonly Term[] | null
  readonly conditions: readonly Condition[]
  /** Where it stands: address and attribute path of the policy, for evidence. */
  readonly at: string
}

/** One key of one operator of a Condition element: `operator` as written (`ForAnyValue:StringLike`), values as strings. */
export interface Condition {
  readonly operator: string
  readonly key: string
  readonly values: readonly Term[]
}
