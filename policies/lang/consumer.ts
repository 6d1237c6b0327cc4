import { distinct, index, lower } from '../intrinsics'
import { callerOf } from './access'
import { sharings } from './audience'
import { accountOf, isServiceLinkedRole } from './aws'
import { judgeAdmits, judgeMay } from './judge-access'
import type { Key } from './key'
import { usesOf } from './key-uses'
import { isUnknown } from './maybe'
import { accountPrincipal, type Caller } from './principal'
import type { Audience } from './requirement'
import type { Statement, Term } from './statement'
import { builders, listSetting } from './template'
import type { Result } from './verdict'

/** Whom a key policy lets use a key, besides those that the IAM of the key's account lets. */
export type Consumer =
  | { readonly kind: 'audience'; readonly audience: Audience }
  | { readonly kind: 'role'; readonly role: Caller }

/** The other accounts and organizations that the statements of a key name, and the service-linked roles of its own account. */
export function consumersOf(statements: readonly Statement[], key: Key): readonly Consumer[] {
  const allowing = statements.filter(statement => statement.effect === 'Allow')
  const principals = allowing.flatMap(statement => textsOf(statement.principals ?? []))
  const accounts = distinct(principals.map(accountIn)).filter(account => account !== '' && account !== key.account)
  const roles = distinct(principals.filter(isServiceLinkedRole)).filter(arn => accountOf(arn) === key.account)
  return [
    ...accounts.map((id): Consumer => ({ kind: 'audience', audience: { kind: 'account', id } })),
    ...distinct(allowing.flatMap(organizationsIn)).map(
      (id): Consumer => ({ kind: 'audience', audience: { kind: 'organization', id } }),
    ),
    ...roles.map((arn): Consumer => ({ kind: 'role', role: callerOf(arn) })),
  ]
}

/** Whether what is under a key goes to others: it is shared, or used from another account. */
export function isForOthers(key: Key): boolean {
  return (
    sharedKeys(key.id).length > 0 ||
    usesOf(key.id).some(use => use.account !== null && use.account !== key.account) ||
    usesOf(key.id).some(use => sharingTemplates(use.target).length > 0)
  )
}

/** The keys of what the plans share, with the places where they do. */
const sharedKeys = index(function* () {
  for (const sharing of sharings())
    for (const alternatives of sharing.encryption)
      for (const one of alternatives) if (one.kind === 'key') yield [one.key.id, sharing.at]
})

/** The Packer templates that share what they build. */
const sharingTemplates = index(function* () {
  for (const builder of builders())
    for (const name of ['ami_users', 'ami_org_arns', 'ami_ou_arns', 'snapshot_users'])
      if (listSetting(builder, name).length > 0) yield [builder.address, name]
})

/** Whether a key lets a consumer do the actions, as EC2 asks for it in the key's region. */
export function judgeConsumer(consumer: Consumer, actions: readonly string[], key: Key): Result {
  if (consumer.kind === 'audience')
    return judgeAdmits({
      kind: 'admits',
      audience: consumer.audience,
      actions,
      key,
      region: key.region,
      because: '',
    })
  return judgeMay({
    kind: 'may',
    principal: consumer.role,
    actions,
    key,
    call: { kind: 'ebs', region: key.region },
    because: '',
  })
}

function accountIn(principal: string): string {
  return accountPrincipal(principal) ?? accountOf(principal)
}

/** The organizations to which a statement for everybody is closed. */
function organizationsIn(statement: Statement): readonly string[] {
  if (!textsOf(statement.principals ?? []).includes('*')) return []
  return statement.conditions
    .filter(condition => lower(condition.key) === 'aws:principalorgid')
    .flatMap(condition => textsOf(condition.values))
}

function textsOf(terms: readonly Term[]): readonly string[] {
  return terms.flatMap(term => (isUnknown(term) ? [] : [term]))
}
