import { type Json, type JsonObject, keys } from '../intrinsics'
import { isUnknown } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import { type Builder, builders, known, listSetting, missing, regionKeys, situationAt } from '../lang/template'
import { regionKeyFix, settingFix } from '../lang/template-fix'
import type { Truth } from '../lang/truth'

/**
 * A template that names keys by region names one for each region that the image is copied to, and for no other.
 *
 * `region_kms_key_ids` and `ami_regions` have to list the same regions, the region of the build among them where one of the two has it, or
 * Packer refuses the template. Without `region_kms_key_ids` nothing is refused, and each copy is encrypted under the default key of its
 * region.
 */
export default rule({
  severity: 'error',
  aliases: ['packer-region-keys-cover-ami-regions'],
  symptoms: [
    'Region {region} is in ami_regions but not in region_kms_key_ids',
    'Region {region} is in region_kms_key_ids but not in ami_regions',
  ],
  references: [
    'https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs#region_kms_key_ids',
  ],

  *situations() {
    for (const builder of builders().filter(one => regionKeys(one) !== null)) {
      yield {
        ...situationAt(builder, 'region_kms_key_ids'),
        what: 'each region of `ami_regions` has a key',
        otherwise: `the image is copied to ${withoutKey(builder).join(' and ')}, for which there is no key`,
        holds: claim(withoutKey(builder), openKeys(builder), openCopies(builder)),
        fix: withoutKey(builder).flatMap(region => regionKeyFix(builder, region)),
        known: [...openCopies(builder), ...openKeys(builder)],
        symptom: 'Region {region} is in ami_regions but not in region_kms_key_ids',
        because: 'once there are keys by region, Packer refuses a copy without one',
      }
      yield {
        ...situationAt(builder, 'ami_regions'),
        what: 'each region with a key is in `ami_regions`',
        otherwise: `there is a key for ${withoutCopy(builder).join(' and ')}, to which the image is not copied`,
        holds: claim(withoutCopy(builder), openCopies(builder), openKeys(builder)),
        fix: [settingFix(builder, 'ami_regions', [...copied(builder), ...withoutCopy(builder)])],
        known: [...openCopies(builder), ...openKeys(builder)],
        symptom: 'Region {region} is in region_kms_key_ids but not in ami_regions',
        because: 'Packer refuses a key for a region without a copy',
      }
    }
  },

  requirements: ({ what, otherwise, holds, fix, known, symptom, because }) => [
    { kind: 'holds', what, otherwise, holds, severity: 'error', symptom, fix, evidence: [], known, because },
  ],
})

function copied(builder: Builder): readonly string[] {
  return known(listSetting(builder, 'ami_regions'))
}

function keyed(builder: Builder): readonly string[] {
  const map = regionKeys(builder)
  if (map === null || isUnknown(map)) return []
  return keys(map)
}

function withoutKey(builder: Builder): readonly string[] {
  return copied(builder).filter(region => !keyed(builder).includes(region))
}

function withoutCopy(builder: Builder): readonly string[] {
  return keyed(builder).filter(region => !copied(builder).includes(region))
}

/** Whether a list has all that it has to: what it does not tell may be what is lacking, what the other does not tell may lack. */
function claim(lacking: readonly string[], own: readonly string[], others: readonly string[]): Truth {
  if (lacking.length > 0 && own.length === 0) return 'no'
  if (own.length > 0 || others.length > 0) return 'unknown'
  return 'yes'
}

function openKeys(builder: Builder): readonly string[] {
  const map = regionKeys(builder)
  if (isUnknown(map)) return [map.unknown]
  return []
}

function openCopies(builder: Builder): readonly string[] {
  return missing(listSetting(builder, 'ami_regions'))
}

const key = 'mrk-1234abcd12ab34cd56ef1234567890ab'

export const examples = (): Examples => ({
  pass: {
    'both list the same regions': world(),
    'the region of the build is in neither': world({
      regions: ['eu-west-1'],
      keys: { 'eu-west-1': key },
    }),
  },
  fail: {
    'a copy has no key': world({ keys: { 'us-east-1': key } }),
    'a copy has no key, and each region a key of its own': world({
      keys: { 'us-east-1': key },
      named: '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f',
    }),
    'a key has no copy': world({ regions: ['us-east-1'] }),
    'there is no copy at all': world({ regions: [] }),
  },
  unknown: {
    'the keys are given to Packer': world({ keys: later }),
    'one region is given to Packer': world({ regions: ['us-east-1', 'eu-west-1', later] }),
  },
})

/** A build in Virginia that is copied to Ireland. */
function world({
  regions = ['us-east-1', 'eu-west-1'] as Json,
  keys = { 'us-east-1': key, 'eu-west-1': key } as Json,
  named = key,
} = {}): ExampleWorld {
  const settings: JsonObject = {
    region: 'us-east-1',
    encrypt_boot: true,
    kms_key_id: named,
    ami_regions: regions,
    region_kms_key_ids: keys,
  }
  return { accounts: [], templates: [{ settings }] }
}
