import { at, distinct, type Json } from '../intrinsics'
import type { Fix } from './finding'
import { textOf } from './json'
import { isUnknown } from './maybe'
import { type Builder, flagSetting, is, known, listSetting, regionKeyPath, regionKeys, textSetting } from './template'

/** Sets a setting of a builder; a template is of no account. */
export function settingFix(builder: Builder, path: string, value: Json): Fix {
  return { kind: 'attribute', account: null, target: builder.address, path, value }
}

/** Makes a key in a region, and names it in a setting of a builder. */
export function newKeyFix(builder: Builder, path: string, region: string): readonly Fix[] {
  return [newKey(builder, region), settingFix(builder, path, reference(region))]
}

/** Names a key for a region in `region_kms_key_ids`: the one of the build where it serves, else a new one. */
export function regionKeyFix(builder: Builder, region: string): readonly Fix[] {
  const own = serving(builder, region)
  if (own === null) return newKeyFix(builder, regionKeyPath(region), region)
  return [settingFix(builder, regionKeyPath(region), own)]
}

/** Encrypts the image under a key of the customer in every region, by new keys where none that serves is named. */
export function customerKeysFix(builder: Builder): readonly Fix[] {
  const home = builder.region ?? ''
  const copied = known(listSetting(builder, 'ami_regions')).filter(region => listed(builder, region) === null)
  const own = isUnknown(textSetting(builder, 'kms_key_id')) ? [] : [home]
  const keyless = distinct([...own, ...copied]).filter(region => serving(builder, region) === null)
  return [
    ...keyless.map(region => newKey(builder, region)),
    ...(is(flagSetting(builder, 'encrypt_boot'), true) === 'yes' ? [] : [settingFix(builder, 'encrypt_boot', true)]),
    ...(own.includes(home) && keyless.includes(home) ? [settingFix(builder, 'kms_key_id', reference(home))] : []),
    ...copied.map(region => settingFix(builder, regionKeyPath(region), serving(builder, region) ?? reference(region))),
  ]
}

/** Whether an identifier names a key that AWS manages. */
export function isAwsManaged(identifier: string): boolean {
  return identifier.includes('alias/aws/')
}

function newKey(builder: Builder, region: string): Fix {
  return {
    kind: 'resource',
    account: builder.account,
    region: textOf(region),
    target: `aws_kms_key.${nameIn(region)}`,
    type: 'aws_kms_key',
    values: { description: `Images in ${region}`, enable_key_rotation: true },
  }
}

function reference(region: string): string {
  return `\${aws_kms_key.${nameIn(region)}.arn}`
}

function nameIn(region: string): string {
  return `keyreach_${region.replaceAll('-', '_')}`
}

/** The key of the build where it serves a region too: in its own, and in every one if it is a multi-Region key. */
function serving(builder: Builder, region: string): string | null {
  const key = textSetting(builder, 'kms_key_id')
  if (key === null || isUnknown(key) || isAwsManaged(key)) return null
  if (key.startsWith('mrk-') || region === builder.region) return key
  return null
}

/** The key of the customer that `region_kms_key_ids` names for a region. */
function listed(builder: Builder, region: string): string | null {
  const map = regionKeys(builder)
  if (map === null || isUnknown(map)) return null
  const key = textOf(at(map, [region]))
  if (key === null || isAwsManaged(key)) return null
  return key
}
