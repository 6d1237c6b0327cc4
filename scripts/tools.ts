import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** The programs that our output is made for, at the versions that the tests speak of. */
const tools = {
  opa: { module: 'github.com/open-policy-agent/opa', version: '1.22.2', asks: ['version'] },
  conftest: { module: 'github.com/open-policy-agent/conftest', version: '0.71.1', asks: ['--version'] },
}
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

/** Finds or builds every program and says where it is. */
export default function main(): number {
  for (const name of Object.keys(tools) as Tool[])
    try {
      console.log(`${name} ${tools[name].version}: ${tool(name)}`)
    } catch (error) {
      console.error(String(error instanceof Error ? error.message : error))
      return 1
    }
  return 0
}

function find(name: Tool): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), bin].filter(folder => folder !== '')
  return folders.map(folder => join(folder, name)).find(path => isExecutable(path) && isVersion(name, path)) ?? null
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
