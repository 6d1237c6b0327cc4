/** What AWS fills in, besides `arn` and `id`, where the configuration does not: it is unknown in a plan. From the provider's schema. */
const computed: { readonly [type: string]: readonly string[] } = {
  aws_ami: ['root_snapshot_id'],
  aws_ami_copy: ['kms_key_id', 'root_snapshot_id'],
  aws_ami_from_instance: ['root_snapshot_id'],
  aws_autoscaling_group: ['service_linked_role_arn'],
  aws_ebs_snapshot: ['encrypted', 'kms_key_id'],
  aws_ebs_volume: ['encrypted', 'kms_key_id', 'snapshot_id'],
  aws_iam_instance_profile: ['name', 'unique_id'],
  aws_iam_policy: ['name', 'policy_id'],
  aws_iam_role: ['managed_policy_arns', 'name', 'unique_id'],
  aws_iam_service_linked_role: ['name', 'path', 'unique_id'],
  aws_iam_user: ['unique_id'],
  aws_instance: ['iam_instance_profile'],
  aws_kms_alias: ['target_key_arn'],
  aws_kms_external_key: ['enabled', 'key_state', 'key_usage', 'multi_region', 'policy'],
  aws_kms_grant: ['grant_id', 'grant_token'],
  aws_kms_key: ['key_id', 'multi_region', 'policy'],
  aws_kms_replica_external_key: ['enabled', 'key_id', 'key_state', 'key_usage', 'policy'],
  aws_kms_replica_key: ['key_id', 'key_rotation_enabled', 'key_spec', 'key_usage', 'policy'],
  aws_launch_template: ['default_version', 'latest_version', 'name'],
  aws_sns_topic: ['name', 'policy'],
}

/** The attributes of a resource that are not known until apply unless they are set. */
export function computedAttributes(mode: 'managed' | 'data', type: string): readonly string[] {
  if (mode === 'data') return type === 'aws_iam_policy_document' ? ['id', 'json'] : []
  return ['arn', 'id', ...(computed[type] ?? [])]
}
