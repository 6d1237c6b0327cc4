import { callerOf } from './access'
import { EBS_MIN, GRANT8, LAUNCH_MIN } from './aws'
import type { Key } from './key'
import type { Requirement } from './requirement'
import type { Severity } from './rule'
import type { Term } from './statement'

/** A service-linked role that launches, where it does, and a key that it needs for that. */
export interface RoleLaunch {
  readonly role: Term
  readonly account: string | null
  readonly region: string | null
  readonly key: Key
}

/** Whether the key of a launch belongs to another account. */
export function isOfOtherAccount({ account, key }: RoleLaunch): boolean {
  return key.account !== null && account !== null && key.account !== account
}

/** What a launch requires of its key: in the key's account that it admits the role, across accounts a grant. */
export function launchRequirements(launch: RoleLaunch, severity: Severity): readonly Requirement[] {
  const { role, region, key } = launch
  const principal = callerOf(role)
  const because = 'EC2 makes, decrypts and attaches the volumes as the service-linked role'
  if (!isOfOtherAccount(launch))
    return [{ kind: 'may', principal, actions: EBS_MIN, key, call: { kind: 'ebs', region }, because }]
  return [
    {
      kind: 'holds-grant',
      principal,
      operations: LAUNCH_MIN.map(action => action.replaceAll('kms:', '')),
      key,
      severity,
      because: 'only a grant lets a service-linked role use a key of another account',
    },
  ]
}

/** What AWS's guide gives a role that launches, beyond what instances were seen to start with. */
export function grantAdvice(role: Term, key: Key): Requirement {
  return {
    kind: 'holds-grant',
    principal: callerOf(role),
    operations: GRANT8,
    key,
    severity: 'warning',
    because: "AWS's guide gives the role eight operations; instances were seen to start with fewer",
  }
}
