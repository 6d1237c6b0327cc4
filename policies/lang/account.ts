import { at, index } from '../intrinsics'
import { isOptIn } from './aws'
import { principalArn } from './identity'
import { textsOf } from './json'
import type { Place } from './key'
import { isUnknown } from './maybe'
import { attribute, plannedIn, resources } from './plan'
import { any, type Truth, truth } from './truth'
import { declaredAccount } from './world'

/**
 * Whether EBS encrypts every new volume and snapshot of an account and region: set in a plan, read by one, or declared as
 * `encryption-by-default`, of which a list says no of every region that it leaves out.
 * https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
 */
export function isEncryptedByDefault(place: Place): Truth {
  const shown = defaults(`${place.account ?? ''}|${place.region ?? ''}`)
  if (place.account === null || place.region === null) return 'unknown'
  if (shown.length > 0) return any(shown)
  return listed(place.account, 'encryption-by-default', place.region)
}

/**
 * Whether an account has a region: all that have to be enabled first are in doubt, unless a plan enables them or is at work there, or
 * `regions` has them.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export function isRegionEnabled(account: string, region: string): Truth {
  if (!isOptIn(region) || plannedIn(`${account}|${region}`).length > 0) return 'yes'
  const shown = enabledRegions(`${account}|${region}`)
  if (shown.length > 0) return any(shown)
  return listed(account, 'regions', region)
}

/** Whether an account has a service-linked role of this name: made or read by a plan, or declared under `service-linked-roles`. */
export function hasServiceLinkedRole(account: string, name: string): Truth {
  if (serviceLinkedRoles(`${account}|${name}`).length > 0) return 'yes'
  if (serviceLinkedRoles(`${account}|`).length > 0 && listed(account, 'service-linked-roles', name) !== 'yes')
    return 'unknown'
  return listed(account, 'service-linked-roles', name)
}

/** Whether what is declared of an account lists something; unknown where there is no such list. */
function listed(account: string, name: string, wanted: string): Truth {
  const list = at(declaredAccount(account), [name])
  if (list === null) return 'unknown'
  return truth(textsOf(list).includes(wanted))
}

const defaults = index(function* () {
  for (const node of resources('aws_ebs_encryption_by_default')) {
    const enabled = attribute(node, 'enabled')
    const set: Truth = isUnknown(enabled) ? 'unknown' : truth(enabled ?? true)
    yield [`${node.account ?? ''}|${node.region ?? ''}`, set]
  }
  for (const node of resources('data.aws_ebs_encryption_by_default')) {
    const enabled = attribute(node, 'enabled')
    const read: Truth = isUnknown(enabled) ? 'unknown' : truth(enabled ?? false)
    yield [`${node.account ?? ''}|${node.region ?? ''}`, read]
  }
})

/** Whether plans enable the regions of accounts. */
const enabledRegions = index(function* () {
  for (const node of resources('aws_account_region')) {
    const account = attribute(node, 'account_id')
    const region = attribute(node, 'region_name')
    const enabled = attribute(node, 'enabled')
    const set: Truth = isUnknown(enabled) ? 'unknown' : truth(enabled === true)
    if (!isUnknown(account) && !isUnknown(region)) yield [`${account ?? node.account ?? ''}|${region ?? ''}`, set]
  }
})

/** The service-linked roles of the plans by account and name; those of which the name is not known under none. */
const serviceLinkedRoles = index(function* () {
  for (const node of resources('aws_iam_service_linked_role')) {
    const arn = principalArn(node)
    const name = isUnknown(arn) ? '' : (arn.split('/')[3] ?? '')
    yield [`${node.account ?? ''}|${name}`, node.id]
  }
  for (const node of resources('data.aws_iam_role')) {
    const name = attribute(node, 'name')
    if (name !== null && !isUnknown(name)) yield [`${node.account ?? ''}|${name}`, node.id]
  }
})
