import { lower } from '../intrinsics'
import { isUnknown, type Unknown } from './maybe'
import { type Caller, isGranted } from './principal'
import type { Term } from './statement'
import { all, any, type Truth, truth } from './truth'

/**
 * A grant on a key. `issuer`: the account whose principal made it; `constrained`: whether it asks for an encryption context.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export interface Grant {
  readonly grantee: Term
  readonly operations: readonly Term[]
  readonly issuer: string | Unknown
  readonly constrained: boolean
  readonly at: string
}

/** Whether a grant is to a caller, lists an action and its constraint holds (which the encryption context decides, known of no request). */
export function grantAllows(grant: Grant, action: string, caller: Caller): Truth {
  return all([isGrantee(grant, caller), lists(grant, action), constraint(grant, action)])
}

/** Whether a grant is to a caller. */
export function isGrantee(grant: Grant, caller: Caller): Truth {
  return isGranted(grant.grantee, caller)
}

/** Whether a grant lists the operation of an action. */
export function lists(grant: Grant, action: string): Truth {
  return any(grant.operations.map(operation => isOperation(operation, action)))
}

function isOperation(operation: Term, action: string): Truth {
  if (isUnknown(operation)) return 'unknown'
  return truth(lower(`kms:${operation}`) === lower(action))
}

/**
 * Operations without an encryption context are free of the constraint.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function constraint(grant: Grant, action: string): Truth {
  if (!grant.constrained || ['kms:describekey', 'kms:retiregrant'].includes(lower(action))) return 'yes'
  return 'unknown'
}
