import { at, type JsonObject } from '../intrinsics'
import { accountOf, GRANT8, serviceOf } from '../lang/aws'
import { type Removal, removals } from '../lang/changes'
import { existenceOf } from '../lang/existence'
import type { Evidence, Fix } from '../lang/finding'
import { principalNodes, principalTerm } from '../lang/identity'
import { textOf } from '../lang/json'
import { groups, launchingRole } from '../lang/launch'
import { isUnknown, type Maybe } from '../lang/maybe'
import { addressIn, attribute, type Node, place, resourceOf, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import type { Term } from '../lang/statement'
import { same } from '../lang/term'
import { all, any, not, type Truth, truth } from '../lang/truth'
import { policies } from '../lang/written-policies'

/**
 * A service-linked role that groups, grants and key policies name is the one that there is, and stays it.
 *
 * A grant is to the role that was there when it was made: where the role is deleted, the grant is dead, even if one of the same name is
 * made again, and instances that have to start next time do not. The suffix and the service of a role cannot be changed, so that Terraform
 * replaces it. A grant that refers to the role in Terraform is made anew with it. A group can only launch as a role of its own account that
 * is Auto Scaling's.
 */
export default rule({
  severity: 'warning',
  aliases: ['asg-slr-stable'],
  symptoms: [
    'grantee principal ({role}) is invalid. Perhaps the principal has been deleted or recreated',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
  ],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/41123',
  ],

  *situations() {
    for (const group of resources('aws_autoscaling_group')) {
      const named = attribute(group, 'service_linked_role_arn')
      if (named !== null) {
        const where = place(group, 'service_linked_role_arn')
        yield {
          at: where,
          account: group.account,
          region: group.region,
          what: `the role of \`${group.address}\` is Auto Scaling's in its account`,
          otherwise: `the role of \`${group.address}\` is not one that Auto Scaling has in its account`,
          holds: isItsOwn(principalTerm(named), group),
          fix: ownRoleFix(principalTerm(named), group),
          evidence: [],
          known: [where],
          because: 'a group launches as a service-linked role of its own account, which has to be there',
        }
      }
    }
    for (const removal of removals()) {
      const arn = textOf(at(removal.before, ['arn']))
      if (removal.type !== 'aws_iam_service_linked_role' || arn === null) continue
      const named = namings(arn, removal)
      const address = addressIn(removal, accountOf(arn))
      yield {
        at: address,
        account: accountOf(arn),
        region: null,
        what: `nothing needs \`${address}\` as it was`,
        otherwise: `\`${address}\` is ${removal.isReplaced ? 'replaced' : 'deleted'}, and named elsewhere`,
        holds: not(any(named.map(({ names }) => names))),
        fix: keepingFix(removal, address, arn),
        evidence: named.flatMap(({ at, names }): readonly Evidence[] =>
          names === 'yes' ? [{ at, what: 'names the role' }] : [],
        ),
        known: named.flatMap(({ at, names }) => (names === 'unknown' ? [at] : [])),
        because: 'a grant is to the very role for which it was made, not to the next one of its name',
      }
    }
  },

  requirements: ({ what, otherwise, holds, fix, evidence, known, because }) => [
    { kind: 'holds', severity: 'warning', what, otherwise, holds, fix, evidence, known, because },
  ],
})

/** Whether a role is one as which a group of this account can launch, as far as that shows. */
function isItsOwn(role: Term, group: Node): Truth {
  if (isUnknown(role)) return 'unknown'
  const { account } = group
  return all([
    truth(serviceOf(role) === 'autoscaling.amazonaws.com'),
    account === null ? 'unknown' : truth(accountOf(role) === account),
    truth(existenceOf(role).exists !== 'no'),
  ])
}

/** The role that there is instead, where that shows; else the account's default role. */
function ownRoleFix(role: Term, { account, address }: Node): readonly Fix[] {
  const instead = isUnknown(role) || accountOf(role) !== account ? null : existenceOf(role).instead
  return [{ kind: 'attribute', account, target: address, path: 'service_linked_role_arn', value: instead }]
}

/** Where a role is named that is taken away, and whether what stands there then names nobody. */
interface Naming {
  readonly at: string
  readonly names: Truth
}

/** A role that is made again is new to a grant that is not, while groups and policies go by its name. */
function namings(arn: string, removal: Removal): readonly Naming[] {
  const grants = resources('aws_kms_grant')
    .filter(grant => !isReplaced(grant))
    .map(grant => ({
      at: place(grant, 'grantee_principal'),
      names: isNamed(attribute(grant, 'grantee_principal'), arn, removal),
    }))
  if (principalNodes(arn).length > 0) return grants
  const launching = groups()
    .filter(group => same(launchingRole(group), arn) === 'yes')
    .map((group): Naming => ({ at: group.address, names: 'yes' }))
  const stated = policies()
    .filter(
      ({ isOfKey, statements }) =>
        isOfKey && statements.some(({ principals }) => (principals ?? []).some(one => !isUnknown(one) && one === arn)),
    )
    .map((policy): Naming => ({ at: policy.at, names: 'yes' }))
  return [...grants, ...launching, ...stated]
}

/** Whether a grantee is the role that was: one that refers to the role in Terraform follows it. */
function isNamed(grantee: Maybe<string>, arn: string, { id }: Removal): Truth {
  if (!isUnknown(grantee)) return truth(grantee === arn)
  if (grantee.candidates.length > 0 && grantee.candidates.every(one => one === id || isOther(one))) return 'no'
  return 'unknown'
}

function isOther(id: string): boolean {
  return resourceOf(id).some(node => node.type.startsWith('aws_iam_'))
}

function isReplaced(node: Node): boolean {
  return removals().some(removal => removal.id === node.id)
}

/** The role as it was; where it is made again under its name, grants that refer to it, and so are made again too. */
function keepingFix(removal: Removal, address: string, arn: string): readonly Fix[] {
  const { id, type, before } = removal
  const account = accountOf(arn)
  const values = {
    aws_service_name: at(before, ['aws_service_name']),
    custom_suffix: at(before, ['custom_suffix']),
  }
  if (!removal.isReplaced) return [{ kind: 'resource', account, region: null, target: address, type, values }]
  const after = resourceOf(id)[0]?.after ?? {}
  const changed = ['aws_service_name', 'custom_suffix'].filter(
    path => (textOf(at(before, [path])) ?? '') !== (textOf(at(after, [path])) ?? ''),
  )
  if (changed.length > 0)
    return changed.map(path => ({ kind: 'attribute', account, target: address, path, value: at(before, [path]) }))
  return resources('aws_kms_grant')
    .filter(grant => isNamed(attribute(grant, 'grantee_principal'), arn, removal) === 'yes')
    .map(grant => ({
      kind: 'attribute',
      account: grant.account,
      target: grant.address,
      path: 'grantee_principal',
      value: `\${${address}.arn}`,
    }))
}

const service = 'autoscaling.amazonaws.com'
const role = `arn:aws:iam::111122223333:role/aws-service-role/${service}/AWSServiceRoleForAutoScaling_app`
const suffixed = { aws_service_name: service, custom_suffix: 'app', arn: role }
const grant: JsonObject = {
  key_id: 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f',
  grantee_principal: role,
  operations: GRANT8,
}

export const examples = (): Examples => ({
  pass: {
    'the group launches as a role of its plan': world({
      'aws_iam_service_linked_role.app': { aws_service_name: service, custom_suffix: 'app' },
      'aws_autoscaling_group.app': { service_linked_role_arn: ref('aws_iam_service_linked_role.app', 'arn') },
    }),
    'the grant refers to the role that is replaced': world(
      {
        'aws_iam_service_linked_role.app': { aws_service_name: service, custom_suffix: 'next' },
        'aws_kms_grant.app': { ...grant, grantee_principal: ref('aws_iam_service_linked_role.app', 'arn') },
      },
      { 'aws_iam_service_linked_role.app': suffixed },
    ),
    'nothing names the role that is deleted': world({}, { 'aws_iam_service_linked_role.app': suffixed }),
  },
  fail: {
    'a grant names the role that is deleted': world(
      { 'aws_kms_grant.app': grant },
      { 'aws_iam_service_linked_role.app': suffixed },
    ),
    'a grant names the role that is made again': world(
      {
        'aws_kms_grant.app': grant,
        'aws_iam_service_linked_role.app': { aws_service_name: service, custom_suffix: 'app' },
      },
      { 'aws_iam_service_linked_role.app': suffixed },
    ),
    'a key policy names the role that gets another suffix': world(
      {
        'aws_kms_key.image': {
          policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: role }, Action: 'kms:*', Resource: '*' }] },
        },
        'aws_iam_service_linked_role.app': { aws_service_name: service, custom_suffix: 'next' },
      },
      { 'aws_iam_service_linked_role.app': suffixed },
    ),
    'the group names a role of another account': world({
      'aws_autoscaling_group.app': { service_linked_role_arn: role.replace('111122223333', '444455556666') },
    }),
    'the group names a role of another service': world({
      'aws_autoscaling_group.app': {
        service_linked_role_arn:
          'arn:aws:iam::111122223333:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot',
      },
    }),
    'the group names a role that is not there': world(
      { 'aws_autoscaling_group.app': { service_linked_role_arn: role } },
      {},
      { accounts: { '111122223333': { 'service-linked-roles': ['AWSServiceRoleForAutoScaling'] } } },
    ),
  },
  unknown: {
    'the grantee is not known until apply': world(
      { 'aws_kms_grant.app': { ...grant, grantee_principal: later } },
      { 'aws_iam_service_linked_role.app': suffixed },
    ),
    'the role of the group is not known until apply': world({
      'aws_autoscaling_group.app': { service_linked_role_arn: later },
    }),
  },
})

/** What 111122223333 has, and what its plan takes away. */
function world(resources: Resources, deletes: Resources = {}, declared: JsonObject = {}): ExampleWorld {
  return { accounts: [{ id: '111122223333', resources, deletes }], declared }
}
