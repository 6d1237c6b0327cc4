import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

/** A program that builds with constructs has run as `cdktf synth` would run it. */
export interface Synthesized {
  /** The program. */
  readonly file: string
  /** Where it ran: what it wrote, and the `keyreach.yaml` beside it where it has one. */
  readonly folder: string
  readonly resources: readonly SynthesizedResource[]
}

export interface SynthesizedResource {
  readonly type: string
  /** Its address in its stack: `aws_kms_key.key_FEDD6EC0`. */
  readonly address: string
  /** Its constructs from the stack on: `images/key/Resource`. */
  readonly path: string
}

/** A resource as it stands in the file of a stack. */
export interface SynthesizedBody {
  readonly '//': { readonly metadata: { readonly path: string } }
  readonly depends_on?: readonly string[]
  readonly [attribute: string]: unknown
}

/**
 * Runs programs, each in a folder of its own, and gives what `use` makes of each; the folders are gone afterwards. What they import of
 * keyreach is its source. Beside `app.ts`, `app.yaml` is its keyreach.yaml. Throws, with its name, where a program does.
 */
export async function synthesize<T>(
  files: readonly string[],
  use: (synthesized: Synthesized) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  // Below the packages that the programs import.
  mkdirSync('.tools/run', { recursive: true })
  const root = mkdtempSync(resolve('.tools/run/examples-'))
  const folders = new Map(files.map((file, i) => [file, join(root, String(i))]))
  try {
    for (const [file, folder] of folders) prepare(file, folder)
    const outfile = join(root, 'all.cjs')
    await build({
      stdin: { contents: entry(folders), resolveDir: '.' },
      outfile,
      bundle: true,
      packages: 'external',
      // The provider's classes are CommonJS, in folders that no import of an ES module finds.
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    })
    const { status, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr.trim())
    const used = new Map<string, T>()
    for (const [file, folder] of folders) used.set(file, await use({ file, folder, resources: resourcesIn(folder) }))
    return used
  } finally {
    rmSync(root, { recursive: true })
  }
}

function prepare(file: string, folder: string): void {
  mkdirSync(folder)
  const config = file.replace(/\.ts$/, '.yaml')
  if (existsSync(config)) copyFileSync(config, join(folder, 'keyreach.yaml'))
}

/** One program after the other, as the start of each costs more than its work; the first that throws is named, and ends it. */
function entry(folders: ReadonlyMap<string, string>): string {
  const runs = [...folders].map(([file, folder]) => {
    const [name, home, path] = [file, folder, resolve(file)].map(text => JSON.stringify(text))
    return `run(${name}, ${home}, () => require(${path}))`
  })
  return `
    function run(name, folder, program) {
      process.chdir(folder)
      try {
        program()
      } catch (error) {
        console.error(name + ': ' + error.message)
        process.exit(1)
      }
    }
    ${runs.join('\n')}`
}

function resourcesIn(folder: string): readonly SynthesizedResource[] {
  return stackFilesIn(folder).flatMap(file => {
    const { resource = {} } = JSON.parse(readFileSync(file, 'utf8'))
    return Object.entries<{ [name: string]: SynthesizedBody }>(resource).flatMap(([type, all]) =>
      Object.entries(all).map(
        ([
          name,
          {
            '//': { metadata },
          },
        ]) => ({
          type,
          address: `${type}.${name}`,
          path: metadata.path,
        }),
      ),
    )
  })
}

/** The files of the stacks that a program has made in a folder. */
export function stackFilesIn(folder: string): readonly string[] {
  const { stacks } = JSON.parse(readFileSync(join(folder, 'cdktf.out/manifest.json'), 'utf8'))
  return Object.values<{ synthesizedStackPath: string }>(stacks).map(({ synthesizedStackPath }) =>
    join(folder, 'cdktf.out', synthesizedStackPath),
  )
}
