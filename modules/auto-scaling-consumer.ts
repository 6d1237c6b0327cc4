import type { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy'
import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role'
import { KmsGrant } from '@cdktf/provider-aws/lib/kms-grant'
import type { ITerraformDependable } from 'cdktf'
import type { Construct } from 'constructs'
import type { JsonObject } from '../policies/intrinsics'
import { accountOf } from '../policies/lang/aws'
import type { Key } from '../policies/lang/key'
import { type AutoScalingRole, autoScalingRoleArn, type IMultiRegionKey, ImageKey, waitFor } from './image-key'
import {
  type AccountRef,
  accountNumber,
  type Placement,
  type PrincipalRef,
  placed,
  principalArn,
  providedBy,
  refused,
} from './placement'
import { CheckedConstruct } from './rule-checks'
import { grantManagement } from './satisfy/grant-management'
import { grantedOperations, identityStatements, policyText } from './satisfy/render'
import { forGrantCreator, forGroup, forLauncher, keyIn } from './satisfy/requirements'

export interface AutoScalingConsumerProps extends AccountRef {
  /** Where the groups are; the key has to have that region. */
  readonly placement: Placement
  /** The key of the images that the groups launch. */
  readonly key: IMultiRegionKey
  /**
   * The service-linked role as which the groups start instances.
   * @default - the account's default role
   */
  readonly serviceLinkedRole?: AutoScalingRole
  /**
   * Makes the service-linked role. An account has the default role as soon as it has had a group.
   * @default false
   */
  readonly createServiceLinkedRole?: boolean
  /**
   * The role with which Terraform makes the grant, where it is to be given the permission here.
   * @default - it has the permission already
   */
  readonly deployer?: PrincipalRef
  /**
   * Roles that launch images without a group, or try them out.
   * @default - none
   */
  readonly launchers?: PrincipalRef[]
}

/**
 * Lets the Auto Scaling groups of an account start instances from images under a key of another account.
 *
 * The service-linked role of a group has no permission for any key, and nobody can give it one. A grant takes its place, if the account of
 * the group makes it: the provider of `placement` has to be that account's. The key has to admit the account for it, which this tells the
 * key (`grantConsumer`); of an imported key its owner has to be told. For a group of the key's own account the key names the role.
 */
export class AutoScalingConsumer extends CheckedConstruct {
  /** The grant; none in the account of the key. */
  readonly grant: KmsGrant | undefined
  /** The service-linked role, where it is made here. */
  readonly serviceLinkedRole: IamServiceLinkedRole | undefined
  /** The ARN of the service-linked role, for the groups. */
  readonly serviceLinkedRoleArn: string
  /** What the role that makes the grant is allowed for it. */
  readonly deployerPolicy: IamRolePolicy | undefined
  /** What the roles that launch are allowed, by the ARN of the role. */
  readonly launcherPolicies: { readonly [role: string]: IamRolePolicy }

  constructor(scope: Construct, id: string, props: AutoScalingConsumerProps) {
    super(scope, id)
    const { placement, key, serviceLinkedRole = {}, deployer, launchers = [] } = props
    const accountId = accountNumber(this, props.accountId)
    this.serviceLinkedRoleArn = autoScalingRoleArn(this, accountId, placement.region, serviceLinkedRole)
    this.serviceLinkedRole = props.createServiceLinkedRole ? this.role(placement, serviceLinkedRole) : undefined
    const own = this.serviceLinkedRole ? [this.serviceLinkedRole] : []
    const needed = keyIn(key.accountId, placement.region, key.arnIn(placement.region))
    const policies = launchers.map(one => [one.arn, this.launcher(one, placement, accountId, needed)] as const)
    this.launcherPolicies = Object.fromEntries(policies)
    this.deployerPolicy =
      deployer && accountId !== key.accountId ? this.deployer(deployer, placement, accountId, needed) : undefined
    if (accountId === key.accountId) {
      if (!(key instanceof ImageKey)) throw refused(this, 'key', 'a key of the same account has to be one of keyreach')
      key.grantOwnGroups(serviceLinkedRole, own)
      return
    }
    key.grantConsumer({ accountId, autoScaling: serviceLinkedRole })
    this.grant = new KmsGrant(this, 'Resource', {
      ...placed(this, placement),
      name: `${this.node.id}-${placement.region}`,
      keyId: key.arnIn(placement.region),
      granteePrincipal: this.serviceLinkedRoleArn,
      operations: [...grantedOperations(forGroup(this.serviceLinkedRoleArn, needed))],
    })
    waitFor(this.grant, [...own, ...(this.deployerPolicy ? [this.deployerPolicy] : [])])
  }

  /** Makes a group wait for what its instances need: Terraform would make both at the same time, and the first instances would die. */
  precede(group: AutoscalingGroup): void {
    waitFor(group, this.dependables)
  }

  /** What has to be there before a group. */
  get dependables(): readonly ITerraformDependable[] {
    return [this.grant, this.serviceLinkedRole].flatMap(one => one ?? [])
  }

  private role({ provider }: Placement, { customSuffix }: AutoScalingRole): IamServiceLinkedRole {
    return new IamServiceLinkedRole(this, 'service-linked-role', {
      ...providedBy(this, provider),
      awsServiceName: 'autoscaling.amazonaws.com',
      ...(customSuffix !== undefined && { customSuffix }),
    })
  }

  private launcher(role: PrincipalRef, placement: Placement, accountId: string, key: Key): IamRolePolicy {
    this.ofAccount(role, accountId)
    return this.policy(role, 'launch', placement, identityStatements(forLauncher(role.arn, key)))
  }

  private deployer(role: PrincipalRef, placement: Placement, accountId: string, key: Key): IamRolePolicy {
    this.ofAccount(role, accountId)
    const created = identityStatements(forGrantCreator({ role: role.arn }, this.serviceLinkedRoleArn, key))
    const managed = created.map(({ Resource = '*' }) => grantManagement({ Resource }))
    return this.policy(role, 'grant', placement, [...created, ...managed])
  }

  private ofAccount(role: PrincipalRef, accountId: string): void {
    const arn = principalArn(this, role)
    if (accountOf(arn) !== accountId) throw refused(this, 'arn', `\`${arn}\` is of another account than the groups`)
  }

  /** A role that launches and makes the grant has a policy for either. */
  private policy(
    { arn, dependsOn = [] }: PrincipalRef,
    purpose: 'grant' | 'launch',
    { region, provider }: Placement,
    statements: readonly JsonObject[],
  ): IamRolePolicy {
    const role = arn.split('/').at(-1) ?? ''
    const policy = new IamRolePolicy(this, `${purpose}-${role}`, {
      ...providedBy(this, provider),
      name: `${this.node.id}-${region}-${purpose}`,
      role,
      policy: policyText(() => statements),
    })
    waitFor(policy, dependsOn)
    return policy
  }
}
