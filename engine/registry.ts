// Generated from policies by generator/emit/registry.ts; do not edit.

import accessCreatedGrantsServeServices from '../policies/access/created-grants-serve-services'
import accessGrantOperationsAreValid from '../policies/access/grant-operations-are-valid'
import accessKeyUseNamesKeys from '../policies/access/key-use-names-keys'
import accessLauncherPoliciesAllowKey from '../policies/access/launcher-policies-allow-key'
import amiCopiedImageHasSharedSnapshots from '../policies/ami/copied-image-has-shared-snapshots'
import amiCopyKeyIsInItsRegion from '../policies/ami/copy-key-is-in-its-region'
import amiCopyNamesForeignKeyByArn from '../policies/ami/copy-names-foreign-key-by-arn'
import amiCopyNamesItsKey from '../policies/ami/copy-names-its-key'
import amiCopyOfEncryptedImageAsksForEncryption from '../policies/ami/copy-of-encrypted-image-asks-for-encryption'
import amiDefaultKeyIsCustomerManaged from '../policies/ami/default-key-is-customer-managed'
import amiOrganizationsAreNamedByArn from '../policies/ami/organizations-are-named-by-arn'
import amiPublicImageIsNotEncrypted from '../policies/ami/public-image-is-not-encrypted'
import amiSharedImageHasCustomerManagedKey from '../policies/ami/shared-image-has-customer-managed-key'
import amiSharedImageKeyAdmitsAudience from '../policies/ami/shared-image-key-admits-audience'
import autoScalingGrantCreatorMayCreateIt from '../policies/auto-scaling/grant-creator-may-create-it'
import autoScalingGrantCreatorMayEndIt from '../policies/auto-scaling/grant-creator-may-end-it'
import autoScalingGrantIsIssuedByItsAccount from '../policies/auto-scaling/grant-is-issued-by-its-account'
import autoScalingGroupThatEncryptsHasTemplate from '../policies/auto-scaling/group-that-encrypts-has-template'
import autoScalingGroupWaitsForKeyAccess from '../policies/auto-scaling/group-waits-for-key-access'
import autoScalingServiceLinkedRoleHoldsGrant from '../policies/auto-scaling/service-linked-role-holds-grant'
import autoScalingServiceLinkedRoleStays from '../policies/auto-scaling/service-linked-role-stays'
import autoScalingServiceLinkedRoleUsesKey from '../policies/auto-scaling/service-linked-role-uses-key'
import autoScalingSpotRoleUsesKeys from '../policies/auto-scaling/spot-role-uses-keys'
import ec2LaunchBatchRolesUseKeys from '../policies/ec2-launch/batch-roles-use-keys'
import ec2LaunchLauncherUsesKeys from '../policies/ec2-launch/launcher-uses-keys'
import ec2LaunchSpotAndFleetRolesUseKeys from '../policies/ec2-launch/spot-and-fleet-roles-use-keys'
import ec2LaunchVolumeOfSharedImageNamesItsKey from '../policies/ec2-launch/volume-of-shared-image-names-its-key'
import ec2LaunchVolumeWithKeyIsEncrypted from '../policies/ec2-launch/volume-with-key-is-encrypted'
import imageBuilderAccountsHaveRegions from '../policies/image-builder/accounts-have-regions'
import imageBuilderDistributionHasItsOwnRegion from '../policies/image-builder/distribution-has-its-own-region'
import imageBuilderDistributionKeyIsNotForBuild from '../policies/image-builder/distribution-key-is-not-for-build'
import imageBuilderDistributionRoleIsAsNamed from '../policies/image-builder/distribution-role-is-as-named'
import imageBuilderDistributionRoleTrustsBuilder from '../policies/image-builder/distribution-role-trusts-builder'
import imageBuilderDistributionRoleUsesKeys from '../policies/image-builder/distribution-role-uses-keys'
import imageBuilderFastLaunchStaysInAccount from '../policies/image-builder/fast-launch-stays-in-account'
import imageBuilderKeysAreSharedBothWays from '../policies/image-builder/keys-are-shared-both-ways'
import imageBuilderLaunchPermissionNamesSomebody from '../policies/image-builder/launch-permission-names-somebody'
import imageBuilderRecipeMapsRootDevice from '../policies/image-builder/recipe-maps-root-device'
import imageBuilderRecipeOfSharedImageNamesKeys from '../policies/image-builder/recipe-of-shared-image-names-keys'
import imageBuilderServiceLinkedRoleUsesKeys from '../policies/image-builder/service-linked-role-uses-keys'
import imageBuilderSharedCopiesHaveKeys from '../policies/image-builder/shared-copies-have-keys'
import imageBuilderTopicKeyAdmitsServiceLinkedRole from '../policies/image-builder/topic-key-admits-service-linked-role'
import kmsDeletionLeavesTime from '../policies/kms/deletion-leaves-time'
import kmsEbsKeyIsSymmetric from '../policies/kms/ebs-key-is-symmetric'
import kmsKeyIsRotated from '../policies/kms/key-is-rotated'
import kmsKeyIsUsedInItsRegion from '../policies/kms/key-is-used-in-its-region'
import kmsMultiRegionKeyHasReplica from '../policies/kms/multi-region-key-has-replica'
import kmsNetworkDenySparesInstances from '../policies/kms/network-deny-spares-instances'
import kmsPolicyAdmitsNoStranger from '../policies/kms/policy-admits-no-stranger'
import kmsPolicyDelegatesToIam from '../policies/kms/policy-delegates-to-iam'
import kmsPolicyHasOneOwner from '../policies/kms/policy-has-one-owner'
import kmsPolicyIsWellFormed from '../policies/kms/policy-is-well-formed'
import kmsPolicyLockoutCheckIsOn from '../policies/kms/policy-lockout-check-is-on'
import kmsPolicyNamesExistingActions from '../policies/kms/policy-names-existing-actions'
import kmsPolicyNamesExistingPrincipals from '../policies/kms/policy-names-existing-principals'
import kmsPrincipalsAreWhole from '../policies/kms/principals-are-whole'
import kmsReplicaAdmitsSameConsumers from '../policies/kms/replica-admits-same-consumers'
import kmsReplicaIsOfMultiRegionKey from '../policies/kms/replica-is-of-multi-region-key'
import kmsSetOperatorsFitTheirKeys from '../policies/kms/set-operators-fit-their-keys'
import kmsStatementsHaveAnEffect from '../policies/kms/statements-have-an-effect'
import kmsUsedKeyIsEnabled from '../policies/kms/used-key-is-enabled'
import type { Rule, Situation } from '../policies/lang/rule'
import operationsKmsCallsHaveAnAlarm from '../policies/operations/kms-calls-have-an-alarm'
import operationsLifecycleRoleUsesKeys from '../policies/operations/lifecycle-role-uses-keys'
import operationsLifecycleSparesSharedImages from '../policies/operations/lifecycle-spares-shared-images'
import packerKeyComesWithEncryption from '../policies/packer/key-comes-with-encryption'
import packerKeyIdentifiersAreValid from '../policies/packer/key-identifiers-are-valid'
import packerKeysExistInTheirRegions from '../policies/packer/keys-exist-in-their-regions'
import packerRegionKeysMatchCopies from '../policies/packer/region-keys-match-copies'
import packerRoleUsesKeys from '../policies/packer/role-uses-keys'
import packerSharedImageHasCustomerManagedKey from '../policies/packer/shared-image-has-customer-managed-key'
import packerSnapshotsAreSharedWithImage from '../policies/packer/snapshots-are-shared-with-image'

/** A rule, the name that its path gives it, and the first line of its page. */
export interface RegisteredRule {
  readonly id: string
  readonly summary: string
  readonly file: string
  readonly rule: Rule<Situation>
}

export const rules: readonly RegisteredRule[] = [
  {
    id: 'access/created-grants-serve-services',
    summary: 'Another account may create grants for AWS services only, unless it has to make one itself.',
    file: 'policies/access/created-grants-serve-services.ts',
    rule: accessCreatedGrantsServeServices,
  },
  {
    id: 'access/grant-operations-are-valid',
    summary: 'A grant lists what the key can do, and names one principal.',
    file: 'policies/access/grant-operations-are-valid.ts',
    rule: accessGrantOperationsAreValid,
  },
  {
    id: 'access/key-use-names-keys',
    summary: 'A policy that allows the use of keys names them, or closes it with a condition.',
    file: 'policies/access/key-use-names-keys.ts',
    rule: accessKeyUseNamesKeys,
  },
  {
    id: 'access/launcher-policies-allow-key',
    summary:
      'The policies of whoever launches or copies an image allow the use of its key, where that key belongs to another account.',
    file: 'policies/access/launcher-policies-allow-key.ts',
    rule: accessLauncherPoliciesAllowKey,
  },
  {
    id: 'ami/copied-image-has-shared-snapshots',
    summary: 'The snapshots of an image are shared with each account that copies it.',
    file: 'policies/ami/copied-image-has-shared-snapshots.ts',
    rule: amiCopiedImageHasSharedSnapshots,
  },
  {
    id: 'ami/copy-key-is-in-its-region',
    summary: 'The key of a copy is in the region of the copy.',
    file: 'policies/ami/copy-key-is-in-its-region.ts',
    rule: amiCopyKeyIsInItsRegion,
  },
  {
    id: 'ami/copy-names-foreign-key-by-arn',
    summary: 'A copy names a key of another account by the full ARN of the key.',
    file: 'policies/ami/copy-names-foreign-key-by-arn.ts',
    rule: amiCopyNamesForeignKeyByArn,
  },
  {
    id: 'ami/copy-names-its-key',
    summary: 'An encrypted copy of an image or snapshot names a customer managed key.',
    file: 'policies/ami/copy-names-its-key.ts',
    rule: amiCopyNamesItsKey,
  },
  {
    id: 'ami/copy-of-encrypted-image-asks-for-encryption',
    summary: 'A copy of an encrypted image, or one that names a key, says `encrypted = true`.',
    file: 'policies/ami/copy-of-encrypted-image-asks-for-encryption.ts',
    rule: amiCopyOfEncryptedImageAsksForEncryption,
  },
  {
    id: 'ami/default-key-is-customer-managed',
    summary: 'An account that makes images and encrypts by default does so under a customer managed key.',
    file: 'policies/ami/default-key-is-customer-managed.ts',
    rule: amiDefaultKeyIsCustomerManaged,
  },
  {
    id: 'ami/organizations-are-named-by-arn',
    summary: 'Images are shared with organizations and their units by ARN, each by an ARN of its kind.',
    file: 'policies/ami/organizations-are-named-by-arn.ts',
    rule: amiOrganizationsAreNamedByArn,
  },
  {
    id: 'ami/public-image-is-not-encrypted',
    summary: 'An image that is public has no encrypted snapshot.',
    file: 'policies/ami/public-image-is-not-encrypted.ts',
    rule: amiPublicImageIsNotEncrypted,
  },
  {
    id: 'ami/shared-image-has-customer-managed-key',
    summary: 'An image that is shared is not encrypted under an AWS managed key.',
    file: 'policies/ami/shared-image-has-customer-managed-key.ts',
    rule: amiSharedImageHasCustomerManagedKey,
  },
  {
    id: 'ami/shared-image-key-admits-audience',
    summary:
      'The key of a shared image admits everyone the image is shared with, for use and for the grant that EC2 makes.',
    file: 'policies/ami/shared-image-key-admits-audience.ts',
    rule: amiSharedImageKeyAdmitsAudience,
  },
  {
    id: 'auto-scaling/grant-creator-may-create-it',
    summary:
      "Whoever makes a grant on a key of another account may create it: the key's policy and their own policies both allow it.",
    file: 'policies/auto-scaling/grant-creator-may-create-it.ts',
    rule: autoScalingGrantCreatorMayCreateIt,
  },
  {
    id: 'auto-scaling/grant-creator-may-end-it',
    summary: 'Whoever makes a grant on a key of another account may also find it, and take it back.',
    file: 'policies/auto-scaling/grant-creator-may-end-it.ts',
    rule: autoScalingGrantCreatorMayEndIt,
  },
  {
    id: 'auto-scaling/grant-is-issued-by-its-account',
    summary:
      "A grant for a service-linked role is made by the role's own account, in the key's region, by the key's ARN.",
    file: 'policies/auto-scaling/grant-is-issued-by-its-account.ts',
    rule: autoScalingGrantIsIssuedByItsAccount,
  },
  {
    id: 'auto-scaling/group-that-encrypts-has-template',
    summary: "A group whose volumes are to be under a key of one's own launches from a template, which can name it.",
    file: 'policies/auto-scaling/group-that-encrypts-has-template.ts',
    rule: autoScalingGroupThatEncryptsHasTemplate,
  },
  {
    id: 'auto-scaling/group-waits-for-key-access',
    summary: 'A group is made after the grants and key policies that let its service-linked role use the keys.',
    file: 'policies/auto-scaling/group-waits-for-key-access.ts',
    rule: autoScalingGroupWaitsForKeyAccess,
  },
  {
    id: 'auto-scaling/service-linked-role-holds-grant',
    summary:
      'The service-linked role of a group holds a grant on every key of another account that its instances need.',
    file: 'policies/auto-scaling/service-linked-role-holds-grant.ts',
    rule: autoScalingServiceLinkedRoleHoldsGrant,
  },
  {
    id: 'auto-scaling/service-linked-role-stays',
    summary: 'A service-linked role that groups, grants and key policies name is the one that there is, and stays it.',
    file: 'policies/auto-scaling/service-linked-role-stays.ts',
    rule: autoScalingServiceLinkedRoleStays,
  },
  {
    id: 'auto-scaling/service-linked-role-uses-key',
    summary: 'The service-linked role of a group can use every key of its own account that the instances need.',
    file: 'policies/auto-scaling/service-linked-role-uses-key.ts',
    rule: autoScalingServiceLinkedRoleUsesKey,
  },
  {
    id: 'auto-scaling/spot-role-uses-keys',
    summary: 'Where a group launches Spot Instances, the service-linked role of Spot can use their keys too.',
    file: 'policies/auto-scaling/spot-role-uses-keys.ts',
    rule: autoScalingSpotRoleUsesKeys,
  },
  {
    id: 'ec2-launch/batch-roles-use-keys',
    summary: 'The service-linked roles by which Batch has instances launched can use the keys of the instances.',
    file: 'policies/ec2-launch/batch-roles-use-keys.ts',
    rule: ec2LaunchBatchRolesUseKeys,
  },
  {
    id: 'ec2-launch/launcher-uses-keys',
    summary: 'Whoever launches or copies an image can use the keys of their own account that its volumes go under.',
    file: 'policies/ec2-launch/launcher-uses-keys.ts',
    rule: ec2LaunchLauncherUsesKeys,
  },
  {
    id: 'ec2-launch/spot-and-fleet-roles-use-keys',
    summary: 'The service-linked roles of Spot and of fleets can use the keys of what they launch.',
    file: 'policies/ec2-launch/spot-and-fleet-roles-use-keys.ts',
    rule: ec2LaunchSpotAndFleetRolesUseKeys,
  },
  {
    id: 'ec2-launch/volume-of-shared-image-names-its-key',
    summary: 'The volumes of an instance from an encrypted image of another account go under a key that is named.',
    file: 'policies/ec2-launch/volume-of-shared-image-names-its-key.ts',
    rule: ec2LaunchVolumeOfSharedImageNamesItsKey,
  },
  {
    id: 'ec2-launch/volume-with-key-is-encrypted',
    summary: 'A volume, or a copy of a snapshot, that names a key asks for encryption.',
    file: 'policies/ec2-launch/volume-with-key-is-encrypted.ts',
    rule: ec2LaunchVolumeWithKeyIsEncrypted,
  },
  {
    id: 'image-builder/accounts-have-regions',
    summary: 'Every account that gets images has enabled the regions that they go to.',
    file: 'policies/image-builder/accounts-have-regions.ts',
    rule: imageBuilderAccountsHaveRegions,
  },
  {
    id: 'image-builder/distribution-has-its-own-region',
    summary: 'A distribution configuration distributes to the region that it is in, too.',
    file: 'policies/image-builder/distribution-has-its-own-region.ts',
    rule: imageBuilderDistributionHasItsOwnRegion,
  },
  {
    id: 'image-builder/distribution-key-is-not-for-build',
    summary:
      'An image that may be launched in the region of its build has its key from the recipe, not from the distribution.',
    file: 'policies/image-builder/distribution-key-is-not-for-build.ts',
    rule: imageBuilderDistributionKeyIsNotForBuild,
  },
  {
    id: 'image-builder/distribution-role-is-as-named',
    summary:
      "Every target account has the role `EC2ImageBuilderDistributionCrossAccountRole`, by that name, without a path, and with AWS's policy.",
    file: 'policies/image-builder/distribution-role-is-as-named.ts',
    rule: imageBuilderDistributionRoleIsAsNamed,
  },
  {
    id: 'image-builder/distribution-role-trusts-builder',
    summary: 'The distribution role of a target account trusts the account that builds.',
    file: 'policies/image-builder/distribution-role-trusts-builder.ts',
    rule: imageBuilderDistributionRoleTrustsBuilder,
  },
  {
    id: 'image-builder/distribution-role-uses-keys',
    summary: 'The distribution role of every target account can use the keys of the image.',
    file: 'policies/image-builder/distribution-role-uses-keys.ts',
    rule: imageBuilderDistributionRoleUsesKeys,
  },
  {
    id: 'image-builder/fast-launch-stays-in-account',
    summary: 'A distribution to other accounts does without fast launch.',
    file: 'policies/image-builder/fast-launch-stays-in-account.ts',
    rule: imageBuilderFastLaunchStaysInAccount,
  },
  {
    id: 'image-builder/keys-are-shared-both-ways',
    summary:
      'A key with which Image Builder copies an image into another account admits the account on the other side.',
    file: 'policies/image-builder/keys-are-shared-both-ways.ts',
    rule: imageBuilderKeysAreSharedBothWays,
  },
  {
    id: 'image-builder/launch-permission-names-somebody',
    summary: 'A launch permission of Image Builder names somebody.',
    file: 'policies/image-builder/launch-permission-names-somebody.ts',
    rule: imageBuilderLaunchPermissionNamesSomebody,
  },
  {
    id: 'image-builder/recipe-maps-root-device',
    summary: 'A recipe that encrypts volumes encrypts the root device.',
    file: 'policies/image-builder/recipe-maps-root-device.ts',
    rule: imageBuilderRecipeMapsRootDevice,
  },
  {
    id: 'image-builder/recipe-of-shared-image-names-keys',
    summary: 'The recipe of an image that is shared encrypts every volume under a customer managed key.',
    file: 'policies/image-builder/recipe-of-shared-image-names-keys.ts',
    rule: imageBuilderRecipeOfSharedImageNamesKeys,
  },
  {
    id: 'image-builder/service-linked-role-uses-keys',
    summary: "Image Builder's service-linked role can use every key of the images that it builds and copies.",
    file: 'policies/image-builder/service-linked-role-uses-keys.ts',
    rule: imageBuilderServiceLinkedRoleUsesKeys,
  },
  {
    id: 'image-builder/shared-copies-have-keys',
    summary: 'A distribution that copies an encrypted image for others names a customer managed key in every region.',
    file: 'policies/image-builder/shared-copies-have-keys.ts',
    rule: imageBuilderSharedCopiesHaveKeys,
  },
  {
    id: 'image-builder/topic-key-admits-service-linked-role',
    summary: "Image Builder's service-linked role can use the key of the topic by which it tells of builds.",
    file: 'policies/image-builder/topic-key-admits-service-linked-role.ts',
    rule: imageBuilderTopicKeyAdmitsServiceLinkedRole,
  },
  {
    id: 'kms/deletion-leaves-time',
    summary: 'The deletion of a key of images can be cancelled for a month.',
    file: 'policies/kms/deletion-leaves-time.ts',
    rule: kmsDeletionLeavesTime,
  },
  {
    id: 'kms/ebs-key-is-symmetric',
    summary: 'A key that EBS uses is a symmetric encryption key.',
    file: 'policies/kms/ebs-key-is-symmetric.ts',
    rule: kmsEbsKeyIsSymmetric,
  },
  {
    id: 'kms/key-is-rotated',
    summary: 'A key whose material AWS makes is rotated by AWS.',
    file: 'policies/kms/key-is-rotated.ts',
    rule: kmsKeyIsRotated,
  },
  {
    id: 'kms/key-is-used-in-its-region',
    summary: "EBS uses a key in the key's own region.",
    file: 'policies/kms/key-is-used-in-its-region.ts',
    rule: kmsKeyIsUsedInItsRegion,
  },
  {
    id: 'kms/multi-region-key-has-replica',
    summary: 'A multi-Region key that is used in a region has a key there.',
    file: 'policies/kms/multi-region-key-has-replica.ts',
    rule: kmsMultiRegionKeyHasReplica,
  },
  {
    id: 'kms/network-deny-spares-instances',
    summary: 'A Deny by network address spares the roles of instances.',
    file: 'policies/kms/network-deny-spares-instances.ts',
    rule: kmsNetworkDenySparesInstances,
  },
  {
    id: 'kms/policy-admits-no-stranger',
    summary: 'A key policy that names everybody is closed by a condition that strangers do not meet.',
    file: 'policies/kms/policy-admits-no-stranger.ts',
    rule: kmsPolicyAdmitsNoStranger,
  },
  {
    id: 'kms/policy-delegates-to-iam',
    summary: 'A key policy lets count what IAM gives to whoever comes in by no other way.',
    file: 'policies/kms/policy-delegates-to-iam.ts',
    rule: kmsPolicyDelegatesToIam,
  },
  {
    id: 'kms/policy-has-one-owner',
    summary: 'The policy of a key is set in one place.',
    file: 'policies/kms/policy-has-one-owner.ts',
    rule: kmsPolicyHasOneOwner,
  },
  {
    id: 'kms/policy-is-well-formed',
    summary: 'Every statement of a policy has what AWS demands of one.',
    file: 'policies/kms/policy-is-well-formed.ts',
    rule: kmsPolicyIsWellFormed,
  },
  {
    id: 'kms/policy-lockout-check-is-on',
    summary: 'AWS checks that a new key policy lets its author change it again.',
    file: 'policies/kms/policy-lockout-check-is-on.ts',
    rule: kmsPolicyLockoutCheckIsOn,
  },
  {
    id: 'kms/policy-names-existing-actions',
    summary: 'Every KMS action that a policy names exists.',
    file: 'policies/kms/policy-names-existing-actions.ts',
    rule: kmsPolicyNamesExistingActions,
  },
  {
    id: 'kms/policy-names-existing-principals',
    summary: 'The roles and users that a key policy names exist when it is set.',
    file: 'policies/kms/policy-names-existing-principals.ts',
    rule: kmsPolicyNamesExistingPrincipals,
  },
  {
    id: 'kms/principals-are-whole',
    summary: 'A principal in a key policy is everybody or one account, role, user or session, never a pattern.',
    file: 'policies/kms/principals-are-whole.ts',
    rule: kmsPrincipalsAreWhole,
  },
  {
    id: 'kms/replica-admits-same-consumers',
    summary: 'The policy of a replica admits whom that of its primary admits.',
    file: 'policies/kms/replica-admits-same-consumers.ts',
    rule: kmsReplicaAdmitsSameConsumers,
  },
  {
    id: 'kms/replica-is-of-multi-region-key',
    summary: 'A replica is of a multi-Region key of its account, in another region.',
    file: 'policies/kms/replica-is-of-multi-region-key.ts',
    rule: kmsReplicaIsOfMultiRegionKey,
  },
  {
    id: 'kms/set-operators-fit-their-keys',
    summary: 'A condition over sets of values is on a key that has sets of values.',
    file: 'policies/kms/set-operators-fit-their-keys.ts',
    rule: kmsSetOperatorsFitTheirKeys,
  },
  {
    id: 'kms/statements-have-an-effect',
    summary: 'Every statement about keys can have the effect that it was written for.',
    file: 'policies/kms/statements-have-an-effect.ts',
    rule: kmsStatementsHaveAnEffect,
  },
  {
    id: 'kms/used-key-is-enabled',
    summary: 'A key that EBS uses is enabled, has its material, and is not deleted.',
    file: 'policies/kms/used-key-is-enabled.ts',
    rule: kmsUsedKeyIsEnabled,
  },
  {
    id: 'operations/kms-calls-have-an-alarm',
    summary:
      'Where Packer builds under a key, an alarm on calls of KMS watches a metric that there is, and tells somebody.',
    file: 'policies/operations/kms-calls-have-an-alarm.ts',
    rule: operationsKmsCallsHaveAnAlarm,
  },
  {
    id: 'operations/lifecycle-role-uses-keys',
    summary: 'The role of a lifecycle policy can use the keys under which it copies snapshots.',
    file: 'policies/operations/lifecycle-role-uses-keys.ts',
    rule: operationsLifecycleRoleUsesKeys,
  },
  {
    id: 'operations/lifecycle-spares-shared-images',
    summary: 'A lifecycle policy of Image Builder that deletes or disables images spares those that are shared.',
    file: 'policies/operations/lifecycle-spares-shared-images.ts',
    rule: operationsLifecycleSparesSharedImages,
  },
  {
    id: 'packer/key-comes-with-encryption',
    summary: 'A template that names a key asks for encryption.',
    file: 'policies/packer/key-comes-with-encryption.ts',
    rule: packerKeyComesWithEncryption,
  },
  {
    id: 'packer/key-identifiers-are-valid',
    summary: 'A key is named in a form that Packer takes: an id, `alias/…`, or the ARN of either.',
    file: 'policies/packer/key-identifiers-are-valid.ts',
    rule: packerKeyIdentifiersAreValid,
  },
  {
    id: 'packer/keys-exist-in-their-regions',
    summary: 'A key that a template names for a region exists there and is enabled.',
    file: 'policies/packer/keys-exist-in-their-regions.ts',
    rule: packerKeysExistInTheirRegions,
  },
  {
    id: 'packer/region-keys-match-copies',
    summary:
      'A template that names keys by region names one for each region that the image is copied to, and for no other.',
    file: 'policies/packer/region-keys-match-copies.ts',
    rule: packerRegionKeysMatchCopies,
  },
  {
    id: 'packer/role-uses-keys',
    summary:
      'The role that Packer runs as may use every key of a build: of its volumes, of the image and its copies, and of the source image.',
    file: 'policies/packer/role-uses-keys.ts',
    rule: packerRoleUsesKeys,
  },
  {
    id: 'packer/shared-image-has-customer-managed-key',
    summary: 'An image that a template shares is not encrypted under an AWS managed key, in any region.',
    file: 'policies/packer/shared-image-has-customer-managed-key.ts',
    rule: packerSharedImageHasCustomerManagedKey,
  },
  {
    id: 'packer/snapshots-are-shared-with-image',
    summary: 'The snapshots of an encrypted image are shared with the accounts that the image is shared with.',
    file: 'policies/packer/snapshots-are-shared-with-image.ts',
    rule: packerSnapshotsAreSharedWithImage,
  },
]
