import type { JsonObject } from '../policies/intrinsics'

/** One plan of a world: the document that `terraform show -json` prints, and what is declared of it. */
export interface PlanEntry {
  readonly file: string
  readonly plan: JsonObject
  readonly account?: string
  /** Provider configuration (`aws.consumer`) → the account that it reaches. */
  readonly providers?: { readonly [provider: string]: string }
  /** Address → the ARN or id that it has once applied. */
  readonly identities?: { readonly [address: string]: string }
}

/** What an engine judges: plans, and the facts that keyreach.yaml declares (`accounts`, `images`, `grants` and so on). */
export interface World {
  readonly plans: readonly PlanEntry[]
  readonly [fact: string]: unknown
}
