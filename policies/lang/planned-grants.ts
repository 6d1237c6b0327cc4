import { at, index } from '../intrinsics'
import type { Grant } from './grant'
import { principalTerm } from './identity'
import { listOf, textOf, textsOf } from './json'
import { type Encryption, encryptionsBy, type Key } from './key'
import { isUnknown, unknown } from './maybe'
import { attribute, blocks, each, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import type { Term } from './statement'
import { same } from './term'
import { any, type Truth } from './truth'
import { declared } from './world'

type GrantNode = Node<Schema['aws_kms_grant']>

/** The grants on a key: those of the plans that are certainly on it, and those declared. */
export function grantsOn(key: Key): readonly Grant[] {
  return [...grantNodesOn(key).map(grantOf), ...declaredGrants(key)]
}

/** The grants of the plans that are certainly on a key. */
export function grantNodesOn(key: Key): readonly GrantNode[] {
  return onKey(key.id).flatMap(resourceOf)
}

/** Whether a plan has a grant to this principal of which it cannot be told whether it is on the key. */
export function mayBeGranted(key: Key, grantee: Term): Truth {
  const open = [...loose(granteeName(grantee)), ...loose('')].flatMap(resourceOf).filter(node => mayBeOn(node, key))
  if (any(open.map(node => same(granteeOf(node), grantee))) === 'no') return 'no'
  return 'unknown'
}

/** A grant of a plan. Whose it is depends on the credentials that make it: those of its provider. */
export function grantOf(node: GrantNode): Grant {
  return {
    grantee: granteeOf(node),
    operations: each(attribute(node, 'operations')).flatMap(operation => (operation === null ? [] : [operation])),
    issuer: node.account ?? unknown(`the account in which ${node.address} is made`),
    constrained: blocks(node, 'constraints').length > 0,
    at: node.address,
  }
}

/** To whom a grant is. */
export function granteeOf(node: GrantNode): Term {
  return principalTerm(attribute(node, 'grantee_principal') ?? '')
}

/** The key that a grant is on: the alternatives. */
export function grantedKeys(node: GrantNode): readonly Encryption[] {
  return encryptionsBy(attribute(node, 'key_id'), { account: node.account, region: node.region })
}

function declaredGrants(key: Key): readonly Grant[] {
  return listOf(declared('grants'))
    .filter(entry => textOf(at(entry, ['key'])) === key.id)
    .map(entry => ({
      grantee: textOf(at(entry, ['grantee'])) ?? '',
      operations: textsOf(at(entry, ['operations'])),
      issuer: textOf(at(entry, ['issuer'])) ?? unknown(`the issuer of the grant on ${key.label}`),
      constrained: false,
      at: 'keyreach.yaml grants',
    }))
}

function mayBeOn(node: GrantNode, key: Key): boolean {
  return grantedKeys(node).some(one => one.kind === 'unknown' || (one.kind === 'key' && one.key.id === key.id))
}

const onKey = index(function* () {
  for (const node of resources('aws_kms_grant')) {
    const keys = grantedKeys(node)
    for (const one of keys) {
      if (one.kind === 'key' && keys.length === 1) yield [one.key.id, node.id]
    }
  }
})

/** The grants of which it is not certain on which key they are, by grantee; those of unknown grantees under ''. */
const loose = index(function* () {
  for (const node of resources('aws_kms_grant')) {
    const keys = grantedKeys(node)
    if (keys.length > 1 || keys.some(one => one.kind === 'unknown')) yield [granteeName(granteeOf(node)), node.id]
  }
})

function granteeName(grantee: Term): string {
  if (isUnknown(grantee)) return ''
  return grantee
}
