import { parse } from 'yaml'
import type { File } from '../file'
import type { RuleModel } from '../read'

/** What one document or several say, as `docs/documents/*.yaml` has it; rules by id or alias. */
export interface Documents {
  readonly documents: readonly Document[]
  /** The guide of their situation, `docs/guides/<guide>.md`. */
  readonly guide: string
  readonly says: readonly Statement[]
  /** What the documents leave out and AWS demands. */
  readonly omits: readonly { readonly aws: string; readonly rules: readonly string[] }[]
}

interface Document {
  readonly name: string
  readonly title: string
  readonly original?: string
  readonly language: string
  readonly address?: string
}

/** A statement is carried by rules, or beyond what a plan decides. `aws` says where AWS contradicts it. */
interface Statement {
  readonly says: string
  readonly rules?: readonly string[]
  readonly beyond?: string
  readonly aws?: string
}

/** One page a document, `docs/documents/<name>.md`, and a list of them; throws where a statement names no rule that there is. */
export function emitDocuments(sources: readonly File[], rules: readonly RuleModel[]): readonly File[] {
  const all = sources.map(({ text }) => parse(text) as Documents)
  const pages = all.flatMap(told =>
    told.documents.map(document => ({ path: `docs/documents/${document.name}.md`, text: page(document, told, rules) })),
  )
  return [...pages, { path: 'docs/documents/README.md', text: list(all) }]
}

const generated = '<!-- Generated from docs/documents/*.yaml; do not edit. -->'

function page(document: Document, { guide, says, omits }: Documents, rules: readonly RuleModel[]): string {
  const statements = says.map(({ says, rules: names = [], beyond, aws }, i) =>
    [
      `${i + 1}. ${says}`,
      ...(names.length === 0 ? [] : [`    - Rules: ${links(names, rules)}`]),
      ...(beyond === undefined ? [] : [`    - Not decided from a plan: ${beyond}.`]),
      ...(aws === undefined ? [] : [`    - AWS differs: ${aws}`]),
    ].join('\n'),
  )
  return [
    generated,
    `# ${document.title}`,
    source(document),
    `Who must be able to do what in this situation, and what builds it, is in [its guide](../guides/${guide}.md).`,
    '## What it says',
    statements.join('\n'),
    '## What it leaves out',
    omits.map(({ aws, rules: names }) => `- ${aws}\n  - Rules: ${links(names, rules)}`).join('\n'),
  ]
    .join('\n\n')
    .concat('\n')
}

function list(all: readonly Documents[]): string {
  const entries = all
    .flatMap(({ documents }) => documents)
    .map(document => `- [${document.title}](${document.name}.md). ${source(document)}`)
  const intro =
    'keyreach began with five documents. Each has a page with its statements, one by one, the rules that carry them, and where AWS differs.'
  return [generated, '# The documents behind the rules', intro, entries.join('\n')].join('\n\n').concat('\n')
}

function source({ original, language, address }: Document): string {
  const title = original === undefined ? '' : `, “${original}”`
  return `A page in ${language}${title}${address === undefined ? '' : `: <${address}>`}.`
}

function links(names: readonly string[], rules: readonly RuleModel[]): string {
  return names.map(name => `[${ruleOf(name, rules)}](../rules/${ruleOf(name, rules)}.md)`).join(', ')
}

function ruleOf(name: string, rules: readonly RuleModel[]): string {
  const rule = rules.find(({ id, aliases }) => id === name || aliases.includes(name))
  if (!rule) throw new Error(`docs/documents: there is no rule ${name}`)
  return rule.id
}
