import { like } from '../intrinsics'
import { isUnknown } from './maybe'
import { resourceOf } from './plan'
import { ELSEWHERE } from './reference'
import type { Term } from './statement'
import { agreed, all, type Truth, truth } from './truth'

/** Resources of which each makes one thing: two of them with different ids are different roles, users or keys. */
const MADE = [
  'aws_iam_role.',
  'aws_iam_user.',
  'aws_iam_service_linked_role.',
  'aws_kms_key.',
  'aws_kms_external_key.',
  'aws_kms_replica_key.',
  'aws_kms_replica_external_key.',
]

/** A key as a policy sees it: its ARN (or what stands for it), and where it lives. */
export interface KeyPlace {
  readonly keyArn: Term
  readonly keyAccount: Term
  readonly keyRegion: Term
}

/**
 * Whether two terms are the same thing. Texts are compared; what is not made yet is known by its resource: by a symbol (the id of the
 * resource, such as `aws_iam_role.packer`) or by the candidates of an unknown. A text and a resource cannot be compared.
 */
export function same(a: Term, b: Term): Truth {
  if (typeof a === 'string' && a === b) return 'yes'
  const left = symbols(a)
  const right = symbols(b)
  if (left.length > 0 && right.length > 0) return agreed(left.flatMap(x => right.map(y => sameSymbol(x, y))))
  if (typeof a === 'string' && typeof b === 'string' && left.length === 0 && right.length === 0) return 'no'
  return 'unknown'
}

/** Whether a resource pattern of a policy covers a key: as a whole where the key's ARN is known, else part by part. */
export function covers(pattern: Term, key: KeyPlace): Truth {
  if (pattern === '*') return 'yes'
  if (isUnknown(pattern) || symbols(pattern).length > 0) {
    if (isElsewhere(symbols(pattern), key)) return 'no'
    return same(pattern, key.keyArn)
  }
  if (typeof key.keyArn === 'string' && symbols(key.keyArn).length === 0) return truth(like(pattern, key.keyArn))
  return coversUnmade(pattern.split(':'), key)
}

/** Whether keys of the plans are all of another account or region than a key. A data source may show a key of another account. */
function isElsewhere(ids: readonly string[], key: KeyPlace): boolean {
  if (ids.length === 0 || !ids.every(id => isMade(id))) return false
  return ids.every(id =>
    resourceOf(id).some(node => differs(node.account, key.keyAccount) || differs(node.region, key.keyRegion)),
  )
}

function differs(own: string | null, other: Term): boolean {
  return own !== null && !isUnknown(other) && own !== other
}

/** Whether a term names a role or user of a plan, and so no account. */
export function isIdentity(term: Term): boolean {
  const named = symbols(term)
  return named.length > 0 && named.every(symbol => symbol.includes('aws_iam_') && isMade(symbol))
}

/** Whether a term comes from a group or instance profile of a plan, which are no principals. */
export function isNoIdentity(term: Term): boolean {
  const named = symbols(term)
  return named.length > 0 && named.every(symbol => /aws_iam_(?:group|instance_profile)\./u.test(symbol))
}

/** The resources that a term stands for: none for a text. */
export function symbols(term: Term): readonly string[] {
  if (isUnknown(term)) return term.candidates
  if (term.includes('aws_') && !term.startsWith('arn:')) return [term]
  return []
}

function sameSymbol(a: string, b: string): Truth {
  if (a === b && a !== ELSEWHERE) return 'yes'
  if (isMade(a) && isMade(b)) return 'no'
  return 'unknown'
}

function isMade(symbol: string): boolean {
  return MADE.some(kind => symbol.includes(kind)) && !symbol.includes('data.')
}

/** A pattern that ends within the ARN is open where its last part is (`arn:aws:kms:*`); else it may still match, as `arn:aws:kms*0` does. */
function coversUnmade(parts: readonly string[], key: KeyPlace): Truth {
  const resource = parts[5] ?? '*'
  if (!like(parts[2] ?? '*', 'kms')) return 'no'
  if (parts.length < 6 && !(parts[parts.length - 1] ?? '').endsWith('*')) return 'unknown'
  return all([part(parts[3] ?? '*', key.keyRegion), part(parts[4] ?? '*', key.keyAccount), keyId(resource)])
}

function part(pattern: string, value: Term): Truth {
  if (pattern === '*') return 'yes'
  if (isUnknown(value)) return 'unknown'
  return truth(like(pattern, value))
}

function keyId(resource: string): Truth {
  if (resource === '*' || resource === 'key/*') return 'yes'
  if (resource.startsWith('alias/')) return 'no'
  return 'unknown'
}
