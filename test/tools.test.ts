import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '../scripts/tools'

/*
 * How a Chromium comes to a machine that has none. A folder of scripts stands for the machine: what is looked for, and what is run, is what
 * is in it, so that nothing is installed here.
 */

const path = process.env.PATH
let machine: string

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'keyreach-'))
  process.env.PATH = machine
})

afterEach(() => {
  process.env.PATH = path
  jest.restoreAllMocks()
  rmSync(machine, { recursive: true })
})

/** Puts a program onto the machine: a script of the shell. */
function put(name: string, ...lines: readonly string[]): string {
  const file = join(machine, name)
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'))
  chmodSync(file, 0o755)
  return file
}

/** Puts an `apt-get` there that writes down how it is called, and does as told when it is to install. */
function putApt(install: string): () => readonly string[] {
  const log = join(machine, 'log')
  put('apt-get', `echo "$DEBIAN_FRONTEND $*" >> ${log}`, `case "$*" in *install*) ${install} ;; esac`)
  return () => readFileSync(log, 'utf8').trim().split('\n')
}

function runAs(user: number): void {
  jest.spyOn(process as Required<typeof process>, 'getuid').mockReturnValue(user)
}

test.each(['chromium', 'chromium-browser', 'google-chrome'])(
  '%s is taken where it is, and nothing is installed',
  name => {
    runAs(0)
    putApt('exit 1')
    const there = put(name)
    expect(chromium()).toBe(there)
  },
)

test('where there is none, root gets that of the distribution, without being asked anything', () => {
  runAs(0)
  const file = join(machine, 'chromium')
  const calls = putApt(`echo '#!/bin/sh' > ${file}; /bin/chmod +x ${file}`)
  expect(chromium()).toBe(file)
  expect(calls()).toEqual([
    'noninteractive --quiet update',
    'noninteractive --quiet install --yes --no-install-recommends chromium',
  ])
})

test('where apt-get gives none, that is said', () => {
  runAs(0)
  putApt('exit 100')
  expect(chromium).toThrow(/Chromium is not on PATH; install it .*: apt-get could not$/)
})

test.each([
  ['nobody but root may install it', 1000, true],
  ['there is no apt-get', 0, false],
])('where %s, it is said what to do', (_, user, hasApt) => {
  runAs(user)
  if (hasApt) putApt('exit 1')
  expect(chromium).toThrow('Chromium is not on PATH; install it (on Debian and Ubuntu: apt-get install chromium)')
})
