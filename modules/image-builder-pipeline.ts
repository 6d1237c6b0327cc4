import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment'
import {
  ImagebuilderDistributionConfiguration,
  type ImagebuilderDistributionConfigurationDistribution,
} from '@cdktf/provider-aws/lib/imagebuilder-distribution-configuration'
import { ImagebuilderImagePipeline } from '@cdktf/provider-aws/lib/imagebuilder-image-pipeline'
import { ImagebuilderImageRecipe } from '@cdktf/provider-aws/lib/imagebuilder-image-recipe'
import { ImagebuilderInfrastructureConfiguration } from '@cdktf/provider-aws/lib/imagebuilder-infrastructure-configuration'
import type { Construct } from 'constructs'
import { partitionOfRegion } from '../policies/lang/aws'
import type { IMultiRegionKey, ImageAudience } from './image-key'
import { type AccountRef, accountNumber, literal, type Placement, placed, providedBy, refused } from './placement'
import { CheckedConstruct } from './rule-checks'
import { assumedByService } from './satisfy/trust'

/** A region that gets the image, and who gets it there. */
export interface ImageDistribution {
  /** The region; the key has to have it. */
  readonly region: string
  /**
   * Accounts that get copies of their own, which they keep. Each needs the role of `ImageDistributionTarget`.
   * @default - none
   */
  readonly copyToAccounts?: string[]
  /**
   * With whom the image is shared: they launch it as it is, and lose it when it is deregistered.
   * @default - nobody
   */
  readonly shareWith?: ImageAudience
  /**
   * The name of the image.
   * @default - the name of the pipeline and the date of the build
   */
  readonly imageName?: string
}

/** A volume of the image besides the root. */
export interface ImageVolume {
  /** The device: `/dev/sdf`. */
  readonly deviceName: string
  /** Its size in GiB. */
  readonly size: number
}

export interface ImageBuilderPipelineProps extends AccountRef {
  /** The name of the pipeline and of all that belongs to it. */
  readonly name: string
  /** The version of the recipe; a recipe cannot change, so that each change needs another. */
  readonly version: string
  /** The image to begin with: the ARN of an image of Image Builder, or the id of an AMI. */
  readonly parentImage: string
  /** Where images are built. */
  readonly placement: Placement
  /** The key of the images, which has to have every region. */
  readonly key: IMultiRegionKey
  /**
   * The components, by ARN.
   * @default - AWS's update of the operating system
   */
  readonly components?: string[]
  /**
   * The root device of the parent image.
   * @default /dev/xvda
   */
  readonly rootDeviceName?: string
  /**
   * Volumes besides the root, encrypted as it is.
   * @default - none
   */
  readonly volumes?: ImageVolume[]
  /**
   * The types of instance to build on.
   * @default - Image Builder chooses
   */
  readonly instanceTypes?: string[]
  /**
   * Where the build instance is connected.
   * @default - the default network
   */
  readonly subnetId?: string
  /**
   * The security groups of the build instance.
   * @default - the default group of the network
   */
  readonly securityGroupIds?: string[]
  /**
   * Regions and accounts that get the image.
   * @default - the region of the build, for the account itself
   */
  readonly distributions?: ImageDistribution[]
  /**
   * When to build, as a cron or rate expression.
   * @default - when somebody asks for it
   */
  readonly schedule?: string
  /**
   * Tags of all that is made.
   * @default - none
   */
  readonly tags?: { [name: string]: string }
}

/**
 * A pipeline of EC2 Image Builder that makes encrypted images, for the regions and accounts that are to have them.
 *
 * The recipe encrypts every volume under the key of the build's region: the key of a distribution serves copies only. Each further region
 * and each copy for an account goes under the key of its region. Whoever gets images is admitted to the key; an account that gets copies
 * needs an `ImageDistributionTarget` besides.
 */
export class ImageBuilderPipeline extends CheckedConstruct {
  /** What the image is made of, and how its volumes are encrypted. */
  readonly recipe: ImagebuilderImageRecipe
  /** What the image is built on. */
  readonly infrastructure: ImagebuilderInfrastructureConfiguration
  /** Where the image goes, and to whom. */
  readonly distribution: ImagebuilderDistributionConfiguration
  /** What builds, when it is time. */
  readonly pipeline: ImagebuilderImagePipeline
  /** The role of the build instance. */
  readonly instanceRole: IamRole
  /** What gives the build instance its role. */
  readonly instanceProfile: IamInstanceProfile
  private readonly distributions: ImageDistribution[] = []

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImageBuilderPipelineProps,
  ) {
    super(scope, id)
    const { name, version, placement, tags, distributions = [], schedule } = props
    accountNumber(this, props.accountId)
    literal(this, 'name', name, /^[\w-][\w -]{0,125}$/, 'a name of letters, digits, dashes and underscores')
    literal(this, 'version', version, /^\d+\.\d+\.\d+$/, 'a version of three numbers')
    const place = { ...placed(this, placement), ...(tags && { tags }) }
    this.instanceRole = this.role()
    this.instanceProfile = new IamInstanceProfile(this, 'instance-profile', {
      ...providedBy(this, placement.provider),
      name: this.instanceRole.nameInput ?? name,
      role: this.instanceRole.name,
    })
    this.recipe = this.recipeOf(props)
    this.infrastructure = new ImagebuilderInfrastructureConfiguration(this, 'infrastructure', {
      ...place,
      name,
      instanceProfileName: this.instanceProfile.name,
      terminateInstanceOnFailure: true,
      instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      ...(props.instanceTypes && { instanceTypes: props.instanceTypes }),
      ...(props.subnetId !== undefined && { subnetId: props.subnetId }),
      ...(props.securityGroupIds && { securityGroupIds: props.securityGroupIds }),
    })
    this.distribution = new ImagebuilderDistributionConfiguration(this, 'distribution', {
      ...place,
      name,
      distribution: this.blocks(),
    })
    this.pipeline = new ImagebuilderImagePipeline(this, 'Resource', {
      ...place,
      name,
      imageRecipeArn: this.recipe.arn,
      infrastructureConfigurationArn: this.infrastructure.arn,
      distributionConfigurationArn: this.distribution.arn,
      ...(schedule !== undefined && { schedule: { scheduleExpression: schedule } }),
    })
    for (const one of distributions) this.addDistribution(one)
  }

  /** Gives the image to one more region, and to accounts in it. */
  addDistribution(distribution: ImageDistribution): void {
    const { key } = this.props
    const { region, copyToAccounts = [], shareWith } = distribution
    if (this.distributions.some(one => one.region === region)) throw refused(this, 'region', `${region} is there twice`)
    key.arnIn(region)
    for (const accountId of copyToAccounts)
      if (accountId !== key.accountId) key.grantConsumer({ accountId, imageBuilderTarget: true })
    if (shareWith) key.grantAudience(shareWith)
    this.distributions.push(distribution)
    this.distribution.putDistribution(this.blocks())
  }

  private role(): IamRole {
    const { name, placement, tags } = this.props
    const provided = providedBy(this, placement.provider)
    const role = new IamRole(this, 'instance-role', {
      ...provided,
      name: `${name}-image-builder`,
      assumeRolePolicy: assumedByService('ec2.amazonaws.com'),
      ...(tags && { tags }),
    })
    for (const policy of ['EC2InstanceProfileForImageBuilder', 'AmazonSSMManagedInstanceCore'])
      new IamRolePolicyAttachment(this, policy, {
        ...provided,
        role: role.name,
        policyArn: `arn:${partitionOfRegion(placement.region)}:iam::aws:policy/${policy}`,
      })
    return role
  }

  private recipeOf(props: ImageBuilderPipelineProps): ImagebuilderImageRecipe {
    const { name, version, parentImage, placement, key, tags, rootDeviceName = '/dev/xvda', volumes = [] } = props
    const { region } = placement
    const update = `arn:${partitionOfRegion(region)}:imagebuilder:${region}:aws:component/update-linux/x.x.x`
    const encrypted = { encrypted: 'true', kmsKeyId: key.arnIn(region), deleteOnTermination: 'true', volumeType: 'gp3' }
    return new ImagebuilderImageRecipe(this, 'recipe', {
      ...placed(this, placement),
      name,
      version,
      parentImage,
      component: (props.components ?? [update]).map(componentArn => ({ componentArn })),
      blockDeviceMapping: [
        { deviceName: rootDeviceName, ebs: encrypted },
        ...volumes.map(({ deviceName, size }) => ({ deviceName, ebs: { ...encrypted, volumeSize: size } })),
      ],
      lifecycle: { createBeforeDestroy: true },
      ...(tags && { tags }),
    })
  }

  /** The region of the build has a distribution of its own, or Image Builder refuses the configuration. */
  private blocks(): ImagebuilderDistributionConfigurationDistribution[] {
    const { region } = this.props.placement
    const isThere = this.distributions.some(one => one.region === region)
    return [...(isThere ? [] : [{ region }]), ...this.distributions].map(one => this.blockOf(one))
  }

  private blockOf(distribution: ImageDistribution): ImagebuilderDistributionConfigurationDistribution {
    const { region, copyToAccounts = [], shareWith, imageName } = distribution
    const { name, key, placement } = this.props
    const isCopied = region !== placement.region || copyToAccounts.length > 0
    return {
      region,
      amiDistributionConfiguration: {
        name: imageName ?? `${name}-{{ imagebuilder:buildDate }}`,
        ...(isCopied && { kmsKeyId: key.arnIn(region) }),
        ...(copyToAccounts.length > 0 && { targetAccountIds: copyToAccounts }),
        ...(shareWith && launchPermission(shareWith)),
      },
    }
  }
}

/** Image Builder refuses a list of nobody, and a permission without a list. */
function launchPermission({ accountIds = [], organizationArns = [], organizationalUnitArns = [] }: ImageAudience) {
  const lists = {
    ...(accountIds.length > 0 && { userIds: accountIds }),
    ...(organizationArns.length > 0 && { organizationArns }),
    ...(organizationalUnitArns.length > 0 && { organizationalUnitArns }),
  }
  return Object.keys(lists).length > 0 ? { launchPermission: lists } : {}
}
