import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { tool } from '../scripts/tools'
import type { File } from './file'

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

/** Writes the Rego files below `out`/rego, and the Wasm and the capabilities it was built with beside them. */
export function writeBundle(files: readonly File[], out: string): void {
  const rego = join(out, 'rego')
  rmSync(rego, { recursive: true, force: true })
  for (const { path, text } of files) {
    mkdirSync(dirname(join(rego, path)), { recursive: true })
    writeFileSync(join(rego, path), text)
  }
  const capabilities = join(out, 'capabilities.json')
  writeFileSync(capabilities, JSON.stringify(restricted(), null, 1))
  writeFileSync(join(out, 'keyreach.wasm'), wasm(rego, capabilities))
}

/** OPA's own description of what it can do, without all but `builtins`. */
function restricted() {
  const all = JSON.parse(
    execFileSync(tool('opa'), ['capabilities', '--current'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
  )
  return { ...all, builtins: all.builtins.filter(({ name }: { name: string }) => builtins.has(name)), allow_net: [] }
}

function wasm(rego: string, capabilities: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  const bundle = join(folder, 'bundle.tar.gz')
  const target = ['-t', 'wasm', '-e', 'policies/report/findings', '--capabilities', capabilities, '-o', bundle]
  try {
    // OPA prints what is wrong on standard output.
    const { status, stdout } = spawnSync(tool('opa'), ['build', ...target, rego], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`opa build refuses the generated Rego\n${stdout}`)
    return entry(gunzipSync(readFileSync(bundle)), '/policy.wasm')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One file of a tar archive: headers of 512 bytes (name, and at 124 the size in octal), contents padded to the same. */
function entry(archive: Buffer, wanted: string): Buffer {
  for (let at = 0; at < archive.length; ) {
    const name = archive.toString('utf8', at, archive.indexOf(0, at))
    const size = Number.parseInt(archive.toString('ascii', at + 124, at + 135), 8) || 0
    if (name === wanted) return archive.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  throw new Error(`opa build made a bundle without ${wanted}`)
}
