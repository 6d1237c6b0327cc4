import type { JsonObject } from '../intrinsics'
import { accountOf, partitionOf, partitionOfRegion } from '../lang/aws'
import type { Fix } from '../lang/finding'
import { nameOf } from '../lang/fix'
import { isUnknown } from '../lang/maybe'
import { resourceOf } from '../lang/plan'
import { isPrincipal } from '../lang/principal'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import type { Statement, Term } from '../lang/statement'
import { isIdentity, isNoIdentity, symbols } from '../lang/term'
import { all, type Truth, truth } from '../lang/truth'
import { policies, statementId, statementName, type WrittenPolicy } from '../lang/written-policies'

/**
 * A principal in a key policy is everybody or one account, role, user or session, never a pattern.
 *
 * `Principal` knows no wildcard inside an ARN: AWS refuses `role/app-*` as an invalid principal. Who means several roles names their account
 * (or everybody) and closes the statement with `ArnLike` on `aws:PrincipalArn`, which also outlives a role that is made again.
 *
 * Groups and instance profiles are no principals either: it is the role in the profile that asks. A service stands under `Service`, not
 * under `AWS`.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-no-partial-principal-wildcard'],
  symptoms: ['MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],

  *situations() {
    for (const policy of policies())
      if (policy.isOfKey) yield { at: policy.at, account: policy.account, region: policy.region, policy }
  },

  requirements: ({ at, account, policy }) => [
    {
      kind: 'holds',
      what: 'every principal of the policy is one that AWS takes',
      otherwise: policy.statements
        .flatMap((statement, i) => refusedIn(statement).map(principal => refusal(policy, statement, i, principal)))
        .join('; '),
      holds: all(policy.statements.flatMap(principalsOf).map(isWhole)),
      severity: 'error',
      fix: policy.isSensitive ? [] : policy.statements.flatMap((statement, i) => mended(statement, i, at, account)),
      evidence: [],
      known: policy.statements.flatMap(openPrincipals),
      because: 'AWS refuses a policy with an invalid principal',
    },
  ],
})

function principalsOf({ principals, notPrincipals }: Statement): readonly Term[] {
  return [...(principals ?? []), ...(notPrincipals ?? [])]
}

/** A principal that comes from a role or user is its ARN, whatever it will be. */
function isWhole(principal: Term): Truth {
  if (isIdentity(principal)) return 'yes'
  if (isNoIdentity(principal)) return 'no'
  if (isUnknown(principal) || symbols(principal).length > 0) return 'unknown'
  return truth(isPrincipal(principal))
}

function isPattern(principal: Term): boolean {
  return !isUnknown(principal) && principal !== '*' && (principal.includes('*') || principal.includes('?'))
}

function refusedIn(statement: Statement): readonly Term[] {
  return principalsOf(statement).filter(principal => isWhole(principal) === 'no')
}

function openPrincipals(statement: Statement): readonly string[] {
  return principalsOf(statement).flatMap(principal =>
    isUnknown(principal) && isWhole(principal) === 'unknown' ? [principal.unknown] : [],
  )
}

function refusal(policy: WrittenPolicy, statement: Statement, i: number, principal: Term): string {
  const name = statementName(policy, statement, i)
  if (isPattern(principal))
    return policy.isSensitive
      ? `${name} has a wildcard in a principal`
      : `${name} has a wildcard in the principal \`${nameOf(principal)}\``
  if (policy.isSensitive) return `${name} names what is no principal`
  if (isService(principal)) return `${name} names the service \`${nameOf(principal)}\` under \`AWS\``
  return `${name} names \`${nameOf(principal)}\`, which is no principal`
}

function isService(principal: Term): boolean {
  return !isUnknown(principal) && /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/u.test(principal)
}

/** Of NotPrincipal nobody but its author can say whom it was to spare. */
function mended(statement: Statement, i: number, target: string, account: string | null): readonly Fix[] {
  const refused = refusedIn(statement)
  if (refused.length === 0 || statement.notPrincipals !== null) return []
  const set = refused.some(isPattern) ? closed(statement) : { Principal: sorted(statement) }
  const drop = (statement.principals ?? []).every(isService) ? ['Principal.AWS'] : []
  return [{ kind: 'edit-statement', account, target, statement: statementId(statement, i), drop, set }]
}

/** The accounts of all principals, closed by a condition to what was meant. */
function closed(statement: Statement): JsonObject {
  const meant = principalsOf(statement).filter(principal => !isService(principal))
  return {
    Principal: { AWS: meant.map(homeOf) },
    Condition: { ArnLike: { 'aws:PrincipalArn': meant.map(patternOf) } },
  }
}

/** Services as such; in place of what is no principal its account, whose IAM says who of it may. */
function sorted(statement: Statement): JsonObject {
  const services = principalsOf(statement).filter(isService).map(nameOf)
  const rest = principalsOf(statement).filter(principal => !isService(principal))
  const named = rest.map(principal => (isWhole(principal) === 'no' ? homeOf(principal) : nameOf(principal)))
  if (services.length === 0) return { AWS: named }
  if (named.length === 0) return { Service: services }
  return { AWS: named, Service: services }
}

/** The account of a principal, or of the resource that it comes from; everybody where that is a pattern too. */
function homeOf(principal: Term): string {
  const source = symbols(principal).flatMap(resourceOf)[0] ?? null
  if (source !== null && source.account !== null)
    return `arn:${partitionOfRegion(source.region ?? '')}:iam::${source.account}:root`
  if (isUnknown(principal) || !/^[0-9]{12}$/u.test(accountOf(principal))) return '*'
  return `arn:${partitionOf(principal)}:iam::${accountOf(principal)}:root`
}

/** In a condition the ARN of an account means its root user alone. */
function patternOf(principal: Term): string {
  if (isUnknown(principal) || !principal.endsWith(':root')) return nameOf(principal)
  return principal.replaceAll(':root', ':*')
}

const owner = 'arn:aws:iam::444455556666:root'

export const examples = (): Examples => ({
  pass: {
    'each principal is one ARN': world([owner, 'arn:aws:iam::444455556666:role/launcher']),
    'everybody is meant': world(['*'], { 'kms:CallerAccount': '444455556666' }),
  },
  fail: {
    'a role is a pattern': world([owner, 'arn:aws:iam::111122223333:role/launch*']),
    'it is a group': world([owner, 'arn:aws:iam::444455556666:group/builders']),
    'it is an instance profile': world([owner, 'arn:aws:iam::111122223333:instance-profile/launcher']),
    'it is a group that the plan makes': world(
      [owner, ref('aws_iam_group.builders', 'arn')],
      {},
      { 'aws_iam_group.builders': { name: 'builders' } },
    ),
    'it is a service, under `AWS`': world([owner, 'ec2.amazonaws.com']),
    'nobody but a service is named, under `AWS`': world(['ec2.amazonaws.com']),
  },
  unknown: {
    'a principal is not known until apply': world([owner, later]),
  },
})

/** A key that these principals may use. */
function world(
  identifiers: readonly (typeof later)[],
  condition: JsonObject = {},
  others: Resources = {},
): ExampleWorld {
  const statement = {
    sid: 'Use',
    effect: 'Allow',
    actions: ['kms:Decrypt'],
    resources: ['*'],
    principals: [{ type: 'AWS', identifiers }],
    condition: Object.entries(condition).map(([variable, value]) => ({
      test: 'StringEquals',
      variable,
      values: [value],
    })),
  }
  const resources = {
    ...others,
    'data.aws_iam_policy_document.image': { statement: [statement] },
    'aws_kms_key.image': { policy: ref('data.aws_iam_policy_document.image', 'json') },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
