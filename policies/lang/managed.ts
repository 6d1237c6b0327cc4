import { entry, type JsonObject } from '../intrinsics'
import { serviceOf } from './aws'
import { type Unknown, unknown } from './maybe'
import { statementsOf } from './policy'
import type { Statement } from './statement'

/*
 * Of AWS's own policies, the statements that KMS can be about, as of 2026-03-07.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */

/** The statements of the policy of a service-linked role, which nobody can edit; unknown for a role that is not in the list. */
export function serviceLinkedRoleStatements(arn: string): readonly Statement[] | Unknown {
  const statements = entry(OF_SERVICES, serviceOf(arn))
  if (statements === null) return unknown(`the permissions of \`${arn}\``)
  return statementsOf({ Version: '2012-10-17', Statement: statements }, arn)
}

/** The statements of one of AWS's managed policies (`arn:aws:iam::aws:policy/…`); unknown for one that is not in the list. */
export function managedStatements(arn: string): readonly Statement[] | Unknown {
  const name = arn.split('::aws:policy/')[1] ?? ''
  if (WITHOUT_KMS.includes(name)) return []
  const statements = entry(MANAGED, name)
  if (statements === null) return unknown(`the statements of \`${arn}\``)
  return statementsOf({ Version: '2012-10-17', Statement: statements }, arn)
}

const EC2 = { 'kms:ViaService': ['ec2.*.amazonaws.com'] }

const BACKUP = { 'kms:ViaService': ['ec2.*.amazonaws.com', 'rds.*.amazonaws.com', 'fsx.*.amazonaws.com'] }

const OF_SERVICES: { readonly [service: string]: readonly JsonObject[] } = {
  // AutoScalingServiceRolePolicy v10
  'autoscaling.amazonaws.com': [],
  // AWSEC2SpotServiceRolePolicy v4
  'spot.amazonaws.com': [],
  // AWSEC2SpotFleetServiceRolePolicy v4
  'spotfleet.amazonaws.com': [],
  // AWSEC2FleetServiceRolePolicy v3
  'ec2fleet.amazonaws.com': [],
  // AWSServiceRoleForAmazonEKSNodegroup v11
  'eks-nodegroup.amazonaws.com': [],
  // BatchServiceRolePolicy v7
  'batch.amazonaws.com': [],
  // AWSServiceRoleForImageBuilder v26
  'imagebuilder.amazonaws.com': [
    {
      Effect: 'Allow',
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKeyWithoutPlaintext',
      ],
      Resource: '*',
      Condition: { StringLike: EC2, 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['aws:ebs:id'] } },
    },
    { Effect: 'Allow', Action: ['kms:DescribeKey'], Resource: '*', Condition: { StringLike: EC2 } },
    {
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { StringLike: EC2, Bool: { 'kms:GrantIsForAWSResource': true } },
    },
  ],
  // EC2FastLaunchServiceRolePolicy v7
  'ec2fastlaunch.amazonaws.com': [{ Effect: 'Allow', Action: 'kms:ListRetirableGrants', Resource: '*' }],
  // AWSBackupServiceLinkedRolePolicyForBackup v31
  'backup.amazonaws.com': [
    { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['kms:ListGrants', 'kms:ReEncryptFrom', 'kms:GenerateDataKeyWithoutPlaintext'],
      Resource: '*',
      Condition: { StringLike: BACKUP },
    },
    {
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { StringLike: BACKUP, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ],
}

/** Decrypts what Image Builder encrypted for its components, never a volume. */
const COMPONENTS: readonly JsonObject[] = [
  {
    Effect: 'Allow',
    Action: ['kms:Decrypt'],
    Resource: '*',
    Condition: {
      'ForAnyValue:StringEquals': {
        'kms:EncryptionContextKeys': 'aws:imagebuilder:arn',
        'aws:CalledVia': ['imagebuilder.amazonaws.com'],
      },
    },
  },
]

const READ: readonly JsonObject[] = [
  { Effect: 'Allow', Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'], Resource: '*' },
]

const MANAGED: { readonly [name: string]: readonly JsonObject[] } = {
  AdministratorAccess: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  PowerUserAccess: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  AWSKeyManagementServicePowerUser: [
    {
      Effect: 'Allow',
      Action: [
        'kms:CreateAlias',
        'kms:CreateKey',
        'kms:DeleteAlias',
        'kms:Describe*',
        'kms:GenerateRandom',
        'kms:Get*',
        'kms:List*',
        'kms:TagResource',
        'kms:UntagResource',
      ],
      Resource: '*',
    },
  ],
  AmazonEKSClusterPolicy: [{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' }],
  ReadOnlyAccess: READ,
  SecurityAudit: READ,
  'job-function/ViewOnlyAccess': [{ Effect: 'Allow', Action: ['kms:ListKeys', 'kms:ListResourceTags'], Resource: '*' }],
  EC2InstanceProfileForImageBuilder: COMPONENTS,
  EC2InstanceProfileForImageBuilderECRContainerBuilds: COMPONENTS,
  'service-role/AWSBackupServiceRolePolicyForBackup': [
    { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      Effect: 'Allow',
      Action: ['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptTo', 'kms:ReEncryptFrom'],
      Resource: 'arn:*:kms:*:*:key/*',
      Condition: { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:ebs:id' }, StringLike: EC2 },
    },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringLike: { 'kms:ViaService': ['dynamodb.*.amazonaws.com'] } },
    },
  ],
}

/** Policies that roles around images often have and that say nothing of KMS. */
const WITHOUT_KMS: readonly string[] = [
  'AmazonEC2FullAccess',
  'AmazonEC2ReadOnlyAccess',
  'AmazonEC2ContainerRegistryFullAccess',
  'AmazonEC2ContainerRegistryPowerUser',
  'AmazonEC2ContainerRegistryReadOnly',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEKSWorkerNodePolicy',
  'AmazonEKSWorkerNodeMinimalPolicy',
  'AmazonEKS_CNI_Policy',
  'AmazonEKSVPCResourceController',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonSSMManagedInstanceCore',
  'AmazonSSMManagedEC2InstanceDefaultPolicy',
  'AmazonSSMPatchAssociation',
  'AutoScalingFullAccess',
  'AutoScalingReadOnlyAccess',
  'AWSImageBuilderFullAccess',
  'AWSImageBuilderReadOnlyAccess',
  'CloudWatchAgentAdminPolicy',
  'CloudWatchAgentServerPolicy',
  'CloudWatchFullAccess',
  'CloudWatchLogsFullAccess',
  'CloudWatchReadOnlyAccess',
  'Ec2ImageBuilderCrossAccountDistributionAccess',
  'ElasticLoadBalancingFullAccess',
  'IAMFullAccess',
  'IAMReadOnlyAccess',
  'service-role/AmazonEC2SpotFleetTaggingRole',
  'service-role/AmazonEC2SpotFleetAutoscaleRole',
  'service-role/AmazonEBSCSIDriverPolicy',
  'service-role/AmazonEC2ContainerServiceforEC2Role',
  'service-role/AWSBatchServiceRole',
  'service-role/AWSDataLifecycleManagerServiceRole',
  'service-role/AWSDataLifecycleManagerServiceRoleForAMIManagement',
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'service-role/EC2ImageBuilderLifecycleExecutionPolicy',
]
