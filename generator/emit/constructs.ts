import { readFileSync } from 'node:fs'
import { ts } from 'ts-morph'
import type { Finding } from '../../policies/lang/finding'
import type { ConstructModel, Constructs } from '../constructs'
import type { TypeModel } from '../declarations'
import type { File } from '../file'
import type { Program } from '../programs'
import type { RuleModel } from '../read'
import type { SynthesizedResource } from '../synthesize'
import { programOfGuide, titleOf } from './guides'
import { cell, codeBlock, page, programBlocks, table } from './markdown'
import { fields, members, methods, typeParts } from './types'

/** The program on the page of a construct: `MultiRegionKey` → `examples/constructs/multi-region-key.ts`. */
export function programOf({ name }: ConstructModel): string {
  return `examples/constructs/${pageName(name)}.ts`
}

/** One page a construct, `docs/constructs/<construct>.md`, one of the types that several share, and a list of them. */
export function emitConstructs(
  { constructs, types }: Constructs,
  programs: ReadonlyMap<string, Program>,
  guides: readonly File[],
  rules: readonly RuleModel[],
  modules: readonly string[],
): readonly File[] {
  const users = new Map(types.map(type => [type, constructs.filter(one => mentions(one, types).includes(type))]))
  const shared = types.filter(type => (users.get(type)?.length ?? 0) > 1)
  const home = (name: string): string | null => {
    if (constructs.some(construct => construct.name === name)) return `${pageName(name)}.md`
    if (shared.some(type => type.name === name)) return `types.md#${name.toLowerCase()}`
    return types.some(type => type.name === name) ? `#${name.toLowerCase()}` : null
  }
  const pages = constructs.map(construct => {
    const program = programs.get(programOf(construct))
    if (!program) throw new Error(`${construct.file} has no example: ${programOf(construct)}`)
    const own = types.filter(type => !shared.includes(type) && users.get(type)?.includes(construct))
    const others = constructs.filter(other => other !== construct)
    const parts = [
      generated(construct.file),
      `# ${construct.name}`,
      construct.summary,
      construct.description,
      ...(modules.includes(pageName(construct.name))
        ? [`[The module of plain Terraform](../../terraform/${pageName(construct.name)}/README.md) makes the same.`]
        : []),
      '## Example',
      ...programBlocks(program),
      ...(construct.kind === 'construct' ? resources(resourcesOf(construct, program)) : []),
      '## Properties',
      fields(construct.properties, home),
      ...section('## Members', construct.fields, all => members(all, home)),
      ...section('## Methods', construct.methods, methods),
      ...own.flatMap(type => typeParts(type, home)),
      ...section('## Guides', guidesWith(construct, guides, programs), all => all.join('\n')),
      ...(construct.kind === 'construct' ? judged(construct, others, program, rules) : []),
    ]
    return { path: `docs/constructs/${pageName(construct.name)}.md`, text: page(parts) }
  })
  const sharedPage = [
    generated('modules'),
    '# Types that constructs share',
    'What several constructs are given.',
    ...shared.flatMap(type => typeParts(type, name => home(name)?.replace('types.md', '') ?? null)),
  ]
  return [
    ...pages,
    { path: 'docs/constructs/types.md', text: page(sharedPage) },
    { path: 'docs/constructs/README.md', text: page(index(constructs)) },
  ]
}

function index(all: readonly ConstructModel[]): readonly string[] {
  const listOf = (kind: ConstructModel['kind']): string =>
    all
      .filter(one => one.kind === kind)
      .map(({ name, summary }) => `- [${name}](${pageName(name)}.md). ${summary}`)
      .join('\n')
  return [
    generated('modules'),
    '# Constructs',
    'Constructs of CDK for Terraform that build what the rules demand, on both sides of an account boundary. Each page has an example that is run, and judged by all rules, whenever the page is made.',
    listOf('construct'),
    'Each checks itself by the rules when its application is synthesized. An aspect does the same for what was not built with them:',
    listOf('aspect'),
    'What several of them are given is [on a page of its own](types.md). The [guides](../guides/README.md) put them together.',
    '## A construct a rule',
    'Most rules have a construct of their own, by which these are made of what the rules require; the page of each rule names it, or says why there is none. It is given the situation that the rule speaks of, typed as the rule has it, and the resources that are to be changed: a key whose policy takes statements, a role, whatever gets an attribute. The rest it makes.',
    codeBlock('ts', readFileSync('examples/constructs/rules.ts', 'utf8')),
    'What a requirement asks is the change that `keyreach fix` makes of a finding. What has no place among the resources is refused by name; of a key that another account owns, `MultiRegionKey.fromArns` collects the statements.',
    '## Judged',
    'What is synthesized can be judged before there is a plan, and the plans before they are applied:',
    codeBlock('sh', 'npx cdktf synth\nnpx keyreach preview cdktf.out'),
  ]
}

function resources(all: readonly SynthesizedResource[]): readonly string[] {
  if (all.length === 0) return ['## What it makes', 'Nothing: it stands for what is there already.']
  const rows = all.map(({ type, path }) => [`\`${type}\``, `\`${path}\``])
  return ['## What it makes', 'In the example:', table(['resource', 'construct'], rows)]
}

function section<T>(title: string, all: readonly T[], show: (all: readonly T[]) => string): readonly string[] {
  return all.length === 0 ? [] : [title, show(all)]
}

/** The guides whose programs call for a construct. */
function guidesWith(
  { name }: ConstructModel,
  guides: readonly File[],
  programs: ReadonlyMap<string, Program>,
): readonly string[] {
  return guides
    .filter(guide => idsOf(name, programs.get(programOfGuide(guide))?.text ?? '').length > 0)
    .map(guide => `- [${titleOf(guide)}](${guide.path.replace('docs/', '../')})`)
}

/** The rules that speak of what the construct makes, or of what it makes possible: not of what other constructs of the example make. */
function judged(
  construct: ConstructModel,
  others: readonly ConstructModel[],
  program: Program,
  rules: readonly RuleModel[],
): readonly string[] {
  const own = resourcesOf(construct, program).map(({ address }) => address)
  const foreign = others.flatMap(other => resourcesOf(other, program)).map(({ address }) => address)
  const isAbout = ({ at, evidence }: Finding): boolean =>
    own.length === 0 || !isIn(foreign, at) || evidence.some(one => isIn(own, one.at))
  const passed = new Set(
    program.report.findings.filter(({ verdict }) => verdict === 'pass').flatMap(one => (isAbout(one) ? one.rule : [])),
  )
  const rows = rules
    .filter(({ id }) => passed.has(id))
    .map(({ id, summary }) => [`[${id}](../rules/${id}.md)`, cell(summary)])
  return section(
    '## Rules',
    rows,
    all => `These speak of it in the example, and pass:\n\n${table(['rule', 'what it demands'], all)}`,
  )
}

function isIn(addresses: readonly string[], at: string): boolean {
  return addresses.some(address => at === address || at.startsWith(`${address}.`))
}

/** What a construct makes in a program: the resources below those that the program calls as it calls the construct. */
function resourcesOf({ name }: ConstructModel, { text, resources }: Program): readonly SynthesizedResource[] {
  const ids = idsOf(name, text)
  return resources.filter(({ path }) => ids.includes(path.split('/')[1] ?? ''))
}

/** The ids of the constructs of a class in a program: `key` of `new MultiRegionKey(stack, 'key', { … })`. */
function idsOf(name: string, text: string): readonly string[] {
  const source = ts.createSourceFile('app.ts', text, ts.ScriptTarget.Latest, true)
  const idsIn = (node: ts.Node): readonly string[] => {
    const id = ts.isNewExpression(node) && node.expression.getText() === name ? node.arguments?.[1] : undefined
    return [...(id && ts.isStringLiteral(id) ? [id.text] : []), ...node.getChildren().flatMap(idsIn)]
  }
  return idsIn(source)
}

/** The types that a construct speaks of, and those that they speak of. */
function mentions(construct: ConstructModel, types: readonly TypeModel[]): readonly TypeModel[] {
  const found: TypeModel[] = []
  const visit = (texts: readonly string[]): void => {
    const named = types.filter(({ name }) => texts.some(text => new RegExp(`\\b${name}\\b`).test(text)))
    for (const type of named.filter(one => !found.includes(one))) {
      found.push(type)
      visit(textsOf(type))
    }
  }
  visit([...construct.properties.map(({ type }) => type), ...textsOf(construct)])
  return found
}

function textsOf({ fields, methods }: TypeModel): readonly string[] {
  return [...fields.map(({ type }) => type), ...methods.map(({ signature }) => signature)]
}

/** `MultiRegionKey` → `multi-region-key`. */
function pageName(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}

function generated(file: string): string {
  return `<!-- Generated from ${file}; do not edit. -->`
}
