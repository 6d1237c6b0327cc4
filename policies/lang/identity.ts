import { index } from '../intrinsics'
import { accountOf, partitionOfRegion, roleArn, serviceLinkedRoleArn } from './aws'
import { textOf } from './json'
import { isUnknown, type Maybe, unknown } from './maybe'
import { attribute, identity, type Node, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import type { Term } from './statement'

/**
 * The ARN of a role, user or service-linked role of a plan: declared, known, or made up of its account, path and name.
 * Else what would make it known, with the resource as the one candidate.
 */
export function principalArn(node: Node): Term {
  const declared = identity(node) ?? textOf(node.after['arn'] ?? null)
  if (declared !== null) return declared
  return made(node) ?? { unknown: `${node.address}.arn`, candidates: [node.id] }
}

/** A principal as an attribute or a policy names it; one that is a resource of a plan by its ARN, as far as that can be said. */
export function principalTerm(value: Term): Term {
  if (!isUnknown(value)) return value
  if (value.candidates.length !== 1) return value
  const nodes = value.candidates.flatMap(resourceOf)
  if (nodes.length === 1) return nodes.map(principalArn)[0] ?? value
  return value
}

/** The role of the plans whose `role` attribute (a name) this certainly is: by reference, or by name within the account. */
export function rolesNamed(role: Maybe<string>, from: Node): readonly Node<Schema['aws_iam_role']>[] {
  if (role === null) return []
  if (isUnknown(role)) return only(role.candidates, 'aws_iam_role')
  return rolesByName(`${scope(from)}|${role}`).flatMap(resourceOf)
}

/** The user of the plans whose `user` attribute (a name) this certainly is. */
export function usersNamed(user: Maybe<string>, from: Node): readonly Node<Schema['aws_iam_user']>[] {
  if (user === null) return []
  if (isUnknown(user)) return only(user.candidates, 'aws_iam_user')
  return usersByName(`${scope(from)}|${user}`).flatMap(resourceOf)
}

/** Whether it is open of which role or user of the plans this is the name. */
export function isOpenName(name: Maybe<string>, type: string): boolean {
  return isUnknown(name) && only(name.candidates, type).length === 0
}

function only(candidates: readonly string[], type: string): readonly Node[] {
  if (candidates.length !== 1) return []
  return candidates.flatMap(resourceOf).filter(node => node.type === type)
}

/** The role or user of a plan that has this ARN, as a list of one or none. */
export function principalNodes(arn: Term): readonly Node[] {
  if (isUnknown(arn)) return arn.candidates.flatMap(resourceOf)
  return byArn(arn).flatMap(resourceOf)
}

/** The account of a principal: from its ARN; else unknown. */
export function principalAccount(arn: Term): Term {
  if (isUnknown(arn) && arn.candidates.length === 0) return arn
  if (isUnknown(arn)) return unknown(`the account of ${arn.unknown}`)
  const account = accountOf(arn)
  if (account === '') return unknown(`the account of ${arn}`)
  return account
}

/** Within what a name is unique: the account, or the plan where the account is not known. */
export function scope(node: Node): string {
  return node.account ?? `plan ${node.plan}`
}

function made(node: Node): string | null {
  const account = node.account
  if (account === null) return null
  if (node.type === 'aws_iam_service_linked_role') return serviceLinked(node, account)
  const name = textOf(node.after['name'] ?? null)
  if (name === null) return null
  const partition = partitionOfRegion(node.region ?? '')
  const path = textOf(node.after['path'] ?? null) ?? '/'
  if (node.type === 'aws_iam_role') return roleArn(partition, account, path, name)
  if (node.type === 'aws_iam_user') return roleArn(partition, account, path, name).replaceAll(':role/', ':user/')
  return null
}

function serviceLinked(node: Node<Schema['aws_iam_service_linked_role']>, account: string): string | null {
  const service = attribute(node, 'aws_service_name')
  const suffix = attribute(node, 'custom_suffix')
  if (service === null || isUnknown(service) || isUnknown(suffix)) return null
  return serviceLinkedRoleArn(partitionOfRegion(node.region ?? ''), account, service, suffix)
}

const rolesByName = index(function* () {
  for (const role of resources('aws_iam_role')) {
    const name = attribute(role, 'name')
    if (name !== null && !isUnknown(name)) yield [`${scope(role)}|${name}`, role.id]
  }
})

const usersByName = index(function* () {
  for (const user of resources('aws_iam_user')) {
    const name = attribute(user, 'name')
    if (name !== null && !isUnknown(name)) yield [`${scope(user)}|${name}`, user.id]
  }
})

const byArn = index(function* () {
  for (const node of [
    ...resources('aws_iam_role'),
    ...resources('aws_iam_user'),
    ...resources('aws_iam_service_linked_role'),
  ]) {
    const arn = principalArn(node)
    if (!isUnknown(arn)) yield [arn, node.id]
  }
})
