import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy'
import type { Construct } from 'constructs'
import { partitionOfRegion, roleArn } from '../policies/lang/aws'
import type { IMultiRegionKey } from './image-key'
import { PackerTemplate } from './packer-template'
import {
  type AccountRef,
  accountNumber,
  literal,
  type Placement,
  type PrincipalRef,
  principalArn,
  providedBy,
  refused,
} from './placement'
import { CheckedConstruct } from './rule-checks'
import { identityStatements, policyText } from './satisfy/render'
import { forPacker, keyIn } from './satisfy/requirements'
import { assumedBy } from './satisfy/trust'

export interface PackerBuildProps extends AccountRef {
  /** The name of the role that Packer runs as. */
  readonly roleName: string
  /** Who assumes the role: those that run Packer. */
  readonly trustedBy: PrincipalRef[]
  /** Where images are built. */
  readonly placement: Placement
  /** The key of the images, which has to have every region; of the account of the role. */
  readonly key: IMultiRegionKey
  /** The image to begin with. */
  readonly sourceAmi: string
  /** The name of the image. */
  readonly imageName: string
  /**
   * The regions that the image is copied to.
   * @default - none but that of the build
   */
  readonly copyToRegions?: string[]
  /**
   * Accounts that the image is shared with, its snapshots too.
   * @default - none
   */
  readonly shareWithAccounts?: string[]
  /**
   * The type of instance to build on.
   * @default t3.medium
   */
  readonly instanceType?: string
  /**
   * The user that Packer logs in as.
   * @default ec2-user
   */
  readonly sshUsername?: string
  /**
   * Tags of the role.
   * @default - none
   */
  readonly tags?: { [name: string]: string }
}

/**
 * What Packer needs to make an encrypted image: a role, its permissions for EC2 and for the key of each region, and the template.
 *
 * The policy that Packer's documentation gives has actions of EC2 only. The template names the key by its alias, which is the same in every
 * region, so that it is known before anything is made; what shares the image shares its snapshots.
 */
export class PackerBuild extends CheckedConstruct {
  /** The role that Packer runs as. */
  readonly role: IamRole
  /** What the role is allowed. */
  readonly policy: IamRolePolicy
  /** The builder of the template, to be written with `toHcl` or `toJson`. */
  readonly template: PackerTemplate

  constructor(scope: Construct, id: string, props: PackerBuildProps) {
    super(scope, id)
    const { placement, key, roleName, trustedBy, tags, copyToRegions = [], shareWithAccounts = [] } = props
    const accountId = accountNumber(this, props.accountId)
    if (accountId !== key.accountId) throw refused(this, 'key', 'Packer builds in the account of the key')
    if (trustedBy.length === 0) throw refused(this, 'trustedBy', 'nobody could assume the role')
    literal(this, 'roleName', roleName, /^[\w+=,.@-]{1,64}$/, 'the name of a role')
    const provided = providedBy(this, placement.provider)
    const regions = [...new Set([placement.region, ...copyToRegions])]
    const arn = roleArn(partitionOfRegion(placement.region), accountId, '/', roleName)
    this.role = new IamRole(this, 'Resource', {
      ...provided,
      name: roleName,
      assumeRolePolicy: assumedBy(trustedBy.map(one => principalArn(this, one))),
      ...(tags && { tags }),
    })
    const needs = regions.flatMap(region => forPacker(arn, keyIn(accountId, region, key.arnIn(region))))
    this.policy = new IamRolePolicy(this, 'policy', {
      ...provided,
      name: 'packer',
      role: this.role.name,
      policy: policyText(() => [
        { Sid: 'Packer', Effect: 'Allow', Action: [...EC2_ACTIONS], Resource: '*' },
        ...identityStatements(needs),
      ]),
    })
    if (shareWithAccounts.length > 0) key.grantAudience({ accountIds: shareWithAccounts })
    this.template = new PackerTemplate({
      region: placement.region,
      sourceAmi: props.sourceAmi,
      imageName: props.imageName,
      instanceType: props.instanceType ?? 't3.medium',
      sshUsername: props.sshUsername ?? 'ec2-user',
      keyAlias: key.alias,
      copyToRegions: regions.filter(region => region !== placement.region),
      shareWithAccounts,
    })
  }
}

/** https://developer.hashicorp.com/packer/integrations/hashicorp/amazon#iam-task-or-instance-role */
const EC2_ACTIONS = [
  'ec2:AttachVolume',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:CopyImage',
  'ec2:CreateImage',
  'ec2:CreateKeyPair',
  'ec2:CreateSecurityGroup',
  'ec2:CreateSnapshot',
  'ec2:CreateTags',
  'ec2:CreateVolume',
  'ec2:DeleteKeyPair',
  'ec2:DeleteSecurityGroup',
  'ec2:DeleteSnapshot',
  'ec2:DeleteVolume',
  'ec2:DeregisterImage',
  'ec2:DescribeImageAttribute',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceStatus',
  'ec2:DescribeInstances',
  'ec2:DescribeRegions',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSnapshots',
  'ec2:DescribeSubnets',
  'ec2:DescribeTags',
  'ec2:DescribeVolumes',
  'ec2:DetachVolume',
  'ec2:GetPasswordData',
  'ec2:ModifyImageAttribute',
  'ec2:ModifyInstanceAttribute',
  'ec2:ModifySnapshotAttribute',
  'ec2:RegisterImage',
  'ec2:RunInstances',
  'ec2:StopInstances',
  'ec2:TerminateInstances',
] as const
