import { distinct, fact } from '../intrinsics'
import { isServiceLinkedRole } from './aws'
import { foreignKeys } from './group-keys'
import { principalAccount } from './identity'
import type { Key } from './key'
import { misnamedKeys } from './key-names'
import { groups, launchingRole } from './launch'
import { isUnknown, type Maybe, type Unknown } from './maybe'
import { attribute, type Node, resourceOf, resources } from './plan'
import { grantedKeys, granteeOf } from './planned-grants'
import { ELSEWHERE } from './reference'
import type { Schema } from './schema'
import { same } from './term'

type GrantNode = Node<Schema['aws_kms_grant']>

/** A grant to a service-linked role on a key of another account, or on one of which that cannot be told. */
export interface ServiceGrant {
  readonly grant: GrantNode
  /** The account of the grantee. */
  readonly account: string | null
  /** The key; null where it is not known which. */
  readonly key: Key | null
  /** Whether the key is named by an id or alias that means nothing in the account that makes the grant. */
  readonly misnamed: boolean
}

/** The grants that stand in for the policies of a service-linked role on keys of other accounts. */
export const serviceGrants = fact((): readonly ServiceGrant[] =>
  resources('aws_kms_grant')
    .filter(isToService)
    .flatMap(grant => serviceGrantsOf(grant)),
)

function serviceGrantsOf(grant: GrantNode): readonly ServiceGrant[] {
  const account = knownAccount(grant)
  const meant = misnamedKeys(attribute(grant, 'key_id'), grant)
  if (meant.length > 0) return meant.map(key => ({ grant, account, key, misnamed: true }))
  if (isAlias(attribute(grant, 'key_id'))) return [{ grant, account, key: wantedKey(grant), misnamed: true }]
  const alternatives = grantedKeys(grant)
  const keys = alternatives.flatMap(one => (one.kind === 'key' ? [one.key] : []))
  if (keys.length === 1)
    return keys.filter(key => key.account !== account).map(key => ({ grant, account, key, misnamed: false }))
  if (keys.length > 0 && keys.every(key => key.account === account)) return []
  if (isAmongOwn(attribute(grant, 'key_id'), account)) return []
  return [{ grant, account, key: null, misnamed: false }]
}

function isToService(grant: GrantNode): boolean {
  const grantee = granteeOf(grant)
  if (isUnknown(grantee)) return isOpen(grantee) || grantee.candidates.flatMap(resourceOf).some(isServiceRole)
  return isServiceLinkedRole(grantee)
}

function isOpen(grantee: Unknown): boolean {
  return grantee.candidates.length === 0 || grantee.candidates.includes(ELSEWHERE)
}

function isServiceRole(node: Node): boolean {
  return node.type === 'aws_iam_service_linked_role'
}

function knownAccount(grant: GrantNode): string | null {
  const account = principalAccount(granteeOf(grant))
  if (isUnknown(account)) return null
  return account
}

/** Whether a key that is not known is one of many of the account: which does not matter then. */
function isAmongOwn(identifier: Maybe<string>, account: string | null): boolean {
  if (!isUnknown(identifier) || identifier.candidates.includes(ELSEWHERE)) return false
  return identifier.candidates.flatMap(resourceOf).every(node => node.account === account)
}

/** CreateGrant takes no alias: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
function isAlias(identifier: Maybe<string>): boolean {
  return (
    identifier !== null && !isUnknown(identifier) && (identifier.startsWith('alias/') || identifier.includes(':alias/'))
  )
}

/** The one key of another account for which the grantee needs a grant; null where that is not one. */
function wantedKey(grant: GrantNode): Key | null {
  const wanted = groups()
    .filter(group => same(launchingRole(group), granteeOf(grant)) === 'yes')
    .flatMap(foreignKeys)
  const ids = distinct(wanted.map(use => use.key.id))
  if (ids.length !== 1) return null
  return wanted[0]?.key ?? null
}
