import { demandedBy } from '../../engine/buildable'
import launcherPolicies from '../../policies/access/launcher-policies-allow-key'
import sharedImage from '../../policies/ami/shared-image-key-admits-audience'
import grantCreator from '../../policies/auto-scaling/grant-creator-may-create-it'
import holdsGrant from '../../policies/auto-scaling/service-linked-role-holds-grant'
import ownServiceRole from '../../policies/auto-scaling/service-linked-role-uses-key'
import distributionRoleUsesKeys from '../../policies/image-builder/distribution-role-uses-keys'
import sharedBothWays from '../../policies/image-builder/keys-are-shared-both-ways'
import { anyoneIn, callerOf } from '../../policies/lang/access'
import { GRANT8 } from '../../policies/lang/aws'
import { delegationFix } from '../../policies/lang/delegation'
import type { Fix } from '../../policies/lang/finding'
import type { Key } from '../../policies/lang/key'
import type { Audience } from '../../policies/lang/requirement'
import packerRole from '../../policies/packer/role-uses-keys'

/** A key as requirements speak of one: by its ARN, which may be known at apply only, its account and its region. */
export function keyIn(accountId: string, region: string, arn: string): Key {
  return { id: arn, arn, node: null, account: accountId, region, label: arn, others: [] }
}

/** That the policies of the key's own account count for it: `kms/policy-delegates-to-iam`. */
export function delegation(key: Key): readonly Fix[] {
  return delegationFix(key)
}

/** What an image shared with the audience demands of its key. */
export function forAudience(audience: Audience, key: Key): readonly Fix[] {
  return demandedBy(sharedImage, { ...placeOf(key), audience, key })
}

/** What the launch of an image by a role demands. */
export function forLauncher(arn: string, key: Key): readonly Fix[] {
  return demandedBy(launcherPolicies, { ...placeOf(key), account: key.account ?? '', launcher: callerOf(arn), key })
}

/** What a build by Packer demands, in the account of the role and in that of the key. */
export function forPacker(arn: string, key: Key): readonly Fix[] {
  return demandedBy(packerRole, { ...placeOf(key), role: arn, key })
}

/** What a group in another account than the key's demands of its own: the grants. */
export function forGroup(serviceRole: string, key: Key): readonly Fix[] {
  return demandedBy(holdsGrant, { ...placeOf(key), role: serviceRole, key })
}

/** What a group in the account of the key demands. */
export function forOwnGroup(serviceRole: string, key: Key): readonly Fix[] {
  return demandedBy(ownServiceRole, { ...placeOf(key), role: serviceRole, key })
}

/** What the grant for a group demands of the account, or the one role, that makes it. */
export function forGrantCreator(creator: AccountOrRole, serviceRole: string, key: Key): readonly Fix[] {
  return demandedBy(grantCreator, {
    ...placeOf(key),
    creator: 'role' in creator ? callerOf(creator.role) : anyoneIn(creator.account, key.region),
    grantee: serviceRole,
    operations: [...GRANT8],
    key,
  })
}

export type AccountOrRole = { readonly account: string } | { readonly role: string }

/** What the copy of an image into another account demands of the keys: that they admit the role that copies. */
export function forTarget(distributionRole: string, key: Key): readonly Fix[] {
  return demandedBy(sharedBothWays, { ...placeOf(key), caller: callerOf(distributionRole), isTarget: true, key })
}

/** What the same demands of the policies of that role. */
export function forDistributionRole(distributionRole: string, key: Key): readonly Fix[] {
  return demandedBy(distributionRoleUsesKeys, { ...placeOf(key), role: distributionRole, key })
}

function placeOf({ label, account, region }: Key) {
  return { at: label, account, region }
}
