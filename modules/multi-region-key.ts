import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias'
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key'
import { KmsReplicaKey } from '@cdktf/provider-aws/lib/kms-replica-key'
import type { ITerraformDependable } from 'cdktf'
import type { Construct } from 'constructs'
import { policyDocument } from '../engine/fix/merge'
import type { JsonObject } from '../policies/intrinsics'
import { ImageKey, type KeyConsumer, waitFor } from './image-key'
import { ImportedKey, type ImportedKeyAttributes } from './imported-key'
import {
  type AccountRef,
  accountNumber,
  literal,
  type Placement,
  type PrincipalRef,
  placed,
  refused,
} from './placement'
import { keyPolicyProblems, keyStatements, literalPolicy, policyText } from './satisfy/render'
import { delegation, keyIn } from './satisfy/requirements'

export interface MultiRegionKeyProps extends AccountRef {
  /** The alias, without `alias/`. Aliases do not replicate: each region gets its own, by the same name. */
  readonly alias: string
  /** Where the primary key lives. */
  readonly primary: Placement
  /**
   * Where replicas live, one for each further region that has images.
   * @default - none
   */
  readonly replicas?: Placement[]
  /**
   * What the key is for, as the console shows it.
   * @default - the images of the alias
   */
  readonly description?: string
  /**
   * Roles of the key's account that build images under it.
   * @default - those that the account's IAM lets
   */
  readonly builders?: PrincipalRef[]
  /**
   * Accounts that launch images under the key, or take copies of them.
   * @default - none
   */
  readonly consumers?: KeyConsumer[]
  /**
   * After how many days AWS rotates the key, from 90 to 2560.
   * @default - every year
   */
  readonly rotationPeriodInDays?: number
  /**
   * How long a deletion can be cancelled, in days, from 7 to 30.
   * @default 30
   */
  readonly deletionWindowInDays?: number
  /**
   * Has Terraform refuse to destroy the key, with which the images would be lost.
   * @default true
   */
  readonly preventDestroy?: boolean
  /**
   * Statements of one's own, added to the policy of every key.
   * @default - none
   */
  readonly statements?: JsonObject[]
  /**
   * Tags of every key.
   * @default - none
   */
  readonly tags?: { [name: string]: string }
}

/**
 * The key of encrypted images, with a replica in every region that has them, and one policy for all.
 *
 * KMS does not copy the policy of a primary key to its replicas, nor its alias. Here each key has the same policy and the same alias. The
 * policy hands over to the IAM of its own account, and admits whom `grantUse`, `grantBuild`, `grantConsumer` and `grantAudience` name, with
 * what the rules demand for them and no more.
 */
export class MultiRegionKey extends ImageKey {
  /** A key that is there already: of another stack, or another account. */
  static fromArns(scope: Construct, id: string, attributes: ImportedKeyAttributes): ImportedKey {
    return new ImportedKey(scope, id, attributes)
  }

  readonly accountId: string
  readonly alias: string
  readonly regions: readonly string[]
  /** The primary key, with whose material the replicas work. */
  readonly primary: KmsKey
  /** The replicas, by region. */
  readonly replicas: { readonly [region: string]: KmsReplicaKey }
  /** The aliases, by region. */
  readonly aliases: { readonly [region: string]: KmsAlias }

  protected readonly arns: { readonly [region: string]: string }
  private readonly admitted: JsonObject[] = []

  constructor(scope: Construct, id: string, props: MultiRegionKeyProps) {
    super(scope, id)
    const { primary, replicas = [], consumers = [], builders = [], statements = [] } = props
    this.accountId = accountNumber(this, props.accountId)
    this.alias = literal(this, 'alias', props.alias, /^(?!alias\/|aws\/)[\w/-]{1,250}$/, 'the name of an alias')
    this.regions = differentRegions(this, [primary, ...replicas])
    this.primary = this.primaryKey(props)
    this.replicas = Object.fromEntries(replicas.map(one => [one.region, this.replica(one, props)]))
    this.aliases = Object.fromEntries([primary, ...replicas].map(one => [one.region, this.aliasIn(one)]))
    this.arns = Object.fromEntries(this.regions.map(region => [region, this.keyResource(region).arn]))
    this.admit(statements, [])
    for (const builder of builders) this.grantBuild(builder)
    for (const consumer of consumers) this.grantConsumer(consumer)
    this.node.addValidation({ validate: () => keyPolicyProblems(literalPolicy(this.statements())) })
  }

  /** The policy of every key, as it is so far. */
  get policyDocument(): JsonObject {
    return policyDocument(this.statements())
  }

  /** Adds statements to the policy of every key, once what they name is there. */
  admit(statements: readonly JsonObject[], dependsOn: readonly ITerraformDependable[]): void {
    this.admitted.push(...statements)
    for (const key of [this.primary, ...Object.values(this.replicas ?? {})]) waitFor(key, dependsOn)
  }

  private primaryKey({ primary, rotationPeriodInDays, ...props }: MultiRegionKeyProps): KmsKey {
    if (rotationPeriodInDays !== undefined) inRange(this, 'rotationPeriodInDays', rotationPeriodInDays, 90, 2560)
    return new KmsKey(this, 'Resource', {
      ...placed(this, primary),
      ...this.common(props),
      multiRegion: true,
      enableKeyRotation: true,
      ...(rotationPeriodInDays !== undefined && { rotationPeriodInDays }),
    })
  }

  private replica(placement: Placement, props: MultiRegionKeyProps): KmsReplicaKey {
    return new KmsReplicaKey(this, `replica-${placement.region}`, {
      ...placed(this, placement),
      ...this.common(props),
      primaryKeyArn: this.primary.arn,
    })
  }

  private aliasIn(placement: Placement): KmsAlias {
    return new KmsAlias(this, `alias-${placement.region}`, {
      ...placed(this, placement),
      name: `alias/${this.alias}`,
      targetKeyId: this.keyResource(placement.region).keyId,
    })
  }

  private keyResource(region: string): KmsKey | KmsReplicaKey {
    return this.replicas[region] ?? this.primary
  }

  private common(props: Pick<MultiRegionKeyProps, 'description' | 'deletionWindowInDays' | 'preventDestroy' | 'tags'>) {
    const { deletionWindowInDays = 30, preventDestroy = true, tags } = props
    inRange(this, 'deletionWindowInDays', deletionWindowInDays, 7, 30)
    return {
      description: props.description ?? `The images of ${this.alias}`,
      deletionWindowInDays,
      policy: policyText(() => this.statements()),
      ...(tags && { tags }),
      ...(preventDestroy && { lifecycle: { preventDestroy } }),
    }
  }

  private statements(): readonly JsonObject[] {
    const [region = ''] = this.regions
    return [...keyStatements(delegation(keyIn(this.accountId, region, '*'))), ...this.admitted]
  }
}

function differentRegions(scope: Construct, placements: readonly Placement[]): readonly string[] {
  const regions = placements.map(({ region }) => region)
  const twice = regions.find((region, i) => regions.indexOf(region) !== i)
  if (twice !== undefined) throw refused(scope, 'replicas', `${twice} is there twice`)
  return regions
}

function inRange(scope: Construct, property: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw refused(scope, property, `${value} is not a whole number from ${least} to ${most}`)
}
