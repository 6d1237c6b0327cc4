import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** The programs that our output is made for, at the versions that the tests speak of. */
const tools = {
  opa: { module: 'github.com/open-policy-agent/opa', version: '1.22.2', asks: ['version'] },
  conftest: { module: 'github.com/open-policy-agent/conftest', version: '0.71.1', asks: ['--version'] },
}
/** Any version will do, under any name that distributions give it. */
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome']

const bin = resolve('.tools/bin')

export type Tool = keyof typeof tools

/**
 * The path of a program of exactly the version that we test with: from `PATH`, else from `.tools/bin`, else built there with Go.
 * Throws, naming what to install, where none of the three gives it.
 */
export function tool(name: Tool): string {
  const found = find(name)
  if (found) return found
  const { module, version } = tools[name]
  const built = spawnSync('go', ['install', `${module}@v${version}`], {
    env: { ...process.env, GOBIN: bin, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const path = find(name)
  if (path) return path
  const why = built.error ? 'there is no Go to build it with' : `go install failed: ${built.stderr.trim()}`
  throw new Error(
    `${name} ${version} is neither on PATH nor in .tools/bin, and ${why}; install ${name} ${version} or Go`,
  )
}

/**
 * The path of a Chromium, to look at pages with: from `PATH`, else installed with Debian's packages, which only root can do.
 * Throws, saying what to install, where neither gives it.
 */
export function chromium(): string {
  const found = onPath(chromiumNames)
  if (found) return found
  const wanted = 'Chromium is not on PATH; install it (on Debian and Ubuntu: apt-get install chromium)'
  if (process.getuid?.() !== 0 || !onPath(['apt-get'])) throw new Error(wanted)
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']])
    spawnSync('apt-get', ['--quiet', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  const path = onPath(chromiumNames)
  if (path) return path
  throw new Error(`${wanted}: apt-get could not`)
}

/** Finds, builds or installs every program and says where it is. */
export default function main(): number {
  for (const name of Object.keys(tools) as Tool[])
    if (!isThere(`${name} ${tools[name].version}`, () => tool(name))) return 1
  return isThere('chromium', chromium) ? 0 : 1
}

function isThere(name: string, find: () => string): boolean {
  try {
    console.log(`${name}: ${find()}`)
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return false
  }
}

function onPath(names: readonly string[]): string | null {
  return (
    folders()
      .flatMap(folder => names.map(name => join(folder, name)))
      .find(isExecutable) ?? null
  )
}

function folders(): readonly string[] {
  return (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
}

function find(name: Tool): string | null {
  const paths = [...folders(), bin].map(folder => join(folder, name))
  return paths.find(path => isExecutable(path) && isVersion(name, path)) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Releases say their version; a program built by `go install` may not, but carries its module's in the file. */
function isVersion(name: Tool, path: string): boolean {
  const { module, version, asks } = tools[name]
  try {
    const said = execFileSync(path, asks, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0]
    if (said?.endsWith(` ${version}`)) return true
    return (said?.endsWith(' dev') ?? false) && readFileSync(path).includes(`mod\t${module}\tv${version}\t`)
  } catch {
    return false
  }
}
