import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ts } from 'ts-morph'
import { parse } from 'yaml'
import { schema } from '../engine/config/schema'
import { exampleWorld } from '../engine/example'
import { evaluateRules } from '../engine/native'
import { rules } from '../engine/registry'
import { readApi } from '../generator/api'
import { readConstructs } from '../generator/constructs'
import { readProject } from '../generator/read'
import { compile } from '../generator/rego'
import { worst } from './examples'

const own = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map(file => join('docs', file))
const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' }).map(file => join('examples', file))
const pages = ['README.md', 'CHANGELOG.md', ...own, ...examples].filter(file => file.endsWith('.md'))

const help = execFileSync(process.execPath, ['dist/keyreach.js', '--help'], { encoding: 'utf8' })
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

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

test.each(pages)('%s: commands exist', page => {
  for (const { text } of snippets(page).filter(({ language }) => language === 'sh')) {
    for (const [, command = ''] of text.matchAll(/\bkeyreach (\w+)/g))
      expect(help).toMatch(new RegExp(`^ +${command} `, 'm'))
    for (const [, script = ''] of text.matchAll(/\bnpm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script)
  }
})

test.each(pages)('%s: every row says what it is', page => {
  const rows = readFileSync(page, 'utf8').match(/^\| .*\|$/gm) ?? []
  expect(rows.filter(row => /\| +\|$/.test(row))).toEqual([])
})

test('all that programs import of keyreach says what it is, and what holds where it is left out', () => {
  const { constructs, types } = readConstructs()
  const api = readApi()
  const members = [...constructs, ...types, ...api.types.flatMap(one => ('fields' in one ? one : []))].flatMap(
    ({ name, fields, methods }) =>
      [...fields, ...methods].map(member => ({ ...member, name: `${name}.${member.name}` })),
  )
  const given = constructs.flatMap(({ name, properties }) =>
    properties.map(one => ({ ...one, name: `${name}: ${one.name}` })),
  )
  const named = [...constructs, ...types].map(({ name, summary }) => ({ name, description: summary }))
  const all = [...members, ...given, ...named, ...api.functions]
  expect(all.length).toBeGreaterThan(150)
  expect(all.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([])
  expect(given.filter(one => one.isOptional && one.default === '').map(({ name }) => name)).toEqual([])
})

test('the pages of rules are those of the rules there are', () => {
  const documented = own.filter(file => file.startsWith('docs/rules/') && file.endsWith('.md'))
  expect(documented.sort()).toEqual(rules.map(({ id }) => `docs/rules/${id}.md`).sort())
})

/** The folders of a repository: what git tracks or, where there is no git, what it would not ignore. */
function folders(repository: string): readonly string[] {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' })
  const ignored = readFileSync(join(repository, '.gitignore'), 'utf8').split('\n')
  const there = readdirSync(repository, { withFileTypes: true })
    .filter(one => one.isDirectory() && !ignored.some(line => line.replaceAll('/', '') === one.name))
    .map(({ name }) => `${name}/`)
  const files = stdout ? stdout.split('\0').filter(file => file.includes('/')) : there
  return [...new Set(files.map(file => file.split('/')[0] ?? ''))].filter(name => !name.startsWith('.')).sort()
}

test('the README names every folder', () => {
  const [, list = ''] = readFileSync('README.md', 'utf8').split('## In this repository')
  const named = [...list.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', '))
  expect(named.sort()).toEqual(folders('.'))
})

test('what git does not track is no folder of the repository', () => {
  const repository = mkdtempSync(join(tmpdir(), 'keyreach-'))
  const put = (file: string) => {
    mkdirSync(dirname(join(repository, file)), { recursive: true })
    writeFileSync(join(repository, file), '')
  }
  try {
    for (const file of ['b/c/file', 'a/file', 'file', '.hidden/file', 'ignored/file']) put(file)
    writeFileSync(join(repository, '.gitignore'), 'ignored/\n')
    expect(folders(repository)).toEqual(['a', 'b'])
    execFileSync('git', ['init', '--quiet'], { cwd: repository })
    execFileSync('git', ['add', '.'], { cwd: repository })
    put('scratch/file')
    expect(folders(repository)).toEqual(['a', 'b'])
  } finally {
    rmSync(repository, { recursive: true })
  }
})

test('the finding in the README is what keyreach prints', () => {
  const printed = execFileSync('npm', ['run', '-s', 'start'], { encoding: 'utf8' })
  const [shown] = snippets('README.md').filter(({ language }) => language === 'text')
  for (const part of (shown?.text ?? 'none').split(/^ *…\n/m)) expect(printed).toContain(part)
})

test('the rule in docs/authoring.md compiles, and its examples get their verdicts', () => {
  const page = readFileSync('docs/authoring.md', 'utf8')
  const [, path = '', text = ''] = /^`(policies\/[^`]+)`:\n\n```ts\n(.*?)^```$/ms.exec(page) ?? []
  const project = readProject('policies')
  const file = project.createSourceFile(path, text, { overwrite: true })
  expect(file.getPreEmitDiagnostics().map(problem => problem.getMessageText())).toEqual([])
  expect(compile(project).diagnostics).toEqual([])

  const { default: rule, examples } = evaluated(text, dirname(path))
  for (const verdict of ['pass', 'fail', 'unknown'] as const)
    for (const [name, example] of Object.entries(examples()[verdict])) {
      const { findings } = evaluateRules([{ id: 'an/example', rule }], exampleWorld(example as never))
      expect([name, worst(findings)]).toEqual([name, verdict])
    }
})

function evaluated(text: string, folder: string) {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } })
  const module = { exports: {} as ReturnType<typeof require> }
  const from = (name: string) => require(resolve(folder, name))
  new Function('require', 'exports', outputText)(from, module.exports)
  return module.exports
}

/** The fenced blocks of a page. */
function snippets(page: string): readonly { readonly language: string; readonly text: string }[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms)
  return [...blocks].map(([, language = '', text = '']) => ({ language, text }))
}
