import { at, isObject, type Json } from '../intrinsics'
import type { Fix } from './finding'
import { textOf } from './json'
import { isUnknown } from './maybe'
import { type Builder, imageKeys, known, listSetting, regionKeyPath, regionKeys, textSetting } from './template'

/** Sets a setting of a builder. */
export function settingFix(builder: Builder, path: string, value: Json): Fix {
  return { kind: 'attribute', account: builder.account, target: builder.address, path, value }
}

/** Makes a key in a region, and names it in a setting of a builder. */
export function newKeyFix(builder: Builder, path: string, region: string): readonly Fix[] {
  const name = `keyreach_${region.replaceAll('-', '_')}`
  return [
    {
      kind: 'resource',
      account: builder.account,
      region,
      target: `aws_kms_key.${name}`,
      type: 'aws_kms_key',
      values: { description: `Images in ${region}`, enable_key_rotation: true },
    },
    settingFix(builder, path, `\${aws_kms_key.${name}.arn}`),
  ]
}

/** Names a key for each region to which the image is copied and for which `region_kms_key_ids` has none. */
export function regionKeysFix(builder: Builder): readonly Fix[] {
  const map = regionKeys(builder)
  const listed = isObject(map) && !isUnknown(map) ? map : {}
  const regions = known(listSetting(builder, 'ami_regions'))
  const without = imageKeys(builder).filter(
    one => regions.includes(one.region) && textOf(at(listed, [one.region])) === null,
  )
  return without.flatMap(one => regionKeyFix(builder, one.region))
}

/** Names a key for a region: the one of the build where that is the region or the key is a multi-Region key, else a new one. */
export function regionKeyFix(builder: Builder, region: string): readonly Fix[] {
  const key = textSetting(builder, 'kms_key_id')
  if (key !== null && !isUnknown(key) && (key.startsWith('mrk-') || region === builder.region))
    return [settingFix(builder, regionKeyPath(region), key)]
  return newKeyFix(builder, regionKeyPath(region), region)
}
