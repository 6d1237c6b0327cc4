import { at } from '../intrinsics'
import { textOf } from './json'
import { unknown } from './maybe'
import type { Node } from './plan'
import { assumedRole, providerOf } from './provider'
import type { Term } from './statement'
import { declaredAccount } from './world'

/** With whose credentials Terraform makes a resource: the role its provider assumes, else who is declared to deploy to the account. */
export function deployerOf(node: Node): Term {
  const assumed = assumedRole(providerOf(`${node.module}|${node.local}`))
  if (assumed !== null) return assumed
  const declared = textOf(at(declaredAccount(node.account ?? ''), ['deployer']))
  if (declared !== null) return declared
  return unknown(`who applies ${node.address} (deployer of account ${node.account ?? 'the plan'} in keyreach.yaml)`)
}
