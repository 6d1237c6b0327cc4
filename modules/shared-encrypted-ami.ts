import { AmiCopy } from '@cdktf/provider-aws/lib/ami-copy'
import { AmiLaunchPermission } from '@cdktf/provider-aws/lib/ami-launch-permission'
import { SnapshotCreateVolumePermission } from '@cdktf/provider-aws/lib/snapshot-create-volume-permission'
import type { Construct } from 'constructs'
import type { IMultiRegionKey, ImageAudience } from './image-key'
import { accountNumber, type Placement, placed, refused } from './placement'
import { CheckedConstruct } from './rule-checks'

/** An image that is there already. */
export interface SourceImage {
  /** Its id: `ami-0f1e2d3c4b5a69788`. */
  readonly amiId: string
  /** Where it lives: the account that shares it. */
  readonly placement: Placement
  /**
   * Whether it is encrypted under the key, and so can be shared itself. One that is not is copied only.
   * @default false
   */
  readonly isUnderKey?: boolean
  /**
   * Its snapshots, to be shared with it, so that the accounts can copy it.
   * @default - none is shared
   */
  readonly snapshotIds?: string[]
}

export interface SharedEncryptedAmiProps {
  /** The name of the copies. */
  readonly name: string
  /** The image to begin with. */
  readonly source: SourceImage
  /** The key of the copies, which has to have their regions. */
  readonly key: IMultiRegionKey
  /**
   * Where copies are made.
   * @default - none
   */
  readonly copyTo?: Placement[]
  /** With whom the image and its copies are shared. */
  readonly shareWith: ImageAudience
  /**
   * Tags of the copies.
   * @default - none
   */
  readonly tags?: { [name: string]: string }
}

/**
 * Copies an image under the key of each region, and shares the copies and their key.
 *
 * A launch permission gives away the image and not its key: this gives both. An image under an AWS managed key can be shared with nobody;
 * copy it, also within its own region.
 */
export class SharedEncryptedAmi extends CheckedConstruct {
  /** The copies, by region. */
  readonly copies: { readonly [region: string]: AmiCopy }
  /** Who may launch the image and its copies. */
  readonly launchPermissions: readonly AmiLaunchPermission[]
  /** Who may copy the image, by its snapshots. */
  readonly snapshotPermissions: readonly SnapshotCreateVolumePermission[]
  private readonly source: SourceImage

  constructor(scope: Construct, id: string, props: SharedEncryptedAmiProps) {
    super(scope, id)
    const { source, key, copyTo = [], shareWith } = props
    this.source = source
    if (copyTo.length === 0 && !source.isUnderKey)
      throw refused(this, 'copyTo', 'nothing would be shared: copy the image, or say that it is under the key already')
    this.copies = Object.fromEntries(copyTo.map(placement => [placement.region, this.copy(placement, props)]))
    key.grantAudience(shareWith)
    const shared = [
      ...copyTo.map(placement => ({ placement, imageId: this.copies[placement.region]?.id ?? '' })),
      ...(source.isUnderKey ? [{ placement: source.placement, imageId: source.amiId }] : []),
    ]
    this.launchPermissions = shared.flatMap(({ placement, imageId }, i) => {
      const prefix = i < copyTo.length ? placement.region : 'source'
      return recipients(shareWith).map(
        ({ name, attributes }) =>
          new AmiLaunchPermission(this, `${prefix}-${name}`, { ...placed(this, placement), imageId, ...attributes }),
      )
    })
    this.snapshotPermissions = this.snapshots(shareWith)
  }

  /** The image of a region. Throws where there is none. */
  amiIdIn(region: string): string {
    const copy = this.copies[region]
    if (copy) return copy.id
    if (this.source.isUnderKey && region === this.source.placement.region) return this.source.amiId
    throw refused(this, 'region', `no image in ${region}; there is one in ${Object.keys(this.copies).join(', ')}`)
  }

  private copy(placement: Placement, { name, source, key, tags }: SharedEncryptedAmiProps): AmiCopy {
    return new AmiCopy(this, `copy-${placement.region}`, {
      ...placed(this, placement),
      name,
      sourceAmiId: source.amiId,
      sourceAmiRegion: source.placement.region,
      encrypted: true,
      kmsKeyId: key.arnIn(placement.region),
      ...(tags && { tags }),
    })
  }

  private snapshots({ accountIds = [] }: ImageAudience): readonly SnapshotCreateVolumePermission[] {
    const { placement, snapshotIds = [] } = this.source
    return snapshotIds.flatMap((snapshotId, i) =>
      accountIds.map(
        accountId =>
          new SnapshotCreateVolumePermission(this, `snapshot-${i}-account-${accountNumber(this, accountId)}`, {
            ...placed(this, placement),
            snapshotId,
            accountId,
          }),
      ),
    )
  }
}

/** With whom an image is shared, one permission each. */
function recipients({ accountIds = [], organizationArns = [], organizationalUnitArns = [] }: ImageAudience) {
  return [
    ...accountIds.map(accountId => ({ name: `account-${accountId}`, attributes: { accountId } })),
    ...organizationArns.map(organizationArn => ({
      name: `organization-${organizationArn.split('/').at(-1)}`,
      attributes: { organizationArn },
    })),
    ...organizationalUnitArns.map(organizationalUnitArn => ({
      name: `unit-${organizationalUnitArn.split('/').at(-1)}`,
      attributes: { organizationalUnitArn },
    })),
  ]
}
