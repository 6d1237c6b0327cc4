import { fact } from '../intrinsics'
import { unnamed } from './access'
import { anyStatement, attributeStatements } from './document'
import { isKeyNode, keyArn, keyTerm } from './key-identity'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, isSensitive, type Node, place, resources } from './plan'
import type { Statement, Term } from './statement'

/** A policy that a plan writes and that speaks of KMS, as far as its statements are known. */
export interface WrittenPolicy {
  readonly at: string
  /** The id of the resource that has it. */
  readonly source: string
  readonly account: string | null
  readonly region: string | null
  readonly statements: readonly Statement[]
  /** Whether it is a key's, which names principals, or that of a role, user or group. */
  readonly isOfKey: boolean
  /** The ARN of the key whose it is, as far as that is known; null where it is no key's. */
  readonly key: Term | null
  readonly isSensitive: boolean
}

/** The policies of keys, roles and users that the plans write; of those that cannot be read, the keys'. */
export const policies = fact((): readonly WrittenPolicy[] =>
  [
    ...resources('aws_kms_key'),
    ...resources('aws_kms_replica_key'),
    ...resources('aws_kms_external_key'),
    ...resources('aws_kms_replica_external_key'),
    ...resources('aws_kms_key_policy'),
    ...resources('aws_iam_policy'),
    ...resources('aws_iam_role_policy'),
    ...resources('aws_iam_user_policy'),
    ...resources('aws_iam_group_policy'),
    ...resources('aws_iam_role').flatMap(role => blocks(role, 'inline_policy')),
  ].flatMap(node => written(node)),
)

/** How a statement is called in messages: by its Sid, unless the plan marks the policy as sensitive, else by position. */
export function statementName({ isSensitive }: WrittenPolicy, { sid }: Statement, position: number): string {
  if (sid === null || isSensitive) return `statement ${position + 1}`
  return `statement \`${sid}\``
}

/** How a change names a statement: by its Sid, else by position counted from 0. */
export function statementId({ sid }: Statement, position: number): string {
  return sid ?? `${position}`
}

function written(node: Node): readonly WrittenPolicy[] {
  const at = place(node, 'policy')
  const isOfKey = node.type.startsWith('aws_kms_')
  const read = unnamed(node, attributeStatements(attribute(node, 'policy') as Maybe<string>, at))
  if (read === null || (isUnknown(read) && !isOfKey)) return []
  const statements = isUnknown(read) ? [anyStatement(read, at)] : read
  if (!isOfKey && !statements.some(speaksOfKms)) return []
  return [
    {
      at,
      source: node.id,
      account: node.account,
      region: node.region,
      statements,
      isOfKey,
      key: keyOf(node),
      isSensitive: isSensitive(node, 'policy'),
    },
  ]
}

function keyOf(node: Node): Term | null {
  if (isKeyNode(node)) return keyArn(node)
  if (node.type !== 'aws_kms_key_policy') return null
  const key = attribute(node, 'key_id') as Maybe<string>
  return key === null ? null : keyTerm(key)
}

function speaksOfKms(statement: Statement): boolean {
  return [...(statement.actions ?? []), ...(statement.notActions ?? [])].some(
    action => isUnknown(action) || /^[Kk][Mm][Ss]:/u.test(action),
  )
}
