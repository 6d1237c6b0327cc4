import type { JsonObject } from '../intrinsics'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, blocks, place, resourceOf, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'

/**
 * A volume of a launch template that names a key asks for encryption.
 *
 * EC2 takes `kms_key_id` only together with `encrypted`. The template itself is made without a word; every launch from it is refused.
 */
export default rule({
  severity: 'error',
  aliases: ['ec2-key-requires-encrypted'],
  symptoms: ['InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be set.'],
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html'],

  *situations() {
    for (const template of resources('aws_launch_template'))
      for (const mapping of blocks(template, 'block_device_mappings'))
        for (const ebs of blocks(mapping, 'ebs')) {
          const key = attribute(ebs, 'kms_key_id')
          if (key !== null)
            yield {
              at: place(ebs, 'encrypted'),
              account: template.account,
              region: template.region,
              address: template.address,
              path: place(ebs, 'encrypted').replaceAll(`${template.address}.`, ''),
              encrypted: encryptionOf(attribute(ebs, 'encrypted'), key),
            }
        }
  },

  requirements: ({ at, address, path, encrypted }) => [
    {
      kind: 'is',
      what: `\`encrypted\` of the volume for which \`${address}\` names a key`,
      actual: encrypted,
      wanted: 'true',
      value: 'true',
      at,
      target: address,
      path,
      because: 'EC2 takes a key only together with `encrypted`',
    },
  ],
})

/** Where the key is not known it may be none, and nothing need be asked for. */
function encryptionOf(encrypted: Maybe<string>, key: Maybe<string>): string | null {
  if (isUnknown(encrypted)) return null
  if (encrypted === 'true') return 'true'
  if (isUnknown(key) && key.candidates.flatMap(resourceOf).length === 0) return null
  return encrypted ?? 'unset'
}

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

export const examples = (): Examples => ({
  pass: {
    'it is encrypted': world({ encrypted: 'true', kms_key_id: arn }),
    'no key is named': world({ encrypted: '', kms_key_id: '' }),
  },
  fail: {
    'nothing is said of encryption': world({ encrypted: '', kms_key_id: arn }),
    'it is not to be encrypted': world({ encrypted: 'false', kms_key_id: arn }),
  },
  unknown: { 'whether it is encrypted is known at apply': world({ encrypted: later, kms_key_id: arn }) },
})

/** A launch template with one volume. */
function world(ebs: JsonObject): ExampleWorld {
  const mapping = { device_name: '/dev/xvda', ebs: [ebs] }
  return {
    accounts: [{ id: '444455556666', resources: { 'aws_launch_template.app': { block_device_mappings: [mapping] } } }],
  }
}
