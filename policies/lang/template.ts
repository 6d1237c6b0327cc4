import { at, distinct, entry, fact, isObject, type Json, type JsonObject, keys } from '../intrinsics'
import { accountOf } from './aws'
import { principalArn } from './identity'
import { listOf, objectOf, objectsOf, textOf } from './json'
import { isUnknown, type Maybe, unknown } from './maybe'
import { resourceOf } from './plan'
import type { Situation } from './rule'
import type { Term } from './statement'
import { any, type Truth, truth } from './truth'
import { declared, plans } from './world'

/** A builder of a Packer template: it makes an image of a source image, copies it to other regions, and shares it. */
export interface Builder {
  /** Its template and place in it: `packer.pkr.hcl:source.amazon-ebs.image`. */
  readonly address: string
  readonly account: string | null
  /** The region in which it builds; null where the template does not tell. */
  readonly region: string | null
  /** What Packer runs as. */
  readonly role: Term
  /** By name; one that the template's files do not tell is an `Unknown`. */
  readonly settings: JsonObject
}

/** A key that a builder names: where, and for which region; '' where that is not known. */
export interface NamedKey {
  readonly at: string
  /** The setting: `region_kms_key_ids["eu-west-1"]`. */
  readonly path: string
  readonly region: string
  /** The identifier; null where none is named, so that the region's default key is used. */
  readonly key: Maybe<string>
}

/** The builders of the templates of the world that make Amazon machine images. */
export const builders = fact((): readonly Builder[] =>
  objectsOf(declared('templates')).flatMap(template =>
    objectsOf(at(template, ['builders'])).map(builder => builderOf(template, builder)),
  ),
)

/** A setting that is a text: known, absent, or not told by the template. */
export function textSetting(builder: Builder, name: string): Maybe<string> {
  return maybeText(at(builder.settings, [name]))
}

/** A setting that is true or false. */
export function flagSetting(builder: Builder, name: string): Maybe<boolean> {
  const value = at(builder.settings, [name])
  if (isUnknown(value)) return { unknown: value.unknown, candidates: [] }
  if (typeof value === 'boolean') return value
  return null
}

/** A setting that is a list of texts; one that is not known as a whole is a list of one unknown. */
export function listSetting(builder: Builder, name: string): readonly Maybe<string>[] {
  const value = at(builder.settings, [name])
  if (isUnknown(value)) return [maybeText(value)]
  return listOf(value).map(item => maybeText(item))
}

/** The texts of a list that are known. */
export function known(list: readonly Maybe<string>[]): readonly string[] {
  return distinct(list.flatMap(item => (item === null || isUnknown(item) ? [] : [item])))
}

/** What would make known those of several values that are not. */
export function missing(list: readonly Maybe<Json>[]): readonly string[] {
  return distinct(list.flatMap(item => (isUnknown(item) ? [item.unknown] : [])))
}

/** The keys by region that `region_kms_key_ids` names; null where it names none, unknown where it is not known which regions it has. */
export function regionKeys(builder: Builder): Maybe<JsonObject> {
  const value = at(builder.settings, ['region_kms_key_ids'])
  if (isUnknown(value)) return { unknown: value.unknown, candidates: [] }
  if (!isObject(value) || keys(value).length === 0) return null
  return value
}

/**
 * The regions in which a builder leaves its image, each with the key that is named for it. `region_kms_key_ids` is asked first, and
 * `kms_key_id` for the region of the build only.
 * https://github.com/hashicorp/packer-plugin-amazon/blob/v1.8.2/common/step_ami_region_copy.go
 */
export function imageKeys(builder: Builder): readonly NamedKey[] {
  if (is(flagSetting(builder, 'skip_create_ami'), true) === 'yes') return []
  const copied = known(listSetting(builder, 'ami_regions'))
  const skipped = is(flagSetting(builder, 'skip_save_build_region'), true)
  const own = skipped === 'yes' ? [] : [builder.region ?? '']
  return distinct([...own, ...copied]).map(region => keyFor(builder, region))
}

/** The keys that a builder uses: those that its images and the volumes of its instance are encrypted under, where they are named. */
export function usedKeys(builder: Builder): readonly NamedKey[] {
  return [...imageKeys(builder), ...volumeKeys(builder)].filter(named => named.key !== null)
}

/** The keys that are written for images, used or not: `kms_key_id` and each of `region_kms_key_ids`. */
export function writtenKeys(builder: Builder): readonly NamedKey[] {
  const map = regionKeys(builder)
  const own = namedAt(builder, 'kms_key_id', builder.region ?? '', textSetting(builder, 'kms_key_id'))
  const listed = isUnknown(map)
    ? [namedAt(builder, 'region_kms_key_ids', '', map)]
    : keys(map ?? {}).map(region => keyFor(builder, region))
  return [own, ...listed].filter(named => named.key !== null)
}

/** The keys that the volumes of the build instance are encrypted under, where `launch_block_device_mappings` names them. */
function volumeKeys(builder: Builder): readonly NamedKey[] {
  return devices(builder).flatMap(device =>
    device.key === null ? [] : [namedAt(builder, `${device.path}.kms_key_id`, builder.region ?? '', device.key)],
  )
}

/** A volume of the build instance as `launch_block_device_mappings` has it. */
export interface Device {
  readonly path: string
  readonly encrypted: Maybe<boolean>
  readonly key: Maybe<string>
}

/** The volumes of the build instance that `launch_block_device_mappings` speaks of; one of which nothing is known where that is not told. */
export function devices(builder: Builder): readonly Device[] {
  const value = at(builder.settings, ['launch_block_device_mappings'])
  const name = 'launch_block_device_mappings'
  if (isUnknown(value)) {
    const hole = unknown(value.unknown)
    return [{ path: name, encrypted: hole, key: hole }]
  }
  return objectsOf(value).map((device, i) => ({
    path: `${name}[${i}]`,
    encrypted: deviceFlag(device),
    key: maybeText(at(device, ['kms_key_id'])),
  }))
}

/** Where a setting stands: `packer.pkr.hcl:source.amazon-ebs.image.kms_key_id`. */
export function settingPlace(builder: Builder, path: string): string {
  return `${builder.address}.${path}`
}

/** A setting as the place that a rule speaks about. */
export function situationAt(builder: Builder, path: string): Situation {
  return { at: settingPlace(builder, path), account: builder.account, region: builder.region }
}

/** Whether any key is named for the image; `""` stands for a default key. */
export function namesKey(builder: Builder): Truth {
  const map = regionKeys(builder)
  const own = isNamed(textSetting(builder, 'kms_key_id'))
  if (isUnknown(map)) return any([own, 'unknown'])
  return any([own, ...keys(map ?? {}).map(region => isNamed(maybeText(at(map, [region]))))])
}

/** Whether the image is to be encrypted, or a volume of the build instance. */
export function isEncrypted(builder: Builder): Truth {
  return any([
    is(flagSetting(builder, 'encrypt_boot'), true),
    ...devices(builder).map(device => is(device.encrypted, true)),
  ])
}

/** Whether a flag has a value; one that is not set has none. */
export function is(flag: Maybe<boolean>, value: boolean): Truth {
  if (isUnknown(flag)) return 'unknown'
  return truth(flag === value)
}

/** The path of the key of a region: `region_kms_key_ids["eu-west-1"]`. */
export function regionKeyPath(region: string): string {
  return `region_kms_key_ids["${region}"]`
}

function keyFor(builder: Builder, region: string): NamedKey {
  const map = regionKeys(builder)
  if (isUnknown(map)) return namedAt(builder, 'region_kms_key_ids', region, map)
  const listed = entry(map ?? {}, region)
  if (listed !== null) return namedAt(builder, regionKeyPath(region), region, maybeText(listed))
  if (region === (builder.region ?? ''))
    return namedAt(builder, 'kms_key_id', region, textSetting(builder, 'kms_key_id'))
  return namedAt(builder, 'region_kms_key_ids', region, null)
}

function namedAt(builder: Builder, path: string, region: string, key: Maybe<string>): NamedKey {
  return { at: settingPlace(builder, path), path, region, key }
}

function deviceFlag(device: JsonObject): Maybe<boolean> {
  const value = at(device, ['encrypted'])
  if (isUnknown(value)) return unknown(value.unknown)
  if (typeof value === 'boolean') return value
  return null
}

function isNamed(key: Maybe<string>): Truth {
  if (isUnknown(key)) return 'unknown'
  return truth(key !== null)
}

function maybeText(value: Json): Maybe<string> {
  if (isUnknown(value)) return unknown(value.unknown)
  return textOf(value)
}

function builderOf(template: JsonObject, builder: JsonObject): Builder {
  const file = textOf(at(template, ['file'])) ?? ''
  const settings = objectOf(at(builder, ['settings']))
  const role = roleOf(template, settings, file)
  return {
    address: `${file}:${textOf(at(builder, ['at'])) ?? ''}`,
    account: textOf(at(template, ['account'])) ?? accountIn(role),
    region: textOf(at(settings, ['region'])),
    role,
    settings,
  }
}

/** What is declared of a template wins: its `assume_role` may be taken by somebody else first. */
function roleOf(template: JsonObject, settings: JsonObject, file: string): Term {
  const role = textOf(at(template, ['role']))
  const assumed = maybeText(at(settings, ['assume_role', 0, 'role_arn']))
  if (role === null) return assumed ?? unknown(`what Packer runs as (\`role\` of ${file} in keyreach.yaml)`)
  if (role.startsWith('arn:')) return role
  return plannedRole(role, textOf(at(template, ['account']))) ?? unknown(`the ARN of ${role}, which no plan has`)
}

function plannedRole(address: string, account: string | null): Term | null {
  const nodes = plans().flatMap((_, i) => resourceOf(`${i}|${address}`))
  const own = nodes.filter(node => account === null || node.account === null || node.account === account)
  return own.map(node => principalArn(node))[0] ?? null
}

function accountIn(role: Term): string | null {
  if (isUnknown(role)) return null
  return textOf(accountOf(role))
}
