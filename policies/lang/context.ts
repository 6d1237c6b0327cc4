import { lower } from '../intrinsics'
import { partitionOfRegion } from './aws'
import type { Context } from './condition'
import { isUnknown, type Unknown, unknown } from './maybe'
import type { Caller } from './principal'
import type { Term } from './statement'

/** What requests say of the key they are about (the values of `kms:KeySpec` and its like). */
export interface KeyFacts {
  readonly spec: string | Unknown
  readonly usage: string | Unknown
  readonly origin: string | Unknown
  readonly multiRegion: boolean | Unknown
  /** `PRIMARY` or `REPLICA`; null for a key of one region. */
  readonly multiRegionType: string | null | Unknown
}

/** Where an account stands in its organization: `path` as in `aws:PrincipalOrgPaths` (`o-abc/r-abcd/ou-abcd-1/`). */
export interface Membership {
  readonly id: string
  readonly path: string | Unknown
}

const CONTEXT_ACTIONS: readonly string[] = [
  'kms:creategrant',
  'kms:decrypt',
  'kms:encrypt',
  'kms:generatedatakey',
  'kms:generatedatakeypair',
  'kms:generatedatakeypairwithoutplaintext',
  'kms:generatedatakeywithoutplaintext',
  'kms:reencryptfrom',
  'kms:reencryptto',
]

const GRANT_ACTIONS: readonly string[] = ['kms:creategrant', 'kms:listgrants', 'kms:revokegrant']

/**
 * What a call to KMS carries that EC2 makes for a caller in `region`, for a volume or snapshot. `organization`: null for an account that
 * is known to be in none.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function ebsContext(
  caller: Caller,
  action: string,
  region: string | Unknown,
  key: KeyFacts,
  organization: Membership | null | Unknown,
): Context {
  return { ...ebsCommon(caller, region, key, organization), ...ebsOwn(caller, action, region) }
}

/** The part of `ebsContext` that is the same for every action. */
export function ebsCommon(
  caller: Caller,
  region: string | Unknown,
  key: KeyFacts,
  organization: Membership | null | Unknown,
): Context {
  return {
    ...throughService('ec2', caller, region, key, organization),
    'aws:viaawsservice': [caller.kind === 'service-linked-role' ? 'false' : 'true'],
  }
}

function throughService(
  service: string,
  caller: Caller,
  region: string | Unknown,
  key: KeyFacts,
  organization: Membership | null | Unknown,
): Context {
  return {
    ...ofCaller(caller, organization),
    ...ofKey(key),
    'kms:viaservice': isUnknown(region) ? region : [`${service}.${region}.amazonaws.com`],
    'aws:requestedregion': known(region),
  }
}

/** The part of `ebsContext` that the action adds. */
export function ebsOwn(caller: Caller, action: string, region: string | Unknown): Context {
  return { ...ofVolume(lower(action)), ...ofServiceGrant(lower(action), caller, region) }
}

/**
 * What a call carries that a caller makes itself, as Terraform or the command line do. `grantee` and `operations` are those of the grant,
 * where the action is CreateGrant; else null and [].
 */
export function directContext(
  caller: Caller,
  action: string,
  grantee: Term | null,
  operations: readonly Term[],
  key: KeyFacts,
  organization: Membership | null | Unknown,
): Context {
  return {
    ...ofCaller(caller, organization),
    ...ofKey(key),
    ...ofDirectGrant(lower(action), grantee, operations),
    'kms:viaservice': [],
    'kms:encryptioncontextkeys': lower(action) === 'kms:creategrant' ? unknown('the constraint of the grant') : [],
    'aws:viaawsservice': ['false'],
    'aws:requestedregion': unknown('the region of the request'),
  }
}

/**
 * What a call to KMS carries that SNS makes for whoever publishes to a topic in `region`.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function snsContext(
  caller: Caller,
  region: string | Unknown,
  key: KeyFacts,
  organization: Membership | null | Unknown,
): Context {
  return {
    ...throughService('sns', caller, region, key, organization),
    'kms:encryptioncontextkeys': ['aws:sns:topicArn'],
    'kms:encryptioncontext:aws:sns:topicarn': unknown('the ARN of the topic'),
    'aws:viaawsservice': unknown('how SNS asks'),
  }
}

/** What the call of AssumeRole carries by which a service takes on a role; it gives no external id. */
export function assumeContext(caller: Caller, organization: Membership | null | Unknown): Context {
  return {
    ...ofCaller(caller, organization),
    'sts:rolesessionname': unknown('the name of the session'),
    'aws:viaawsservice': ['false'],
    'aws:requestedregion': unknown('the region of the request'),
  }
}

/** What is known of every caller, and which keys may be in the request with a value that no plan shows. */
function ofCaller(caller: Caller, organization: Membership | null | Unknown): Context {
  return {
    ...OPEN,
    'aws:principalarn': arnIn(caller),
    'aws:principalaccount': known(caller.account),
    'kms:calleraccount': known(caller.account),
    'aws:principaltype': principalType(caller),
    'aws:principalorgid': orgId(organization),
    'aws:principalorgpaths': orgPaths(organization),
    'aws:principalisawsservice': ['false'],
    'aws:principalservicename': [],
    'aws:principalservicenameslist': [],
    'aws:sourceaccount': [],
    'aws:sourcearn': [],
    'aws:sourceorgid': [],
    'aws:sourceorgpaths': [],
    'aws:calledvia': [],
    'aws:calledviafirst': [],
    'aws:calledvialast': [],
    'aws:securetransport': ['true'],
    'aws:tagkeys': [],
    'aws:requesttag/': [],
  }
}

/** Keys of which a plan says nothing: they may be in the request or not. */
const OPEN: Context = {
  'aws:': unknown('the request'),
  'aws:principaltag/': unknown('the tags of the caller'),
  'aws:resourcetag/': unknown('the tags of the key'),
  'ec2:': unknown('the instance that the request comes from'),
  'kms:requestalias': [],
  'kms:resourcealiases': unknown('the aliases of the key'),
}

function ofKey(key: KeyFacts): Context {
  return {
    'kms:keyspec': known(key.spec),
    'kms:customermasterkeyspec': known(key.spec),
    'kms:keyusage': known(key.usage),
    'kms:customermasterkeyusage': known(key.usage),
    'kms:keyorigin': known(key.origin),
    'kms:multiregion': isUnknown(key.multiRegion) ? key.multiRegion : [key.multiRegion ? 'true' : 'false'],
    'kms:multiregionkeytype': known(key.multiRegionType),
  }
}

function ofVolume(action: string): Context {
  if (!CONTEXT_ACTIONS.includes(action)) return {}
  return {
    'kms:encryptioncontextkeys': ['aws:ebs:id'],
    'kms:encryptioncontext:aws:ebs:id': unknown('the id of the volume or snapshot'),
    'kms:encryptionalgorithm': action === 'kms:creategrant' ? [] : ['SYMMETRIC_DEFAULT'],
  }
}

/** The grant that EC2 makes for the instance: to the role that EC2 itself assumes for it. */
function ofServiceGrant(action: string, caller: Caller, region: string | Unknown): Context {
  if (!GRANT_ACTIONS.includes(action)) return {}
  if (action !== 'kms:creategrant') return { 'kms:grantisforawsresource': ['true'] }
  return {
    'kms:grantisforawsresource': ['true'],
    'kms:grantoperations': unknown('which operations EC2 asks for in its grant'),
    'kms:grantconstrainttype': ['EncryptionContextSubset'],
    'kms:granteeprincipal': instanceRole(caller, region),
    'kms:retiringprincipal': unknown('who may retire the grant that EC2 makes'),
  }
}

function instanceRole(caller: Caller, region: string | Unknown): Unknown {
  if (isUnknown(region) || isUnknown(caller.account)) return unknown('the instance that EC2 makes its grant to')
  return unknown(
    `the instance of \`arn:${partitionOfRegion(region)}:sts::${caller.account}:assumed-role/aws:ec2-infrastructure/\``,
  )
}

function ofDirectGrant(action: string, grantee: Term | null, operations: readonly Term[]): Context {
  if (!GRANT_ACTIONS.includes(action)) return {}
  if (action !== 'kms:creategrant') return { 'kms:grantisforawsresource': ['false'] }
  return {
    'kms:grantisforawsresource': ['false'],
    'kms:grantoperations': allKnown(operations),
    'kms:granteeprincipal': known(grantee),
    'kms:grantconstrainttype': unknown('the constraint of the grant'),
    'kms:retiringprincipal': unknown('who may retire the grant'),
  }
}

/** A session's `aws:PrincipalArn` is its role's, of which a session's ARN does not show the path. */
function arnIn(caller: Caller): readonly string[] | Unknown {
  if (isUnknown(caller.arn)) return caller.arn
  if (caller.kind === 'account') return unknown('which principal of the account asks')
  if (!caller.arn.startsWith('arn:')) return { unknown: `the ARN of \`${caller.arn}\``, candidates: [caller.arn] }
  if (caller.arn.includes(':assumed-role/')) return unknown(`the role of the session \`${caller.arn}\``)
  return [caller.arn]
}

function principalType(caller: Caller): readonly string[] | Unknown {
  if (caller.kind === 'user') return ['User']
  if (caller.kind === 'account') return unknown('which principal of the account asks')
  return ['AssumedRole']
}

function orgId(organization: Membership | null | Unknown): readonly string[] | Unknown {
  if (organization === null) return []
  if (isUnknown(organization)) return organization
  return [organization.id]
}

function orgPaths(organization: Membership | null | Unknown): readonly string[] | Unknown {
  if (organization === null) return []
  if (isUnknown(organization)) return organization
  return known(organization.path)
}

function known(value: string | null | Unknown): readonly string[] | Unknown {
  if (value === null) return []
  if (isUnknown(value)) return value
  return [value]
}

function allKnown(values: readonly Term[]): readonly string[] | Unknown {
  return values.find(isUnknown) ?? values.flatMap(value => (isUnknown(value) ? [] : [value]))
}
