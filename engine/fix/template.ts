import type { Json } from '../../policies/intrinsics'
import { type Draft, type DraftObject, type DraftWorld, listIn, objectIn } from './draft'
import { resolved } from './reference'

/** The settings of a builder by its place (`packer.pkr.hcl:source.amazon-ebs.image`); null where no template has it. */
export function settingsAt(world: DraftWorld, target: string): DraftObject | null {
  const builders = (world.templates ?? []).flatMap(({ file, builders }) =>
    builders.map(({ at, settings }) => ({ place: `${file}:${at}`, settings })),
  )
  return builders.find(({ place }) => place === target)?.settings ?? null
}

/**
 * Sets a setting (`encrypt_boot`, `region_kms_key_ids["eu-west-1"]`, `launch_block_device_mappings[0].encrypted`). A template cannot refer
 * to a resource of a plan; it has the name that the resource will get.
 */
export function setSetting(world: DraftWorld, settings: DraftObject, path: string, value: Json): void {
  const written = resolved(world, { file: '', plan: {} }, value)
  const [, name = path, key, position, inner] = /^(\w+)(?:\["([^"]+)"\]|\[(\d+)\]\.(\w+))?$/.exec(path) ?? []
  if (key !== undefined) objectIn(settings, name)[key] = written
  else if (inner !== undefined) deviceIn(settings, name, Number(position))[inner] = written
  else settings[name] = written
}

function deviceIn(settings: DraftObject, name: string, position: number): DraftObject {
  const devices = listIn(settings, name)
  devices[position] ??= {} as Draft
  return devices[position] as DraftObject
}
