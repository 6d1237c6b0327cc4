import type { TerraformResource } from 'cdktf'
import type { Construct } from 'constructs'

/** A class of the provider, whose attributes are set afterwards. */
export type ResourceClass = new (scope: Construct, id: string, config: object) => TerraformResource

/**
 * The classes of what requirements ask for as new resources, each loaded when one is made: to load all of them takes longer than most programs
 * run.
 */
export const classes: { readonly [type: string]: () => ResourceClass } = {
  aws_account_region: () => require('@cdktf/provider-aws/lib/account-region').AccountRegion,
  aws_cloudwatch_metric_alarm: () => require('@cdktf/provider-aws/lib/cloudwatch-metric-alarm').CloudwatchMetricAlarm,
  aws_ebs_default_kms_key: () => require('@cdktf/provider-aws/lib/ebs-default-kms-key').EbsDefaultKmsKey,
  aws_iam_role_policy: () => require('@cdktf/provider-aws/lib/iam-role-policy').IamRolePolicy,
  aws_iam_role_policy_attachment: () =>
    require('@cdktf/provider-aws/lib/iam-role-policy-attachment').IamRolePolicyAttachment,
  aws_iam_service_linked_role: () => require('@cdktf/provider-aws/lib/iam-service-linked-role').IamServiceLinkedRole,
  aws_iam_user_policy: () => require('@cdktf/provider-aws/lib/iam-user-policy').IamUserPolicy,
  aws_kms_grant: () => require('@cdktf/provider-aws/lib/kms-grant').KmsGrant,
  aws_kms_key: () => require('@cdktf/provider-aws/lib/kms-key').KmsKey,
  aws_kms_replica_key: () => require('@cdktf/provider-aws/lib/kms-replica-key').KmsReplicaKey,
  aws_launch_template: () => require('@cdktf/provider-aws/lib/launch-template').LaunchTemplate,
  aws_snapshot_create_volume_permission: () =>
    require('@cdktf/provider-aws/lib/snapshot-create-volume-permission').SnapshotCreateVolumePermission,
  aws_sns_topic: () => require('@cdktf/provider-aws/lib/sns-topic').SnsTopic,
}
