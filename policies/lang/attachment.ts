import { at, index } from '../intrinsics'
import { partitionOfRegion } from './aws'
import { isOpenName, principalNodes, rolesNamed, scope, usersNamed } from './identity'
import { textOf } from './json'
import { isUnknown, type Maybe, type Unknown, unknown } from './maybe'
import { groupOf, memberships } from './membership'
import { attribute, each, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import type { Term } from './statement'

/** The ids of the resources that give a role or user permissions: policies, attachments, and the role itself for what it holds inline. */
export function attachedTo(arn: Term): readonly string[] {
  return principalNodes(arn).flatMap(node => [...attachments(node.id), ...groupAttachments(node.id)])
}

/** A policy, or an attachment of one, of which it is open whom it is attached to. */
export interface OpenAttachment {
  /** The resources that say what is allowed: the policy, or the attachment of one that no plan has. */
  readonly sources: readonly string[]
  /** Whom it is attached to. */
  readonly holder: Unknown
}

/** What may be attached to a role or user: there it is not known of whom the name is. */
export function openAttachments(arn: Term): readonly OpenAttachment[] {
  return principalNodes(arn).flatMap(node =>
    openTo(`${scope(node)}|${node.type}`)
      .flatMap(resourceOf)
      .map(open => ({ sources: sourcesOf(open), holder: unknown(`whom ${open.address} is attached to`) })),
  )
}

function sourcesOf(open: Node): readonly string[] {
  if (open.type.endsWith('_attachment')) return attachedPolicy(open)
  return [open.id]
}

/** From an account and kind of principal to the policies and attachments whose principal of that kind is not known. */
const openTo = index(function* () {
  for (const policy of [...resources('aws_iam_role_policy'), ...resources('aws_iam_role_policy_attachment')])
    if (isOpenName(written(policy, 'role'), 'aws_iam_role')) yield [`${scope(policy)}|aws_iam_role`, policy.id]
  for (const policy of [...resources('aws_iam_user_policy'), ...resources('aws_iam_user_policy_attachment')])
    if (isOpenName(written(policy, 'user'), 'aws_iam_user')) yield [`${scope(policy)}|aws_iam_user`, policy.id]
  for (const policy of [...resources('aws_iam_group_policy'), ...resources('aws_iam_group_policy_attachment')])
    if (isOpenGroup(written(policy, 'group'), policy)) yield [`${scope(policy)}|aws_iam_user`, policy.id]
  for (const attachment of resources('aws_iam_policy_attachment')) {
    if (each(attribute(attachment, 'roles')).some(name => isOpenName(name, 'aws_iam_role')))
      yield [`${scope(attachment)}|aws_iam_role`, attachment.id]
    if (each(attribute(attachment, 'users')).some(name => isOpenName(name, 'aws_iam_user')))
      yield [`${scope(attachment)}|aws_iam_user`, attachment.id]
    if (each(attribute(attachment, 'groups')).some(group => isOpenGroup(group, attachment)))
      yield [`${scope(attachment)}|aws_iam_user`, attachment.id]
  }
  for (const { node, user, group } of memberships())
    if (isOpenName(user, 'aws_iam_user'))
      for (const source of memberPolicies(node, group)) yield [`${scope(node)}|aws_iam_user`, source]
})

function isOpenGroup(group: Maybe<string>, from: Node): boolean {
  return isUnknown(group) && groupOf(group, from) === null
}

/** What a membership gives: the policies of the group, or the membership itself where it is open of which. */
function memberPolicies(membership: Node, group: string | null): readonly string[] {
  if (group === null) return [membership.id]
  return groupPolicies(group)
}

function written(node: Node, name: string): Maybe<string> {
  return attribute(node, name) as Maybe<string>
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
  return `arn:${partitionOfRegion(policy.region ?? '')}:iam::${policy.account}:policy${path ?? '/'}${name}`
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
  for (const { node, user, group } of memberships())
    for (const { id } of usersNamed(user, node)) for (const source of memberPolicies(node, group)) yield [id, source]
})

const groupPolicies = index(function* () {
  for (const policy of resources('aws_iam_group_policy')) {
    const group = groupOf(attribute(policy, 'group'), policy)
    if (group !== null) yield [group, policy.id]
  }
  for (const attachment of resources('aws_iam_group_policy_attachment')) {
    const group = groupOf(attribute(attachment, 'group'), attachment)
    if (group !== null) {
      for (const source of attachedPolicy(attachment)) yield [group, source]
    }
  }
  for (const attachment of resources('aws_iam_policy_attachment'))
    for (const name of each(attribute(attachment, 'groups'))) {
      const group = groupOf(name, attachment)
      if (group !== null) {
        for (const source of attachedPolicy(attachment)) yield [group, source]
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
