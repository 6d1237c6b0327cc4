import { existsSync } from 'node:fs'
import { load } from '../engine/load'
import type { World } from '../engine/world'
import { complain } from './output'

const usual = 'keyreach.yaml'

/**
 * The world of the plans on the command line and of the configuration: the one named, else ./keyreach.yaml where there is one.
 * Says on standard error what people should know of it. Throws `BadInput` for what cannot be judged.
 */
export async function readWorld(plans: readonly string[], configFile: string | undefined): Promise<World> {
  const file = configFile ?? (existsSync(usual) ? usual : null)
  // YAML and its schema cost more to load than a small plan costs to judge.
  const config = file === null ? null : await (await import('../engine/config')).readConfig(file)
  const { world, notes } = await load(plans, config)
  for (const note of notes) complain(note)
  return world
}
