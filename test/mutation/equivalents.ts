/** A kind of mutant that lives: by rule, example and what is changed; and why AWS takes it as well, or what it is that says so. */
export interface Equivalent {
  readonly rule?: RegExp
  readonly name?: RegExp
  readonly what: RegExp
  readonly why: string
}

const rule = (id: string): RegExp => new RegExp(`^${id}$`)
const actions = (names: string): RegExp =>
  new RegExp(`[aA]ctions?(\\[\\d+\\])? "(${names})" (deleted|→ "kms:TagResource")$`)
const elsewhere = (what: string): RegExp => new RegExp(`${what} "[^"]*" → "[^"]*(999999999999|sa-east-1)[^"]*"$`)

const AUDIENCE = /^aws_ami_launch_permission\.consumer( deleted|\.account_id "\d+" (deleted|→ "9{12}")$)/
const DISTRIBUTION = /^aws_imagebuilder_(distribution_configuration|image_pipeline|image_recipe)\.app\b/
const NOT_ABOUT_OTHERS = 'the rule asks each policy for its form; whom it serves is asked where somebody uses the key'

export const equivalents: readonly Equivalent[] = [
  // What AWS or Terraform fills in, or takes in any form
  { what: /\.([Ss]id|name|version|id) "[^"]*" deleted$/, why: 'a name, or what is chosen where none is given' },
  {
    what: /\.Version "2012-10-17" deleted$/,
    why: 'without Version a policy is one of 2008, which differs in variables alone: IAM, reference_policies_elements_version',
  },
  {
    what: /statement\[\d+\]\.effect "Allow" deleted$/,
    why: 'aws_iam_policy_document allows where nothing else is said',
  },
  {
    what: /\.(customer_master_key_spec "SYMMETRIC_DEFAULT"|key_usage "ENCRYPT_DECRYPT") deleted$/,
    why: 'defaults of CreateKey',
  },
  {
    what: /\.(encrypted|enabled|enable_key_rotation|bypass_policy_lockout_safety_check|is_enabled) false deleted$/,
    why: 'false is the default',
  },
  {
    rule: rule('kms/(deletion-leaves-time|policy-lockout-check-is-on)'),
    what: /\.(deletion_window_in_days|bypass_\w+)/,
    why: 'the default passes',
  },
  { what: /\.(kms_key_id|encrypted) "" deleted$/, why: 'Terraform writes "" for what is not set' },
  {
    what: /\.(device_name|root_device_name) "[^"]*" deleted$/,
    why: 'Terraform asks for it; no name of a device decides about a key',
  },
  {
    what: /\.condition\[\d+\]\.(values|values\[\d+\]|variable)( "[^"]*")? deleted$/,
    why: 'Terraform asks for the values and the variable of a condition',
  },
  { what: /\.(volume_size|max_parallel_launches) \d+ deleted$/, why: 'a size' },
  {
    what: /\.Condition deleted$/,
    why: 'without the condition more is allowed, or more is denied of what nobody needs',
  },

  {
    what: /^aws_dlm_lifecycle_policy\.daily\..*\.((create|retain)_rule\b|encrypted true)/,
    why: 'when, and for how long; a key that is named is used for what is encrypted already, whatever is said',
  },

  // What nobody needs
  {
    rule: rule('ami/copied-image-has-shared-snapshots'),
    what: elsewhere('^aws_ami_copy\\.image\\.kms_key_id'),
    why: 'the key may be of any account; whether its policy admits who copies is asked of the key',
  },
  {
    rule: rule('ami/copied-image-has-shared-snapshots'),
    what: /^aws_ami\.image\.ebs_block_device\[\d\](\.snapshot_id)? deleted$/,
    why: 'an image of fewer snapshots needs fewer of them shared',
  },
  {
    rule: rule('ami/copied-image-has-shared-snapshots'),
    what: elsewhere('^data\\.aws_ami\\.image\\.owner_id'),
    why: 'the id of a snapshot is one of all accounts, and that one is shared',
  },
  {
    rule: rule('ec2-launch/spot-and-fleet-roles-use-keys'),
    name: /^an instant fleet/,
    what: /^aws_(kms_key|launch_template|ec2_fleet)\.app\b/,
    why: 'an instant fleet does not launch as its service-linked role, whatever it launches',
  },
  {
    rule: rule('ec2-launch/spot-and-fleet-roles-use-keys'),
    name: /^a grant names the role/,
    what: /^aws_kms_key\.app\.policy deleted$/,
    why: 'the key is of another account; this one is not used',
  },
  {
    rule: rule('ami/copy-names-foreign-key-by-arn'),
    what: /^aws_kms_alias\.\w+ deleted$|^aws_ami_copy\.image\.kms_key_id "arn:[^"]*" → "arn:[^"]*:9{12}:[^"]*"$/,
    why: 'an alias that the copy does not name; by its ARN the key of any account may be named',
  },
  {
    rule: rule('ami/organizations-are-named-by-arn'),
    what: elsewhere('(organization_arn|organizational_unit_arn|organization_arns\\[\\d+\\])'),
    why: 'an ARN of the right form; which account manages an organization no plan shows',
  },
  {
    rule: rule('auto-scaling/service-linked-role-uses-key'),
    name: /^the default key admits the role$/,
    what: /^aws_launch_template\.app\.(image_id|block_device_mappings)/,
    why: 'instances without an encrypted volume need no key',
  },
  {
    rule: rule('image-builder/accounts-have-regions'),
    what: DISTRIBUTION,
    why: 'an account that gets no image needs no region, and of another account nothing is declared',
  },
  {
    rule: rule('operations/lifecycle-spares-shared-images'),
    what: /^aws_imagebuilder_(distribution_configuration|lifecycle_policy)\.app\b/,
    why: 'what is not shared or not deleted needs no exception; when and what else is deleted is up to the author',
  },

  // What is not asked for
  { what: /^declared \w+ deleted$/, why: 'what is declared says more than these examples need' },
  {
    what: elsewhere('source_(ami_)?region'),
    why: 'a copy may come from any region; what it reads there is judged where a plan has it',
  },
  {
    what: actions('kms:Encrypt|kms:ListGrants|kms:RevokeGrant'),
    why: 'EBS starts no request for it (KMS, services-ebs; aws-facts 11.7)',
  },
  {
    what: /operations\[\d+\] "(Encrypt|GenerateDataKey)" (deleted|→ "RetireGrant")$/,
    why: 'EBS starts no request for it',
  },

  // access
  {
    rule: rule('access/created-grants-serve-services'),
    what: /^aws_iam_role\.launcher deleted$/,
    why: 'its policy is what allows',
  },
  {
    rule: rule('access/created-grants-serve-services'),
    name: /the account makes a grant/,
    what: /^aws_kms_grant\.scaling\./,
    why: 'an account that makes grants is not asked for more; which grants its groups need is asked of the groups',
  },
  {
    rule: rule('access/created-grants-serve-services'),
    what: /(Condition\.|Principal\.AWS)/,
    why: 'without the condition nobody is shut out; what remains lets the account make grants, or shuts out others',
  },
  {
    rule: rule('access/grant-operations-are-valid'),
    what: /^aws_kms_(grant\.runner\.|key\.image)/,
    why: 'each operation is one that the key has; who needs which is asked where a role uses it',
  },
  {
    rule: rule('access/key-use-names-keys'),
    what: /statement\[\d+\]\.(actions\[|condition deleted|effect|resources\[)/,
    why: 'other actions, other named keys, a Deny or any request: still no use of all keys',
  },
  {
    rule: rule('access/launcher-policies-allow-key'),
    what: /^aws_iam_(group_policy|role_policy|user|user_group_membership|role)\.(key|launcher)\b/,
    why: 'of a role and a user with equal policies one launches, the other’s policies are not asked for',
  },

  // ami
  { rule: rule('ami/.*'), what: AUDIENCE, why: 'with whom it is shared does not change under which key it is' },
  { rule: rule('ami/.*'), what: /^aws_(kms_key\.\w+|ami_copy\.image) deleted$/, why: 'nothing refers to it' },
  {
    rule: rule('ami/copy-key-is-in-its-region'),
    what: elsewhere('kms_key_id'),
    why: 'a key of another account will do, if its policy lets',
  },
  {
    rule: rule('ami/copy-of-encrypted-image-asks-for-encryption'),
    what: /^data\.aws_ami\.public\b/,
    why: 'a copy that asks for encryption may be of any image; who owns it does not matter',
  },
  {
    rule: rule('ami/shared-image-has-customer-managed-key'),
    what: /ebs_block_device\[\d+\] deleted$/,
    why: 'another device is left',
  },
  {
    rule: rule('ami/shared-image-key-admits-audience'),
    what: elsewhere('organization_arn'),
    why: 'the account in the ARN of an organization is its management account’s; the id is the same',
  },

  {
    rule: rule('ami/default-key-is-customer-managed'),
    what: /^aws_(ebs_encryption_by_default\.this|imagebuilder_image_recipe\.app)\b/,
    why: 'the default key is one of the account, or encrypts nothing, or no image is made under it',
  },

  // image-builder
  {
    rule: rule('image-builder/launch-permission-names-somebody'),
    what: /(user_ids|organization_arns)\[0\] "[^"]*" →/,
    why: 'whom the image is for is for its author to say',
  },
  {
    rule: rule('image-builder/topic-key-admits-service-linked-role'),
    what: /Condition\.StringEquals(\.kms:ViaService "[^"]*")? deleted$/,
    why: 'without the condition the role may use the key by every way',
  },

  // auto-scaling
  {
    rule: rule('auto-scaling/(grant-creator-may-(create|end)-it|grant-is-issued-by-its-account)'),
    what: /^(aws_kms_grant\.autoscaling\.operations|aws_(autoscaling_group|launch_template)\.app|aws_kms_key\.image deleted)/,
    why: 'the rule asks who makes the grant; what the grant has to list is asked of the group',
  },
  {
    rule: rule('auto-scaling/grant-creator-may-create-it'),
    what: /Condition\.StringEquals(\.kms:GranteePrincipal "[^"]*")? deleted$/,
    why: 'without the condition more grants may be made',
  },
  {
    rule: rule('auto-scaling/group-that-encrypts-has-template'),
    what: /^aws_(autoscaling_group\.app|launch_configuration\.app\.root_block_device)/,
    why: 'nothing asks for encryption',
  },
  {
    rule: rule('auto-scaling/group-waits-for-key-access'),
    what: /^aws_(autoscaling_group|launch_template|iam_role_policy)\.app\b/,
    why: 'nothing waits the wrong way round',
  },
  {
    rule: rule('auto-scaling/service-linked-role-holds-grant'),
    what: /^aws_iam_service_linked_role/,
    why: 'the role is there already',
  },
  {
    rule: rule('auto-scaling/service-linked-role-uses-key'),
    what: /(Condition\.|^aws_kms_key\.volumes\.policy deleted$)/,
    why: 'without the condition more is allowed; under the default policy the grant serves',
  },
  {
    rule: rule('auto-scaling/service-linked-role-stays'),
    what: /^aws_(kms_grant\.app|iam_service_linked_role\.app\.custom_suffix)/,
    why: 'it is about the role’s name; what the grant has to list is asked of the group',
  },

  // ec2-launch
  {
    rule: rule('ec2-launch/volume-with-key-is-encrypted'),
    what: /block_device_mappings|^aws_launch_template\.app deleted$/,
    why: 'no key is named, or another one',
  },

  {
    rule: rule('ec2-launch/.*'),
    what: /^aws_(kms_key|iam_role|instance)\.\w+( deleted|\.ami( "[^"]*")? deleted)$/,
    why: 'nothing refers to it, and the key is that of a volume, of whatever image',
  },
  {
    rule: rule('ec2-launch/batch-roles-use-keys'),
    what: /^aws_ebs_encryption_by_default\.this deleted$/,
    why: 'what the default key admits does not change by whether EBS uses it unasked',
  },
  {
    rule: rule('ec2-launch/launcher-uses-keys'),
    name: /the key policy admits the launcher/,
    what: /^aws_iam_role_policy\.launcher\b/,
    why: 'whom the key policy names needs no policy of its own',
  },
  {
    rule: rule('ec2-launch/launcher-uses-keys'),
    what: actions('ec2:RunInstances'),
    why: 'who launches is declared; what else a launch needs is no matter of keys',
  },
  {
    rule: rule('ec2-launch/launcher-uses-keys'),
    what: /^aws_(kms_key\.app\.policy|ebs_encryption_by_default\.this\.enabled true) deleted$/,
    why: 'the default policy leaves the key to IAM, which lets the launcher; encryption by default is on unless it is said',
  },
  {
    rule: rule('ec2-launch/volume-of-shared-image-names-its-key'),
    what: /^data\.aws_ami\.(own|plain|shared)\b/,
    why: 'the image is not the one that is launched, or the volume has a key whatever the image has',
  },

  // image-builder
  {
    rule: rule(
      'image-builder/(distribution-key-is-not-for-build|fast-launch-stays-in-account|recipe-of-shared-image-names-keys|shared-copies-have-keys)',
    ),
    what: DISTRIBUTION,
    why: 'nothing is shared, or with others; whoever gets the image, it is under a key of the account or not encrypted',
  },
  { rule: rule('image-builder/.*'), what: /^aws_kms_key\.\w+ deleted$/, why: 'nothing refers to it' },
  {
    rule: rule('image-builder/distribution-role-is-as-named'),
    what: /^aws_iam_role_policy\.images\.policy/,
    why: 'what a role may do with images is no matter of keys',
  },
  {
    rule: rule('image-builder/distribution-role-trusts-builder'),
    what: /(Condition\.ArnEquals|Principal\.Service)/,
    why: 'without the condition more may assume the role; EC2 needs not',
  },
  {
    rule: rule('image-builder/distribution-role-uses-keys'),
    name: /a key of its own account/,
    what: /^aws_kms_key\.west\b/,
    why: 'the copy goes under the other key',
  },
  {
    rule: rule('image-builder/recipe-maps-root-device'),
    what: elsewhere('parent_image'),
    why: 'the image of another region has the same root',
  },
  {
    rule: rule('image-builder/service-linked-role-uses-keys'),
    what: /^aws_kms_key\.image\.policy deleted$/,
    why: 'the default policy leaves the key to IAM, which lets the role',
  },

  // kms
  {
    rule: rule('kms/key-is-used-in-its-region'),
    what: /\.(ami|execution_role_arn|target) "[^"]*" (deleted|→ "[^"]*9{12}[^"]*")$/,
    why: 'of images and roles other rules speak, and a key is not of the account of an Outpost',
  },
  {
    rule: rule('kms/.*'),
    what: AUDIENCE,
    why: 'no rule of keys asks with whom an image is shared, but for how grave it is',
  },
  {
    rule: rule('kms/.*'),
    what: /^aws_(kms_key\.\w+|kms_replica_key\.image|ami_copy\.image|ebs_volume\.data) deleted$/,
    why: 'nothing refers to it',
  },
  {
    rule: rule('kms/key-is-rotated'),
    what: /enable_key_rotation false → true$/,
    why: 'AWS does not rotate keys of this kind, which is refused at apply; the rule asks nothing of them',
  },
  {
    rule: rule('kms/multi-region-key-has-replica'),
    what: /^aws_ebs_volume\.data\.kms_key_id "[^"]*" deleted$/,
    why: 'a volume under the default key uses no other',
  },
  {
    rule: rule('kms/(multi-region-key-has-replica|replica-is-of-multi-region-key)'),
    name: /there already/,
    what: /^aws_kms_key\.image\.multi_region/,
    why: 'the replica is of another key',
  },
  {
    rule: rule('kms/(multi-region-key-has-replica|replica-is-of-multi-region-key)'),
    what: /^aws_kms_replica_key\.image\.(arn|primary_key_arn)/,
    why: 'the id is known, and the key of that id; or the primary is in another region still',
  },
  {
    rule: rule('kms/network-deny-spares-instances'),
    what: actions('kms:(Decrypt|PutKeyPolicy)'),
    why: 'a Deny of what instances do not ask for',
  },
  {
    rule: rule('kms/policy-admits-no-stranger'),
    what: /statement\[\d+\]\.(actions\[\d+\] |condition\[\d+\]\.values\[\d+\] .* → )/,
    why: 'fewer actions; other people, who are known too',
  },
  {
    rule: rule('kms/policy-delegates-to-iam'),
    what: /(Action\[\d+\]|Condition\.StringEquals\.kms:ViaService|^data\.aws_iam_policy_document\.use\.statement\[\d+\]\.actions)/,
    why: 'IAM gives fewer actions, none of them kept back; through any service more is let in',
  },
  {
    rule: rule('kms/policy-is-well-formed'),
    name: /a service is a principal too/,
    what: /^aws_kms_key\.image\.policy\.Statement/,
    why: 'nobody may change the policy, before or after, and another rule says so already',
  },
  { rule: rule('kms/policy-is-well-formed'), what: /^aws_iam_role_policy\.launcher\.policy/, why: NOT_ABOUT_OTHERS },
  {
    rule: rule(
      'kms/(policy-names-existing-actions|policy-names-existing-principals|principals-are-whole|set-operators-fit-their-keys|statements-have-an-effect)',
    ),
    what: /(policy\.Statement|policy_document\.(key|image)\.statement|^aws_kms_key\.image\.policy deleted$)/,
    why: NOT_ABOUT_OTHERS,
  },
  {
    rule: rule('kms/replica-admits-same-consumers'),
    what: /^aws_kms_key\.image\.policy\.Statement\[\d+\]\.Action\[/,
    why: 'the replica may admit to more than its primary',
  },
  {
    rule: rule('kms/used-key-is-enabled'),
    what: /^aws_kms_external_key\.image\.(enabled|key_material_base64)/,
    why: 'a key is enabled once its material is there, which may come from elsewhere (KMS, importing-keys)',
  },
  {
    rule: rule('kms/used-key-is-enabled'),
    what: /^(aws_kms_key\.other\.is_enabled|data\.aws_kms_key\.image\.key_id)/,
    why: 'nothing uses it; a key is known by its ARN',
  },

  // operations, packer
  {
    rule: rule('operations/kms-calls-have-an-alarm'),
    what: /^aws_cloudwatch_/,
    why: 'the alarm is on fewer calls or more; CloudWatch refuses queries of no meaning at apply',
  },
  {
    rule: rule('packer/keys-exist-in-their-regions'),
    what: /^aws_kms_key\.image\.multi_region true (deleted|→ false)$/,
    why: 'the ARN that is declared for the key says that it is multi-Region',
  },
  {
    rule: rule('packer/role-uses-keys'),
    what: /^aws_kms_key\.\w+\.policy deleted$/,
    why: 'the default policy leaves the key to IAM, which lets the role',
  },
]
