import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Node, Project, type PropertySignature, type SourceFile, type TypeNode } from 'ts-morph'
import { isObject, type Json, type JsonObject } from '../policies/intrinsics'

/** What a provider takes: the bodies of its resources (`aws_kms_key`), data sources (`data.aws_ami`) and of itself (`provider.aws`). */
export type ProviderSchema = (type: string) => Body | undefined

export interface Body {
  readonly attributes: { readonly [name: string]: Attribute }
  readonly blocks: { readonly [name: string]: Block }
}

interface Attribute {
  readonly type: Type
  /** Nobody sets what is computed only. */
  readonly use: 'required' | 'optional' | 'computed'
}

interface Block {
  readonly least: number
  readonly most: number
  readonly body: Body
}

type Type = 'string' | 'number' | 'bool' | { readonly list: Type } | { readonly map: Type } | { readonly object: Body }

/** What is wrong with a configuration, where. */
export interface Problem {
  readonly address: string
  readonly path: string
  readonly what: string
}

/**
 * What Terraform or the provider would refuse in configuration in JSON, as it is synthesized or written by hand. An override may leave out
 * what is required: it is in what it overrides.
 */
export function problemsOf(document: JsonObject, schema: ProviderSchema, isOverride = false): readonly Problem[] {
  return bodiesIn(document).flatMap(({ type, address, body }) => {
    const known = schema(type)
    if (!known) return [{ address, path: '', what: 'is of a type that the provider does not have' }]
    const meta = type === 'provider.aws' ? ofProviders : ofResources
    const own = Object.fromEntries(Object.entries(body).filter(([name]) => !meta.includes(name)))
    const found = [...bodyProblems(own, known, ''), ...conflictsIn(own, type)]
    return found
      .filter(({ path, what }) => !(isOverride && what === missing && /^[\w|]+$/.test(path)))
      .map(problem => ({ address, ...problem }))
  })
}

/** https://developer.hashicorp.com/terraform/language/meta-arguments; `//` is a comment. */
const ofResources = '// connection count depends_on for_each lifecycle provider provisioner'.split(' ')
/** https://developer.hashicorp.com/terraform/language/providers/configuration */
const ofProviders = '// alias version'.split(' ')

/** The bodies of AWS in a document. HCL as JSON has a list of one where a block may be repeated. */
export function bodiesIn({ resource, data, provider }: JsonObject) {
  const typed = (blocks: Json | undefined, mode: string) =>
    members(blocks).flatMap(([type, named]) =>
      members(named).flatMap(([name, bodies]) =>
        listed(bodies).map(body => ({ type: `${mode}${type}`, address: `${mode}${type}.${name}`, body })),
      ),
    )
  const providers = members(provider).flatMap(([name, bodies]) =>
    listed(bodies).map(body => ({ type: `provider.${name}`, address: `provider.${name}`, body })),
  )
  return [...typed(resource, ''), ...typed(data, 'data.'), ...providers].flatMap(({ body, ...place }) =>
    /^((data\.)?aws_|provider\.aws$)/.test(place.type) && isObject(body) ? [{ ...place, body }] : [],
  )
}

type Found = Omit<Problem, 'address'>

const missing = 'is required'

function bodyProblems(body: JsonObject, { attributes, blocks }: Body, path: string): readonly Found[] {
  const { dynamic, ...written } = body
  const repeated = Object.fromEntries(members(dynamic))
  const given = Object.entries(written).filter(([, value]) => value !== null)
  const names = new Set(given.map(([name]) => name))
  return [
    ...given.flatMap(([name, value]) => {
      const [attribute, block] = [attributes[name], blocks[name]]
      if (attribute) return attributeProblems(value, attribute, `${path}${name}`)
      if (block) return blockProblems(value, block, `${path}${name}`)
      return [{ path: `${path}${name}`, what: 'is no argument' }]
    }),
    ...Object.entries(repeated).flatMap(([name, each]) => {
      const block = blocks[name]
      const contents = listed(each).flatMap(one => (isObject(one) ? listed(one.content) : []))
      if (!block) return [{ path: `${path}${name}`, what: 'is no block' }]
      return contents.flatMap(content => nestedProblems(content, block, `${path}${name}`))
    }),
    ...Object.entries(attributes).flatMap(([name, { use }]) =>
      use === 'required' && !names.has(name) ? [{ path: `${path}${name}`, what: missing }] : [],
    ),
    ...Object.entries(blocks).flatMap(([name, { least }]) =>
      least > 0 && !names.has(name) && !(name in repeated) ? [{ path: `${path}${name}`, what: missing }] : [],
    ),
  ]
}

function attributeProblems(value: Json, { type, use }: Attribute, path: string): readonly Found[] {
  return use === 'computed' ? [{ path, what: 'is computed' }] : typeProblems(value, type, path)
}

function blockProblems(value: Json, block: Block, path: string): readonly Found[] {
  const { least, most } = block
  const all = listed(value)
  const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
  const what = `has ${all.length} blocks, and has to have ${range}`
  return [
    ...(all.length < least || all.length > most ? [{ path, what }] : []),
    ...all.flatMap((one, i) => nestedProblems(one, block, all.length === 1 ? path : `${path}[${i}]`)),
  ]
}

function nestedProblems(value: Json, { body }: Block, path: string): readonly Found[] {
  return isObject(value) ? bodyProblems(value, body, `${path}.`) : [{ path, what: 'has to be a block' }]
}

/**
 * Terraform converts between texts, numbers and booleans where it can, and knows the type of an expression at plan only.
 * https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
function typeProblems(value: Json, type: Type, path: string): readonly Found[] {
  if (typeof value === 'string' && /^\$\{.*\}$/s.test(value)) return []
  if (typeof type === 'string') {
    const isOne = ['string', 'number', 'boolean'].includes(typeof value)
    const fits = isOne && { string: /^/, number: /^-?\d+(\.\d+)?$/, bool: /^(true|false)$/ }[type].test(String(value))
    return fits ? [] : [{ path, what: `has to be a ${type}` }]
  }
  if ('list' in type) {
    if (!Array.isArray(value)) return [{ path, what: 'has to be a list' }]
    return value.flatMap((one, i) => typeProblems(one, type.list, `${path}[${i}]`))
  }
  if (!isObject(value)) return [{ path, what: 'has to be a map' }]
  if ('map' in type) return Object.entries(value).flatMap(([key, one]) => typeProblems(one, type.map, `${path}.${key}`))
  return bodyProblems(value, type.object, `${path}.`)
}

/** Arguments of which only one can be set, and of some one has to be: no schema says it. By type, with the documentation. */
const conflicts: {
  readonly [type: string]: readonly { readonly of: string; readonly isRequired?: true; readonly source: string }[]
} = {
  aws_ami_launch_permission: [
    {
      of: 'account_id group organization_arn organizational_unit_arn',
      isRequired: true,
      source: docs('ami_launch_permission'),
    },
  ],
  aws_autoscaling_group: [
    { of: 'name name_prefix', source: docs('autoscaling_group') },
    { of: 'availability_zones vpc_zone_identifier', source: docs('autoscaling_group') },
    {
      of: 'launch_configuration launch_template mixed_instances_policy',
      isRequired: true,
      source: docs('autoscaling_group'),
    },
  ],
  aws_cloudwatch_metric_alarm: [
    { of: 'metric_name metric_query', isRequired: true, source: docs('cloudwatch_metric_alarm') },
    { of: 'statistic extended_statistic metric_query', isRequired: true, source: docs('cloudwatch_metric_alarm') },
  ],
  aws_iam_policy: [{ of: 'name name_prefix', source: docs('iam_policy') }],
  aws_iam_role: [{ of: 'name name_prefix', source: docs('iam_role') }],
  aws_iam_role_policy: [{ of: 'name name_prefix', source: docs('iam_role_policy') }],
  aws_iam_user_policy: [{ of: 'name name_prefix', source: docs('iam_user_policy') }],
  aws_kms_alias: [{ of: 'name name_prefix', source: docs('kms_alias') }],
  aws_launch_configuration: [{ of: 'name name_prefix', source: docs('launch_configuration') }],
  aws_launch_template: [{ of: 'name name_prefix', source: docs('launch_template') }],
}

function docs(name: string): string {
  return `https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/${name}#argument-reference`
}

function conflictsIn(body: JsonObject, type: string): readonly Found[] {
  return (conflicts[type] ?? []).flatMap(({ of, isRequired, source }) => {
    const [first = '', ...others] = of.split(' ').filter(name => (body[name] ?? null) !== null)
    if (others.length > 0) return [{ path: first, what: `conflicts with ${others.join(', ')} (${source})` }]
    if (isRequired && first === '') return [{ path: of.replaceAll(' ', '|'), what: missing }]
    return []
  })
}

/** The provider of the fixtures, by what `terraform providers schema -json` has printed; nothing of types that the file does not have. */
export function printedSchema(file: string): ProviderSchema {
  const { resource_schemas: managed, data_source_schemas: data } = JSON.parse(readFileSync(file, 'utf8'))
  return type => {
    const found = type.startsWith('data.') ? data[type.slice('data.'.length)] : managed[type]
    return found && printedBody(found.block)
  }
}

interface PrintedBody {
  readonly attributes?: { readonly [name: string]: PrintedAttribute }
  readonly block_types?: { readonly [name: string]: PrintedBlock }
}

interface PrintedAttribute {
  readonly type: PrintedType
  readonly required?: boolean
  readonly optional?: boolean
}

interface PrintedBlock {
  readonly nesting_mode: 'single' | 'list' | 'set'
  readonly min_items?: number
  readonly max_items?: number
  readonly block: PrintedBody
}

type PrintedType =
  | 'string'
  | 'number'
  | 'bool'
  | readonly ['list' | 'set' | 'map', PrintedType]
  | readonly ['object', { readonly [name: string]: PrintedType }]

function printedBody({ attributes = {}, block_types: blocks = {} }: PrintedBody): Body {
  return {
    attributes: mapped(attributes, ({ type, required, optional }) => ({
      type: printedType(type),
      use: required ? 'required' : optional ? 'optional' : 'computed',
    })),
    blocks: mapped(blocks, ({ nesting_mode: nesting, min_items: least = 0, max_items: most, block }) => ({
      least,
      most: most ?? (nesting === 'single' ? 1 : Number.POSITIVE_INFINITY),
      body: printedBody(block),
    })),
  }
}

function printedType(type: PrintedType): Type {
  if (typeof type === 'string') return type
  if (type[0] === 'map') return { map: printedType(type[1]) }
  if (type[0] !== 'object') return { list: printedType(type[1]) }
  const attributes = mapped(type[1], (member): Attribute => ({ type: printedType(member), use: 'optional' }))
  return { object: { attributes, blocks: {} } }
}

/**
 * The provider of the constructs, by the types of `@cdktf/provider-aws`: what a configuration may have, and, from the classes, what is
 * computed. Terraform's own names are in the links to its documentation.
 */
export const boundSchema: ProviderSchema = type => {
  if (!bound.has(type)) bound.set(type, boundBody(type))
  return bound.get(type)
}

const bound = new Map<string, Body | undefined>()
const declarations = new Project({ skipFileDependencyResolution: true })

function boundBody(type: string): Body | undefined {
  const module = type
    .replace(/^provider\.aws$/, 'provider')
    .replace(/^data\./, 'data-')
    .replace(/^aws_/, '')
  const file = resolve('node_modules/@cdktf/provider-aws/lib', module.replaceAll('_', '-'), 'index.d.ts')
  if (!existsSync(file)) return undefined
  const source = declarations.addSourceFileAtPath(file)
  const [config] = source.getInterfaces().filter(one => /Config$/.test(one.getName()))
  const body = interfaceBody(source, config?.getName() ?? '')
  const computed = computedIn(source).filter(name => !(name in body.attributes) && !(name in body.blocks))
  const attributes = Object.fromEntries(computed.map(name => [name, { type: 'string', use: 'computed' } as const]))
  return { ...body, attributes: { ...attributes, ...body.attributes } }
}

function interfaceBody(source: SourceFile, name: string): Body {
  const properties = source.getInterfaceOrThrow(name).getProperties()
  const named = properties.map(property => [terraformName(property), property] as const)
  const blocks = named.flatMap(([key, property]) => {
    const block = blockOf(source, property)
    return block ? [[key, block] as const] : []
  })
  const attributes = named
    .filter(([key]) => !blocks.some(([block]) => block === key))
    .map(([key, property]): readonly [string, Attribute] => [
      key,
      { type: typeOf(typeNodeOf(property)), use: property.hasQuestionToken() ? 'optional' : 'required' },
    ])
  return { attributes: Object.fromEntries(attributes), blocks: Object.fromEntries(blocks) }
}

function terraformName(property: PropertySignature): string {
  const [, name] =
    /#(\w+) \w+#\w+\}/.exec(
      property
        .getJsDocs()
        .map(doc => doc.getText())
        .join(),
    ) ?? []
  if (name === undefined) throw new Error(`nothing tells what Terraform calls \`${property.getName()}\``)
  return name
}

/** `X[]` may be repeated, `X` may not. */
function blockOf(source: SourceFile, property: PropertySignature): Block | null {
  const type = typeNodeOf(property)
  const element = Node.isArrayTypeNode(type) ? type.getElementTypeNode() : type
  if (!Node.isTypeReference(element)) return null
  return {
    least: property.hasQuestionToken() ? 0 : 1,
    most: element === type ? 1 : Number.POSITIVE_INFINITY,
    body: interfaceBody(source, element.getText()),
  }
}

/** The type of a property besides what any value may be: one that is known later. */
function typeNodeOf(property: PropertySignature): TypeNode {
  const type = property.getTypeNodeOrThrow()
  const [own] = Node.isUnionTypeNode(type)
    ? type.getTypeNodes().filter(one => !/IResolvable/.test(one.getText()))
    : [type]
  return own ?? type
}

function typeOf(type: TypeNode): Type {
  if (Node.isArrayTypeNode(type)) return { list: typeOf(type.getElementTypeNode()) }
  if (Node.isTypeLiteral(type)) {
    const [signature] = type.getIndexSignatures()
    if (signature) return { map: typeOf(signature.getReturnTypeNodeOrThrow()) }
  }
  const simple = { string: 'string', number: 'number', boolean: 'bool' } as const
  const text = type.getText().replace(/^\((.*) \| cdktf\.IResolvable\)$/, '$1')
  if (text in simple) return simple[text as keyof typeof simple]
  throw new Error(`\`${type.getText()}\` is no type of an argument`)
}

/** What the class of a resource gives without taking it: `keyId` is `key_id` in Terraform. */
function computedIn(source: SourceFile): readonly string[] {
  const [own] = source
    .getClasses()
    .filter(one => /cdktf\.Terraform(Resource|DataSource|Provider)$/.test(one.getExtends()?.getText() ?? ''))
  const getters = own?.getGetAccessors().filter(getter => !getter.isStatic() && !getter.getSetAccessor()) ?? []
  return getters.map(getter => getter.getName().replace(/[A-Z]|\d+/g, part => `_${part.toLowerCase()}`))
}

function mapped<T, U>(record: { readonly [name: string]: T }, use: (value: T) => U): { readonly [name: string]: U } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, use(value)]))
}

function members(value: Json | undefined): readonly (readonly [string, Json])[] {
  return listed(value).flatMap(one => (isObject(one) ? Object.entries(one) : []))
}

function listed(value: Json | undefined): readonly Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}
