import { spawnSync } from 'node:child_process'
import { evaluate } from '../engine'
import { load } from '../engine/load'
import { rules } from '../engine/registry'
import { tool } from '../scripts/tools'

const plan = 'test/fixtures/large'

/** Lets `script` of util-linux run a command with a terminal of its own, and gives all that the terminal was sent. */
function onTerminal(command: string, env: NodeJS.ProcessEnv = {}) {
  return spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, OPA: tool('opa'), TERM: 'xterm', SHELL: '/bin/sh', ...env },
  })
}

const erased = '\r\u001b[K'
const check = `${process.execPath} dist/keyreach.js check --engine opa ${plan}`

test('on a terminal long work says what it does, in a line that is gone at the end', () => {
  const { stdout } = onTerminal(`${check} > /dev/null`)
  const lines = stdout.split(erased)
  expect(lines.slice(1, -1).filter(line => !/^judging {2}\d+\.\d s$/.test(line))).toEqual([])
  expect([lines.length > 2, lines[0], lines.at(-1)]).toEqual([true, '', ''])
})

test('the report stands alone where it goes to the same terminal', () => {
  const report = spawnSync('/bin/sh', ['-c', check], { encoding: 'utf8', env: { OPA: tool('opa') } }).stdout
  const { stdout } = onTerminal(check, { NO_COLOR: '1' })
  expect(stdout.split(erased).at(-1)?.replaceAll('\r\n', '\n')).toBe(report)
})

test.each([
  ['short work', `${process.execPath} dist/keyreach.js list > /dev/null`, {}],
  ['a terminal that can erase nothing', `${check} > /dev/null`, { TERM: 'dumb' }],
  ['a pipe', `${check} 2>&1 > /dev/null | cat`, {}],
])('silent: %s', (_, command, env) => {
  expect(onTerminal(command, env).stdout).not.toMatch(/judging/)
})

test('it hears of files and of rules', async () => {
  const heard: string[] = []
  const progress = (stage: string, done?: number, of?: number) => heard.push(`${stage} ${done} of ${of}`)
  const { world } = await load([`${plan}/plan.json.gz`], null, progress)
  await evaluate(world, 'native', { progress })
  expect(heard[0]).toBe('reading 1 of 1')
  expect(heard.at(-1)).toBe(`judging ${rules.length} of ${rules.length}`)
})
