import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { endOf, partsOf } from '../../engine/load/hcl/text'
import { moduleNames } from '../../generator/terraform/run'
import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'

/*
 * Terraform evaluates our modules without their provider: each resource becomes a `terraform_data`, which Terraform has itself, with the
 * arguments as its input. References to resources become their text, and dynamic blocks lists.
 */

/** A resource of a module, with its arguments as Terraform has worked them out. */
export interface Evaluated {
  readonly type: string
  /** As references have it: `aws_kms_replica_key.replica["eu-west-1"]`. */
  readonly address: string
  readonly body: JsonObject
}

export interface Call {
  readonly resources: readonly Evaluated[]
  readonly outputs: JsonObject
}

/** Writes the modules of `terraform` below a folder, as Terraform can evaluate them. */
export function writeModules(folder: string): void {
  for (const name of moduleNames()) writeModule(name, join(folder, name))
}

/** Writes one module, of which references say by which call they are meant: `module.key.`. */
function writeModule(name: string, folder: string, call = ''): void {
  const read = (file: string): JsonObject => JSON.parse(readFileSync(join('terraform', name, file), 'utf8'))
  const write = (file: string, value: JsonObject) => writeFileSync(join(folder, file), JSON.stringify(value, null, 2))
  mkdirSync(folder, { recursive: true })
  write('variables.tf.json', read('variables.tf.json'))
  write('outputs.tf.json', textual(read('outputs.tf.json'), call) as JsonObject)
  write('main.tf.json', withoutProvider(read('main.tf.json'), call))
}

/** A configuration that Terraform evaluates without a provider of AWS. */
function withoutProvider({ resource = {}, locals = {} }: JsonObject, call: string): JsonObject {
  const all = Object.entries(resource as JsonObject).flatMap(([type, bodies]) =>
    Object.entries(bodies as JsonObject).map(
      ([name, body]) => [`${type}__${name}`, inputOf(body as JsonObject, call)] as const,
    ),
  )
  return { resource: { terraform_data: Object.fromEntries(all) }, locals: textual(locals, call) }
}

export interface ModuleCall {
  readonly module: string
  readonly variables: JsonObject
}

function called(calls: readonly ModuleCall[]): JsonObject {
  return Object.fromEntries(
    calls.map(({ module, variables }, i) => [`call_${i}`, { source: `./${module}`, ...variables }]),
  )
}

/** What modules make of calls, all at once: a start of Terraform costs more than its work. */
export function evaluate(folder: string, calls: readonly ModuleCall[]): readonly Call[] {
  const names = calls.map((_, i) => `call_${i}`)
  const output = Object.fromEntries(names.map(name => [name, { value: `\${module.${name}}` }]))
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ module: called(calls), output }, null, 2))
  const { outputs, root_module } = planOf(folder).planned_values
  return names.map(name => {
    const { resources = [] } = root_module.child_modules.find(({ address }) => address === `module.${name}`) ?? {}
    return { resources: resources.map(resource => evaluatedOf(resource)), outputs: outputs[name]?.value ?? {} }
  })
}

export function evaluatedOf({ address, values }: PlannedResource, call = ''): Evaluated {
  const [, type = '', rest = ''] = /terraform_data\.(\w+?)__(.*)$/.exec(address) ?? []
  return { type, address: `${call}${type}.${rest}`, body: values.input }
}

export interface PlannedResource {
  readonly address: string
  readonly values: { readonly input: JsonObject }
}

interface Planned {
  readonly planned_values: {
    readonly outputs: { readonly [name: string]: { readonly value: JsonObject } }
    readonly root_module: { readonly child_modules: readonly PlannedModule[] }
  }
}

interface PlannedModule {
  readonly address: string
  readonly resources?: readonly PlannedResource[]
  readonly child_modules?: readonly PlannedModule[]
}

/** The plan of a folder that needs no provider. */
export function planOf(folder: string): Planned {
  terraform(folder, 'init')
  terraform(folder, 'plan', '-out=plan')
  return JSON.parse(terraform(folder, 'show', '-json', 'plan'))
}

/**
 * What Terraform has against each of the calls. What depends on several variables is asked when nothing is wrong with any one, so that the
 * calls that are left are asked once more.
 */
export function refusals(folder: string, calls: readonly ModuleCall[]): readonly (readonly string[])[] {
  const first = refusalsOf(folder, calls)
  const left = calls.filter((_, i) => first[i]?.length === 0)
  const second = left.length > 0 ? refusalsOf(folder, left) : []
  return calls.map((call, i) => (left.includes(call) ? second[left.indexOf(call)] : first[i]) ?? [])
}

function refusalsOf(folder: string, calls: readonly ModuleCall[]): readonly (readonly string[])[] {
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ module: called(calls) }, null, 2))
  terraform(folder, 'init')
  const lines = run(folder, ['plan', '-json']).stdout.trim().split('\n')
  const said = lines.map(line => JSON.parse(line).diagnostic).filter(diagnostic => diagnostic?.severity === 'error')
  return calls.map((_, i) =>
    said.filter(({ snippet }) => snippet.context === `module.call_${i}`).map(({ detail }) => detail.split('\n')[0]),
  )
}

/** What configurations in HCL make, those of their modules included, and what they give; all below a folder, at once. */
export async function evaluateConfigurations(folder: string, files: readonly string[]): Promise<readonly Call[]> {
  const roots = files.map((_, i) => `root_${i}`)
  for (const [i, file] of files.entries()) await writeRoot(file, join(folder, roots[i] ?? ''))
  const module = Object.fromEntries(roots.map(root => [root, { source: `./${root}` }]))
  const output = Object.fromEntries(roots.map(root => [root, { value: `\${module.${root}}` }]))
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ module, output }))
  const { outputs, root_module } = planOf(folder).planned_values
  return roots.map(root => {
    const { resources: own = [], child_modules = [] } =
      root_module.child_modules.find(({ address }) => address === `module.${root}`) ?? {}
    const called = child_modules.flatMap(({ address, resources = [] }) =>
      resources.map(resource => evaluatedOf(resource, `${address.replace(`module.${root}.`, '')}.`)),
    )
    return {
      resources: [...own.map(resource => evaluatedOf(resource)), ...called],
      outputs: outputs[root]?.value ?? {},
    }
  })
}

/** Writes a configuration in HCL and the modules that it calls, as Terraform can evaluate them. */
async function writeRoot(file: string, folder: string): Promise<void> {
  const { module = {}, resource = {}, locals = [], output = {} } = await parse(file, readFileSync(file, 'utf8'))
  const calls = Object.entries<readonly JsonObject[]>(module).map(([call, [body = {}]]) => {
    writeModule(String(body.source).replace(/^.*\//, ''), join(folder, call), `module.${call}.`)
    return [call, { ...(textual(body, '') as JsonObject), source: `./${call}` }] as const
  })
  const types = Object.entries<{ readonly [name: string]: readonly JsonObject[] }>(resource)
  const bodies = types.map(([type, all]) => [type, mapped(all, ([body = {}]) => body)] as const)
  const written = {
    module: Object.fromEntries(calls),
    ...withoutProvider({ resource: Object.fromEntries(bodies), locals: Object.assign({}, ...locals) }, ''),
    output: mapped(output as { readonly [name: string]: readonly JsonObject[] }, ([body = {}]) => textual(body, '')),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(present(written), null, 2))
}

/** Without the parts that are empty, which Terraform takes no notice of in HCL only. */
function present(parts: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => {
      const kept = name === 'resource' && isObject(part) ? present(part) : part
      return isObject(kept) && Object.keys(kept).length === 0 ? [] : [[name, kept]]
    }),
  )
}

function mapped<T>(all: { readonly [name: string]: T }, change: (one: T) => Json): JsonObject {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one)]))
}

function terraform(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run(folder, args)
  if (status !== 0) throw new Error(`terraform ${args.join(' ')}: ${stderr || stdout}`)
  return stdout
}

function run(folder: string, args: readonly string[]) {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '' }
  return spawnSync('terraform', [...args, ...(args[0] === 'show' ? [] : ['-no-color'])], {
    cwd: folder,
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  })
}

/** Arguments of Terraform's own, which stay as they are; `depends_on` and `lifecycle` are compared with the rest. */
function inputOf({ for_each, count, depends_on, ...body }: JsonObject, call: string): JsonObject {
  // HCL has addresses there, which are no text.
  const awaited = Array.isArray(depends_on) ? depends_on.map(one => String(one).replace(/^\$\{(.*)\}$/, '$1')) : []
  return {
    ...(for_each !== undefined && { for_each: textual(for_each, call) }),
    ...(count !== undefined && { count: textual(count, call) }),
    input: {
      ...(textual(withBlocks(body), call) as JsonObject),
      ...(depends_on !== undefined && { depends_on: awaited }),
    },
  }
}

/** Dynamic blocks as lists of them. */
function withBlocks(value: Json): Json {
  if (Array.isArray(value)) return value.map(withBlocks)
  if (!isObject(value)) return value
  const { dynamic = {}, ...fixed } = value
  const lists = Object.entries(dynamic as JsonObject).map(([name, blocks]) => {
    const loops = (blocks as readonly JsonObject[]).map(({ for_each = null, content = {} }) => {
      const over = `[for value in ${hcl(for_each)} : { value = value }]`
      return `[for ${name} in ${over} : ${hcl(withBlocks(content))}]`
    })
    return [name, `\${concat(${[hcl([fixed[name] ?? []].flat().map(withBlocks)), ...loops].join(', ')})}`] as const
  })
  const rest = Object.entries(fixed).map(([name, item]) => [name, withBlocks(item)] as const)
  return { ...Object.fromEntries(rest), ...Object.fromEntries(lists) }
}

/** A value in JSON as an expression. */
function hcl(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(hcl).join(', ')}]`
  if (isObject(value))
    return `{ ${Object.entries(value)
      .map(([name, item]) => `${JSON.stringify(name)} = ${hcl(item)}`)
      .join(', ')} }`
  if (typeof value !== 'string') return JSON.stringify(value)
  const parts = partsOf(value) ?? []
  const [only] = parts
  if (parts.length === 1 && only && 'source' in only) return only.source
  const texts = parts.map(part =>
    'text' in part ? JSON.stringify(part.text).slice(1, -1).replaceAll('${', '$${') : `\${${part.source}}`,
  )
  return `"${texts.join('')}"`
}

/** With references to resources as their texts. */
function textual(value: Json, call: string): Json {
  if (Array.isArray(value)) return value.map(item => textual(item, call))
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, textual(item, call)]))
  return typeof value === 'string' ? expressionsIn(value, source => referencesAsText(source, call)) : value
}

function expressionsIn(text: string, change: (source: string) => string): string {
  let changed = ''
  for (let at = 0; at < text.length; ) {
    const end = text.startsWith('${', at) && text[at - 1] !== '$' ? endOf(text, at + 2) : null
    if (end === null) changed += text[at++]
    else {
      changed += `\${${change(text.slice(at + 2, end))}}`
      at = end + 1
    }
  }
  return changed
}

function referencesAsText(source: string, call: string): string {
  return source
    .replaceAll('data.aws_partition.this.partition', '"aws"')
    .replace(/one\((aws_\w+)\.(\w+)\[\*\]\.(\w+)\)/g, `one([for one in terraform_data.$1__$2 : "${call}$1.$2[0].$3"])`)
    .replace(/(?<![\w."])(aws_\w+\.\w+)(\[(?:[^[\]]|\[[^\]]*\])*\])?\.(\w+)/g, (_, address, key = '', attribute) =>
      key === ''
        ? `"${call}${address}.${attribute}"`
        : `"${call}${address}[\${jsonencode(${key.slice(1, -1)})}].${attribute}"`,
    )
}
