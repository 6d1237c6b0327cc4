import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import type { Shown } from '../../modules/terraform/runs'

/** The modules that there are, by name: their files in `modules/terraform`, but for those about all of them. */
export function moduleNames(): readonly string[] {
  const names = readdirSync('modules/terraform').map(file => file.replace(/\.ts$/, ''))
  return names.filter(name => name !== 'runs' && name !== 'specimen').sort()
}

/** Runs the constructs of all modules, in a process of its own. */
export async function runModules(): Promise<ReadonlyMap<string, Shown>> {
  // Below the packages that constructs import.
  mkdirSync('.tools/run', { recursive: true })
  const folder = mkdtempSync(resolve('.tools/run/modules-'))
  const outfile = join(folder, 'all.cjs')
  const names = moduleNames()
  const contents = `
    import { show } from './modules/terraform/runs'
    ${names.map((name, i) => `import module${i} from './modules/terraform/${name}'`).join('\n')}
    process.stdout.write(JSON.stringify([${names.map((_, i) => `show(module${i})`).join(', ')}]))`
  await build({
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    outfile,
    bundle: true,
    packages: 'external',
    // The provider's classes are CommonJS, in folders that no import of an ES module finds.
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
  const { status, stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8', maxBuffer: 1 << 28 })
  rmSync(folder, { recursive: true })
  if (status !== 0) throw new Error(stderr.trim())
  const shown: readonly Shown[] = JSON.parse(stdout)
  return new Map(names.map((name, i) => [name, shown[i] as Shown]))
}
