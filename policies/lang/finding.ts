import type { Json, JsonObject } from '../intrinsics'
import type { Severity } from './rule'

/** What is unknown is neither passed nor failed. */
export type Verdict = 'pass' | 'fail' | 'unknown'

/** What decided a verdict: a statement, grant or edge, where it stands, and what it did. */
export interface Evidence {
  /** Address and attribute path, or ARN. */
  readonly at: string
  /** What it did, as a sentence. */
  readonly what: string
}

/** A change that makes a requirement hold: as data, with the account whose configuration takes it. */
export type Fix =
  /** Adds a statement to the policy of a key (`target`: address or ARN of the key). */
  | {
      readonly kind: 'key-policy-statement'
      readonly account: string | null
      readonly target: string
      readonly statement: JsonObject
    }
  /** Adds a statement to the identity policy of a role or user (`target`: address or ARN). */
  | {
      readonly kind: 'identity-statement'
      readonly account: string | null
      readonly target: string
      readonly statement: JsonObject
    }
  /** Adds a statement to the trust policy of a role. */
  | {
      readonly kind: 'trust-statement'
      readonly account: string | null
      readonly target: string
      readonly statement: JsonObject
    }
  /** Takes a statement (by Sid or position) out of the policy at `target` (address and attribute path). */
  | {
      readonly kind: 'remove-statement'
      readonly account: string | null
      readonly target: string
      readonly statement: string
    }
  /**
   * Changes a statement (by Sid or position) of the policy at `target` (address and attribute path): takes out what stands at the paths of
   * `drop` (`Condition.Bool.kms:ViaService`), then sets elements as in `set`, of Principal and Condition only the members that it has.
   */
  | {
      readonly kind: 'edit-statement'
      readonly account: string | null
      readonly target: string
      readonly statement: string
      readonly drop: readonly string[]
      readonly set: JsonObject
    }
  /** Takes a resource away. */
  | { readonly kind: 'remove'; readonly account: string | null; readonly target: string }
  /** Makes a resource wait for another (`on`: its address) by `depends_on`. */
  | { readonly kind: 'depends-on'; readonly account: string | null; readonly target: string; readonly on: string }
  /** Adds a resource of `type`, made with the credentials of `account` in `region`. */
  | {
      readonly kind: 'resource'
      readonly account: string | null
      readonly region: string | null
      readonly target: string
      readonly type: string
      readonly values: JsonObject
    }
  /** Makes a resource with the credentials of `account` instead, as it stands. */
  | {
      readonly kind: 'move'
      readonly account: string | null
      readonly region: string | null
      readonly target: string
      readonly type: string
      readonly values: JsonObject
    }
  /** Replaces an action in the policy at `target` (address and attribute path). */
  | {
      readonly kind: 'action'
      readonly account: string | null
      readonly target: string
      readonly from: string
      readonly to: string
    }
  /** Replaces a principal, by its ARN, in the policy at `target` (address and attribute path). */
  | {
      readonly kind: 'principal'
      readonly account: string | null
      readonly target: string
      readonly from: string
      readonly to: string
    }
  /** Sets an attribute (`target`: address; `path`: attribute path, blocks by position or, in sets, by content) to `value`; null unsets it. */
  | {
      readonly kind: 'attribute'
      readonly account: string | null
      readonly target: string
      readonly path: string
      readonly value: Json
    }

/** A rule's word about one requirement at one place. */
export interface Finding {
  /** The id of the rule: `kms/key-is-rotated`. */
  readonly rule: string
  /** How much it matters where it fails. */
  readonly severity: Severity
  /** Whether the requirement holds. */
  readonly verdict: Verdict
  /** The account of what it speaks of; null where it is not known. */
  readonly account: string | null
  /** The region of what it speaks of; null where it is not known, or has none. */
  readonly region: string | null
  /** Address and attribute path. */
  readonly at: string
  /** The kind of the requirement. */
  readonly requirement: string
  /** What holds, does not hold, or is not known. */
  readonly message: string
  /** Why the rule demands it. */
  readonly because: string
  /** The error that AWS gives for this; null where none is known. */
  readonly symptom: string | null
  /** Of a failing finding the change that mends it; of an unknown one what another account has to be asked for, of which no plan is there. */
  readonly fix: readonly Fix[]
  /** What decided the verdict. */
  readonly evidence: readonly Evidence[]
  /** What would make an unknown verdict known. */
  readonly known: readonly string[]
  /** Why a failing finding is waived; null where it is not. */
  readonly waived: string | null
}
