import { at, distinct, entry, fact, index, isObject, type Json, type JsonObject, keys, remembered } from '../intrinsics'
import { accountOf } from './aws'
import { type Change, changes, removals } from './changes'
import { configured } from './configuration'
import { listOf, objectOf, sameScalar, scalarText, textOf } from './json'
import { isUnknown, type Maybe } from './maybe'
import { providerAccount, providerOf, providerRegion } from './provider'
import { candidatesOf } from './reference'
import type { Schema } from './schema'
import { plans } from './world'

/** What a resource type or a block has: attributes by name, and blocks. */
export interface Shape {
  readonly attributes: { readonly [name: string]: unknown }
  readonly blocks: { readonly [name: string]: Shape }
}

/** A resource of a plan, or a block inside one. `S` gives the types of its attributes and blocks. */
export interface Node<S extends Shape = Shape> extends Change {
  /** What people are told: its address, behind the file of its plan where the account has another of that address. */
  readonly address: string
  /** Where the block stands in the resource (`ebs_block_device[0]`); empty for the resource itself. */
  readonly path: string
  /** What the configuration says of it; several where it cannot be told which block this is, none where the block is dynamic. */
  readonly expressions: readonly JsonObject[]
  readonly account: string | null
  readonly region: string | null
  /** Never set: it ties the types of attributes and blocks to the node. */
  shape?(shape: S): void
}

/** The resources of a type (`aws_kms_key`; data sources as `data.aws_kms_key`), in the order of the plans. */
export function resources<T extends keyof Schema & string>(type: T): readonly Node<Schema[T]>[] {
  return positionsOf(type).flatMap(position => nodesAt(position))
}

/** The resource of an id (`plan|address`), as a list of one, or of none where no plan has it. */
export function resourceOf(id: string): readonly Node[] {
  return positionOf(id).flatMap(position => nodesAt(position))
}

/**
 * An attribute: known, null where it is not set (Terraform writes an unset text as null or `""`), or not known until apply.
 * An attribute that the author left to the provider is null, though the plan calls it unknown (aws-facts 7.2).
 */
export function attribute<S extends Shape, K extends keyof S['attributes'] & string>(
  node: Node<S>,
  name: K,
): Maybe<S['attributes'][K]> {
  return readFrom(node, name, at(node.after, [name]), at(node.unknown, [name])) as Maybe<S['attributes'][K]>
}

/** The blocks of a kind inside a resource or block. Where the plan cannot tell how many there are: one, all of it unknown. */
export function blocks<S extends Shape, K extends keyof S['blocks'] & string>(
  node: Node<S>,
  name: K,
): readonly Node<S['blocks'][K]>[] {
  return blocksIn(node, name, listOf(at(node.after, [name])), at(node.unknown, [name]))
}

function blocksIn(node: Node, name: string, present: readonly Json[], unknown: Json): readonly Node[] {
  if (unknown !== true && node.unknown !== true) return knownBlocks(node, name, present, unknown)
  const written = expressionsOf(node, name)
  const isUnset = node.expressions.length > 0 && written.length === 0 && !isDocument(node)
  if (isUnset && node.unknown !== true) return knownBlocks(node, name, present, unknown)
  return [inner(node, `${name}[0]`, {}, true, null, written)]
}

function knownBlocks(node: Node, name: string, present: readonly Json[], unknown: Json): readonly Node[] {
  if (present.length === 0) return []
  const written = expressionsOf(node, name)
  const isOnly = present.length === 1 && written.length === 1
  return present.map((block, i) =>
    inner(
      node,
      stepTo(name, block, i),
      objectOf(block),
      at(unknown, [i]),
      at(node.sensitive, [name, i]),
      matching(written, objectOf(block), isOnly),
    ),
  )
}

/** The one kind of resource whose blocks are never computed: one that is not known is written, as a dynamic block. */
function isDocument(node: Node): boolean {
  return node.type === 'data.aws_iam_policy_document'
}

/** The attribute by which a block of a set is named: sets have lost the order of the source (aws-facts 11.3). */
const NAMED_BY: { readonly [block: string]: string } = {
  block_device_mapping: 'device_name',
  distribution: 'region',
  ebs_block_device: 'device_name',
}

function stepTo(name: string, block: Json, position: number): string {
  const key = entry(NAMED_BY, name) ?? ''
  const value = textOf(at(block, [key]))
  if (value === null) return `${name}[${position}]`
  return `${name}[${key}="${value}"]`
}

/** The elements of a list that may itself be unknown: then one element that is. */
export function each<T>(list: Maybe<readonly T[]>): readonly Maybe<T>[] {
  if (list === null) return []
  if (isUnknown(list)) return [list]
  return list
}

/** Where an attribute of a node stands: `aws_launch_template.app.block_device_mappings[0].ebs[0].kms_key_id`. */
export function place({ address, path }: Node, name: string): string {
  if (path === '' && name !== '') return `${address}.${name}`
  return [address, path, name].filter(step => step !== '').join('.')
}

/** What is declared of how the resource will be called once applied: an ARN or an id; null where nothing is. */
export function identity(node: Node): string | null {
  return textOf(at(plans()[node.plan]?.identities ?? null, [node.own]))
}

/** Whether the plan marks an attribute, or a part of it, as sensitive. */
export function isSensitive(node: Node, name: string): boolean {
  if (node.sensitive === true) return true
  return at(node.sensitive, [name]) === true
}

const positionsOf = index(function* () {
  for (const [i, change] of changes().entries()) yield [change.type, i]
})

const positionOf = index(function* () {
  for (const [i, change] of changes().entries()) yield [change.id, i]
})

/** The ids of what a plan makes, keeps or reads in an account and region (`account|region`). */
export const plannedIn = index(function* () {
  for (const node of nodes())
    if (node.account !== null && node.region !== null) yield [`${node.account}|${node.region}`, node.id]
})

/** The accounts of which a plan was given, or in which one has resources. */
export const plannedAccounts = fact((): readonly string[] =>
  distinct(
    [...plans().map(plan => plan.account), ...nodes().map(node => node.account)].flatMap(id =>
      id === null ? [] : [id],
    ),
  ),
)

const nodes = fact((): readonly Node[] => changes().map(change => nodeOf(change)))

function nodesAt(position: number): readonly Node[] {
  const node = nodes()[position] ?? null
  if (node === null) return []
  return [node]
}

function nodeOf(change: Change): Node {
  const placed = placeOf(change)
  return { ...change, ...placed, address: addressIn(change, placed.account) }
}

function placeOf({ after, unknown, written }: Change): Placed {
  return placedBy(declarationOf(written), at(after, ['region']), at(unknown, ['region']), at(after, ['arn']))
}

/**
 * What people are told of a resource that a plan has in an account: its address, behind the plan's file where another plan may have one of
 * that address in the same account. The stacks of an account often call what they make alike.
 */
export function addressIn({ plan, own }: Listed, account: string | null): string {
  const others = namesakes(own).flatMap(position => holderAt(position))
  if (others.some(other => other.plan !== plan && mayBeSame(other.account, account))) return `${fileOf(plan)}${own}`
  return own
}

/** What stands before the address of a resource: the file of its plan, or nothing. */
export function fileBefore({ plan, own, address }: Node): string {
  if (address === own) return ''
  return fileOf(plan)
}

function fileOf(plan: number): string {
  return `${plans()[plan]?.file ?? ''}:`
}

/** What a plan lists, kept or taken away, and under which address. */
interface Listed {
  readonly plan: number
  readonly own: string
}

/** Where several plans are given: from an address to the positions of what has it among `listed`. */
const namesakes = index(function* () {
  if (plans().length > 1) for (const [i, holder] of listed().entries()) yield [holder.own, i]
})

/** What the plans keep and take away, each with its account. */
const listed = fact((): readonly (Listed & { readonly account: string | null })[] => [
  ...changes().map(change => ({ plan: change.plan, own: change.own, account: placeOf(change).account })),
  ...removals().map(({ plan, own, before }) => ({
    plan,
    own,
    account: textOf(accountOf(textOf(at(before, ['arn'])) ?? '')),
  })),
])

function holderAt(position: number) {
  const holder = listed()[position] ?? null
  if (holder === null) return []
  return [holder]
}

function mayBeSame(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other
}

/** What a resource has beyond its change: the same for all of one declaration that have no region and no ARN of their own. */
interface Placed {
  readonly path: string
  readonly expressions: readonly JsonObject[]
  readonly account: string | null
  readonly region: string | null
}

function placedBy({ expressions, account, region }: Declaration, own: Json, unknown: Json, arn: Json): Placed {
  const parts = (textOf(arn) ?? '').split(':')
  return {
    path: '',
    expressions,
    account: account ?? textOf(parts[4] ?? null),
    region: textOf(own) ?? (isRegionOpen(unknown, expressions) ? null : region) ?? textOf(parts[3] ?? null),
  }
}

/** Whether a resource names a region of its own that is not known: the provider's is then not its. */
function isRegionOpen(unknown: Json, expressions: readonly JsonObject[]): boolean {
  return unknown === true && expressions.some(written => isObject(at(written, ['region'])))
}

/** What a resource's configuration says of all its instances, by module key and address without instances. */
interface Declaration {
  readonly expressions: readonly JsonObject[]
  readonly account: string | null
  readonly region: string | null
}

const declarationOf = remembered((name: string): Declaration => {
  const parts = name.split('|')
  const plan = parts[0] ?? ''
  const configuration = configured(`${plan}|${parts[1] ?? ''}`, parts[2] ?? '')
  const provider = providerOf(name)
  const expressions = at(configuration, ['expressions'])
  return {
    expressions: isObject(expressions) ? [expressions] : [],
    account: providerAccount(provider),
    region: providerRegion(provider),
  }
})

function readFrom(node: Node, name: string, value: Json, unknown: Json): Json {
  if (unknown === true || node.unknown === true) return unknownValue(node, name)
  if (value === '') return null
  if (Array.isArray(value)) return value.map((item, i) => element(node, name, item, at(unknown, [i])))
  return value
}

function element(node: Node, name: string, item: Json, unknown: Json): Json {
  if (unknown !== true) return item
  return { unknown: place(node, name), candidates: candidatesOf(node, expressionsOf(node, name)) }
}

function unknownValue(node: Node, name: string): Json {
  const expressions = expressionsOf(node, name)
  if (node.expressions.length > 0 && expressions.length === 0) return null
  return { unknown: place(node, name), candidates: candidatesOf(node, expressions) }
}

/** What the configuration says of an attribute or kind of block: one object an expression or block. */
function expressionsOf(node: Node, name: string): readonly JsonObject[] {
  return node.expressions.flatMap(expression => expressionList(at(expression, [name])))
}

function expressionList(expression: Json): readonly JsonObject[] {
  if (Array.isArray(expression)) return expression.map(item => objectOf(item))
  if (isObject(expression)) return [expression]
  return []
}

/** The configuration's blocks that a planned block can be: sets have lost their order, so constants have to tell (aws-facts 11.3). */
function matching(written: readonly JsonObject[], block: JsonObject, only: boolean): readonly JsonObject[] {
  if (only) return written
  const fitting = written.filter(candidate => fits(candidate, block))
  if (fitting.length > 0) return fitting
  return written
}

function fits(candidate: JsonObject, block: JsonObject): boolean {
  return constantsOf(candidate).every(name => sameScalar(at(candidate, [name, 'constant_value']), at(block, [name])))
}

function constantsOf(candidate: JsonObject): readonly string[] {
  return keys(candidate).filter(name => scalarText(at(candidate, [name, 'constant_value'])) !== null)
}

function inner(
  node: Node,
  step: string,
  after: JsonObject,
  unknown: Json,
  sensitive: Json,
  expressions: readonly JsonObject[],
): Node {
  return {
    ...node,
    path: [node.path, step].filter(part => part !== '').join('.'),
    after,
    unknown,
    sensitive,
    expressions,
  }
}
