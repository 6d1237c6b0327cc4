import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { File } from '../file'

/** What a resource type or a block has: the TypeScript types of its attributes by name, and its blocks. */
interface Shape {
  readonly attributes: Map<string, string>
  readonly blocks: Map<string, Shape>
}

/** The types that rules read (aws-facts, section 6), without their `aws_`. */
const resourceTypes = `
  account_region ami ami_copy ami_from_instance ami_launch_permission autoscaling_group batch_compute_environment
  cloudwatch_composite_alarm cloudwatch_event_rule cloudwatch_log_metric_filter cloudwatch_metric_alarm
  dlm_lifecycle_policy ebs_default_kms_key ebs_encryption_by_default ebs_snapshot ebs_snapshot_copy ebs_volume
  ec2_fleet ec2_image_block_public_access eks_node_group
  iam_group iam_group_membership iam_group_policy iam_group_policy_attachment iam_instance_profile iam_policy iam_policy_attachment iam_role
  iam_role_policies_exclusive iam_role_policy iam_role_policy_attachment iam_role_policy_attachments_exclusive
  iam_service_linked_role iam_user iam_user_group_membership iam_user_policy iam_user_policy_attachment
  imagebuilder_component imagebuilder_container_recipe imagebuilder_distribution_configuration imagebuilder_image
  imagebuilder_image_pipeline imagebuilder_image_recipe imagebuilder_infrastructure_configuration
  imagebuilder_lifecycle_policy
  instance kms_alias kms_external_key kms_grant kms_key kms_key_policy kms_replica_external_key kms_replica_key
  launch_configuration launch_template snapshot_create_volume_permission sns_topic spot_fleet_request
  spot_instance_request`
const dataSourceTypes = `
  ami caller_identity ebs_default_kms_key ebs_encryption_by_default ebs_snapshot iam_policy iam_policy_document iam_role kms_alias kms_key launch_template
  organizations_organization partition region ssm_parameter`

/** The kinds of attribute that the provider's classes know, by the word in their getters. */
const attributeTypes: { readonly [getter: string]: string } = {
  String: 'string',
  Number: 'number',
  Boolean: 'boolean',
  List: 'readonly string[]',
  NumberList: 'readonly number[]',
  StringMap: '{ readonly [key: string]: string }',
}

/**
 * `policies/lang/schema.ts`: the attributes and blocks of the resource types that rules read, as the installed
 * `@cdktf/provider-aws` has them. The names come from its classes, which carry Terraform's own spelling.
 * Throws where the package lacks a type or has an attribute of a kind that this page does not know.
 */
export function emitSchema(): File {
  const named = namedTypes('policies')
  const text = [
    `// Generated from @cdktf/provider-aws ${version()} by generator/emit/schema.ts; do not edit.\n`,
    '/** The attributes and blocks of the resource types (data sources as `data.…`) that rules read. */',
    `export interface Schema {`,
    ...shapes().flatMap(([type, shape]) => entry(property(type), shape, '  ')),
    '}\n',
    '/** Those that the policies name, by mode: the others of a plan are not even looked at. */',
    'export const RESOURCE_TYPES = {',
    ...listed('managed', words(resourceTypes), type => named.has(type)),
    ...listed('data', words(dataSourceTypes), type => named.has(`data.${type}`)),
    '}\n',
    'type None = Record<never, never>\n',
  ].join('\n')
  return { path: 'policies/lang/schema.ts', text }
}

/**
 * `engine/load/preview/shapes.ts`: the same as data, for configuration that no provider has read yet: which members are blocks, and which
 * attributes are no texts.
 */
export function emitShapes(): File {
  const text = [
    `// Generated from @cdktf/provider-aws ${version()} by generator/emit/schema.ts; do not edit.\n`,
    '/** What a resource type or block has: by name its blocks, and those of its attributes that are no texts. */',
    'export interface Shape {',
    "  readonly [name: string]: Shape | 'number' | 'boolean' | 'list' | 'map'",
    '}\n',
    '/** The resource types that rules read; data sources as `data.…`. */',
    'export const SHAPES: Shape = {',
    ...shapes().flatMap(([type, shape]) => shapeLines(property(type), shape, '  ')),
    '}\n',
  ].join('\n')
  return { path: 'engine/load/preview/shapes.ts', text }
}

function shapeLines(name: string, { attributes, blocks }: Shape, indent: string): readonly string[] {
  const kinds = [...attributes].flatMap(([key, type]) => (type === 'string' ? [] : [[key, kindOf(type)] as const]))
  const inner = [...kinds, ...blocks].sort(([a], [b]) => (a < b ? -1 : 1))
  if (inner.length === 0) return [`${indent}${name}: {},`]
  const lines = inner.flatMap(([key, member]) =>
    typeof member === 'string' ? [`${indent}  ${key}: '${member}',`] : shapeLines(key, member, `${indent}  `),
  )
  return [`${indent}${name}: {`, ...lines, `${indent}},`]
}

function kindOf(type: string): string {
  if (type.startsWith('readonly')) return 'list'
  return type.startsWith('{') ? 'map' : type
}

/** The types by their names in Terraform, each with what it has. */
function shapes(): readonly (readonly [string, Shape])[] {
  return [
    ...words(resourceTypes).map(name => [`aws_${name}`, read(name.replaceAll('_', '-'))] as const),
    ...words(dataSourceTypes).map(name => [`data.aws_${name}`, read(`data-aws-${name.replaceAll('_', '-')}`)] as const),
  ]
}

function listed(mode: string, names: readonly string[], isNamed: (type: string) => boolean): readonly string[] {
  const types = names.map(name => `aws_${name}`).filter(isNamed)
  return [`  ${mode}: {`, ...types.map(type => `    ${type}: true,`), '  },']
}

/** The resource types that the files of a folder name, anywhere but in the schema itself. */
function namedTypes(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  const texts = files.filter(file => !file.endsWith('schema.ts')).map(file => readFileSync(join(folder, file), 'utf8'))
  return new Set(texts.flatMap(text => text.match(/\b(data\.)?aws_\w+/g) ?? []))
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

function property(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`
}

function entry(name: string, shape: Shape, indent: string): readonly string[] {
  return [
    `${indent}${name}: {`,
    ...record('attributes', shape.attributes, indent, ([key, type]) => [`${indent}    ${key}: ${type}`]),
    ...record('blocks', shape.blocks, indent, ([key, inner]) => entry(key, inner, `${indent}    `)),
    `${indent}}`,
  ]
}

function record<T>(
  name: string,
  members: ReadonlyMap<string, T>,
  indent: string,
  lines: (member: readonly [string, T]) => readonly string[],
): readonly string[] {
  if (members.size === 0) return [`${indent}  ${name}: None`]
  const inOrder = [...members].sort(([a], [b]) => (a < b ? -1 : 1))
  return [`${indent}  ${name}: {`, ...inOrder.flatMap(lines), `${indent}  }`]
}

/** The provider's package for one type: one class for the resource itself, one for each kind of block. */
function read(module: string): Shape {
  const text = readFileSync(resolve(provider, 'lib', module, 'index.js'), 'utf8')
  const classes = new Map<string, string>()
  for (const part of text.split(/^class /m).slice(1)) classes.set(part.slice(0, part.indexOf(' ')), part)
  const own = [...classes].find(([, body]) => /^\w+ extends cdktf\.Terraform(Resource|DataSource) /.test(body))
  if (!own) throw new Error(`@cdktf/provider-aws has no resource in ${module}`)
  return shape(own[1], classes)
}

function shape(body: string, classes: ReadonlyMap<string, string>): Shape {
  const attributes = new Map<string, string>()
  for (const [, kind = '', name = ''] of body.matchAll(attribute)) {
    const type = attributeTypes[kind]
    if (!type) throw new Error(`@cdktf/provider-aws has \`${name}\` of the kind ${kind}, which has no type here`)
    attributes.set(name, type)
  }
  const blocks = new Map<string, Shape>()
  for (const [, block = '', name = ''] of body.matchAll(member)) {
    const inner = classes.get(`${block}OutputReference`)
    if (inner && name !== 'timeouts') blocks.set(name, shape(inner, classes))
  }
  return { attributes, blocks }
}

/** `this.getStringAttribute('key_id')`, `new cdktf.StringMap(this, "ebs")`. */
const attribute = /(?:\.get|cdktf\.)(\w+?)(?:Attribute\(|\(this, )["'](\w+)["']/g

/** `this._constraints = new KmsGrantConstraintsList(this, "constraints", true)`. */
const member = / = new (\w+?)(?:List|OutputReference)\(this, "(\w+)"/g

const provider = resolve('node_modules/@cdktf/provider-aws')

function version(): string {
  return JSON.parse(readFileSync(resolve(provider, 'package.json'), 'utf8')).version
}
