import { at } from '../intrinsics'
import type { Membership } from './context'
import { textOf } from './json'
import { type Unknown, unknown } from './maybe'
import { declared } from './world'

/**
 * Where an account stands in the organization that is declared: with its path where its unit and the root are. Unknown where it is not
 * among the accounts, nor the management account.
 */
export function membershipOf(account: string): Membership | Unknown {
  const id = textOf(at(declared('organization'), ['id']))
  const unit = textOf(at(declared('organization'), ['accounts', account]))
  const isManagement = textOf(at(declared('organization'), ['management'])) === account
  if (id === null || (unit === null && !isManagement))
    return unknown(`the organization of ${account} (organization in keyreach.yaml)`)
  return { id, path: pathOf(id, unit) ?? unknown(`the units of ${account} (organization in keyreach.yaml)`) }
}

/** `o-abc/r-abcd/ou-abcd-1/`; directly below the root `o-abc/r-abcd/`. */
function pathOf(id: string, unit: string | null): string | null {
  const root = textOf(at(declared('organization'), ['root']))
  if (unit === null) return null
  if (unit.startsWith('r-')) return `${id}/${unit}/`
  if (root === null) return null
  return `${id}/${root}/${unit}/`
}
