import { index, like, lower } from '../intrinsics'
import { attachedTo, openAttachments } from './attachment'
import { partitionOfRegion, roleArn, serviceLinkedRoleArn } from './aws'
import { attributeStatements } from './document'
import { principalArn } from './identity'
import { isUnknown, type Maybe, unknown } from './maybe'
import { attribute, blocks, each, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import type { Statement, Term } from './statement'
import { any, type Truth, truth } from './truth'

/** The name of the role as which Image Builder works in another account; it is fixed, and so is its path. */
export const DISTRIBUTION_ROLE = 'EC2ImageBuilderDistributionCrossAccountRole'

/** The name of AWS's policy for that role. */
export const DISTRIBUTION_POLICY = 'Ec2ImageBuilderCrossAccountDistributionAccess'

/** The role as which Image Builder works in a target account. */
export function distributionRole(account: Maybe<string>, region: string | null): Term {
  if (account === null) return unknown('the target accounts')
  if (isUnknown(account)) return unknown(account.unknown)
  return roleArn(partitionOfRegion(region ?? ''), account, '/', DISTRIBUTION_ROLE)
}

/** The service-linked role as which Image Builder builds and distributes. */
export function imageBuilderRole(account: string | null, region: string | null, from: string): Term {
  if (account === null) return unknown(`the account of ${from}`)
  return serviceLinkedRoleArn(partitionOfRegion(region ?? ''), account, 'imagebuilder.amazonaws.com', null)
}

/** The role of an account's plans that is the distribution role, or was meant to be: but for the case of its name. One of a list, or none. */
export function distributionRoles(account: string): readonly Node[] {
  const named = rolesByName(account).flatMap(resourceOf)
  const exact = named.filter(node => attribute(node, 'name') === DISTRIBUTION_ROLE)
  if (exact.length > 0) return exact
  return named.filter(node => node.type === 'aws_iam_role')
}

/** The name and the path of a role. */
export function spelling(role: Node): { readonly name: Maybe<string>; readonly path: Maybe<string> } {
  return { name: attribute(role, 'name') as Maybe<string>, path: attribute(role, 'path') as Maybe<string> }
}

const rolesByName = index(function* () {
  for (const role of resources('aws_iam_role'))
    if (role.account !== null && isNamed(role)) yield [role.account, role.id]
  for (const role of resources('data.aws_iam_role'))
    if (role.account !== null && isNamed(role)) yield [role.account, role.id]
})

function isNamed(role: Node): boolean {
  const { name } = spelling(role)
  return name !== null && !isUnknown(name) && lower(name) === lower(DISTRIBUTION_ROLE)
}

/**
 * Whether a role may copy images: by AWS's policy for it, by a wider one of AWS, or by one of its own that allows `ec2:CopyImage`.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/Ec2ImageBuilderCrossAccountDistributionAccess.html
 */
export function mayCopyImages(role: Node): Truth {
  if (role.type !== 'aws_iam_role') return 'unknown'
  const arn = principalArn(role)
  const attached = attachedTo(arn).flatMap(resourceOf).map(allows)
  return any([...attached, ...(openAttachments(arn).length > 0 ? (['unknown'] as const) : [])])
}

function allows(node: Node): Truth {
  if (node.type === 'aws_iam_role') return roleAllows(node)
  const policy = attribute(node, 'policy') as Maybe<string>
  if (['aws_iam_role_policy', 'aws_iam_policy'].includes(node.type)) return policyAllows(policy)
  return managedAllows(attribute(node, 'policy_arn') as Maybe<string>)
}

function roleAllows(role: Node<Schema['aws_iam_role']>): Truth {
  return any([
    ...each(attribute(role, 'managed_policy_arns')).map(managedAllows),
    ...blocks(role, 'inline_policy').map(block => policyAllows(attribute(block, 'policy'))),
  ])
}

/** Of AWS's own policies those that are known to; of others that no plan has it is not known. */
function managedAllows(arn: Maybe<string>): Truth {
  if (arn === null) return 'no'
  if (isUnknown(arn)) return 'unknown'
  const name = arn.split(':iam::aws:policy/')[1] ?? null
  if (name === null) return 'unknown'
  return truth([DISTRIBUTION_POLICY, 'AdministratorAccess', 'PowerUserAccess', 'AmazonEC2FullAccess'].includes(name))
}

function policyAllows(policy: Maybe<string>): Truth {
  const statements = attributeStatements(policy, '')
  if (statements === null) return 'no'
  if (isUnknown(statements)) return 'unknown'
  return any(statements.map(statementAllows))
}

function statementAllows(statement: Statement): Truth {
  if (statement.effect === 'Deny') return 'no'
  if (statement.actions === null) return 'unknown'
  return any(
    statement.actions.map(action => (isUnknown(action) ? 'unknown' : truth(like(lower(action), 'ec2:copyimage')))),
  )
}
