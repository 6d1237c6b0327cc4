import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { tool } from '../scripts/tools'
import { archive, extracted } from './archive'
import type { File } from './file'
import { serverModules } from './rego/server'

/**
 * The built-ins that OPA's Wasm has natively, of those that translated rules may need. Building with nothing else allowed
 * keeps the Rego free of what would differ between engines, or read the clock, the network or the environment.
 */
const builtins = new Set(
  `and array.concat array.flatten array.reverse array.slice assign concat contains count div endswith eq equal graph.reachable
  gt gte internal.member_2 internal.member_3 internal.template_string intersection is_array is_boolean is_null is_number
  is_object is_set is_string json.is_valid json.marshal json.unmarshal lower lt lte max min minus mul neq numbers.range object.filter object.get
  object.keys object.remove object.union object.union_n or plus regex.find_all_string_submatch_n regex.match rem replace
  sort split startswith strings.replace_n substring sum to_number trim_prefix trim_suffix type_name union upper walk`.split(
    /\s+/,
  ),
)

/** The oldest OPA that takes the Rego; a test holds it to that. */
export const requiredOpa = '1.13.0'

const entrypoint = 'policies/report/findings'

/** OPA's own description of what it can do, without all but `builtins`: what the Rego is checked against. */
export function emitCapabilities(): File {
  const all = JSON.parse(
    execFileSync(tool('opa'), ['capabilities', '--current'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
  )
  const restricted = {
    ...all,
    builtins: all.builtins.filter(({ name }: { name: string }) => builtins.has(name)),
    allow_net: [],
  }
  return { path: 'generator/capabilities.json', text: `${JSON.stringify(restricted, null, 1)}\n` }
}

/**
 * Writes what needs no OPA: the Rego files below `out`/rego, the capabilities, and both as a bundle for OPA and conftest
 * (https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format); the same of what only OPA servers need.
 * `root` has the package that they are of.
 */
export function writeRego(files: readonly File[], capabilities: string, out: string, root = '.'): void {
  writeFiles(files, join(out, 'rego'))
  writeFiles(serverModules, join(out, 'server'))
  writeFileSync(join(out, 'capabilities.json'), capabilities)
  const contents = [...files, { path: 'capabilities.json', text: capabilities }]
  writeFileSync(join(out, 'keyreach.tar.gz'), bundle(contents, ['main', 'policies'], { rego_version: 1 }, root))
  const server = bundle(serverModules, ['system/authz', 'system/log'], { rego_version: 1 }, root)
  writeFileSync(join(out, 'keyreach-server.tar.gz'), server)
}

/** Writes all that `writeRego` does, and the Wasm that the program `opa` makes of it, by itself and as a bundle. */
export function writeBundle(
  files: readonly File[],
  capabilities: string,
  out: string,
  { root = '.', opa = tool('opa') } = {},
): void {
  writeRego(files, capabilities, out, root)
  const module = wasm(join(out, 'rego'), join(out, 'capabilities.json'), opa)
  writeFileSync(join(out, 'keyreach.wasm'), module)
  const contents = [{ path: 'policy.wasm', text: module }]
  const resolvers = { wasm: [{ entrypoint, module: '/policy.wasm' }] }
  writeFileSync(join(out, 'keyreach-wasm.tar.gz'), bundle(contents, ['policies'], resolvers, root))
}

function writeFiles(files: readonly File[], folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A bundle of files. Its revision is the version of the package with a sum of what is in it, so that it differs where the rules do. */
function bundle(
  files: readonly File<string | Uint8Array>[],
  roots: readonly string[],
  more: object,
  root: string,
): Buffer {
  const { name, version, license, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const sum = createHash('sha256')
  for (const { path, text } of files) sum.update(`${path}\0`).update(text).update('\0')
  const manifest = {
    revision: `${version}+${sum.digest('hex').slice(0, 12)}`,
    roots,
    metadata: { name, version, license, description, required_opa: `>=${requiredOpa}` },
    ...more,
  }
  return archive([...files, { path: '.manifest', text: `${JSON.stringify(manifest, null, 2)}\n` }])
}

function wasm(rego: string, capabilities: string, opa: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  const made = join(folder, 'bundle.tar.gz')
  const target = ['-t', 'wasm', '-e', entrypoint, '--capabilities', capabilities, '-o', made]
  try {
    // OPA prints what is wrong on standard output.
    const { status, stdout } = spawnSync(opa, ['build', ...target, rego], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`opa build refuses the generated Rego\n${stdout}`)
    const module = extracted(readFileSync(made)).find(({ path }) => path === 'policy.wasm')
    if (!module) throw new Error('opa build made a bundle without policy.wasm')
    return module.text
  } finally {
    rmSync(folder, { recursive: true })
  }
}
