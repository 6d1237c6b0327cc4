import { at, index, lower } from '../intrinsics'
import { hasServiceLinkedRole } from './account'
import { accountOf, partitionOf, SERVICE_LINKED_ROLES, serviceLinkedRoleArn, serviceOf } from './aws'
import { principalArn, principalNodes } from './identity'
import { textOf, textsOf } from './json'
import { isUnknown } from './maybe'
import { attribute, resources } from './plan'
import type { Term } from './statement'
import { isIdentity } from './term'
import type { Truth } from './truth'
import { declaredAccount } from './world'

/** Whether a role or user that a policy names is there once the plans are applied; if not, which is there instead, where that shows. */
export interface Existence {
  readonly exists: Truth
  readonly instead: string | null
  readonly known: readonly string[]
}

/**
 * Whether the role or user of an ARN exists: made or read by a plan, or declared. It certainly does not where its account has another of
 * that name, since a name is unique whatever its path and case, and where AWS makes no such service-linked role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
 */
export function existenceOf(principal: Term): Existence {
  if (isUnknown(principal)) return isIdentity(principal) ? THERE : open(principal.unknown)
  if (principalNodes(principal).length > 0 || isStated(principal)) return THERE
  const account = accountOf(principal)
  const namesake = namesakes(`${account}|${kindOf(principal)}|${lower(nameIn(principal))}`)[0] ?? null
  if (namesake !== null) return { exists: 'no', instead: namesake, known: [] }
  if (principal.includes(':role/aws-service-role/')) return serviceLinked(principal, account)
  return misplaced(principal, account) ?? open(`whether \`${principal}\` exists`)
}

/** Whether a principal of a policy is a role or user by its ARN, which has to exist when the policy is set. */
export function isNamed(principal: Term): boolean {
  if (isUnknown(principal)) return true
  return /^arn:[a-z0-9-]+:iam::[0-9]{12}:(role|user)\/[^*?]+$/u.test(principal)
}

const THERE: Existence = { exists: 'yes', instead: null, known: [] }

function open(what: string): Existence {
  return { exists: 'unknown', instead: null, known: [what] }
}

/** A role for a service has the name that the service gives it, with a suffix where it may have one. */
function serviceLinked(arn: string, account: string): Existence {
  const name = nameIn(arn)
  const service = serviceOf(arn)
  const role = SERVICE_LINKED_ROLES.find(one => one.service === service) ?? null
  const isPossible = role === null || role.name === name || (role.suffixes && name.startsWith(`${role.name}_`))
  const usual = serviceLinkedRoleArn(partitionOf(arn), account, service, null)
  if (!isPossible) return { exists: 'no', instead: usual, known: [] }
  const exists = hasServiceLinkedRole(account, name)
  return {
    exists,
    instead: null,
    known: [`whether account ${account} has ${name} (service-linked-roles in keyreach.yaml)`],
  }
}

/** The name of a service-linked role without its path is nobody's where the role is there. */
function misplaced(arn: string, account: string): Existence | null {
  const role = SERVICE_LINKED_ROLES.find(one => one.name === nameIn(arn)) ?? null
  if (role === null || hasServiceLinkedRole(account, role.name) !== 'yes') return null
  return { exists: 'no', instead: serviceLinkedRoleArn(partitionOf(arn), account, role.service, null), known: [] }
}

/** Whether a principal is read by a plan, or declared as one who is at work in its account. */
function isStated(arn: string): boolean {
  const declared = declaredAccount(accountOf(arn))
  return (
    readArns(arn).length > 0 ||
    textOf(at(declared, ['deployer'])) === arn ||
    textsOf(at(declared, ['launchers'])).includes(arn)
  )
}

function kindOf(arn: string): string {
  return arn.includes(':user/') ? 'user' : 'role'
}

function nameIn(arn: string): string {
  const parts = arn.split('/')
  return parts[parts.length - 1] ?? ''
}

/** From account, kind and name in lower case to the ARNs of the plans' roles and users. */
const namesakes = index(function* () {
  for (const node of [
    ...resources('aws_iam_role'),
    ...resources('aws_iam_user'),
    ...resources('aws_iam_service_linked_role'),
  ]) {
    const arn = principalArn(node)
    if (!isUnknown(arn)) yield [`${accountOf(arn)}|${kindOf(arn)}|${lower(nameIn(arn))}`, arn]
  }
})

const readArns = index(function* () {
  for (const role of resources('data.aws_iam_role')) {
    const arn = attribute(role, 'arn')
    if (arn !== null && !isUnknown(arn)) yield [arn, role.id]
  }
})
