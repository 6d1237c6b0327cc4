import type { Json } from '../intrinsics'
import type { Evidence, Fix } from './finding'
import type { Encryption, Key } from './key'
import type { Node } from './plan'
import type { Caller } from './principal'
import type { Severity } from './rule'
import type { Statement, Term } from './statement'
import type { Truth } from './truth'

/** To whom an image and its key are given: an account, all accounts of an organization or of one of its units, or one role. */
export type Audience =
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'organization'; readonly id: string }
  | { readonly kind: 'unit'; readonly organization: string; readonly id: string }
  | { readonly kind: 'principal'; readonly caller: Caller }
  | { readonly kind: 'unknown'; readonly unknown: string }

/** How a request reaches KMS: EC2 makes it for the principal, SNS does, or the principal calls CreateGrant itself. */
export type Call =
  | { readonly kind: 'ebs'; readonly region: string | null }
  | { readonly kind: 'sns'; readonly region: string | null }
  | { readonly kind: 'grant'; readonly grantee: Term; readonly operations: readonly Term[] }

/** What a rule requires at a situation. The list is closed: each kind is tested in one place, and satisfied in one. */
export type Requirement =
  /**
   * The principal may do the actions with the key: key policy, its own policies and grants together. Where it may not, that is said of the
   * first of the `places` that ask for it; where none are given, of the policy to be mended.
   */
  | {
      readonly kind: 'may'
      readonly places?: readonly string[]
      readonly principal: Caller
      readonly actions: readonly string[]
      readonly key: Key
      readonly call: Call
      readonly because: string
    }
  /** The policies of the principal itself allow it the actions with the key. */
  | {
      readonly kind: 'allowed-by-identity'
      readonly principal: Caller
      readonly actions: readonly string[]
      readonly key: Key
      readonly call: Call
      readonly because: string
    }
  /** The key's policy admits everyone of the audience whom their own account lets. */
  | {
      readonly kind: 'admits'
      readonly audience: Audience
      readonly actions: readonly string[]
      readonly key: Key
      readonly region: string | null
      readonly because: string
    }
  /** A grant on the key gives the principal these operations; as advice where less was seen to work. */
  | {
      readonly kind: 'holds-grant'
      readonly principal: Caller
      readonly operations: readonly string[]
      readonly key: Key
      readonly severity: Severity
      readonly because: string
    }
  /** The trust policy of a role lets the principal assume it. */
  | { readonly kind: 'trusts'; readonly role: Node; readonly principal: Caller; readonly because: string }
  /** A setting is as it has to be: `actual` null where it is not known. `value` is what the attribute at `path` has to be set to, null for `wanted`. */
  | {
      readonly kind: 'is'
      readonly what: string
      readonly actual: string | null
      readonly wanted: string
      readonly value: Json
      readonly at: string
      readonly target: string
      readonly path: string
      readonly because: string
    }
  /**
   * What no other kind says: whether it `holds` is found out where the rule is, with what decided it and the change that makes it hold.
   * `what` is the sentence that is true where it does, `otherwise` where it does not; as advice where less was seen to work. `symptom` is
   * the error of this requirement where it is not the first of the rule's, `asks` what an account has to be asked for of which no plan tells.
   */
  | {
      readonly kind: 'holds'
      readonly what: string
      readonly otherwise: string
      readonly holds: Truth
      readonly severity: Severity
      readonly symptom?: string
      readonly fix: readonly Fix[]
      readonly asks?: readonly Fix[]
      readonly evidence: readonly Evidence[]
      readonly known: readonly string[]
      readonly because: string
    }
  /** A grant is made with credentials of the grantee's own account. */
  | { readonly kind: 'issued-in'; readonly grant: Node; readonly account: string | null; readonly because: string }
  /** What is shared or launched is encrypted under a customer managed key, or not at all. */
  | {
      readonly kind: 'customer-managed'
      readonly what: string
      readonly target: string
      readonly encryptions: readonly Encryption[]
      readonly fix: readonly Fix[]
      readonly because: string
    }
  /** A multi-Region key has a replica in the region. */
  | { readonly kind: 'replicated'; readonly key: Key; readonly region: string; readonly because: string }
  /** Every KMS action that the policy names exists. */
  | {
      readonly kind: 'actions-exist'
      readonly statements: readonly Statement[]
      readonly target: string
      readonly isSensitive: boolean
      readonly because: string
    }
