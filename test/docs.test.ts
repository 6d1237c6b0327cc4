import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { schema } from '../engine/config/schema'
import { rules } from '../engine/registry'

const own = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map(file => join('docs', file))
const pages = ['README.md', 'CHANGELOG.md', ...own].filter(file => file.endsWith('.md'))

test.each(pages)('%s: links lead somewhere', page => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target)
  expect(links.filter(target => !existsSync(join(dirname(page), target)))).toEqual([])
})

test.each(pages)('%s: JSON and YAML are what they say', page => {
  for (const { language, text } of snippets(page)) {
    if (language === 'json') JSON.parse(text)
    if (language === 'yaml') expect(schema.safeParse(parse(text)).error?.message).toBeUndefined()
  }
})

test('the pages of rules are those of the rules there are', () => {
  const documented = own.filter(file => file.startsWith('docs/rules/') && file.endsWith('.md'))
  expect(documented.sort()).toEqual(rules.map(({ id }) => `docs/rules/${id}.md`).sort())
})

/** The fenced blocks of a page. */
function snippets(page: string): readonly { readonly language: string; readonly text: string }[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms)
  return [...blocks].map(([, language = '', text = '']) => ({ language, text }))
}
