import { distinct, remembered } from '../intrinsics'
import { isKmsAction, suggestedKmsActions } from './aws'
import { replicaFix } from './fix'
import { textOf } from './json'
import { type Encryption, isMultiRegion } from './key'
import { isUnknown } from './maybe'
import { isReplicated, replicasOf } from './replica'
import type { Requirement } from './requirement'
import { settingFix } from './satisfying'
import { agreed, type Truth } from './truth'
import { passed, type Result, undecided } from './verdict'

type Of<K extends Requirement['kind']> = Extract<Requirement, { kind: K }>

/** Tests whether a setting is as it has to be. */
export function judgeIs(requirement: Of<'is'>): Result {
  const { what, actual, wanted, at } = requirement
  if (actual === wanted) return passed(`${what} is \`${wanted}\``, [])
  if (actual === null) return undecided(`whether ${what} is \`${wanted}\` cannot be told`, [], [what])
  return {
    verdict: 'fail',
    at,
    account: null,
    message: `${what} is \`${actual}\`, not \`${wanted}\``,
    fix: settingFix(requirement),
    evidence: [],
    known: [],
  }
}

/** Gives a word of what the rule itself has found out. */
export function judgeHolds(requirement: Of<'holds'>): Result {
  const { what, otherwise, holds, fix, evidence, known } = requirement
  if (holds === 'yes') return passed(what, evidence)
  if (holds === 'unknown')
    return { ...undecided(`whether ${what} cannot be told`, evidence, known), fix: requirement.asks ?? [] }
  return { verdict: 'fail', at: null, account: null, message: otherwise, fix, evidence, known: [] }
}

/** Tests whether a grant is made with credentials of the grantee's account. */
export function judgeIssuedIn(requirement: Of<'issued-in'>): Result {
  const { grant, account } = requirement
  if (grant.account === null || account === null)
    return undecided(
      `in which account \`${grant.address}\` is made cannot be told`,
      [],
      [`the account of \`${grant.address}\``, 'the account of its grantee'],
    )
  if (grant.account === account)
    return passed(`\`${grant.address}\` is made by account ${account}, the grantee's own`, [])
  const values = {
    name: grant.after['name'] ?? null,
    key_id: grant.after['key_id'] ?? null,
    grantee_principal: grant.after['grantee_principal'] ?? null,
    operations: grant.after['operations'] ?? null,
  }
  return {
    verdict: 'fail',
    at: grant.address,
    account: grant.account,
    message: `\`${grant.address}\` is made by account ${grant.account}; only a grant made by the grantee's account ${account} stands in for its missing policy`,
    fix: [{ kind: 'move', account, region: grant.region, target: grant.address, type: 'aws_kms_grant', values }],
    evidence: [{ at: grant.address, what: `is made with the credentials of account ${grant.account}` }],
    known: [],
  }
}

/** Tests whether what is shared is under a customer managed key, or not encrypted at all. */
export function judgeCustomerManaged(requirement: Of<'customer-managed'>): Result {
  const { what, target, encryptions, fix } = requirement
  const claim = agreed(encryptions.map(isShareable))
  if (claim === 'yes') return passed(`${what} is encrypted under a customer managed key`, [])
  if (claim === 'unknown')
    return undecided(
      `under which key ${what} is encrypted cannot be told`,
      [],
      distinct([...encryptions.flatMap(asked), ...askedOfDefault(encryptions)]),
    )
  return {
    verdict: 'fail',
    at: null,
    account: null,
    message: `${what} is encrypted under an AWS managed key`,
    fix,
    evidence: [{ at: target, what: `is encrypted under \`${encryptions.flatMap(labels).join('`, `')}\`` }],
    known: [],
  }
}

/** Tests whether a multi-Region key has an enabled replica in a region. */
export function judgeReplicated(requirement: Of<'replicated'>): Result {
  const { key, region } = requirement
  const replicas = replicasOf(key, region)
  const isPresent = isReplicated(key, region)
  if (isPresent === 'yes')
    return passed(`\`${key.label}\` has a key in ${region}: \`${replicas.map(one => one.label).join('`, `')}\``, [])
  if (key.node === null || isPresent === 'unknown' || isMultiRegion(key) === 'unknown')
    return undecided(
      `whether \`${key.label}\` has a replica in ${region} cannot be told`,
      [],
      [`a replica of \`${key.label}\` in ${region}`],
    )
  return {
    verdict: 'fail',
    at: key.label,
    account: key.account,
    message: `\`${key.label}\` is used in ${region}, where it has no replica`,
    fix: replicaFix(key, region),
    evidence: [],
    known: [],
  }
}

/** Tests whether all KMS actions that statements name exist. */
export function judgeActionsExist(requirement: Of<'actions-exist'>): Result {
  const { statements, target, isSensitive } = requirement
  const terms = statements.flatMap(statement => [...(statement.actions ?? []), ...(statement.notActions ?? [])])
  const missing = distinct(terms.flatMap(term => (isUnknown(term) || !isUnknownAction(term) ? [] : [term])))
  if (missing.length > 0)
    return {
      verdict: 'fail',
      at: target,
      account: null,
      message: isSensitive
        ? 'the policy names a KMS action that does not exist'
        : `KMS has no ${missing.map(one => `\`${one}\``).join(', ')}`,
      fix: missing.map(from => ({
        kind: 'action',
        account: null,
        target,
        from: isSensitive ? '(sensitive)' : from,
        to: isSensitive ? '(sensitive)' : replacement(from),
      })),
      evidence: [],
      known: [],
    }
  const holes = distinct(terms.flatMap(term => (isUnknown(term) ? [term.unknown] : [])))
  if (holes.length > 0) return undecided('whether all KMS actions of the policy exist cannot be told', [], holes)
  return passed('all KMS actions of the policy exist', [])
}

const isUnknownAction = remembered((action: string): boolean => /^[Kk][Mm][Ss]:/u.test(action) && !isKmsAction(action))

/** One pattern that covers what was probably meant; `kms:ReEncrypt` → `kms:ReEncrypt*`. */
function replacement(action: string): string {
  const suggested = suggestedKmsActions(action)
  if (suggested.length === 1) return suggested[0] ?? action
  if (suggested.length > 1) return `${action}*`
  return 'kms:DescribeKey'
}

function isShareable(encryption: Encryption): Truth {
  if (encryption.kind === 'key' || encryption.kind === 'none') return 'yes'
  if (encryption.kind === 'aws-managed') return 'no'
  return 'unknown'
}

function asked(encryption: Encryption): readonly string[] {
  if (encryption.kind === 'unknown') return [encryption.unknown]
  if (encryption.kind === 'default')
    return [
      `the default EBS key of ${encryption.account ?? 'the account'} in ${encryption.region ?? 'its region'} (default-ebs-key in keyreach.yaml)`,
    ]
  return []
}

/** What may not be encrypted at all is, where EBS encrypts by default. */
function askedOfDefault(encryptions: readonly Encryption[]): readonly string[] {
  if (!encryptions.some(one => one.kind === 'none')) return []
  return ['whether EBS encrypts by default in its account and region (encryption-by-default in keyreach.yaml)']
}

function labels(encryption: Encryption): readonly string[] {
  if (encryption.kind === 'aws-managed') return [textOf(encryption.label) ?? '']
  return []
}
