import { existsSync } from 'node:fs'
import { BadInput } from '../engine/bad-input'
import type { Known } from '../engine/baseline'
import { load } from '../engine/load'
import { bytesOf } from '../engine/load/files'
import { decoded } from '../engine/load/text'
import type { Progress } from '../engine/progress'
import type { RegisteredRule } from '../engine/registry'
import type { World } from '../engine/world'
import { complain } from './output'

const usual = 'keyreach.yaml'

/**
 * The world of the plans on the command line and of the configuration: the one named, else ./keyreach.yaml where there is one.
 * `known` are the rules that it may name. Says on standard error what people should know of it. Throws `BadInput` for what cannot be judged.
 */
export async function readWorld(
  plans: readonly string[],
  configFile: string | undefined,
  known?: readonly RegisteredRule[],
  progress?: Progress,
): Promise<World> {
  const file = configFile ?? (existsSync(usual) ? usual : null)
  // YAML and its schema cost more to load than a small plan costs to judge.
  const config = file === null ? null : await (await import('../engine/config')).readConfig(file, known)
  const { world, notes } = await load(plans, config, progress)
  for (const note of notes) complain(note)
  return world
}

/** What a baseline knows. Throws `BadInput` where it is none. */
export async function readBaseline(file: string, known?: readonly RegisteredRule[]): Promise<readonly Known[]> {
  const { parseBaseline } = await import('../engine/baseline')
  return parseBaseline(decoded(await bytesOf(file)), file, known)
}

/** Says on standard error what was judged as a preview, to who asked for plans to be judged. */
export function tellPreviews({ plans }: World): void {
  for (const { file, preview } of plans)
    if (preview) complain(`${file}: this is configuration, not a plan: it is judged as a preview, as far as it goes`)
}

/** So much of a text is read: the end, where errors stand, of no more than that many bytes. */
const [kept, most] = [2 ** 22, 2 ** 28]

/** The text on standard input. Of a long one it is the end; one without end is left at some point. */
export async function readText(): Promise<string> {
  if (process.stdin.isTTY) throw new BadInput(null, 'there is no text: pass the error, or pipe it')
  let end = Buffer.alloc(0)
  let size = 0
  for await (const chunk of process.stdin) {
    size += chunk.length
    end = Buffer.concat([end, chunk])
    // An even number goes, so that UTF-16 stays in step.
    if (end.length > 2 * kept) end = end.subarray((end.length - kept) & ~1)
    if (size > most) break
  }
  return decoded(end.subarray(Math.max(0, end.length - kept) & ~1))
}
