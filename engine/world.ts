import type { JsonObject } from '../policies/intrinsics'

/** One plan of a world: the document that `terraform show -json` prints, and what is declared of it. */
export interface PlanEntry {
  /** The path by which findings name it. */
  readonly file: string
  /** The document. */
  readonly plan: JsonObject
  /** The account that all of its providers reach. */
  readonly account?: string
  /** Provider configuration (`aws.consumer`) → the account that it reaches. */
  readonly providers?: { readonly [provider: string]: string }
  /** Address → the ARN or id that it has once applied. */
  readonly identities?: { readonly [address: string]: string }
  /** Whether Terraform has not planned it: it was made from configuration alone. */
  readonly preview?: boolean
}

/** A builder of a template that makes an Amazon machine image. */
export interface BuilderEntry {
  /** Where it stands in its template: `source.amazon-ebs.image`, `builders[0]`. */
  readonly at: string
  /** `amazon-ebs` and so on. */
  readonly type: string
  /** By name, those that rules read; one that the files given do not tell is an `Unknown`. */
  readonly settings: JsonObject
}

/** One Packer template of a world, and what is declared of it. */
export interface TemplateEntry {
  /** The path by which findings name it. */
  readonly file: string
  /** The account that it builds in. */
  readonly account?: string
  /** What Packer runs as: an address or ARN. */
  readonly role?: string
  /** Its builders of machine images. */
  readonly builders: readonly BuilderEntry[]
  /** Texts that the template marks as sensitive. */
  readonly sensitive?: readonly string[]
}

/** What an engine judges: plans, and the facts that keyreach.yaml declares (`accounts`, `images`, `grants` and so on). */
export interface World {
  /** The plans, states and previews of plans. */
  readonly plans: readonly PlanEntry[]
  /** The templates of Packer. */
  readonly templates?: readonly TemplateEntry[]
  readonly [fact: string]: unknown
}
