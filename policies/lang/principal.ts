import { accountOf, partitionOf } from './aws'
import { isUnknown, type Unknown } from './maybe'
import type { Statement, Term } from './statement'
import { isIdentity, same, symbols } from './term'
import { all, any, not, type Truth, truth } from './truth'

/**
 * Who asks. `arn`: the ARN of a role or user with its path, of a session, or the id of a resource not yet made.
 * An `account` stands for some principal of that account that its own IAM allows: it asks what a key policy admits for an audience.
 */
export interface Caller {
  readonly arn: Term
  readonly account: string | Unknown
  readonly kind: 'role' | 'user' | 'service-linked-role' | 'account'
}

/**
 * How the Principal element of a statement meets a caller: as anybody, a user or a session (which no permissions boundary limits),
 * as a role by its ARN (which one limits), or as its account (which only delegates to the account's own IAM).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface Admission {
  readonly itself: Truth
  readonly role: Truth
  readonly account: Truth
}

/** A caller whom a statement does not mean. */
export const NOBODY: Admission = { itself: 'no', role: 'no', account: 'no' }

/** How an Allow statement of a resource policy meets a caller. */
export function admission(statement: Statement, caller: Caller): Admission {
  if (statement.notPrincipals !== null) return unnamed(not(named(statement.notPrincipals, caller)), caller)
  if (statement.principals === null || statement.principals.length === 0) return NOBODY
  const admissions = statement.principals.map(principal => meets(principal, caller))
  return {
    itself: any(admissions.map(one => one.itself)),
    role: any(admissions.map(one => one.role)),
    account: any(admissions.map(one => one.account)),
  }
}

/**
 * Whether a Deny statement of a resource policy is about a caller. To be spared by NotPrincipal, a caller must be named, its account
 * too, a role with its session, and no permissions boundary may limit it (`bounded`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function denies(statement: Statement, caller: Caller, bounded: Truth): Truth {
  if (statement.notPrincipals !== null) return any([bounded, not(spared(statement.notPrincipals, caller))])
  if (statement.principals === null) return 'no'
  return any(statement.principals.map(principal => meetsAll(principal, caller)))
}

/**
 * Whether a grant's grantee is a caller. Of a grant to a whole account AWS does not say who may use it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html
 */
export function isGranted(grantee: Term, caller: Caller): Truth {
  if (grantee === '*') return 'no'
  const one = meets(grantee, caller)
  return any([one.itself, one.role, all([one.account, 'unknown'])])
}

/** The account of an account principal (`arn:aws:iam::111122223333:root` or the number), or null. */
export function accountPrincipal(principal: string): string | null {
  if (/^[0-9]{12}$/u.test(principal)) return principal
  if (/^arn:[a-z0-9-]+:iam::[0-9]{12}:root$/u.test(principal)) return principal.split(':')[4] ?? null
  return null
}

/**
 * Whether a text is what a key policy takes under `AWS`: everybody, an account, its root, a role, a user or a session of theirs, or the id
 * that AWS puts in place of a role or user that is gone. A group, an instance profile or a service is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function isPrincipal(principal: string): boolean {
  return (
    principal === '*' ||
    accountPrincipal(principal) !== null ||
    /^(?:AIDA|AROA)[A-Z0-9]+$/u.test(principal) ||
    /^arn:[a-z0-9-]+:iam::[0-9]{12}:(?:role|user)\/[^*?]+$/u.test(principal) ||
    /^arn:[a-z0-9-]+:sts::[0-9]{12}:(?:assumed-role|federated-user)\/[^*?]+$/u.test(principal)
  )
}

/** Of an Allow with NotPrincipal, AWS does not say whether a boundary limits what it gives a role. */
function unnamed(matches: Truth, caller: Caller): Admission {
  if (caller.kind === 'user' || matches === 'no') return { ...NOBODY, itself: matches }
  return { ...NOBODY, itself: 'unknown', role: matches }
}

function named(principals: readonly Term[], caller: Caller): Truth {
  return any(principals.map(principal => inAnyWay(meets(principal, caller))))
}

function inAnyWay(one: Admission): Truth {
  return any([one.itself, one.role, one.account])
}

/** AWS says to name session, role and account. What becomes of a role that is named without its session, it does not say. */
function spared(principals: readonly Term[], caller: Caller): Truth {
  if (principals.includes('*')) return 'yes'
  const admissions = principals.map(principal => meets(principal, caller))
  const account = any(admissions.map(one => one.account))
  if (caller.kind === 'account') return account
  const itself = any(admissions.map(one => one.itself))
  if (caller.kind === 'user') return all([account, itself])
  const role = any(admissions.map(one => one.role))
  return all([account, any([role, itself]), any([all([role, itself]), 'unknown'])])
}

/** A Deny of a named role or user leaves the others of its account alone. */
function meetsAll(principal: Term, caller: Caller): Truth {
  if (caller.kind !== 'account' || principal === '*') return inAnyWay(meets(principal, caller))
  return meets(principal, caller).account
}

function meets(principal: Term, caller: Caller): Admission {
  if (principal === '*') return { ...NOBODY, itself: 'yes' }
  if (isUnknown(principal) || symbols(principal).length > 0) return meetsUnmade(principal, caller)
  const account = accountPrincipal(principal)
  if (account !== null) return { ...NOBODY, account: same(account, caller.account) }
  return meetsArn(principal, caller)
}

/** What is no role or user of a plan may be anything: a session, everybody. */
function meetsUnmade(principal: Term, caller: Caller): Admission {
  const identity = caller.kind === 'account' ? 'unknown' : same(principal, caller.arn)
  if (!isIdentity(principal)) return { itself: 'unknown', role: identity, account: same(principal, caller.account) }
  if (caller.kind === 'user') return { ...NOBODY, itself: identity }
  return { ...NOBODY, role: identity }
}

/** A principal ARN has no wildcards: one with `*` or `?` is nobody's. */
function meetsArn(principal: string, caller: Caller): Admission {
  const parts = principal.split(':')
  if (parts[0] !== 'arn' || principal.includes('*') || principal.includes('?')) return NOBODY
  const home = same(parts[4] ?? '', caller.account)
  if (home === 'no') return NOBODY
  if (caller.kind === 'account') return { ...NOBODY, role: home }
  const resource = parts.slice(5).join(':')
  if (resource.startsWith('assumed-role/')) return { ...NOBODY, itself: meetsSession(principal, resource, caller) }
  if (resource.startsWith('user/'))
    return { ...NOBODY, itself: caller.kind === 'user' ? same(principal, caller.arn) : 'no' }
  if (resource.startsWith('role/')) return { ...NOBODY, role: meetsRole(principal, resource, caller) }
  return NOBODY
}

/** A role's ARN names all its sessions; a session's ARN has the role's name without its path. */
function meetsRole(principal: string, resource: string, caller: Caller): Truth {
  if (caller.kind === 'user') return 'no'
  if (isUnknown(caller.arn) || symbols(caller.arn).length > 0) return unmadeRole(resource, caller)
  if (!caller.arn.includes(':assumed-role/')) return truth(principal === caller.arn)
  return truth(isSameHome(principal, caller.arn) && lastOf(resource.split('/')) === (caller.arn.split('/')[1] ?? ''))
}

/** A role not yet made may have any ARN, but for the path that only services give. */
function unmadeRole(resource: string, caller: Caller): Truth {
  if (resource.startsWith('role/aws-service-role/') !== (caller.kind === 'service-linked-role')) return 'no'
  return 'unknown'
}

function meetsSession(principal: string, resource: string, caller: Caller): Truth {
  if (caller.kind === 'user') return 'no'
  if (isUnknown(caller.arn) || symbols(caller.arn).length > 0) return 'unknown'
  if (caller.arn.includes(':assumed-role/')) return same(principal, caller.arn)
  const session = resource.split('/')
  if (session[1] !== lastOf(caller.arn.split('/')) || !isSameHome(principal, caller.arn)) return 'no'
  return SESSIONS.includes(`${session[1] ?? ''}/${session[2] ?? ''}`) ? 'yes' : 'unknown'
}

/** Sessions that always bear the same name. */
const SESSIONS = [
  'AWSServiceRoleForAutoScaling/AutoScaling',
  'AWSServiceRoleForImageBuilder/Ec2ImageBuilderIntegrationService',
]

function isSameHome(arn: string, other: string): boolean {
  return accountOf(arn) === accountOf(other) && partitionOf(arn) === partitionOf(other)
}

function lastOf(parts: readonly string[]): string {
  return parts[parts.length - 1] ?? ''
}
