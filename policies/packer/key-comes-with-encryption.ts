import type { Json, JsonObject } from '../intrinsics'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import {
  builders,
  devices,
  flagSetting,
  is,
  missing,
  namesKey,
  regionKeys,
  situationAt,
  textSetting,
} from '../lang/template'
import { settingFix } from '../lang/template-fix'
import { any, not } from '../lang/truth'

/**
 * A template that names a key asks for encryption.
 *
 * Naming a key does not encrypt anything by itself. Packer refuses `kms_key_id` and `region_kms_key_ids` without `encrypt_boot = true`, and
 * a key in `launch_block_device_mappings` beside `encrypted = false`.
 */
export default rule({
  severity: 'error',
  aliases: ['packer-encrypt-boot-with-key'],
  symptoms: [
    'If you have set either region_kms_key_ids or kms_key_id, encrypt_boot must also be true.',
    'The device {device}, must also have `encrypted: true` when setting a kms_key_id.',
  ],
  references: [
    'https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs#encrypt_boot',
    'https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs#kms_key_id',
  ],

  *situations() {
    for (const builder of builders()) {
      const asked = flagSetting(builder, 'encrypt_boot')
      if (namesKey(builder) !== 'no')
        yield {
          ...situationAt(builder, 'encrypt_boot'),
          what: 'encryption is asked for if a key is named for the image',
          otherwise: 'a key is named for the image, which is not to be encrypted',
          holds: any([is(asked, true), not(namesKey(builder))]),
          fix: settingFix(builder, 'encrypt_boot', true),
          known: missing([asked, textSetting(builder, 'kms_key_id'), regionKeys(builder)]),
          symptom: 'If you have set either region_kms_key_ids or kms_key_id, encrypt_boot must also be true.',
          because: 'Packer takes a key only with `encrypt_boot = true`',
        }
      for (const device of devices(builder))
        if (device.key !== null)
          yield {
            ...situationAt(builder, `${device.path}.encrypted`),
            what: 'the volume for which a key is named is not kept from encryption',
            otherwise: 'a key is named for a volume with `encrypted = false`',
            holds: not(is(device.encrypted, false)),
            fix: settingFix(builder, `${device.path}.encrypted`, true),
            known: missing([device.encrypted]),
            symptom: 'The device {device}, must also have `encrypted: true` when setting a kms_key_id.',
            because: 'Packer refuses a key for a volume that is not to be encrypted',
          }
    }
  },

  requirements: ({ what, otherwise, holds, fix, known, symptom, because }) => [
    { kind: 'holds', what, otherwise, holds, severity: 'error', symptom, fix: [fix], evidence: [], known, because },
  ],
})

const key = '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

export const examples = (): Examples => ({
  pass: {
    'the image is to be encrypted': world({ kms_key_id: key, encrypt_boot: true }),
    'only default keys are named': world({ region_kms_key_ids: { 'us-east-1': '' } }),
    'the volume is encrypted, and no key named for the image': world(volume(true)),
  },
  fail: {
    'nothing is said of encryption': world({ kms_key_id: key }),
    'the image is not to be encrypted': world({ region_kms_key_ids: { 'us-east-1': key }, encrypt_boot: false }),
    'the volume is not to be encrypted': world(volume(false)),
  },
  unknown: {
    'whether to encrypt is given to Packer': world({ kms_key_id: key, encrypt_boot: later }),
    'the key is given to Packer, and may be none': world({ kms_key_id: later }),
  },
})

function volume(encrypted: Json): JsonObject {
  return { launch_block_device_mappings: [{ device_name: '/dev/xvda', encrypted, kms_key_id: key }] }
}

function world(settings: JsonObject): ExampleWorld {
  return { accounts: [], templates: [{ settings: { region: 'us-east-1', ami_regions: ['us-east-1'], ...settings } }] }
}
