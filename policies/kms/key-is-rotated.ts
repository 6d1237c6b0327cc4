import type { JsonObject } from '../intrinsics'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'

/**
 * A key whose material AWS makes is rotated by AWS.
 *
 * Rotation changes neither the id nor the policy of a key and breaks no image: AWS keeps all former material, and what is encrypted
 * stays readable. It re-encrypts nothing either. Keys with imported material, in custom key stores, and asymmetric and HMAC keys are not
 * rotated by AWS; replicas follow their primary. A new key under an old alias is no rotation: old images stay under the old key.
 */
export default rule({
  severity: 'warning',
  aliases: ['kms-rotation-enabled'],
  symptoms: [],
  references: ['https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html'],

  *situations() {
    for (const key of resources('aws_kms_key'))
      if (isSymmetric(attribute(key, 'customer_master_key_spec')) && attribute(key, 'custom_key_store_id') === null)
        yield {
          at: place(key, 'enable_key_rotation'),
          account: key.account,
          region: key.region,
          address: key.address,
          rotation: rotationOf(attribute(key, 'enable_key_rotation'), attribute(key, 'customer_master_key_spec')),
        }
  },

  requirements: ({ at, address, rotation }) => [
    {
      kind: 'is',
      what: `the rotation of \`${address}\``,
      actual: rotation,
      wanted: 'on',
      value: true,
      at,
      target: address,
      path: 'enable_key_rotation',
      because: 'it limits what one leaked key can read, and costs nobody who uses the key anything',
    },
  ],
})

function isSymmetric(spec: Maybe<string>): boolean {
  return isUnknown(spec) || spec === null || spec === 'SYMMETRIC_DEFAULT'
}

/** Not known where it is not known whether the key can be rotated. */
function rotationOf(enabled: Maybe<boolean>, spec: Maybe<string>): string | null {
  if (isUnknown(enabled)) return null
  if (enabled === true) return 'on'
  return isUnknown(spec) ? null : 'off'
}

export const examples = (): Examples => ({
  pass: {
    'it is on': world({ enable_key_rotation: true }),
    'the key is asymmetric': world({ customer_master_key_spec: 'RSA_2048', enable_key_rotation: false }),
    'the key is in a store of its own': world({ custom_key_store_id: 'cks-1234567890abcdef0' }),
  },
  fail: { 'nothing is said': world({}), 'it is off': world({ enable_key_rotation: false }) },
  unknown: {
    'it is known at apply': world({ enable_key_rotation: later }),
    'whether the key is symmetric is known at apply': world({ customer_master_key_spec: later }),
  },
})

function world(key: JsonObject): ExampleWorld {
  return { accounts: [{ id: '444455556666', resources: { 'aws_kms_key.image': key } }] }
}
