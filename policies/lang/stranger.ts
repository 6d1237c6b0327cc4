import { directContext, ebsContext } from './context'
import { type Authority, type Decision, decideAll } from './decision'
import { SOME_KEY } from './key-facts'
import { isUnknown, unknown } from './maybe'
import type { Request } from './outcome'
import type { Caller } from './principal'
import type { Statement, Term } from './statement'
import { isIdentity } from './term'
import { all, any, not, type Truth } from './truth'
import type { WrittenPolicy } from './written-policies'

/** Somebody of an account, in no organization, of whom no policy knows. */
const STRANGER: Caller = { arn: 'arn:aws:iam::000000000000:role/stranger', account: '000000000000', kind: 'role' }

/** What a stranger could do harm with. */
const HARMFUL = ['kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'] as const

/** Whether an Allow names everybody, or may, or names everybody but some. */
export function isOpenAllow({ effect, principals, notPrincipals }: Statement): boolean {
  return effect !== 'Deny' && ((principals ?? []).some(mayBeAnybody) || notPrincipals !== null)
}

/** What comes from a role or user is that one's ARN, whatever it will be. */
function mayBeAnybody(principal: Term): boolean {
  return principal === '*' || (isUnknown(principal) && !isIdentity(principal))
}

/** Whether some of these Allows of a key policy, with all its Denies, let anybody of any account use the key, directly or through EC2. */
export function admitsStrangers(policy: WrittenPolicy, allows: readonly Statement[]): Truth {
  const statements = [...allows, ...policy.statements.filter(({ effect }) => effect !== 'Allow')]
  return any(strangersDecisions(policy, statements).map(({ keySide, denied }) => all([keySide, not(denied)])))
}

/** What would make it known whether strangers may use the key. */
export function askedOfStrangers(policy: WrittenPolicy, allows: readonly Statement[]): readonly string[] {
  return strangersDecisions(policy, allows).flatMap(({ keySide, known }) => (keySide === 'unknown' ? known : []))
}

function strangersDecisions(policy: WrittenPolicy, keyPolicy: readonly Statement[]): readonly Decision[] {
  const authority: Authority = {
    keyArn: unknown('the ARN of the key'),
    keyAccount: policy.account ?? unknown('the account of the key'),
    keyRegion: policy.region ?? unknown('the region of the key'),
    keyPolicy,
    identity: [],
    boundary: null,
    grants: [],
    otherGrants: 'no',
  }
  return decideAll(STRANGER, requests(policy), authority)
}

function requests({ region }: WrittenPolicy): readonly Request[] {
  const through = region ?? unknown('the region of the key')
  return [
    ...HARMFUL.map(action => ({ action, context: directContext(STRANGER, action, null, [], SOME_KEY, null) })),
    ...HARMFUL.map(action => ({ action, context: ebsContext(STRANGER, action, through, SOME_KEY, null) })),
  ]
}
