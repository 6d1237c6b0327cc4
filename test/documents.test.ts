import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ruleNamed } from '../engine/rules'
import type { Documents } from '../generator/emit/documents'

const folder = 'docs/documents'
const sources = readdirSync(folder).filter(name => name.endsWith('.yaml'))
const all = sources.map(name => [name, parse(readFileSync(join(folder, name), 'utf8')) as Documents] as const)

test('there are five documents, each with its page', () => {
  const names = all.flatMap(([, { documents }]) => documents.map(({ name }) => `${name}.md`))
  expect(names).toHaveLength(5)
  expect([...names, 'README.md'].sort()).toEqual(
    readdirSync(folder)
      .filter(name => name.endsWith('.md'))
      .sort(),
  )
})

test.each(all)(
  '%s: each statement is carried by rules that there are, or it is said why none can',
  (_, { says, omits }) => {
    expect(says.filter(({ rules = [], beyond }) => rules.length > 0 === (beyond !== undefined))).toEqual([])
    expect(omits.filter(({ rules }) => rules.length === 0)).toEqual([])
    const names = [...says, ...omits].flatMap(({ rules = [] }) => rules)
    expect(names.filter(name => !ruleNamed(name))).toEqual([])
  },
)

test.each(all)('%s: the page has every statement, with its correction', (_, { documents, says, omits }) => {
  for (const { name } of documents) {
    const page = readFileSync(join(folder, `${name}.md`), 'utf8')
    const told = [...says.flatMap(({ says, aws }) => [says, aws ?? '']), ...omits.map(({ aws }) => aws)]
    expect(told.filter(text => !page.includes(text))).toEqual([])
  }
})
