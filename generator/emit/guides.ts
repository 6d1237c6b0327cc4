import type { Access, Principal } from '../../engine/access'
import type { File } from '../file'
import type { Program } from '../programs'
import type { Missing } from '../without'
import { cell, filled, page, programBlocks, table } from './markdown'

/** The program that a guide shows: `docs/guides/copied-image.md` → `examples/guides/copied-image.ts`. */
export function programOfGuide({ path }: File): string {
  return path.replace(/^docs\/(.*)\.md$/, 'examples/$1.ts')
}

/** The title of a page. */
export function titleOf({ path, text }: File): string {
  return /^# (.*)$/m.exec(text)?.[1] ?? path
}

/** The folder with a configuration of plain Terraform for each account of a guide. */
function configurationsOfGuide({ path }: File): string {
  return path.replace(/^docs\/(.*)\.md$/, 'examples/$1')
}

/**
 * Guides as people write them, each with what follows from its program and its configurations between the markers, and a list of them,
 * `docs/guides/README.md`; throws where a guide has no program, or no configuration.
 */
export function emitGuides(
  guides: readonly File[],
  programs: ReadonlyMap<string, Program>,
  configurations: readonly File[],
): readonly File[] {
  const filledIn = guides.map(guide => {
    const program = programs.get(programOfGuide(guide))
    if (!program) throw new Error(`${guide.path} has no program: ${programOfGuide(guide)}`)
    const blocks = {
      access: access(program.accesses),
      constructs: programBlocks(program).join('\n\n'),
      modules: modules(configurationsOfGuide(guide), configurations),
      errors: errors(program.missing),
    }
    return { path: guide.path, text: filled(guide, blocks) }
  })
  return [...filledIn, { path: 'docs/guides/README.md', text: page(index(guides)) }]
}

function index(guides: readonly File[]): readonly string[] {
  const entries = guides.map(guide => {
    const [, situation = ''] = /^# .*\n\n(.*)$/m.exec(guide.text) ?? []
    return `- [${titleOf(guide)}](${guide.path.replace('docs/guides/', '')}). ${situation}`
  })
  return [
    '<!-- Generated from docs/guides; do not edit. -->',
    '# Guides',
    'For each situation that keyreach began with: who must be able to do what, what builds it, and what one sees where a part is missing. The programs are run, and judged by all rules, whenever the pages are made.',
    entries.join('\n'),
  ]
}

/** The configurations in a folder, each by the folder that it would be in. */
function modules(folder: string, configurations: readonly File[]): string {
  const own = configurations.filter(({ path }) => path.startsWith(`${folder}/`))
  if (own.length === 0) throw new Error(`${folder} has no configuration`)
  return own
    .map(({ path, text }) => `\`${path.slice(folder.length + 1)}\`:\n\n\`\`\`hcl\n${text.trimEnd()}\n\`\`\``)
    .join('\n\n')
}

/** A row for each principal, and the keys that it needs in the same way. */
function access(accesses: readonly Access[]): string {
  const needs = grouped(accesses, ({ principal, key }) => [principal.name, key.name]).map(all => {
    const actions = [...new Set(all.flatMap(one => Object.keys(one.actions)))].sort()
    return { principal: all[0].principal, key: all[0].key, actions: actions.map(action => `\`${action}\``).join(', ') }
  })
  const rows = grouped(needs, ({ principal, key, actions }) => [principal.name, key.account ?? '', actions]).map(
    all => {
      const [{ principal, key, actions }] = all
      const regions = all.map(one => one.key.region ?? '').join(', ')
      return [nameOf(principal), principal.account ?? '', `of ${key.account}, in ${regions}`, actions]
    },
  )
  return table(['who', 'of account', 'with the key', 'may'], rows)
}

function nameOf({ kind, name }: Principal): string {
  return kind === 'account' ? 'the account as a whole' : `\`${name.split('/').at(-1)}\``
}

/** A row for each part and each rule that fails without it. */
function errors(missing: readonly Missing[]): string {
  const rows = missing.flatMap(({ part, findings }) =>
    grouped(findings, ({ rule }) => [rule]).map(found => {
      const [{ rule }] = found
      const symptom = found.find(one => one.symptom !== null)?.symptom
      return [part, symptom ? `\`${cell(symptom)}\`` : 'no error', `[${rule}](../rules/${rule}.md)`]
    }),
  )
  return table(['without', 'one sees', 'the rule'], rows)
}

/** What has the same words, in the order of the first of each. */
function grouped<T>(all: readonly T[], words: (one: T) => readonly string[]): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const one of all) {
    const id = JSON.stringify(words(one))
    const group = groups.get(id)
    if (group) group.push(one)
    else groups.set(id, [one])
  }
  return [...groups.values()]
}
