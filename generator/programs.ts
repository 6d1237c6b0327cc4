import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Loaded, Previewed } from './load'
import { type Synthesized, synthesize } from './synthesize'
import { type Missing, withoutEach } from './without'

/** A program that builds with constructs, what it makes, and what keyreach says of it. */
export interface Program extends Synthesized, Previewed {
  readonly text: string
  /** Its keyreach.yaml; null where all is in the program. */
  readonly config: string | null
  /** What fails without each part of what it makes. */
  readonly missing: readonly Missing[]
}

/** Runs programs and judges what they make; throws where a program does. */
export function runPrograms(files: readonly string[], { preview }: Loaded): Promise<ReadonlyMap<string, Program>> {
  return synthesize(files, async synthesized => {
    const { file, folder } = synthesized
    const config = join(folder, 'keyreach.yaml')
    return {
      ...synthesized,
      ...(await preview(folder)),
      text: readFileSync(file, 'utf8'),
      config: existsSync(config) ? readFileSync(config, 'utf8') : null,
      missing: await withoutEach(folder, preview),
    }
  })
}
