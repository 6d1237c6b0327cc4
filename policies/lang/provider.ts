import { at, index, keys, remembered } from '../intrinsics'
import { accountOf, regionOf } from './aws'
import { changes } from './changes'
import { configured, planOf, providerArgument } from './configuration'
import { objectOf, textOf } from './json'

/*
 * Which account and region a provider configuration reaches. It goes by `plan|aws.west`; in a state, which has no configuration, there
 * is one for all, `plan|`.
 */

/** The provider configuration that makes a resource, named by module key and address without instances. */
export const providerOf = remembered((name: string): string => {
  const parts = name.split('|')
  const plan = parts[0] ?? ''
  const key = textOf(at(configured(`${plan}|${parts[1] ?? ''}`, parts[2] ?? ''), ['provider_config_key'])) ?? ''
  if (!key.includes(':') || named(plan).includes(key)) return `${plan}|${key}`
  return `${plan}|${inherited(plan, key.split(':')[1] ?? '')}`
})

/** With which role a provider configuration works, where it assumes one. */
export function assumedRole(provider: string): string | null {
  return (
    providerArgument(provider, ['assume_role', 0, 'role_arn']) ??
    providerArgument(provider, ['assume_role_with_web_identity', 0, 'role_arn'])
  )
}

/** The account that a provider configuration reaches: declared, or of the role that it assumes, else shown by what it has made or read. */
export const providerAccount = remembered((provider: string): string | null => {
  const plan = planOf(provider)
  const declared = textOf(at(plan?.providers ?? null, [provider.split('|')[1] ?? ''])) ?? plan?.account ?? null
  const role = textOf(accountOf(assumedRole(provider) ?? ''))
  return declared ?? role ?? providerArgument(provider, ['allowed_account_ids']) ?? only(shownAccounts(provider))
})

/** The region of a provider configuration: written there, else shown by what it has made or read. */
export const providerRegion = remembered(
  (provider: string): string | null => providerArgument(provider, ['region']) ?? only(shownRegions(provider)),
)

/**
 * Until Terraform 1.1 a plan names a configuration that a module inherits as if it were the module's own (`module.keys:aws`), and does
 * not say which it is. With one to choose from it is that.
 */
function inherited(plan: string, name: string): string {
  const kind = name.split('.')[0] ?? ''
  const alike = named(plan).filter(other => other === kind || other.startsWith(`${kind}.`))
  if (alike.length > 1) return '?'
  return alike[0] ?? name
}

function named(plan: string): readonly string[] {
  return keys(objectOf(at(planOf(plan)?.document ?? null, ['configuration', 'provider_config'])))
}

function only(values: readonly string[]): string | null {
  if (values.length !== 1) return null
  return values[0] ?? null
}

/** The accounts of what a provider configuration has made, by its ARN, or what Terraform was told it is. */
const shownAccounts = index(function* () {
  for (const change of changes()) {
    const arn = at(change.after, ['arn'])
    if (typeof arn !== 'string' || change.type.startsWith('data.')) continue
    if (accountOf(arn) !== '') yield [providerOf(change.written), accountOf(arn)]
  }
  for (const change of changes()) {
    if (change.type !== 'data.aws_caller_identity') continue
    const account = textOf(at(change.after, ['account_id']))
    if (account !== null) yield [providerOf(change.written), account]
  }
})

const shownRegions = index(function* () {
  for (const change of changes()) {
    const arn = at(change.after, ['arn'])
    if (typeof arn !== 'string' || change.type.startsWith('data.')) continue
    if (regionOf(arn) !== '') yield [providerOf(change.written), regionOf(arn)]
  }
  for (const change of changes()) {
    if (change.type !== 'data.aws_region') continue
    const region = textOf(at(change.after, ['name']))
    if (region !== null) yield [providerOf(change.written), region]
  }
})
