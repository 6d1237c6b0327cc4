import { like, lower, remembered } from '../intrinsics'

/** What a launcher does with the key of a volume. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html */
export const EBS_MIN = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const

/** The actions of EBS_MIN besides the grant. */
export const EBS_USE = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const

/** What instances were seen to start with: a grant without `ReEncryptTo` serves (design, `asg-cross-account-grant`). */
export const LAUNCH_MIN = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
] as const

/**
 * What AWS's examples give a user of a key, as patterns to write into a policy.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'] as const

/** What Image Builder's roles do with a key. https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html */
export const IB7 = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const

/**
 * The operations of a grant for an Auto Scaling group whose key is in another account.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export const GRANT8 = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
] as const

/** What a grant on a symmetric key may list. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export const GRANT_OPERATIONS = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
] as const

/**
 * Every action of KMS, as of 2026-09-26.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export const KMS_ACTIONS: readonly string[] = [
  'CancelKeyDeletion',
  'ConnectCustomKeyStore',
  'CreateAlias',
  'CreateCustomKeyStore',
  'CreateGrant',
  'CreateKey',
  'Decrypt',
  'DeleteAlias',
  'DeleteCustomKeyStore',
  'DeleteImportedKeyMaterial',
  'DeriveSharedSecret',
  'DescribeCustomKeyStores',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'DisconnectCustomKeyStore',
  'EnableKey',
  'EnableKeyRotation',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GenerateRandom',
  'GetKeyLastUsage',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'GetParametersForImport',
  'GetPublicKey',
  'ImportKeyMaterial',
  'ListAliases',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListKeys',
  'ListResourceTags',
  'ListRetirableGrants',
  'PutKeyPolicy',
  'ReEncryptFrom',
  'ReEncryptTo',
  'ReplicateKey',
  'RetireGrant',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'Sign',
  'SynchronizeMultiRegionKey',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateCustomKeyStore',
  'UpdateKeyDescription',
  'UpdatePrimaryRegion',
  'Verify',
  'VerifyMac',
]

/**
 * What another account can be allowed to do with a key, and with a role; allowing it anything else has no effect.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
const ACROSS_ACCOUNTS: readonly string[] = [
  'kms:creategrant',
  'kms:decrypt',
  'kms:derivesharedsecret',
  'kms:describekey',
  'kms:encrypt',
  'kms:generatedatakey',
  'kms:generatedatakeypair',
  'kms:generatedatakeypairwithoutplaintext',
  'kms:generatedatakeywithoutplaintext',
  'kms:generatemac',
  'kms:getkeyrotationstatus',
  'kms:getpublickey',
  'kms:listgrants',
  'kms:reencryptfrom',
  'kms:reencryptto',
  'kms:retiregrant',
  'kms:revokegrant',
  'kms:sign',
  'kms:verify',
  'kms:verifymac',
  'sts:assumerole',
]

/** Whether allowing an action (`kms:Decrypt`) to a principal of another account has an effect. */
export function hasEffectAcrossAccounts(action: string): boolean {
  return ACROSS_ACCOUNTS.includes(lower(action))
}

/** Whether a pattern (`kms:ReEncrypt*`, `*`) matches an action of KMS. `kms:ReEncrypt` does not: there is none of that name. */
export function isKmsAction(pattern: string): boolean {
  return matchingKmsActions(pattern).length > 0
}

/** The actions of KMS that a pattern matches: `kms:ReEncrypt*` → `kms:ReEncryptFrom`, `kms:ReEncryptTo`. */
export const matchingKmsActions = remembered((pattern: string): readonly string[] => {
  const wanted = lower(pattern)
  return KMS_ACTIONS.map(name => `kms:${name}`).filter(action => like(wanted, lower(action)))
})

/**
 * What was probably meant by a pattern that matches no action: `kms:ReEncrypt` → ReEncryptFrom and ReEncryptTo; `kms:RevokeGrants` →
 * RevokeGrant. Names that begin like it, else the names that it begins with.
 */
export function suggestedKmsActions(pattern: string): readonly string[] {
  const wanted = lower(pattern).replaceAll('*', '').replaceAll('?', '')
  const actions = KMS_ACTIONS.map(name => `kms:${name}`)
  if (!wanted.startsWith('kms:') || wanted === 'kms:') return []
  const longer = actions.filter(action => lower(action).startsWith(wanted))
  if (longer.length > 0) return longer
  const shorter = actions.filter(action => wanted.startsWith(lower(action)))
  return shorter.filter(action => !shorter.some(other => other !== action && other.startsWith(action)))
}

/** A service-linked role: its name, the service it is for, and whether it may have a suffix. */
export interface ServiceLinkedRole {
  readonly name: string
  readonly service: string
  readonly suffixes: boolean
}

/**
 * The service-linked roles that meet encrypted images.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const SERVICE_LINKED_ROLES: readonly ServiceLinkedRole[] = [
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html
  { name: 'AWSServiceRoleForAutoScaling', service: 'autoscaling.amazonaws.com', suffixes: true },
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
  { name: 'AWSServiceRoleForEC2Spot', service: 'spot.amazonaws.com', suffixes: false },
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-fleet-prerequisites.html
  { name: 'AWSServiceRoleForEC2SpotFleet', service: 'spotfleet.amazonaws.com', suffixes: false },
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-prerequisites.html
  { name: 'AWSServiceRoleForEC2Fleet', service: 'ec2fleet.amazonaws.com', suffixes: false },
  // https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles-eks-nodegroups.html
  { name: 'AWSServiceRoleForAmazonEKSNodegroup', service: 'eks-nodegroup.amazonaws.com', suffixes: false },
  // https://docs.aws.amazon.com/batch/latest/userguide/using-service-linked-roles.html
  { name: 'AWSServiceRoleForBatch', service: 'batch.amazonaws.com', suffixes: false },
  // https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-service-linked-role.html
  { name: 'AWSServiceRoleForImageBuilder', service: 'imagebuilder.amazonaws.com', suffixes: false },
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/slr-windows-fast-launch.html
  { name: 'AWSServiceRoleForEC2FastLaunch', service: 'ec2fastlaunch.amazonaws.com', suffixes: false },
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html
  { name: 'AWSServiceRoleForBackup', service: 'backup.amazonaws.com', suffixes: false },
]

/** The account of an ARN; '' where the text has none. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}

/** The region of an ARN; '' where the text has none. */
export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? ''
}

/** The partition of an ARN (`aws`, `aws-cn`, …); `aws` where the text is none. */
export function partitionOf(arn: string): string {
  return arn.split(':')[1] ?? 'aws'
}

/** The partition of a region. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOfRegion(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('eusc-')) return 'aws-eusc'
  if (region.startsWith('us-isob-')) return 'aws-iso-b'
  if (region.startsWith('us-isof-') || region.startsWith('eu-isoe-'))
    return region.startsWith('us-') ? 'aws-iso-f' : 'aws-iso-e'
  if (region.startsWith('us-iso-')) return 'aws-iso'
  return 'aws'
}

/**
 * Whether an account has a region only after it was enabled there; as of 2026-11-25.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export function isOptIn(region: string): boolean {
  return OPT_IN.includes(region)
}

const OPT_IN: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
]

/** The ARN of a role; `path` begins and ends with `/`. */
export function roleArn(partition: string, account: string, path: string, name: string): string {
  return `arn:${partition}:iam::${account}:role${path}${name}`
}

/**
 * The ARN of the service-linked role of a service (`autoscaling.amazonaws.com`) in an account; `suffix` is null for the default role.
 * '' for a service that has none here.
 */
export function serviceLinkedRoleArn(
  partition: string,
  account: string,
  service: string,
  suffix: string | null,
): string {
  const name = SERVICE_LINKED_ROLES.find(role => role.service === service)?.name ?? ''
  if (name === '') return ''
  if (suffix === null) return roleArn(partition, account, `/aws-service-role/${service}/`, name)
  return roleArn(partition, account, `/aws-service-role/${service}/`, `${name}_${suffix}`)
}

/** Whether an ARN is a service-linked role's. */
export function isServiceLinkedRole(arn: string): boolean {
  return /^arn:[a-z0-9-]+:iam::[0-9]{12}:role\/aws-service-role\//u.test(arn)
}

/** The service of a service-linked role's ARN: `autoscaling.amazonaws.com`; '' for another ARN. */
export function serviceOf(arn: string): string {
  if (!isServiceLinkedRole(arn)) return ''
  return arn.split('/')[2] ?? ''
}
