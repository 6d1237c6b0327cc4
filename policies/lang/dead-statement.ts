import { type JsonObject, like, lower } from '../intrinsics'
import { accountOf, hasEffectAcrossAccounts, matchingKmsActions } from './aws'
import type { Fix } from './finding'
import { isOfOther } from './key-identity'
import { isUnknown } from './maybe'
import { accountPrincipal } from './principal'
import type { Condition, Statement, Term } from './statement'
import { statementId, type WrittenPolicy } from './written-policies'

/** Why a statement of a policy can match nothing, or nothing of what it names, and the change that gives it an effect. */
export interface Death {
  readonly why: string
  readonly fix: Fix
}

/**
 * What keeps a statement from having the effect that it was written for; null where nothing does.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function deathOf(policy: WrittenPolicy, statement: Statement, position: number): Death | null {
  const { account, at } = policy
  const id = statementId(statement, position)
  const edit = { kind: 'edit-statement', account, target: at, statement: id, drop: [], set: {} } as const
  if (isOnOthers(policy, statement))
    return {
      why: 'has no effect: its `Resource` is not the key, which the policy calls `*`',
      fix: { ...edit, set: { Resource: '*' } },
    }
  if (policy.isOfKey && statement.resources === null && statement.notResources === null)
    return { why: 'has no `Resource` and so no effect', fix: { ...edit, set: { Resource: '*' } } }
  const grant = statement.conditions.find(isForGrants) ?? null
  const useless = grant === null ? null : ((statement.actions ?? []).find(isNoGrantAction) ?? null)
  if (grant !== null && useless !== null && !isUnknown(useless))
    return {
      why: `never matches \`${useless}\`: only calls about grants carry \`${grant.key}\``,
      fix: { ...edit, drop: [pathOf(grant)] },
    }
  if (!policy.isOfKey) return null
  const source = statement.conditions.find(isOfSource) ?? null
  if (source !== null && (statement.principals ?? []).length > 0 && statement.otherPrincipals.length === 0)
    return {
      why: `never matches: no role or user carries \`${source.key}\`, which only services do`,
      fix: { ...edit, drop: [pathOf(source)] },
    }
  if (isForEbsServices(statement))
    return {
      why: 'has no effect on EBS, which comes with the identity of the launcher and never as a service',
      fix: { ...edit, drop: ['Principal.Service'], set: throughEbs(policy) },
    }
  if (isVoidAcrossAccounts(statement, account))
    return {
      why: 'has no effect: no other account can be allowed these actions',
      fix: { kind: 'remove-statement', account, target: at, statement: id },
    }
  return null
}

/** Whether a statement of a key's policy names only other keys. */
function isOnOthers({ key }: WrittenPolicy, { resources }: Statement): boolean {
  if (key === null || resources === null || resources.length === 0) return false
  return resources.every(resource => isOfOther(resource, key))
}

/** Everyone of the account who comes through EBS: what AWS's own key for EBS has. */
function throughEbs({ account, region }: WrittenPolicy): JsonObject {
  return {
    Principal: { AWS: '*' },
    Condition: {
      StringEquals: {
        'kms:CallerAccount': account ?? '${data.aws_caller_identity.current.account_id}',
        'kms:ViaService': `ec2.${region ?? '${data.aws_region.current.region}'}.amazonaws.com`,
      },
    },
  }
}

const GRANT_ACTIONS: readonly string[] = ['kms:creategrant', 'kms:listgrants', 'kms:revokegrant']

/** A condition that a call without `kms:GrantIsForAWSResource` cannot meet. */
function isForGrants({ operator, key }: Condition): boolean {
  return lower(key) === 'kms:grantisforawsresource' && lower(operator) === 'bool'
}

/** Whether a pattern names actions of KMS, and none of those that carry `kms:GrantIsForAWSResource`. */
function isNoGrantAction(action: Term): boolean {
  if (isUnknown(action)) return false
  const pattern = lower(action)
  return matchingKmsActions(action).length > 0 && !GRANT_ACTIONS.some(name => like(pattern, name))
}

function isOfSource({ operator, key }: Condition): boolean {
  const positive = ['stringequals', 'stringlike', 'arnequals', 'arnlike', 'stringequalsignorecase']
  return ['aws:sourceaccount', 'aws:sourcearn'].includes(lower(key)) && positive.includes(lower(operator))
}

const EBS_SERVICES: readonly string[] = [
  'autoscaling.amazonaws.com',
  'ec2.amazonaws.com',
  'ec2fleet.amazonaws.com',
  'imagebuilder.amazonaws.com',
  'spot.amazonaws.com',
  'spotfleet.amazonaws.com',
]

function isForEbsServices({ effect, principals, otherPrincipals }: Statement): boolean {
  if (effect !== 'Allow' || (principals ?? []).length > 0 || otherPrincipals.length === 0) return false
  return otherPrincipals.every(service => !isUnknown(service) && EBS_SERVICES.includes(service))
}

function isVoidAcrossAccounts(
  { effect, principals, otherPrincipals, actions }: Statement,
  home: string | null,
): boolean {
  const named = principals ?? []
  const allowed = actions ?? []
  if (effect !== 'Allow' || home === null || named.length === 0 || otherPrincipals.length > 0) return false
  return allowed.length > 0 && allowed.every(isVoid) && named.every(principal => isForeign(principal, home))
}

function isVoid(action: Term): boolean {
  if (isUnknown(action)) return false
  const matching = matchingKmsActions(action)
  return matching.length > 0 && !matching.some(hasEffectAcrossAccounts)
}

function isForeign(principal: Term, home: string): boolean {
  if (isUnknown(principal)) return false
  const account = accountPrincipal(principal) ?? accountOf(principal)
  return /^[0-9]{12}$/u.test(account) && account !== home
}

function pathOf({ operator, key }: Condition): string {
  return `Condition.${operator}.${key}`
}
