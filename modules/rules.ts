// Generated from policies by generator/emit/rule-constructs.ts; do not edit.

import type { Construct } from 'constructs'
import accessCreatedGrantsServeServices from '../policies/access/created-grants-serve-services'
import accessLauncherPoliciesAllowKey from '../policies/access/launcher-policies-allow-key'
import amiCopiedImageHasSharedSnapshots from '../policies/ami/copied-image-has-shared-snapshots'
import amiCopyKeyIsInItsRegion from '../policies/ami/copy-key-is-in-its-region'
import amiCopyNamesForeignKeyByArn from '../policies/ami/copy-names-foreign-key-by-arn'
import amiCopyNamesItsKey from '../policies/ami/copy-names-its-key'
import amiCopyOfEncryptedImageAsksForEncryption from '../policies/ami/copy-of-encrypted-image-asks-for-encryption'
import amiDefaultKeyIsCustomerManaged from '../policies/ami/default-key-is-customer-managed'
import amiSharedImageKeyAdmitsAudience from '../policies/ami/shared-image-key-admits-audience'
import autoScalingGrantCreatorMayCreateIt from '../policies/auto-scaling/grant-creator-may-create-it'
import autoScalingGrantCreatorMayEndIt from '../policies/auto-scaling/grant-creator-may-end-it'
import autoScalingGroupThatEncryptsHasTemplate from '../policies/auto-scaling/group-that-encrypts-has-template'
import autoScalingGroupWaitsForKeyAccess from '../policies/auto-scaling/group-waits-for-key-access'
import autoScalingServiceLinkedRoleHoldsGrant from '../policies/auto-scaling/service-linked-role-holds-grant'
import autoScalingServiceLinkedRoleUsesKey from '../policies/auto-scaling/service-linked-role-uses-key'
import autoScalingSpotRoleUsesKeys from '../policies/auto-scaling/spot-role-uses-keys'
import ec2LaunchBatchRolesUseKeys from '../policies/ec2-launch/batch-roles-use-keys'
import ec2LaunchLauncherUsesKeys from '../policies/ec2-launch/launcher-uses-keys'
import ec2LaunchSpotAndFleetRolesUseKeys from '../policies/ec2-launch/spot-and-fleet-roles-use-keys'
import ec2LaunchVolumeOfSharedImageNamesItsKey from '../policies/ec2-launch/volume-of-shared-image-names-its-key'
import ec2LaunchVolumeWithKeyIsEncrypted from '../policies/ec2-launch/volume-with-key-is-encrypted'
import imageBuilderAccountsHaveRegions from '../policies/image-builder/accounts-have-regions'
import imageBuilderDistributionHasItsOwnRegion from '../policies/image-builder/distribution-has-its-own-region'
import imageBuilderDistributionRoleIsAsNamed from '../policies/image-builder/distribution-role-is-as-named'
import imageBuilderDistributionRoleTrustsBuilder from '../policies/image-builder/distribution-role-trusts-builder'
import imageBuilderDistributionRoleUsesKeys from '../policies/image-builder/distribution-role-uses-keys'
import imageBuilderFastLaunchStaysInAccount from '../policies/image-builder/fast-launch-stays-in-account'
import imageBuilderKeysAreSharedBothWays from '../policies/image-builder/keys-are-shared-both-ways'
import imageBuilderLaunchPermissionNamesSomebody from '../policies/image-builder/launch-permission-names-somebody'
import imageBuilderRecipeMapsRootDevice from '../policies/image-builder/recipe-maps-root-device'
import imageBuilderServiceLinkedRoleUsesKeys from '../policies/image-builder/service-linked-role-uses-keys'
import imageBuilderSharedCopiesHaveKeys from '../policies/image-builder/shared-copies-have-keys'
import imageBuilderTopicKeyAdmitsServiceLinkedRole from '../policies/image-builder/topic-key-admits-service-linked-role'
import kmsDeletionLeavesTime from '../policies/kms/deletion-leaves-time'
import kmsEbsKeyIsSymmetric from '../policies/kms/ebs-key-is-symmetric'
import kmsKeyIsRotated from '../policies/kms/key-is-rotated'
import kmsKeyIsUsedInItsRegion from '../policies/kms/key-is-used-in-its-region'
import kmsMultiRegionKeyHasReplica from '../policies/kms/multi-region-key-has-replica'
import kmsPolicyDelegatesToIam from '../policies/kms/policy-delegates-to-iam'
import kmsPolicyLockoutCheckIsOn from '../policies/kms/policy-lockout-check-is-on'
import kmsUsedKeyIsEnabled from '../policies/kms/used-key-is-enabled'
import operationsKmsCallsHaveAnAlarm from '../policies/operations/kms-calls-have-an-alarm'
import operationsLifecycleRoleUsesKeys from '../policies/operations/lifecycle-role-uses-keys'
import operationsLifecycleSparesSharedImages from '../policies/operations/lifecycle-spares-shared-images'
import packerRoleUsesKeys from '../policies/packer/role-uses-keys'
import { RuleConstruct, type RuleConstructProps, type SituationOf } from './satisfy/rule-construct'

/** Builds what `access/created-grants-serve-services` requires: Another account may create grants for AWS services only, unless it has to make one itself. */
export class AccessCreatedGrantsServeServices extends RuleConstruct<SituationOf<typeof accessCreatedGrantsServeServices>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof accessCreatedGrantsServeServices>>) {
    super(scope, id, accessCreatedGrantsServeServices, props)
  }
}

/** Builds what `access/launcher-policies-allow-key` requires: The policies of whoever launches or copies an image allow the use of its key, where that key belongs to another account. */
export class AccessLauncherPoliciesAllowKey extends RuleConstruct<SituationOf<typeof accessLauncherPoliciesAllowKey>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof accessLauncherPoliciesAllowKey>>) {
    super(scope, id, accessLauncherPoliciesAllowKey, props)
  }
}

/** Builds what `ami/copied-image-has-shared-snapshots` requires: The snapshots of an image are shared with each account that copies it. */
export class AmiCopiedImageHasSharedSnapshots extends RuleConstruct<SituationOf<typeof amiCopiedImageHasSharedSnapshots>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof amiCopiedImageHasSharedSnapshots>>) {
    super(scope, id, amiCopiedImageHasSharedSnapshots, props)
  }
}

/** Builds what `ami/copy-key-is-in-its-region` requires: The key of a copy is in the region of the copy. */
export class AmiCopyKeyIsInItsRegion extends RuleConstruct<SituationOf<typeof amiCopyKeyIsInItsRegion>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof amiCopyKeyIsInItsRegion>>) {
    super(scope, id, amiCopyKeyIsInItsRegion, props)
  }
}

/** Builds what `ami/copy-names-foreign-key-by-arn` requires: A copy names a key of another account by the full ARN of the key. */
export class AmiCopyNamesForeignKeyByArn extends RuleConstruct<SituationOf<typeof amiCopyNamesForeignKeyByArn>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof amiCopyNamesForeignKeyByArn>>) {
    super(scope, id, amiCopyNamesForeignKeyByArn, props)
  }
}

/** Builds what `ami/copy-names-its-key` requires: An encrypted copy of an image or snapshot names a customer managed key. */
export class AmiCopyNamesItsKey extends RuleConstruct<SituationOf<typeof amiCopyNamesItsKey>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof amiCopyNamesItsKey>>) {
    super(scope, id, amiCopyNamesItsKey, props)
  }
}

/** Builds what `ami/copy-of-encrypted-image-asks-for-encryption` requires: A copy of an encrypted image, or one that names a key, says `encrypted = true`. */
export class AmiCopyOfEncryptedImageAsksForEncryption extends RuleConstruct<SituationOf<typeof amiCopyOfEncryptedImageAsksForEncryption>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof amiCopyOfEncryptedImageAsksForEncryption>>) {
    super(scope, id, amiCopyOfEncryptedImageAsksForEncryption, props)
  }
}

/** Builds what `ami/default-key-is-customer-managed` requires: An account that makes images and encrypts by default does so under a customer managed key. */
export class AmiDefaultKeyIsCustomerManaged extends RuleConstruct<SituationOf<typeof amiDefaultKeyIsCustomerManaged>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof amiDefaultKeyIsCustomerManaged>>) {
    super(scope, id, amiDefaultKeyIsCustomerManaged, props)
  }
}

/** Builds what `ami/shared-image-key-admits-audience` requires: The key of a shared image admits everyone the image is shared with, for use and for the grant that EC2 makes. */
export class AmiSharedImageKeyAdmitsAudience extends RuleConstruct<SituationOf<typeof amiSharedImageKeyAdmitsAudience>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof amiSharedImageKeyAdmitsAudience>>) {
    super(scope, id, amiSharedImageKeyAdmitsAudience, props)
  }
}

/** Builds what `auto-scaling/grant-creator-may-create-it` requires: Whoever makes a grant on a key of another account may create it: the key's policy and their own policies both allow it. */
export class AutoScalingGrantCreatorMayCreateIt extends RuleConstruct<SituationOf<typeof autoScalingGrantCreatorMayCreateIt>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof autoScalingGrantCreatorMayCreateIt>>) {
    super(scope, id, autoScalingGrantCreatorMayCreateIt, props)
  }
}

/** Builds what `auto-scaling/grant-creator-may-end-it` requires: Whoever makes a grant on a key of another account may also find it, and take it back. */
export class AutoScalingGrantCreatorMayEndIt extends RuleConstruct<SituationOf<typeof autoScalingGrantCreatorMayEndIt>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof autoScalingGrantCreatorMayEndIt>>) {
    super(scope, id, autoScalingGrantCreatorMayEndIt, props)
  }
}

/** Builds what `auto-scaling/group-that-encrypts-has-template` requires: A group whose volumes are to be under a key of one's own launches from a template, which can name it. */
export class AutoScalingGroupThatEncryptsHasTemplate extends RuleConstruct<SituationOf<typeof autoScalingGroupThatEncryptsHasTemplate>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof autoScalingGroupThatEncryptsHasTemplate>>) {
    super(scope, id, autoScalingGroupThatEncryptsHasTemplate, props)
  }
}

/** Builds what `auto-scaling/group-waits-for-key-access` requires: A group is made after the grants and key policies that let its service-linked role use the keys. */
export class AutoScalingGroupWaitsForKeyAccess extends RuleConstruct<SituationOf<typeof autoScalingGroupWaitsForKeyAccess>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof autoScalingGroupWaitsForKeyAccess>>) {
    super(scope, id, autoScalingGroupWaitsForKeyAccess, props)
  }
}

/** Builds what `auto-scaling/service-linked-role-holds-grant` requires: The service-linked role of a group holds a grant on every key of another account that its instances need. */
export class AutoScalingServiceLinkedRoleHoldsGrant extends RuleConstruct<SituationOf<typeof autoScalingServiceLinkedRoleHoldsGrant>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof autoScalingServiceLinkedRoleHoldsGrant>>) {
    super(scope, id, autoScalingServiceLinkedRoleHoldsGrant, props)
  }
}

/** Builds what `auto-scaling/service-linked-role-uses-key` requires: The service-linked role of a group can use every key of its own account that the instances need. */
export class AutoScalingServiceLinkedRoleUsesKey extends RuleConstruct<SituationOf<typeof autoScalingServiceLinkedRoleUsesKey>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof autoScalingServiceLinkedRoleUsesKey>>) {
    super(scope, id, autoScalingServiceLinkedRoleUsesKey, props)
  }
}

/** Builds what `auto-scaling/spot-role-uses-keys` requires: Where a group launches Spot Instances, the service-linked role of Spot can use their keys too. */
export class AutoScalingSpotRoleUsesKeys extends RuleConstruct<SituationOf<typeof autoScalingSpotRoleUsesKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof autoScalingSpotRoleUsesKeys>>) {
    super(scope, id, autoScalingSpotRoleUsesKeys, props)
  }
}

/** Builds what `ec2-launch/batch-roles-use-keys` requires: The service-linked roles by which Batch has instances launched can use the keys of the instances. */
export class Ec2LaunchBatchRolesUseKeys extends RuleConstruct<SituationOf<typeof ec2LaunchBatchRolesUseKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof ec2LaunchBatchRolesUseKeys>>) {
    super(scope, id, ec2LaunchBatchRolesUseKeys, props)
  }
}

/** Builds what `ec2-launch/launcher-uses-keys` requires: Whoever launches or copies an image can use the keys of their own account that its volumes go under. */
export class Ec2LaunchLauncherUsesKeys extends RuleConstruct<SituationOf<typeof ec2LaunchLauncherUsesKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof ec2LaunchLauncherUsesKeys>>) {
    super(scope, id, ec2LaunchLauncherUsesKeys, props)
  }
}

/** Builds what `ec2-launch/spot-and-fleet-roles-use-keys` requires: The service-linked roles of Spot and of fleets can use the keys of what they launch. */
export class Ec2LaunchSpotAndFleetRolesUseKeys extends RuleConstruct<SituationOf<typeof ec2LaunchSpotAndFleetRolesUseKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof ec2LaunchSpotAndFleetRolesUseKeys>>) {
    super(scope, id, ec2LaunchSpotAndFleetRolesUseKeys, props)
  }
}

/** Builds what `ec2-launch/volume-of-shared-image-names-its-key` requires: The volumes of an instance from an encrypted image of another account go under a key that is named. */
export class Ec2LaunchVolumeOfSharedImageNamesItsKey extends RuleConstruct<SituationOf<typeof ec2LaunchVolumeOfSharedImageNamesItsKey>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof ec2LaunchVolumeOfSharedImageNamesItsKey>>) {
    super(scope, id, ec2LaunchVolumeOfSharedImageNamesItsKey, props)
  }
}

/** Builds what `ec2-launch/volume-with-key-is-encrypted` requires: A volume, or a copy of a snapshot, that names a key asks for encryption. */
export class Ec2LaunchVolumeWithKeyIsEncrypted extends RuleConstruct<SituationOf<typeof ec2LaunchVolumeWithKeyIsEncrypted>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof ec2LaunchVolumeWithKeyIsEncrypted>>) {
    super(scope, id, ec2LaunchVolumeWithKeyIsEncrypted, props)
  }
}

/** Builds what `image-builder/accounts-have-regions` requires: Every account that gets images has enabled the regions that they go to. */
export class ImageBuilderAccountsHaveRegions extends RuleConstruct<SituationOf<typeof imageBuilderAccountsHaveRegions>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderAccountsHaveRegions>>) {
    super(scope, id, imageBuilderAccountsHaveRegions, props)
  }
}

/** Builds what `image-builder/distribution-has-its-own-region` requires: A distribution configuration distributes to the region that it is in, too. */
export class ImageBuilderDistributionHasItsOwnRegion extends RuleConstruct<SituationOf<typeof imageBuilderDistributionHasItsOwnRegion>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderDistributionHasItsOwnRegion>>) {
    super(scope, id, imageBuilderDistributionHasItsOwnRegion, props)
  }
}

/** Builds what `image-builder/distribution-role-is-as-named` requires: Every target account has the role `EC2ImageBuilderDistributionCrossAccountRole`, by that name, without a path, and with AWS's policy. */
export class ImageBuilderDistributionRoleIsAsNamed extends RuleConstruct<SituationOf<typeof imageBuilderDistributionRoleIsAsNamed>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderDistributionRoleIsAsNamed>>) {
    super(scope, id, imageBuilderDistributionRoleIsAsNamed, props)
  }
}

/** Builds what `image-builder/distribution-role-trusts-builder` requires: The distribution role of a target account trusts the account that builds. */
export class ImageBuilderDistributionRoleTrustsBuilder extends RuleConstruct<SituationOf<typeof imageBuilderDistributionRoleTrustsBuilder>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderDistributionRoleTrustsBuilder>>) {
    super(scope, id, imageBuilderDistributionRoleTrustsBuilder, props)
  }
}

/** Builds what `image-builder/distribution-role-uses-keys` requires: The distribution role of every target account can use the keys of the image. */
export class ImageBuilderDistributionRoleUsesKeys extends RuleConstruct<SituationOf<typeof imageBuilderDistributionRoleUsesKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderDistributionRoleUsesKeys>>) {
    super(scope, id, imageBuilderDistributionRoleUsesKeys, props)
  }
}

/** Builds what `image-builder/fast-launch-stays-in-account` requires: A distribution to other accounts does without fast launch. */
export class ImageBuilderFastLaunchStaysInAccount extends RuleConstruct<SituationOf<typeof imageBuilderFastLaunchStaysInAccount>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderFastLaunchStaysInAccount>>) {
    super(scope, id, imageBuilderFastLaunchStaysInAccount, props)
  }
}

/** Builds what `image-builder/keys-are-shared-both-ways` requires: A key with which Image Builder copies an image into another account admits the account on the other side. */
export class ImageBuilderKeysAreSharedBothWays extends RuleConstruct<SituationOf<typeof imageBuilderKeysAreSharedBothWays>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderKeysAreSharedBothWays>>) {
    super(scope, id, imageBuilderKeysAreSharedBothWays, props)
  }
}

/** Builds what `image-builder/launch-permission-names-somebody` requires: A launch permission of Image Builder names somebody. */
export class ImageBuilderLaunchPermissionNamesSomebody extends RuleConstruct<SituationOf<typeof imageBuilderLaunchPermissionNamesSomebody>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderLaunchPermissionNamesSomebody>>) {
    super(scope, id, imageBuilderLaunchPermissionNamesSomebody, props)
  }
}

/** Builds what `image-builder/recipe-maps-root-device` requires: A recipe that encrypts volumes encrypts the root device. */
export class ImageBuilderRecipeMapsRootDevice extends RuleConstruct<SituationOf<typeof imageBuilderRecipeMapsRootDevice>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderRecipeMapsRootDevice>>) {
    super(scope, id, imageBuilderRecipeMapsRootDevice, props)
  }
}

/** Builds what `image-builder/service-linked-role-uses-keys` requires: Image Builder's service-linked role can use every key of the images that it builds and copies. */
export class ImageBuilderServiceLinkedRoleUsesKeys extends RuleConstruct<SituationOf<typeof imageBuilderServiceLinkedRoleUsesKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderServiceLinkedRoleUsesKeys>>) {
    super(scope, id, imageBuilderServiceLinkedRoleUsesKeys, props)
  }
}

/** Builds what `image-builder/shared-copies-have-keys` requires: A distribution that copies an encrypted image for others names a customer managed key in every region. */
export class ImageBuilderSharedCopiesHaveKeys extends RuleConstruct<SituationOf<typeof imageBuilderSharedCopiesHaveKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderSharedCopiesHaveKeys>>) {
    super(scope, id, imageBuilderSharedCopiesHaveKeys, props)
  }
}

/** Builds what `image-builder/topic-key-admits-service-linked-role` requires: Image Builder's service-linked role can use the key of the topic by which it tells of builds. */
export class ImageBuilderTopicKeyAdmitsServiceLinkedRole extends RuleConstruct<SituationOf<typeof imageBuilderTopicKeyAdmitsServiceLinkedRole>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof imageBuilderTopicKeyAdmitsServiceLinkedRole>>) {
    super(scope, id, imageBuilderTopicKeyAdmitsServiceLinkedRole, props)
  }
}

/** Builds what `kms/deletion-leaves-time` requires: The deletion of a key of images can be cancelled for a month. */
export class KmsDeletionLeavesTime extends RuleConstruct<SituationOf<typeof kmsDeletionLeavesTime>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsDeletionLeavesTime>>) {
    super(scope, id, kmsDeletionLeavesTime, props)
  }
}

/** Builds what `kms/ebs-key-is-symmetric` requires: A key that EBS uses is a symmetric encryption key. */
export class KmsEbsKeyIsSymmetric extends RuleConstruct<SituationOf<typeof kmsEbsKeyIsSymmetric>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsEbsKeyIsSymmetric>>) {
    super(scope, id, kmsEbsKeyIsSymmetric, props)
  }
}

/** Builds what `kms/key-is-rotated` requires: A key whose material AWS makes is rotated by AWS. */
export class KmsKeyIsRotated extends RuleConstruct<SituationOf<typeof kmsKeyIsRotated>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsKeyIsRotated>>) {
    super(scope, id, kmsKeyIsRotated, props)
  }
}

/** Builds what `kms/key-is-used-in-its-region` requires: EBS uses a key in the key's own region. */
export class KmsKeyIsUsedInItsRegion extends RuleConstruct<SituationOf<typeof kmsKeyIsUsedInItsRegion>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsKeyIsUsedInItsRegion>>) {
    super(scope, id, kmsKeyIsUsedInItsRegion, props)
  }
}

/** Builds what `kms/multi-region-key-has-replica` requires: A multi-Region key that is used in a region has a key there. */
export class KmsMultiRegionKeyHasReplica extends RuleConstruct<SituationOf<typeof kmsMultiRegionKeyHasReplica>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsMultiRegionKeyHasReplica>>) {
    super(scope, id, kmsMultiRegionKeyHasReplica, props)
  }
}

/** Builds what `kms/policy-delegates-to-iam` requires: A key policy lets count what IAM gives to whoever comes in by no other way. */
export class KmsPolicyDelegatesToIam extends RuleConstruct<SituationOf<typeof kmsPolicyDelegatesToIam>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsPolicyDelegatesToIam>>) {
    super(scope, id, kmsPolicyDelegatesToIam, props)
  }
}

/** Builds what `kms/policy-lockout-check-is-on` requires: AWS checks that a new key policy lets its author change it again. */
export class KmsPolicyLockoutCheckIsOn extends RuleConstruct<SituationOf<typeof kmsPolicyLockoutCheckIsOn>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsPolicyLockoutCheckIsOn>>) {
    super(scope, id, kmsPolicyLockoutCheckIsOn, props)
  }
}

/** Builds what `kms/used-key-is-enabled` requires: A key that EBS uses is enabled, has its material, and is not deleted. */
export class KmsUsedKeyIsEnabled extends RuleConstruct<SituationOf<typeof kmsUsedKeyIsEnabled>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof kmsUsedKeyIsEnabled>>) {
    super(scope, id, kmsUsedKeyIsEnabled, props)
  }
}

/** Builds what `operations/kms-calls-have-an-alarm` requires: Where Packer builds under a key, an alarm on calls of KMS watches a metric that there is, and tells somebody. */
export class OperationsKmsCallsHaveAnAlarm extends RuleConstruct<SituationOf<typeof operationsKmsCallsHaveAnAlarm>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof operationsKmsCallsHaveAnAlarm>>) {
    super(scope, id, operationsKmsCallsHaveAnAlarm, props)
  }
}

/** Builds what `operations/lifecycle-role-uses-keys` requires: The role of a lifecycle policy can use the keys under which it copies snapshots. */
export class OperationsLifecycleRoleUsesKeys extends RuleConstruct<SituationOf<typeof operationsLifecycleRoleUsesKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof operationsLifecycleRoleUsesKeys>>) {
    super(scope, id, operationsLifecycleRoleUsesKeys, props)
  }
}

/** Builds what `operations/lifecycle-spares-shared-images` requires: A lifecycle policy of Image Builder that deletes or disables images spares those that are shared. */
export class OperationsLifecycleSparesSharedImages extends RuleConstruct<SituationOf<typeof operationsLifecycleSparesSharedImages>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof operationsLifecycleSparesSharedImages>>) {
    super(scope, id, operationsLifecycleSparesSharedImages, props)
  }
}

/** Builds what `packer/role-uses-keys` requires: The role that Packer runs as may use every key of a build: of its volumes, of the image and its copies, and of the source image. */
export class PackerRoleUsesKeys extends RuleConstruct<SituationOf<typeof packerRoleUsesKeys>> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<SituationOf<typeof packerRoleUsesKeys>>) {
    super(scope, id, packerRoleUsesKeys, props)
  }
}
