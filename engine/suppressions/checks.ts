import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'

/** A check of another scanner that flags what sharing an image needs. */
export interface Check {
  readonly scanner: 'checkov' | 'kics' | 'prowler' | 'trivy'
  readonly id: string
  readonly types: readonly string[]
  readonly because: string
  /** Whether the scanner flags a resource with these values; `shares` blocks share its image. */
  flags(values: JsonObject, shares: number): boolean
  suppress(at: Place): { readonly where: string; readonly text: string }
}

interface Place {
  readonly account: string | null
  readonly region: string | null
  readonly values: JsonObject
}

const shared = 'the image is meant to be shared, and keyreach passes it'
const closed = 'the conditions of the statement close its principal'
const assumed = 'Image Builder assumes this role from the account that distributes, with no external id'
const patterns = 'these are the actions that AWS names for the use of a key'
const copied = 'images are launched in each region of the key'

const policies = ['aws_iam_policy', 'aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy']

/** Read in the sources of the scanners, which each stand above. Of what they flag, only that which keyreach judges. */
export const checks: readonly Check[] = [
  // https://github.com/bridgecrewio/checkov/blob/main/checkov/terraform/checks/resource/aws/AMILaunchIsShared.py
  checkov('CKV_AWS_205', ['aws_ami_launch_permission'], shared, () => true),
  // https://github.com/bridgecrewio/checkov/blob/main/checkov/terraform/checks/resource/aws/KMSKeyWildcardPrincipal.py
  checkov('CKV_AWS_33', ['aws_kms_key'], closed, ({ policy }) => {
    const open = allowing(policy).filter(({ Principal }) => principals(Principal).includes('*'))
    return open.length > 0 && open.every(({ Condition }) => isObject(Condition))
  }),
  // https://github.com/bridgecrewio/checkov/blob/main/checkov/terraform/checks/resource/aws/IAMRoleAllowAssumeFromAccount.py
  checkov('CKV_AWS_61', ['aws_iam_role'], assumed, trustsAccount),
  // https://github.com/Checkmarx/kics/tree/master/assets/queries/terraform/aws/ami_shared_with_multiple_accounts
  kics(
    'ba4e0031-3e9d-4d7d-b0d6-bd8f003f8698',
    'image_id',
    ['aws_ami_launch_permission'],
    shared,
    (_, shares) => shares > 1,
  ),
  // https://github.com/Checkmarx/kics/tree/master/assets/queries/terraform/aws/cross_account_iam_assume_role_policy_without_external_id_or_mfa
  kics('09c35abf-5852-4622-ac7a-b987b331232e', 'assume_role_policy', ['aws_iam_role'], assumed, trustsAccount),
  // https://github.com/aquasecurity/trivy-checks/blob/main/checks/cloud/aws/iam/no_policy_wildcards.rego
  {
    scanner: 'trivy',
    id: 'AVD-AWS-0057',
    types: policies,
    because: patterns,
    flags: ({ policy }) => {
      const wide = allowing(policy).flatMap(({ Action, Resource }) => [...texts(Action), ...texts(Resource)])
      const open = wide.filter(text => text.includes('*'))
      return open.length > 0 && open.every(text => ['kms:ReEncrypt*', 'kms:GenerateDataKey*'].includes(text))
    },
    suppress: () => ({ where: 'above the resource', text: '#trivy:ignore:AVD-AWS-0057' }),
  },
  // https://github.com/prowler-cloud/prowler/tree/master/prowler/providers/aws/services/kms/kms_cmk_not_multi_region
  {
    scanner: 'prowler',
    id: 'kms_cmk_not_multi_region',
    types: ['aws_kms_key', 'aws_kms_replica_key'],
    because: copied,
    flags: ({ arn }) => /:key\/mrk-/.test(String(arn)),
    suppress: ({ account, region, values }) => ({
      where: 'in the mutelist',
      text: muted('kms_cmk_not_multi_region', account, region, String(values.arn).replace(/^.*:key\//, '')),
    }),
  },
]

function checkov(id: string, types: Check['types'], because: string, flags: Check['flags']): Check {
  const text = `#checkov:skip=${id}:${because}`
  return { scanner: 'checkov', id, types, because, flags, suppress: () => ({ where: 'in the resource', text }) }
}

/** KICS takes no id for a line; that the line is the one of the check keeps all others. */
function kics(id: string, attribute: string, types: Check['types'], because: string, flags: Check['flags']): Check {
  const place = { where: `above \`${attribute}\` in the resource`, text: '# kics-scan ignore-line' }
  return { scanner: 'kics', id, types, because, flags, suppress: () => place }
}

/** https://github.com/prowler-cloud/prowler/blob/master/prowler/lib/mutelist/mutelist.py; resources are patterns. */
function muted(check: string, account: string | null, region: string | null, resource: string): string {
  return [
    'Mutelist:',
    '  Accounts:',
    `    "${account ?? '*'}":`,
    '      Checks:',
    `        "${check}":`,
    `          Regions: ["${region ?? '*'}"]`,
    `          Resources: ["^${resource}$"]`,
  ].join('\n')
}

/** Whether the role as which Image Builder distributes trusts an account. */
function trustsAccount({ name, assume_role_policy: trust }: JsonObject): boolean {
  if (name !== 'EC2ImageBuilderDistributionCrossAccountRole') return false
  return allowing(trust)
    .filter(({ Condition }) => !JSON.stringify(Condition ?? {}).includes('sts:ExternalId'))
    .flatMap(({ Principal }) => principals(Principal))
    .some(principal => /^(?:\d{12}|arn:aws:iam::\d{12}:root)$/.test(principal))
}

/** The statements of a policy that allow something; none where it is not known. */
function allowing(policy: Json | undefined): readonly JsonObject[] {
  if (typeof policy !== 'string' || policy === '') return []
  const document: Json = JSON.parse(policy)
  const statements = isObject(document) ? [document.Statement ?? []].flat() : []
  return statements.filter(isObject).filter(({ Effect }) => Effect === 'Allow')
}

function principals(principal: Json | undefined): readonly string[] {
  return isObject(principal) ? texts(principal.AWS) : texts(principal)
}

function texts(value: Json | undefined): readonly string[] {
  return [value ?? []].flat().filter(item => typeof item === 'string')
}
