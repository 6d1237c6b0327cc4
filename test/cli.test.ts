import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/*
 * A scenario is one file: what it shows, the command, the files that are there, and what comes of it.
 *
 *   Someone forgets the plan.
 *   $ keyreach check plan.json < plan.json
 *   -- plan.json --              a file; `-- fixture NAME --` puts all of test/fixtures/NAME there
 *   -- stdout --
 *   -- stderr --
 *   -- exit 2 --
 *
 * UPDATE=1 writes what comes of it.
 */
const folder = 'test/cli'
const scenarios = readdirSync(folder).filter(name => name.endsWith('.txt'))

test.each(scenarios)('%s', name => {
  const path = join(folder, name)
  const text = readFileSync(path, 'utf8')
  const given = text.slice(0, text.indexOf('-- stdout --\n'))
  const { stdout, stderr, status } = run(given)
  const actual = `${given}-- stdout --\n${stdout}-- stderr --\n${stderr}-- exit ${status} --\n`
  if (process.env.UPDATE) writeFileSync(path, actual)
  expect(actual).toBe(process.env.UPDATE ? actual : text)
})

function run(given: string) {
  const [, command = '', input] = /^\$ keyreach(.*?)(?: < (\S+))?$/m.exec(given) ?? []
  const cwd = mkdtempSync(join(tmpdir(), 'keyreach-'))
  try {
    for (const [, name = '', contents = ''] of given.matchAll(/^-- (.+) --\n([\s\S]*?)(?=^-- |$(?![\s\S]))/gm))
      put(cwd, name, contents)
    return spawnSync(process.execPath, [resolve('dist/keyreach.js'), ...words(command)], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
      ...(input && { input: readFileSync(join(cwd, input)) }),
    })
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

function put(cwd: string, name: string, contents: string): void {
  const [, fixture] = /^fixture (.+)$/.exec(name) ?? []
  if (fixture) cpSync(join('test/fixtures', fixture), cwd, { recursive: true })
  else {
    mkdirSync(join(cwd, dirname(name)), { recursive: true })
    writeFileSync(join(cwd, name), contents)
  }
}

/** The words of a command; what stands in quotes is one. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

test('SARIF has the page of each rule that it names', () => {
  const { status, stdout } = run(
    '$ keyreach check --format sarif\n-- fixture autoscaling-same-account-no-creategrant --\n',
  )
  const [{ results, tool }] = JSON.parse(stdout).runs
  expect(status).toBe(1)
  expect(results.length).toBeGreaterThan(0)
  for (const { ruleId, ruleIndex } of results) {
    const { id, help } = tool.driver.rules[ruleIndex]
    expect({ id, page: help.markdown }).toEqual({ id: ruleId, page: readFileSync(`docs/rules/${id}.md`, 'utf8') })
  }
})
