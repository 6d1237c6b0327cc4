import { entry } from '../../intrinsics'

/** The provider that a kind of object belongs to, which decides how its attributes are written. */
export type Dialect = 'ack' | 'crossplane'

/** What a kind of object is in Terraform, and what Kubernetes calls many of it. */
export interface Kind {
  readonly type: string
  readonly plural: string
}

/**
 * The dialect of an API version; null of all other objects.
 * https://marketplace.upbound.io/providers/upbound/provider-family-aws, https://aws-controllers-k8s.github.io/docs/
 */
export function dialectOf(apiVersion: string): Dialect | null {
  const group = apiVersion.split('/')[0] ?? ''
  if (group.endsWith('.aws.upbound.io') || group.endsWith('.aws.m.upbound.io')) return 'crossplane'
  if (group.endsWith('.services.k8s.aws')) return 'ack'
  return null
}

/** The kind of an object, by the service of its group and its name there: `kms/Key`; null of all that no rule reads. */
export function kindOf(apiVersion: string, kind: string): Kind | null {
  const name = `${apiVersion.split('.')[0] ?? ''}/${kind}`
  return entry(KINDS, entry(ALIASES, name) ?? name)
}

/** What ACK calls otherwise than Crossplane. */
const ALIASES: { readonly [kind: string]: string } = {
  'autoscaling/AutoScalingGroup': 'autoscaling/AutoscalingGroup',
  'eks/Nodegroup': 'eks/NodeGroup',
}

/** By service and kind. */
export const KINDS: { readonly [kind: string]: Kind } = {
  'autoscaling/AutoscalingGroup': { type: 'aws_autoscaling_group', plural: 'autoscalinggroups' },
  'autoscaling/LaunchConfiguration': { type: 'aws_launch_configuration', plural: 'launchconfigurations' },
  'ec2/AMI': { type: 'aws_ami', plural: 'amis' },
  'ec2/AMICopy': { type: 'aws_ami_copy', plural: 'amicopies' },
  'ec2/AMILaunchPermission': { type: 'aws_ami_launch_permission', plural: 'amilaunchpermissions' },
  'ec2/EBSDefaultKMSKey': { type: 'aws_ebs_default_kms_key', plural: 'ebsdefaultkmskeys' },
  'ec2/EBSEncryptionByDefault': { type: 'aws_ebs_encryption_by_default', plural: 'ebsencryptionbydefaults' },
  'ec2/EBSSnapshot': { type: 'aws_ebs_snapshot', plural: 'ebssnapshots' },
  'ec2/EBSSnapshotCopy': { type: 'aws_ebs_snapshot_copy', plural: 'ebssnapshotcopies' },
  'ec2/EBSVolume': { type: 'aws_ebs_volume', plural: 'ebsvolumes' },
  'ec2/Instance': { type: 'aws_instance', plural: 'instances' },
  'ec2/LaunchTemplate': { type: 'aws_launch_template', plural: 'launchtemplates' },
  'ec2/SnapshotCreateVolumePermission': {
    type: 'aws_snapshot_create_volume_permission',
    plural: 'snapshotcreatevolumepermissions',
  },
  'ec2/SpotFleetRequest': { type: 'aws_spot_fleet_request', plural: 'spotfleetrequests' },
  'ec2/SpotInstanceRequest': { type: 'aws_spot_instance_request', plural: 'spotinstancerequests' },
  'eks/NodeGroup': { type: 'aws_eks_node_group', plural: 'nodegroups' },
  'iam/Group': { type: 'aws_iam_group', plural: 'groups' },
  'iam/GroupMembership': { type: 'aws_iam_group_membership', plural: 'groupmemberships' },
  'iam/GroupPolicyAttachment': { type: 'aws_iam_group_policy_attachment', plural: 'grouppolicyattachments' },
  'iam/Policy': { type: 'aws_iam_policy', plural: 'policies' },
  'iam/Role': { type: 'aws_iam_role', plural: 'roles' },
  'iam/RolePolicy': { type: 'aws_iam_role_policy', plural: 'rolepolicies' },
  'iam/RolePolicyAttachment': { type: 'aws_iam_role_policy_attachment', plural: 'rolepolicyattachments' },
  'iam/ServiceLinkedRole': { type: 'aws_iam_service_linked_role', plural: 'servicelinkedroles' },
  'iam/User': { type: 'aws_iam_user', plural: 'users' },
  'iam/UserGroupMembership': { type: 'aws_iam_user_group_membership', plural: 'usergroupmemberships' },
  'iam/UserPolicyAttachment': { type: 'aws_iam_user_policy_attachment', plural: 'userpolicyattachments' },
  'imagebuilder/ContainerRecipe': { type: 'aws_imagebuilder_container_recipe', plural: 'containerrecipes' },
  'imagebuilder/DistributionConfiguration': {
    type: 'aws_imagebuilder_distribution_configuration',
    plural: 'distributionconfigurations',
  },
  'imagebuilder/Image': { type: 'aws_imagebuilder_image', plural: 'images' },
  'imagebuilder/ImagePipeline': { type: 'aws_imagebuilder_image_pipeline', plural: 'imagepipelines' },
  'imagebuilder/ImageRecipe': { type: 'aws_imagebuilder_image_recipe', plural: 'imagerecipes' },
  'kms/Alias': { type: 'aws_kms_alias', plural: 'aliases' },
  'kms/ExternalKey': { type: 'aws_kms_external_key', plural: 'externalkeys' },
  'kms/Grant': { type: 'aws_kms_grant', plural: 'grants' },
  'kms/Key': { type: 'aws_kms_key', plural: 'keys' },
  'kms/ReplicaExternalKey': { type: 'aws_kms_replica_external_key', plural: 'replicaexternalkeys' },
  'kms/ReplicaKey': { type: 'aws_kms_replica_key', plural: 'replicakeys' },
}

/** What an attribute refers to, by its name in Terraform: the type of the object that a `Ref` or `Selector` of it names. */
export const REFERRED: { readonly [attribute: string]: string } = {
  ami: 'aws_ami',
  ami_id: 'aws_ami',
  container_recipe_arn: 'aws_imagebuilder_container_recipe',
  distribution_configuration_arn: 'aws_imagebuilder_distribution_configuration',
  group: 'aws_iam_group',
  groups: 'aws_iam_group',
  grantee_principal: 'aws_iam_role',
  iam_role_arn: 'aws_iam_role',
  image_id: 'aws_ami',
  image_recipe_arn: 'aws_imagebuilder_image_recipe',
  key_arn: 'aws_kms_key',
  key_id: 'aws_kms_key',
  kms_key_arn: 'aws_kms_key',
  kms_key_id: 'aws_kms_key',
  launch_configuration: 'aws_launch_configuration',
  launch_template_id: 'aws_launch_template',
  launch_template_name: 'aws_launch_template',
  permissions_boundary: 'aws_iam_policy',
  policies: 'aws_iam_policy',
  policy_arn: 'aws_iam_policy',
  primary_key_arn: 'aws_kms_key',
  role: 'aws_iam_role',
  snapshot_id: 'aws_ebs_snapshot',
  source_ami_id: 'aws_ami',
  source_snapshot_id: 'aws_ebs_snapshot',
  target_key_id: 'aws_kms_key',
  user: 'aws_iam_user',
  users: 'aws_iam_user',
  volume_id: 'aws_ebs_volume',
}
