import type { TerraformProvider, TerraformResource } from 'cdktf'
import type { Construct } from 'constructs'
import { demandedBy } from '../../engine/buildable'
import type { OwnRules } from '../../engine/engine'
import { united } from '../../engine/fix/merge'
import type { Json, JsonObject } from '../../policies/intrinsics'
import { partitionOfRegion } from '../../policies/lang/aws'
import type { Fix } from '../../policies/lang/finding'
import type { Rule, Situation } from '../../policies/lang/rule'
import { waitFor } from '../image-key'
import { providedBy, refused } from '../placement'
import { CheckedConstruct } from '../rule-checks'
import { attributeOf, configure, setAttribute } from './configure'
import { addStatements, type IKeyPolicy } from './policies'
import { policyText } from './render'
import { classes } from './types'

/** What a rule speaks of. */
export type SituationOf<R> = R extends Rule<infer S> ? S : never

/** What a rule speaks of, and where the things go that it requires. */
export interface RuleConstructProps<S extends Situation> {
  /** What the rule speaks of, as it finds it in plans. */
  readonly situation: S
  /**
   * Takes the statements for the policy of the key: `MultiRegionKey`, or `ImportedKey` where the key is another account's.
   * @default - the key among `resources`
   */
  readonly key?: IKeyPolicy
  /**
   * The resources that the requirements change: a key, a role that is to be trusted or to get a policy, whatever gets an attribute. They are
   * known by what the situation calls them, or by being the only one of their kind.
   * @default - none is changed
   */
  readonly resources?: TerraformResource[]
  /**
   * Providers of this stack, by the number of the account that they work in.
   * @default - the provider of the stack that has no alias
   */
  readonly providers?: { readonly [account: string]: TerraformProvider }
}

/**
 * Builds what a rule requires of a situation: the same changes, as data, with which `keyreach fix` mends it. Statements go to policies,
 * attributes to resources that are there, and whatever has to be new is made here.
 */
export class RuleConstruct<S extends Situation> extends CheckedConstruct {
  /** What is made, by its type and name in the rule: `aws_kms_grant.keyreach`. */
  readonly made: { readonly [address: string]: TerraformResource }
  private readonly changes = new Map<string, TerraformResource>()

  constructor(
    scope: Construct,
    id: string,
    rule: Rule<S>,
    private readonly props: RuleConstructProps<S>,
    own: OwnRules | null = null,
  ) {
    super(scope, id, own)
    const statements = new Map<string, { fix: Of<'identity-statement'>; statements: JsonObject[] }>()
    for (const fix of united(demandedBy(rule, props.situation, own?.language))) {
      if (fix.kind === 'resource') this.make(fix)
      else if (fix.kind === 'key-policy-statement') this.admit(fix)
      else if (fix.kind === 'trust-statement') this.trust(fix)
      else if (fix.kind === 'attribute') setAttribute(this.changed(fix.target), fix.path, this.named(fix.value))
      else if (fix.kind === 'depends-on') this.wait(fix)
      else if (fix.kind === 'identity-statement') {
        const own = statements.get(fix.target) ?? { fix, statements: [] }
        statements.set(fix.target, { fix, statements: [...own.statements, fix.statement] })
      } else throw refused(this, 'situation', `it asks to change what is there (${fix.kind}), which nothing new can do`)
    }
    for (const own of statements.values()) this.allow(own.fix, own.statements)
    this.made = Object.fromEntries(this.changes)
  }

  private make({ target, type, account, region, values }: Of<'resource'>): void {
    const make = classes[type]
    if (!make) throw refused(this, 'situation', `it asks for ${type}, which this cannot make`)
    // Some rules ask for several of one name, which each fix has for itself.
    const address = this.changes.has(target) ? `${target}-${this.changes.size}` : target
    const resource = new (make())(this, address.replace(/^aws_/, ''), this.provided(account))
    const place = region !== null && attributeOf(resource, 'region') !== undefined ? { region } : {}
    configure(resource, { ...place, ...(this.named(present(values)) as JsonObject) })
    this.changes.set(address, resource)
  }

  private admit({ target, account, statement }: Of<'key-policy-statement'>): void {
    const made = this.changes.get(target)
    if (!made && this.props.key) {
      this.props.key.admit([statement], [])
      return
    }
    const key = made ?? this.found(target, /^aws_kms_(?!grant|alias)/)
    if (!key) throw refused(this, 'key', `the policy of \`${target}\` has to be changed: give the key`)
    addStatements(this, key, 'policy', [this.named(statement) as JsonObject], delegating(account, this.props.situation))
  }

  private trust({ target, statement }: Of<'trust-statement'>): void {
    addStatements(this, this.changed(target), 'assumeRolePolicy', [this.named(statement) as JsonObject], [])
  }

  /** To the policy that is named, or in a policy of its own: that can always be added, whatever others there are. */
  private allow({ target, account }: Of<'identity-statement'>, statements: readonly JsonObject[]): void {
    const named = this.named([...statements]) as readonly JsonObject[]
    const holder = this.found(target, /^$/)
    if (holder && /_policy$/.test(holder.terraformResourceType)) {
      addStatements(this, holder, 'policy', named, [])
      return
    }
    const kind = holder?.terraformResourceType === 'aws_iam_user' || target.includes(':user/') ? 'user' : 'role'
    if (!holder && !target.startsWith('arn:')) throw refused(this, 'resources', `\`${target}\` is not among them`)
    const make = classes[`aws_iam_${kind}_policy`]
    const policy = make && new (make())(this, `policy-${nameOf(target)}`, this.provided(account))
    const own = holder ? attributeOf(holder, 'name') : target.split('/').at(-1)
    Object.assign(policy ?? {}, { name: this.node.id, [kind]: own, policy: policyText(() => named) })
    if (policy && holder) waitFor(policy, [holder])
  }

  private wait({ target, on }: Of<'depends-on'>): void {
    waitFor(this.changed(target), [this.changes.get(on) ?? this.changed(on)])
  }

  private changed(target: string): TerraformResource {
    const resource = this.changes.get(target) ?? this.found(target, /^/)
    if (!resource) throw refused(this, 'resources', `\`${target}\` is not among them`)
    return resource
  }

  /** The resource that a situation means: by its address, or as the only one of its kind. */
  private found(target: string, kind: RegExp): TerraformResource | undefined {
    const { resources = [] } = this.props
    const fitting = resources.filter(({ terraformResourceType }) => kind.test(terraformResourceType))
    return resources.find(one => addressOf(one) === target) ?? (fitting.length === 1 ? fitting[0] : undefined)
  }

  private provided(account: string | null) {
    return providedBy(this, account === null ? undefined : this.props.providers?.[account])
  }

  /** A value in which what is made here has its name: `${aws_kms_key.keyreach.arn}` is the ARN of that key. */
  private named(value: Json): Json {
    if (Array.isArray(value)) return value.map(one => this.named(one))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.named(one as Json)]))
    const [, address = '', attribute = ''] = /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(String(value)) ?? []
    const resource = this.changes.get(address) ?? this.props.resources?.find(one => addressOf(one) === address)
    return resource ? (attributeOf(resource, attribute) as string) : value
  }
}

type Of<K extends Fix['kind']> = Extract<Fix, { readonly kind: K }>

/** What an `aws_kms_key` without a policy has: all of it is left to the policies of its account. */
function delegating(account: string | null, { region }: Situation): readonly JsonObject[] {
  if (account === null) return []
  const AWS = `arn:${partitionOfRegion(region ?? '')}:iam::${account}:root`
  return [{ Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }]
}

function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`
}

function nameOf(target: string): string {
  return target.split(/[./]/).at(-1) ?? target
}

function present(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}
