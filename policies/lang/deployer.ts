import { at } from '../intrinsics'
import { configured, providerArgument } from './configuration'
import { textOf } from './json'
import { unknown } from './maybe'
import type { Node } from './plan'
import type { Term } from './statement'
import { declaredAccount } from './world'

/** With whose credentials Terraform makes a resource: the role its provider assumes, else who is declared to deploy to the account. */
export function deployerOf(node: Node): Term {
  const provider = textOf(at(configured(node.module, node.local), ['provider_config_key'])) ?? ''
  const assumed = providerArgument(node.plan, provider, ['assume_role', 0, 'role_arn'])
  if (assumed !== null) return assumed
  const declared = textOf(at(declaredAccount(node.account ?? ''), ['deployer']))
  if (declared !== null) return declared
  return unknown(`who applies ${node.address} (deployer of account ${node.account ?? 'the plan'} in keyreach.yaml)`)
}
