import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BadInput } from '../engine/bad-input'
import { packageRoot } from '../engine/package'
import type { TeamRules } from './own'

/** Gives the page of a rule in Markdown, by its id: of ours, and of a team's own where there are some. */
export async function pagesBeside(own: TeamRules | null): Promise<(id: string) => string> {
  const theirs = own === null ? new Map<string, string>() : await own.pages()
  return id => theirs.get(id) ?? pageOf(id)
}

function pageOf(id: string): string {
  const path = join(packageRoot(), 'docs', 'rules', `${id}.md`)
  if (!existsSync(path)) throw new BadInput({ file: path }, 'the page is missing; run `npm run generate`')
  return readFileSync(path, 'utf8')
}

/** The items of a list on a page, under its heading. */
export function listOn(page: string, heading: string): readonly string[] {
  return [...sectionOf(page, heading).matchAll(/^- (.*)$/gm)].map(([, item = '']) => item)
}

/** The last cells of the rows of a table on a page, under its heading; each is there once. */
export function lastColumnOn(page: string, heading: string): readonly string[] {
  const rows = [...sectionOf(page, heading).matchAll(/^\|.*(?<!\\)\| (.*) \|$/gm)].slice(2)
  return [...new Set(rows.map(([, cell = '']) => cell.replaceAll('\\|', '|')))]
}

function sectionOf(page: string, heading: string): string {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  return section.split('\n## ', 1)[0] ?? ''
}
