import { type ITerraformDependable, type TerraformProvider, TerraformStack, Token } from 'cdktf'
import type { Construct } from 'constructs'

/** Where a resource lives. */
export interface Placement {
  /** The region, as literal text: `eu-central-1`. */
  readonly region: string
  /**
   * The provider of the account, a provider of the same stack.
   * @default - the provider of the stack that has no alias
   */
  readonly provider?: TerraformProvider
}

/** An account of AWS. */
export interface AccountRef {
  /** The number of the account, as literal text of twelve digits. */
  readonly accountId: string
}

/** A role or user, by an ARN that is known before anything is made. */
export interface PrincipalRef {
  /** The ARN, as literal text: `arn:aws:iam::111122223333:role/packer`. */
  readonly arn: string
  /**
   * What makes the principal. KMS refuses a policy that names one that is not there yet.
   * @default - the principal is there already
   */
  readonly dependsOn?: ITerraformDependable[]
}

/** The part of a resource's configuration that says where it lives. */
export interface Placed {
  readonly region: string
  readonly provider?: TerraformProvider
}

/** Region and provider of a resource, for each resource of a construct has to be told both. Throws where they cannot be. */
export function placed(scope: Construct, { region, provider }: Placement): Placed {
  literal(scope, 'region', region, /^[a-z]{2,4}(-[a-z]+)+-\d+$/, 'the name of a region')
  return { region, ...providedBy(scope, provider) }
}

/** The provider of a resource that has no region, as those of IAM. */
export function providedBy(
  scope: Construct,
  provider: TerraformProvider | undefined,
): { readonly provider?: TerraformProvider } {
  if (!provider) return {}
  if (TerraformStack.of(provider) !== TerraformStack.of(scope))
    throw refused(scope, 'provider', `\`${provider.node.path}\` is a provider of another stack`)
  return { provider }
}

/** The number of an account. Throws where it is none, or not known yet. */
export function accountNumber(scope: Construct, accountId: string): string {
  return literal(scope, 'accountId', accountId, /^\d{12}$/, 'a number of twelve digits')
}

/** The ARN of a role or user. Throws where it is none, or not known yet. */
export function principalArn(scope: Construct, { arn }: PrincipalRef): string {
  const shape = /^arn:[a-z-]+:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/
  return literal(scope, 'arn', arn, shape, 'the ARN of a role or user')
}

/** A property that has to be known before anything is planned, or else no plan could be judged. */
export function literal(scope: Construct, name: string, value: string, shape: RegExp, what: string): string {
  if (Token.isUnresolved(value))
    throw refused(scope, name, `it is known only at apply; it has to be ${what} as literal text`)
  if (!shape.test(value)) throw refused(scope, name, `\`${value}\` is not ${what}`)
  return value
}

/** The error of a property that no resource can be made of. */
export function refused(scope: Construct, property: string, reason: string): Error {
  return new Error(`${scope.node.path}: ${property}: ${reason}`)
}
