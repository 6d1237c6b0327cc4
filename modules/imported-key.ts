import type { Construct } from 'constructs'
import { policyDocument } from '../engine/fix/merge'
import type { JsonObject } from '../policies/intrinsics'
import { ImageKey } from './image-key'
import { type AccountRef, accountNumber, refused } from './placement'

/** A key that is there already, in one or more regions. */
export interface ImportedKeyAttributes extends AccountRef {
  /** The alias in every region, without `alias/`. */
  readonly alias: string
  /** The ARN of the key in each region. */
  readonly arns: { readonly [region: string]: string }
}

/** A key that another stack or account owns. Nothing here changes its policy; what it has to say is collected. */
export class ImportedKey extends ImageKey {
  readonly accountId: string
  readonly alias: string
  protected readonly arns: { readonly [region: string]: string }
  private readonly statements: JsonObject[] = []

  constructor(scope: Construct, id: string, { accountId, alias, arns }: ImportedKeyAttributes) {
    super(scope, id)
    this.accountId = accountNumber(this, accountId)
    this.alias = alias
    this.arns = arns
    if (Object.keys(arns).length === 0) throw refused(this, 'arns', 'there is no region in it')
  }

  get regions(): readonly string[] {
    return Object.keys(this.arns)
  }

  /** What the policy of the key has to allow: to be handed to its owner. */
  get requiredPolicy(): JsonObject {
    return policyDocument(this.statements)
  }

  /** Takes what the owner has to allow. */
  admit(statements: readonly JsonObject[]): void {
    this.statements.push(...statements)
  }
}
