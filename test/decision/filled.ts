import { isUnknown, type Unknown } from '../../policies/lang/maybe'
import type { Statement, Term } from '../../policies/lang/statement'
import { symbols } from '../../policies/lang/term'
import {
  CALLERS,
  one,
  PATTERNS,
  PRINCIPALS,
  policyValue,
  question,
  type Random,
  RESOURCES,
  requestValues,
} from './generate'
import type { Asked } from './hidden'
import { CONSUMER, grant, OWNER, role, statements, user } from './notation'

/**
 * Puts a value for all that is not known: any that AWS could put there, not the one that was hidden. A resource has one value, two have
 * two; what is known of the account, region and kind of who asks and of the key stays so.
 */
export function filled(random: Random, { caller, action, context, authority }: Asked): Asked {
  const home = filledText(caller.account, () => accountIn(caller.arn) ?? one(random, [OWNER, CONSUMER]))
  const keyAccount = filledText(
    authority.keyAccount,
    () => accountIn(authority.keyArn) ?? one(random, [OWNER, CONSUMER]),
  )
  const keyRegion = filledText(authority.keyRegion, () => regionIn(authority.keyArn) ?? one(random, REGIONS))
  const made = new Map<string, string>()

  const arnOf = (symbol: string): string => {
    const arn = made.get(symbol) ?? makeArn(random, symbol, { home, keyAccount, keyRegion })
    made.set(symbol, arn)
    return arn
  }
  const term = (given: Term, otherwise: () => string): string => {
    const candidates = symbols(given)
    if (candidates.length > 0) return arnOf(one(random, candidates))
    return isUnknown(given) ? otherwise() : given
  }
  const terms = (list: readonly Term[] | null, pool: readonly string[]) =>
    list === null ? null : list.map(given => term(given, () => one(random, pool)))
  const statement = (given: Statement): Statement => ({
    ...given,
    effect: term(given.effect, () => one(random, ['Allow', 'Deny'])),
    principals: terms(given.principals, PRINCIPALS),
    notPrincipals: terms(given.notPrincipals, PRINCIPALS),
    actions: terms(given.actions, PATTERNS),
    notActions: terms(given.notActions, PATTERNS),
    resources: terms(given.resources, RESOURCES),
    notResources: terms(given.notResources, RESOURCES),
    conditions: given.conditions.map(condition => ({
      ...condition,
      values: condition.values.map(value => term(value, () => policyValue(random, condition.key))),
    })),
  })
  const policy = (given: readonly Statement[] | Unknown, list: 'key' | 'iam'): readonly Statement[] =>
    isUnknown(given) ? statements(question(random)[list], 'later') : given.map(statement)

  const arn = term(caller.arn, () =>
    one(
      random,
      CALLERS.filter(other => isLike(other, caller.kind)),
    ).replace(/\d{12}/, home),
  )
  const keyArn = term(authority.keyArn, () => arnOf('0|aws_kms_key.any'))
  return {
    caller: { ...caller, arn, account: home },
    action,
    context: Object.fromEntries(
      Object.entries(context).map(([key, values]) => [
        key,
        isUnknown(values) && values.candidates.length > 0
          ? [arnOf(one(random, values.candidates))]
          : isUnknown(values)
            ? requestValues(random, key)
            : values,
      ]),
    ),
    authority: {
      keyArn,
      keyAccount,
      keyRegion,
      keyPolicy: policy(authority.keyPolicy, 'key'),
      identity: policy(authority.identity, 'iam'),
      boundary: authority.boundary === null ? null : policy(authority.boundary, 'iam'),
      grants: [
        ...authority.grants.map(given => ({
          ...given,
          grantee: term(given.grantee, () => one(random, CALLERS)),
          issuer: filledText(given.issuer, () => one(random, [OWNER, CONSUMER])),
          operations: given.operations.map(operation => term(operation, () => one(random, OPERATIONS))),
        })),
        ...(authority.otherGrants === 'unknown' && random() < 0.7 ? [grant(arn, home, [one(random, OPERATIONS)])] : []),
      ],
      otherGrants: 'no',
    },
  }
}

const REGIONS = ['eu-central-1', 'eu-west-1']
const OPERATIONS = ['Decrypt', 'CreateGrant', 'DescribeKey', 'Encrypt', 'RetireGrant']

function filledText(given: string | Unknown, otherwise: () => string): string {
  return isUnknown(given) ? otherwise() : given
}

interface Places {
  readonly home: string
  readonly keyAccount: string
  readonly keyRegion: string
}

/** What a resource will be called: a role or user what its name says or in another path, and no two the same. */
function makeArn(random: Random, symbol: string, { home, keyAccount, keyRegion }: Places): string {
  const [scope = '', address = ''] = symbol.split('|')
  const [type, name = ''] = address.split('.')
  if (type === 'aws_kms_key') return `arn:aws:kms:${keyRegion}:${keyAccount}:key/${name}-${Math.floor(random() * 1e6)}`
  const account = scope === '0' ? home : scope
  if (type === 'aws_iam_user') return user(account, one(random, [name, `people/${name}`]))
  const linked = /^aws-service-role-(.*)-(AWSServiceRole.*)$/.exec(name)
  if (linked) return role(account, `aws-service-role/${linked[1]}/${linked[2]}${one(random, ['', '_suffix'])}`)
  return role(account, one(random, [name, name.replace('-', '/'), `made/${name}`]))
}

function isLike(caller: string, kind: Asked['caller']['kind']): boolean {
  if (kind === 'user') return caller.includes(':user/')
  if (kind === 'service-linked-role') return caller.includes('/aws-service-role/')
  return !caller.includes(':user/') && !caller.includes('/aws-service-role/')
}

/** The account of an ARN, or of the resource that it will be of. */
function accountIn(term: Term): string | undefined {
  const [known] = symbols(term)
  if (known !== undefined) return /^\d{12}/.exec(known)?.[0]
  return isUnknown(term) ? undefined : term.split(':')[4]
}

function regionIn(term: Term): string | undefined {
  return isUnknown(term) || symbols(term).length > 0 ? undefined : term.split(':')[3]
}
