import { at, index, like, remembered } from '../intrinsics'
import { attachedTo, type OpenAttachment, openAttachments, policiesByArn } from './attachment'
import { accountOf, partitionOfRegion } from './aws'
import type { Authority } from './decision'
import { anyStatement, attributeStatements } from './document'
import { principalAccount, principalNodes } from './identity'
import { textOf } from './json'
import { declaredPolicy, type Key } from './key'
import { isOfOther, keyNodes, removedKeys } from './key-identity'
import { managedStatements, serviceLinkedRoleStatements } from './managed'
import { isUnknown, type Maybe, type Unknown, unknown } from './maybe'
import { addressIn, attribute, blocks, each, isSensitive, type Node, place, resourceOf, resources } from './plan'
import { grantsOn, mayBeGranted } from './planned-grants'
import { defaultKeyPolicy, policyStatements } from './policy'
import type { Caller } from './principal'
import type { Schema } from './schema'
import type { Statement, Term } from './statement'
import type { KeyPlace } from './term'

/** Where a policy stands, and in whose account. */
export interface PolicyPlace {
  readonly at: string
  readonly account: string | null
}

/** A principal as the decision takes it. */
export function callerOf(arn: Term): Caller {
  return { arn, account: principalAccount(arn), kind: kindOf(arn) }
}

/**
 * "Some principal of the account, if its own policies allow it": to ask what the policy of a key admits for a whole account. Who uses a key is
 * of the partition of its `region`.
 */
export function anyoneIn(account: string, region: string | null): Caller {
  return { arn: `arn:${partitionOfRegion(region ?? '')}:iam::${account}:root`, account, kind: 'account' }
}

/** All that decides whether a caller may use a key. */
export function authorityOver(key: Key, caller: Caller): Authority {
  return {
    ...keyPlace(key),
    keyPolicy: keyStatements(key),
    identity: identityStatements(caller),
    boundary: boundaryStatements(caller),
    grants: grantsOn(key),
    otherGrants: mayBeGranted(key, caller.arn),
  }
}

/** The statements of a key's policy as it will be; of a key without one, those of the default policy. */
export const keyStatements = remembered((key: Key): readonly Statement[] | Unknown => {
  const node = resourceOf(key.node ?? '')[0] ?? null
  if (node !== null) return plannedKeyStatements(key, node)
  const removed = removedKeys(key.id)[0] ?? null
  if (removed !== null && at(removed.sensitive, ['policy']) !== true)
    return policyStatements(textOf(at(removed.before, ['policy'])) ?? '', addressIn(removed, key.account)) ?? []
  const stated = declaredPolicy(key)
  if (stated !== null) return policyStatements(stated, `the policy of ${key.label}`) ?? []
  return unknown(`the policy of ${key.label}`)
})

/** Whether a key is known by its ARN alone, so that its account has to be asked what its policy says. */
export function isElsewhere(key: Key): boolean {
  return key.node === null && !isUnknown(key.arn) && isUnknown(keyStatements(key))
}

/** Where a key's policy is written: the resource that has it, else the key itself. */
export function keyPolicyPlace(key: Key): PolicyPlace {
  const owner = policyOwners(key.node ?? '').flatMap(resourceOf)[0] ?? null
  if (owner !== null) return { at: `${owner.address}.policy`, account: owner.account }
  if (key.node === null) return { at: key.label, account: key.account }
  return { at: `${key.label}.policy`, account: key.account }
}

/** Where the policies of a caller speak of a key, or of none in particular; where none does, the principal itself. */
export function identityPlaces(caller: Caller, key: Key): readonly PolicyPlace[] {
  const written = attachedTo(caller.arn)
    .flatMap(resourceOf)
    .filter(node => isPolicy(node) && speaksOf(node, key))
  if (written.length > 0) return written.map(node => ({ at: place(node, 'policy'), account: node.account }))
  return principalNodes(caller.arn).map(node => ({ at: node.address, account: node.account }))
}

/** Whether a plan has the caller, so that its policies are seen. */
export function isPlanned(caller: Caller): boolean {
  return principalNodes(caller.arn).length > 0
}

/** The statements of a policy attribute, one that may be any where nothing is known of it. */
export function policyOf(node: Node, text: Maybe<string>): readonly Statement[] {
  const at = place(node, 'policy')
  const statements = unnamed(node, attributeStatements(text, at))
  if (statements === null) return []
  if (isUnknown(statements)) return [anyOwn(statements, at)]
  return statements
}

function isPolicy(node: Node): boolean {
  return ['aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy', 'aws_iam_policy'].includes(node.type)
}

/** Whether a policy is about keys of the key's account. */
function speaksOf(node: Node, key: Key): boolean {
  const terms = policyOf(node, attribute(node, 'policy') as Maybe<string>).flatMap(
    statement => statement.resources ?? [],
  )
  return terms.some(term => isOfAccount(term, key))
}

function isOfAccount(term: Term, key: Key): boolean {
  if (key.account === null) return true
  if (isUnknown(term))
    return term.candidates.flatMap(resourceOf).every(node => node.account === null || node.account === key.account)
  return term === '*' || like(accountOf(term), key.account)
}

function keyPlace(key: Key): KeyPlace {
  return {
    keyArn: key.arn,
    keyAccount: key.account ?? unknown(`the account of ${key.label}`),
    keyRegion: key.region ?? unknown(`the region of ${key.label}`),
  }
}

function plannedKeyStatements(key: Key, node: Node): readonly Statement[] | Unknown {
  const owner = policyOwners(node.id).flatMap(resourceOf)[0] ?? null
  const source = owner ?? node
  const at = `${source.address}.policy`
  const statements = unnamed(source, attributeStatements(attribute(source, 'policy') as Maybe<string>, at))
  if (statements !== null && !isUnknown(statements) && isUnknown(key.arn)) return statements.map(one => ofOwn(one, key))
  if (statements !== null) return statements
  return defaultKeyPolicy(key.account ?? unknown(`the account of ${key.label}`), at)
}

/** A statement of the policy of a key that has no ARN yet, without the ARNs that it cannot have. */
function ofOwn(statement: Statement, { arn }: Key): Statement {
  const { resources, notResources } = statement
  return {
    ...statement,
    resources: resources === null ? null : resources.filter(one => !isOfOther(one, arn)),
    notResources: notResources === null ? null : notResources.filter(one => !isOfOther(one, arn)),
  }
}

/** Statements without their Sids where the plan marks the policy as sensitive: findings would print them. */
export function unnamed(
  node: Node,
  statements: readonly Statement[] | Unknown | null,
): readonly Statement[] | Unknown | null {
  if (statements === null || isUnknown(statements) || !isSensitive(node, 'policy')) return statements
  return statements.map(statement => ({ ...statement, sid: null }))
}

function kindOf(arn: Term): Caller['kind'] {
  if (isUnknown(arn)) return principalNodes(arn).some(node => node.type === 'aws_iam_user') ? 'user' : 'role'
  if (arn.includes(':role/aws-service-role/')) return 'service-linked-role'
  if (arn.includes(':user/')) return 'user'
  return 'role'
}

/** The statements of the policies of a caller itself; of a service-linked role those that AWS gives it. */
export const identityStatements = remembered((caller: Caller): readonly Statement[] | Unknown => {
  if (caller.kind === 'service-linked-role') return serviceLinkedRoleStatements(isUnknown(caller.arn) ? '' : caller.arn)
  if (caller.kind === 'account') return []
  const nodes = principalNodes(caller.arn)
  if (nodes.length !== 1) return unknown(`the policies of ${nameOf(caller.arn)}`)
  const own = attachedTo(caller.arn)
    .flatMap(resourceOf)
    .flatMap(node => attachedStatements(node))
  return [...own, ...openAttachments(caller.arn).flatMap(openStatements)]
})

/** What is said of whoever holds a policy is said of the caller if it is that one. */
function openStatements({ sources, holder }: OpenAttachment): readonly Statement[] {
  const isHolder = { operator: 'ArnEquals', key: 'aws:PrincipalArn', values: [holder] }
  return sources
    .flatMap(resourceOf)
    .flatMap(node => attachedStatements(node))
    .map(statement => ({ ...statement, conditions: [...statement.conditions, isHolder] }))
}

function boundaryStatements(caller: Caller): readonly Statement[] | Unknown | null {
  const boundary =
    principalNodes(caller.arn).map(node => attribute(node, 'permissions_boundary') as Maybe<string>)[0] ?? null
  if (boundary === null) return null
  return policyByArn(boundary)
}

/** The statements that a resource adds to the principals it is attached to. */
function attachedStatements(node: Node): readonly Statement[] {
  if (node.type === 'aws_iam_role') return roleStatements(node)
  if (node.type === 'aws_iam_user_group_membership' || node.type === 'aws_iam_group_membership')
    return [anyOwn(unknown(`the groups of ${node.address}`), node.address)]
  if (isPolicy(node)) return policyOf(node, attribute(node, 'policy') as Maybe<string>)
  return knownOrAny(attribute(node, 'policy_arn') as Maybe<string>, node)
}

function roleStatements(role: Node<Schema['aws_iam_role']>): readonly Statement[] {
  const inline = blocks(role, 'inline_policy').flatMap(block => policyOf(block, attribute(block, 'policy')))
  return [...inline, ...each(attribute(role, 'managed_policy_arns')).flatMap(arn => knownOrAny(arn, role))]
}

function knownOrAny(arn: Maybe<string>, node: Node): readonly Statement[] {
  if (arn === null) return []
  const statements = policyByArn(arn)
  if (isUnknown(statements)) return [anyOwn(statements, node.address)]
  return statements
}

/** A managed policy: of a plan, by reference or ARN, or one of AWS. */
function policyByArn(arn: Maybe<string>): readonly Statement[] | Unknown {
  if (arn === null) return []
  const nodes = isUnknown(arn) ? arn.candidates.flatMap(resourceOf) : policiesByArn(arn).flatMap(resourceOf)
  const planned = nodes.filter(node => node.type === 'aws_iam_policy')
  if (planned.length === 1) return planned.flatMap(node => policyOf(node, attribute(node, 'policy') as Maybe<string>))
  if (isUnknown(arn)) return arn
  return managedStatements(arn)
}

/** A statement of a principal's own policy of which nothing is known. */
function anyOwn(hole: Unknown, at: string): Statement {
  return { ...anyStatement(hole, at), principals: null }
}

function nameOf(arn: Term): string {
  if (isUnknown(arn)) return arn.unknown
  return arn
}

/** From a key to the `aws_kms_key_policy` that sets its policy. */
export const policyOwners = index(function* () {
  for (const policy of resources('aws_kms_key_policy')) {
    const key = attribute(policy, 'key_id')
    if (isUnknown(key)) {
      for (const id of key.candidates) yield [id, policy.id]
    }
    if (key !== null && !isUnknown(key)) {
      for (const id of keysByIdentifier(`${key}|${policy.account ?? ''}|${policy.region ?? ''}`)) yield [id, policy.id]
    }
  }
})

const keysByIdentifier = index(function* () {
  for (const key of keyNodes())
    for (const name of [textOf(at(key.after, ['arn'])), textOf(at(key.after, ['key_id']))])
      if (name !== null) yield [`${name}|${key.account ?? ''}|${key.region ?? ''}`, key.id]
})
