import { fact } from '../intrinsics'
import { scope } from './identity'
import { isUnknown, type Maybe } from './maybe'
import { attribute, each, type Node, resourceOf, resources } from './plan'

/** A user in a group, as a resource says it. */
export interface Membership {
  readonly node: Node
  readonly user: Maybe<string>
  /** As `groupOf` has it. */
  readonly group: string | null
}

/** Who is in which group. */
export const memberships = fact((): readonly Membership[] => [
  ...resources('aws_iam_user_group_membership').flatMap(node =>
    each(attribute(node, 'groups')).map(group => ({
      node,
      user: attribute(node, 'user'),
      group: groupOf(group, node),
    })),
  ),
  ...resources('aws_iam_group_membership').flatMap(node =>
    each(attribute(node, 'users')).map(user => ({ node, user, group: groupOf(attribute(node, 'group'), node) })),
  ),
])

/** What tells a group from others: its account and name or, while that is not known, its resource. Null where it is open which group it is. */
export function groupOf(group: Maybe<string>, from: Node): string | null {
  if (group === null) return null
  if (!isUnknown(group)) return `${scope(from)}|${group}`
  const planned = group.candidates.flatMap(resourceOf).filter(({ type }) => type === 'aws_iam_group')
  if (group.candidates.length !== 1 || planned.length !== 1) return null
  return planned.map(keyOf)[0] ?? null
}

function keyOf(node: Node): string {
  const name = attribute(node, 'name') as Maybe<string>
  if (name === null || isUnknown(name)) return node.id
  return `${scope(node)}|${name}`
}
