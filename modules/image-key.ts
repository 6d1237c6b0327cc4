import { dependable, type ITerraformDependable } from 'cdktf'
import type { Construct, IConstruct } from 'constructs'
import type { JsonObject } from '../policies/intrinsics'
import { accountOf, partitionOfRegion, serviceLinkedRoleArn } from '../policies/lang/aws'
import { distributionRole } from '../policies/lang/distribution-role'
import type { Key } from '../policies/lang/key'
import type { Audience } from '../policies/lang/requirement'
import { type AccountRef, accountNumber, literal, type PrincipalRef, principalArn, refused } from './placement'
import { CheckedConstruct } from './rule-checks'
import { grantManagement } from './satisfy/grant-management'
import type { IKeyPolicy } from './satisfy/policies'
import { keyStatements } from './satisfy/render'
import * as requirements from './satisfy/requirements'

/** To whom images are given. */
export interface ImageAudience {
  /**
   * Accounts, by number.
   * @default - none
   */
  readonly accountIds?: string[]
  /**
   * Organizations, by ARN: `arn:aws:organizations::999988887777:organization/o-exampleorgid`.
   * @default - none
   */
  readonly organizationArns?: string[]
  /**
   * Organizational units, by ARN: `arn:aws:organizations::999988887777:ou/o-exampleorgid/ou-abcd-11112222`.
   * @default - none
   */
  readonly organizationalUnitArns?: string[]
}

/** An Auto Scaling group starts instances as a service-linked role of its account. */
export interface AutoScalingRole {
  /**
   * The suffix of a service-linked role of one's own: `app` for `AWSServiceRoleForAutoScaling_app`.
   * @default - the account's default role, `AWSServiceRoleForAutoScaling`
   */
  readonly customSuffix?: string
}

/** An account that launches the images, or takes copies of them. */
export interface KeyConsumer extends AccountRef {
  /**
   * Lets the account make the grant without which its Auto Scaling groups cannot start instances.
   * @default - the account has no Auto Scaling groups
   */
  readonly autoScaling?: AutoScalingRole
  /**
   * Lets Image Builder of another account copy images into this one.
   * @default false
   */
  readonly imageBuilderTarget?: boolean
}

/** The key of images, in one or more regions: one that is made here, or one that is there already. */
export interface IMultiRegionKey extends IConstruct {
  /** The account that owns the key. */
  readonly accountId: string
  /** The alias in every region, without `alias/`. */
  readonly alias: string
  /** The regions that have a key. */
  readonly regions: readonly string[]
  /** The ARN of the key in a region. Throws where there is none. */
  arnIn(region: string): string
  /** Lets a role or user launch and copy images under the key; one of another account needs policies of its own besides. */
  grantUse(principal: PrincipalRef): void
  /** Lets a role build images under the key, as Packer does. */
  grantBuild(principal: PrincipalRef): void
  /** Lets another account launch images under the key. */
  grantConsumer(consumer: KeyConsumer): void
  /** Lets everybody launch with whom an image is shared. */
  grantAudience(audience: ImageAudience): void
}

/** What an imported and a new key have in common: the grants, each by the requirements of the rules. */
export abstract class ImageKey extends CheckedConstruct implements IMultiRegionKey, IKeyPolicy {
  abstract readonly accountId: string
  abstract readonly alias: string
  /** The ARN of the key by region. */
  protected abstract readonly arns: { readonly [region: string]: string }

  abstract get regions(): readonly string[]

  arnIn(region: string): string {
    const arn = this.arns[region]
    if (arn === undefined)
      throw refused(this, 'region', `no key in ${region}; there is one in ${this.regions.join(', ')}`)
    return arn
  }

  /** Adds statements to the policy, once what they name is there. */
  abstract admit(statements: readonly JsonObject[], dependsOn: readonly ITerraformDependable[]): void

  grantUse(principal: PrincipalRef): void {
    const arn = principalArn(this, principal)
    if (accountOf(arn) !== this.accountId) this.grantConsumer({ accountId: accountOf(arn) })
    else this.admit(keyStatements(requirements.forLauncher(arn, this.anyKey())), principal.dependsOn ?? [])
  }

  grantBuild(principal: PrincipalRef): void {
    const arn = principalArn(this, principal)
    if (accountOf(arn) !== this.accountId) this.grantConsumer({ accountId: accountOf(arn) })
    else this.admit(keyStatements(requirements.forPacker(arn, this.anyKey())), principal.dependsOn ?? [])
  }

  grantConsumer({ accountId, autoScaling, imageBuilderTarget }: KeyConsumer): void {
    const account = accountNumber(this, accountId)
    if (account === this.accountId) throw refused(this, 'accountId', 'the owner of the key is no consumer of it')
    const key = this.anyKey()
    this.admit(keyStatements(requirements.forAudience({ kind: 'account', id: account }, key)), [])
    if (autoScaling) this.admit(this.forGrants(account, autoScaling), [])
    if (imageBuilderTarget) {
      const role = distributionRole(account, key.region)
      if (typeof role === 'string') this.admit(keyStatements(requirements.forTarget(role, key)), [])
    }
  }

  grantAudience(audience: ImageAudience): void {
    for (const one of audiencesOf(this, audience))
      if (one.kind !== 'account' || one.id !== this.accountId)
        this.admit(keyStatements(requirements.forAudience(one, this.anyKey())), [])
  }

  /** Lets the Auto Scaling groups of the key's own account start instances. */
  grantOwnGroups(role: AutoScalingRole, dependsOn: readonly ITerraformDependable[] = []): void {
    const key = this.anyKey()
    const arn = autoScalingRoleArn(this, this.accountId, key.region ?? '', role)
    this.admit(keyStatements(requirements.forOwnGroup(arn, key)), dependsOn)
  }

  /** The key as requirements speak of it, where they are the same in every region. */
  protected anyKey(): Key {
    const [region = ''] = this.regions
    return requirements.keyIn(this.accountId, region, '*')
  }

  private forGrants(account: string, role: AutoScalingRole): readonly JsonObject[] {
    const key = this.anyKey()
    const serviceRole = autoScalingRoleArn(this, account, key.region ?? '', role)
    const created = keyStatements(requirements.forGrantCreator({ account }, serviceRole, key))
    return [...created, ...created.map(({ Principal = '' }) => grantManagement({ Principal, Resource: '*' }))]
  }
}

/** The ARN of the service-linked role of Auto Scaling in an account. */
export function autoScalingRoleArn(
  scope: Construct,
  account: string,
  region: string,
  { customSuffix }: AutoScalingRole,
): string {
  if (customSuffix !== undefined)
    literal(scope, 'customSuffix', customSuffix, /^[\w+=,.@-]{1,64}$/, 'a suffix for a role')
  return serviceLinkedRoleArn(partitionOfRegion(region), account, 'autoscaling.amazonaws.com', customSuffix ?? null)
}

/** The audiences one by one, as requirements speak of them. */
function audiencesOf(scope: Construct, audience: ImageAudience): readonly Audience[] {
  const { accountIds = [], organizationArns = [], organizationalUnitArns = [] } = audience
  return [
    ...accountIds.map((id): Audience => ({ kind: 'account', id: accountNumber(scope, id) })),
    ...organizationArns.map((arn): Audience => {
      literal(scope, 'organizationArns', arn, /:organization\/o-[a-z0-9]+$/, 'the ARN of an organization')
      return { kind: 'organization', id: arn.split('/')[1] ?? '' }
    }),
    ...organizationalUnitArns.map((arn): Audience => {
      literal(
        scope,
        'organizationalUnitArns',
        arn,
        /:ou\/o-[a-z0-9]+\/ou-[a-z0-9-]+$/,
        'the ARN of an organizational unit',
      )
      return { kind: 'unit', organization: arn.split('/')[1] ?? '', id: arn.split('/')[2] ?? '' }
    }),
  ]
}

/** Makes a resource wait for others, beside those that it waits for already. */
export function waitFor(resource: { dependsOn?: string[] }, others: readonly ITerraformDependable[]): void {
  const known = resource.dependsOn ?? []
  const more = others.map(dependable).filter(name => !known.includes(name))
  if (more.length > 0) resource.dependsOn = [...known, ...more]
}
