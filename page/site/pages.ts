import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf } from './markdown'

/** A page of the site that is made of a file of our documentation. */
export interface SitePage {
  readonly section: string
  /** The file that it is made of, below the folder of all. */
  readonly file: string
  /** Where it is on the site. */
  readonly address: string
  readonly title: string
  readonly summary: string
  /** By what else it is found: symptoms, other names, and the names that its tables explain. */
  readonly words: string
  readonly markdown: string
}

/** The parts of the documentation by folder, in the order of the menu. */
const sections = [
  ['rules', 'Rules'],
  ['constructs', 'Constructs'],
  ['guides', 'Guides'],
  ['documents', 'Documents'],
  ['', 'Manual'],
] as const

/** All pages that there are files for below a folder. */
export function pagesIn(folder: string): readonly SitePage[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))
  return sections.flatMap(([part, section]) =>
    files
      .filter(file => (file.includes('/') ? file.split('/')[0] : '') === part)
      .sort((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))
      .map(file => pageOf(file, section, readFileSync(join(folder, file), 'utf8'))),
  )
}

function pageOf(file: string, section: string, markdown: string): SitePage {
  const [, title = file] = /^# (.*)$/m.exec(markdown) ?? []
  const [, summary = ''] = /^# .*\n\n([^\n#]+)/m.exec(markdown) ?? []
  const [, symptoms = ''] = /^## Symptoms\n\n([^#]*)/m.exec(markdown) ?? []
  const [, aliases = ''] = /^Severity: .*also known as (.*)$/m.exec(markdown) ?? []
  const names = [...markdown.matchAll(/^\| `([^`(]+)/gm)].map(([, name = '']) => name)
  const words = [aliases, symptoms, ...new Set(names)].join(' ')
  return { section, file, address: addressOf(file), title, summary, words, markdown }
}
