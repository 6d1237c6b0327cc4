import type { Json } from '../../policies/intrinsics'
import type { ExampleWorld } from '../../policies/lang/rule'
import { type Changed, type Changes, changedAt, withAccount, without } from './change'
import { requiredOf } from './required'

/** Every world that is the example with one resource, attribute, block, statement, part of one or declared fact deleted or changed. */
export function mutants(world: ExampleWorld): readonly Changed[] {
  return [...changedAt(world, deletedOrChanged), ...withoutResources(world), ...withoutDeclared(world)]
}

/** Terraform takes no reference to what is not there. */
function withoutResources(world: ExampleWorld): readonly Changed[] {
  return world.accounts.flatMap((account, i) =>
    Object.keys(account.resources)
      .filter(address => !JSON.stringify(account.resources).includes(`"$ref":"${address}.`))
      .map(address => ({
        what: `${address} deleted`,
        world: withAccount(world, i, { ...account, resources: without(account.resources, address) }),
      })),
  )
}

function withoutDeclared(world: ExampleWorld): readonly Changed[] {
  return Object.keys(world.declared ?? {}).map(name => ({
    what: `declared ${name} deleted`,
    world: { ...world, declared: without(world.declared ?? {}, name) },
  }))
}

/** Without what it requires Terraform takes no resource, so that there is no such plan; what is empty is not there already. */
const deletedOrChanged: Changes = (value, path) => [
  ...(isRequired(path) || isEmpty(value) ? [] : [{ what: `${path}${shown(value)} deleted`, value: undefined }]),
  ...otherOf(value, path).map(other => ({ what: `${path}${shown(value)} → ${JSON.stringify(other)}`, value: other })),
]

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function isRequired(path: string): boolean {
  const [, address = '', attribute = ''] = /^(.*)\.([a-z0-9_]+)$/.exec(path) ?? []
  return requiredOf(address).includes(attribute)
}

function shown(value: Json): string {
  return typeof value === 'object' ? '' : ` ${JSON.stringify(value)}`
}

/** Another value of the same kind, such as AWS would take: another account, region, action, answer. */
function otherOf(value: Json, path: string): readonly Json[] {
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return []
  if (value === 'true' || value === 'false') return [value === 'true' ? 'false' : 'true']
  if (value === 'Allow') return ['Deny']
  if (/ctions?(\[\d+\])?$/.test(path)) return ['kms:TagResource']
  if (/^\d{12}$/.test(value)) return ['999999999999']
  if (value.startsWith('arn:')) return otherArns(value)
  if (/operations\[\d+\]$/.test(path)) return ['RetireGrant']
  if (/^[a-z]{2}-[a-z]+-\d$/.test(value)) return ['sa-east-1']
  return []
}

function otherArns(arn: string): readonly string[] {
  const [prefix, partition, service, region, account, ...rest] = arn.split(':')
  const of = (elsewhere = region, other = account): string =>
    [prefix, partition, service, elsewhere, other, ...rest].join(':')
  return [
    ...(/^\d{12}$/.test(account ?? '') ? [of(region, '999999999999')] : []),
    ...(region === '' ? [] : [of('sa-east-1')]),
  ]
}
