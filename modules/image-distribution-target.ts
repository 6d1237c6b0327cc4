import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy'
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment'
import type { TerraformProvider } from 'cdktf'
import type { Construct } from 'constructs'
import { partitionOfRegion, roleArn, serviceLinkedRoleArn } from '../policies/lang/aws'
import { DISTRIBUTION_POLICY, DISTRIBUTION_ROLE } from '../policies/lang/distribution-role'
import type { IMultiRegionKey } from './image-key'
import { type AccountRef, accountNumber, providedBy } from './placement'
import { CheckedConstruct } from './rule-checks'
import { identityStatements, policyText } from './satisfy/render'
import { forDistributionRole, keyIn } from './satisfy/requirements'
import { assumedByAccountsOf } from './satisfy/trust'

export interface ImageDistributionTargetProps extends AccountRef {
  /** The account that builds the images. */
  readonly sourceAccountId: string
  /** The key of the images. */
  readonly key: IMultiRegionKey
  /**
   * The regions whose keys the role uses: that of the build, and those that get copies.
   * @default - all that the key has
   */
  readonly regions?: string[]
  /**
   * The provider of the account, a provider of the same stack.
   * @default - the provider of the stack that has no alias
   */
  readonly provider?: TerraformProvider
  /**
   * Tags of the role.
   * @default - none
   */
  readonly tags?: { [name: string]: string }
}

/**
 * Lets Image Builder of another account copy its images into this one.
 *
 * Image Builder works here as a role of a fixed name, which AWS's policy allows what it does with images and not the use of their keys: the
 * role reads the snapshots under the key of the build and writes copies under the keys of their regions, and has both from here.
 */
export class ImageDistributionTarget extends CheckedConstruct {
  /** The role, by the name that Image Builder looks for. */
  readonly role: IamRole
  /** What AWS allows the role with images. */
  readonly distributionPolicy: IamRolePolicyAttachment
  /** What the role is allowed with the keys. */
  readonly keyPolicy: IamRolePolicy

  constructor(scope: Construct, id: string, props: ImageDistributionTargetProps) {
    super(scope, id)
    const { key, tags } = props
    const regions = props.regions ?? key.regions
    const accountId = accountNumber(this, props.accountId)
    const source = accountNumber(this, props.sourceAccountId)
    const partition = partitionOfRegion(regions[0] ?? '')
    const provided = providedBy(this, props.provider)
    if (accountId !== key.accountId) key.grantConsumer({ accountId, imageBuilderTarget: true })
    this.role = new IamRole(this, 'Resource', {
      ...provided,
      name: DISTRIBUTION_ROLE,
      description: `Image Builder of account ${source} copies images into this account`,
      assumeRolePolicy: assumedByAccountsOf([
        serviceLinkedRoleArn(partition, source, 'imagebuilder.amazonaws.com', null),
      ]),
      ...(tags && { tags }),
    })
    this.distributionPolicy = new IamRolePolicyAttachment(this, 'distribution', {
      ...provided,
      role: this.role.name,
      policyArn: `arn:${partition}:iam::aws:policy/${DISTRIBUTION_POLICY}`,
    })
    const arn = roleArn(partition, accountId, '/', DISTRIBUTION_ROLE)
    const needs = regions.flatMap(region => forDistributionRole(arn, keyIn(key.accountId, region, key.arnIn(region))))
    this.keyPolicy = new IamRolePolicy(this, 'keys', {
      ...provided,
      name: 'keys-of-images',
      role: this.role.name,
      policy: policyText(() => identityStatements(needs)),
    })
  }
}
