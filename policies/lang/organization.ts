import { at } from '../intrinsics'
import type { Membership } from './context'
import { textOf } from './json'
import { type Unknown, unknown } from './maybe'
import { declared } from './world'

/** Where an account stands in the organization that is declared; unknown where nothing is declared of it. */
export function membershipOf(account: string): Membership | Unknown {
  const id = textOf(at(declared('organization'), ['id']))
  const root = textOf(at(declared('organization'), ['root']))
  const unit = textOf(at(declared('organization'), ['accounts', account]))
  if (id === null || root === null || unit === null)
    return unknown(`the organization of ${account} (organization in keyreach.yaml)`)
  return { id, path: `${id}/${root}/${unit}/` }
}
