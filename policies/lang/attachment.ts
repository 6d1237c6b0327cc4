import { at, index } from '../intrinsics'
import { principalNodes, rolesNamed, scope, usersNamed } from './identity'
import { textOf } from './json'
import { isUnknown, type Maybe } from './maybe'
import { attribute, each, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import type { Term } from './statement'

/** The ids of the resources that give a role or user permissions: policies, attachments, and the role itself for what it holds inline. */
export function attachedTo(arn: Term): readonly string[] {
  return principalNodes(arn).flatMap(node => [...attachments(node.id), ...groupAttachments(node.id)])
}

/** The `aws_iam_policy` of the plans that has this ARN, as a list of one id or none. */
export const policiesByArn = index(function* () {
  for (const policy of resources('aws_iam_policy')) {
    const arn = textOf(at(policy.after, ['arn'])) ?? madeArn(policy)
    if (arn !== null) yield [arn, policy.id]
  }
})

function madeArn(policy: Node<Schema['aws_iam_policy']>): string | null {
  const name = attribute(policy, 'name')
  const path = attribute(policy, 'path')
  if (policy.account === null || name === null || isUnknown(name) || isUnknown(path)) return null
  return `arn:aws:iam::${policy.account}:policy${path ?? '/'}${name}`
}

/** From a role or user to the resources that give it permissions. */
const attachments = index(function* () {
  for (const role of resources('aws_iam_role')) yield [role.id, role.id]
  for (const policy of resources('aws_iam_role_policy'))
    for (const role of rolesNamed(attribute(policy, 'role'), policy)) yield [role.id, policy.id]
  for (const policy of resources('aws_iam_user_policy'))
    for (const user of usersNamed(attribute(policy, 'user'), policy)) yield [user.id, policy.id]
  for (const attachment of resources('aws_iam_role_policy_attachment'))
    for (const role of rolesNamed(attribute(attachment, 'role'), attachment))
      for (const source of attachedPolicy(attachment)) yield [role.id, source]
  for (const attachment of resources('aws_iam_user_policy_attachment'))
    for (const user of usersNamed(attribute(attachment, 'user'), attachment))
      for (const source of attachedPolicy(attachment)) yield [user.id, source]
  for (const attachment of resources('aws_iam_policy_attachment'))
    for (const name of each(attribute(attachment, 'roles')))
      for (const role of rolesNamed(name, attachment))
        for (const source of attachedPolicy(attachment)) yield [role.id, source]
  for (const attachment of resources('aws_iam_policy_attachment'))
    for (const name of each(attribute(attachment, 'users')))
      for (const user of usersNamed(name, attachment))
        for (const source of attachedPolicy(attachment)) yield [user.id, source]
})

/** From a user to the policies of its groups; to the membership itself where it is not known which groups. */
const groupAttachments = index(function* () {
  for (const membership of resources('aws_iam_user_group_membership'))
    for (const user of usersNamed(attribute(membership, 'user'), membership))
      for (const group of each(attribute(membership, 'groups')))
        for (const source of isUnknown(group) ? [membership.id] : groupPolicies(`${scope(membership)}|${group ?? ''}`))
          yield [user.id, source]
})

const groupPolicies = index(function* () {
  for (const policy of resources('aws_iam_group_policy')) {
    const group = attribute(policy, 'group')
    if (group !== null && !isUnknown(group)) yield [`${scope(policy)}|${group}`, policy.id]
  }
  for (const attachment of resources('aws_iam_group_policy_attachment')) {
    const group = attribute(attachment, 'group')
    if (group !== null && !isUnknown(group)) {
      for (const source of attachedPolicy(attachment)) yield [`${scope(attachment)}|${group}`, source]
    }
  }
})

/** What an attachment attaches: the policy of a plan, else the attachment itself, which names one of AWS or elsewhere. */
function attachedPolicy(attachment: Node): readonly string[] {
  const arn = attribute(attachment, 'policy_arn') as Maybe<string>
  const planned = isUnknown(arn) ? arn.candidates : policiesByArn(arn ?? '')
  const policies = planned.flatMap(resourceOf).filter(node => node.type === 'aws_iam_policy')
  if (policies.length === 1) return policies.map(node => node.id)
  return [attachment.id]
}
