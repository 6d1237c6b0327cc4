import { createHash } from 'node:crypto'
import type { Finding } from '../../policies/lang/finding'
import { resourceIn } from './place'

/** What stays the same of a finding whatever is edited around it, and whatever is found before and after it. */
export interface Identity {
  readonly rule: string
  readonly requirement: string
  readonly account: string | null
  /** The address of the resource: the paths of attributes count blocks, which an edit may move. */
  readonly at: string
}

/** By what a finding is known again in a later report. */
export function identityOf({ rule, requirement, account, at }: Finding): Identity {
  return { rule, requirement, account, at: resourceIn(at) }
}

/** The identity of a finding as one short text. */
export function fingerprint(finding: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.values(identityOf(finding))))
    .digest('hex')
    .slice(0, 32)
}
