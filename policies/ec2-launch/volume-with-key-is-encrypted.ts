import type { JsonObject } from '../intrinsics'
import { isBuildShared } from '../lang/image-builder'
import { isUnknown } from '../lang/maybe'
import { attribute, blocks, type Node, place, resourceOf, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, rule } from '../lang/rule'

/**
 * A volume, or a copy of a snapshot, that names a key asks for encryption.
 *
 * EC2 takes `kms_key_id` only together with `encrypted`. A launch template or recipe is made without a word; every launch from it, and every
 * build, is refused.
 */
export default rule({
  severity: 'error',
  aliases: ['ec2-key-requires-encrypted'],
  symptoms: ['InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be set.'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html',
  ],

  *situations() {
    for (const volume of volumes()) {
      const key = attribute(volume, 'kms_key_id')
      const encrypted = attribute(volume, 'encrypted')
      if (key !== null)
        yield {
          at: place(volume, 'encrypted'),
          account: volume.account,
          region: volume.region,
          address: volume.address,
          path: place(volume, 'encrypted').replaceAll(`${volume.address}.`, ''),
          encrypted: encryptionOf(encrypted, key),
          isText: volume.path.includes('block_device_mapping'),
        }
    }
  },

  requirements: ({ at, address, path, encrypted, isText }) => [
    {
      kind: 'is',
      what: `\`encrypted\` of the volume for which \`${address}\` names a key`,
      actual: encrypted,
      wanted: 'true',
      value: isText ? 'true' : true,
      at,
      target: address,
      path,
      because: 'EC2 takes a key only together with `encrypted`',
    },
  ],
})

/** What may name a key and has to ask for encryption then; a recipe whose image is shared is asked for it by the rule on shared images. */
function volumes(): readonly Node[] {
  return [
    ...resources('aws_ebs_volume'),
    ...resources('aws_ebs_snapshot_copy'),
    ...resources('aws_instance').flatMap(instance => [
      ...blocks(instance, 'root_block_device'),
      ...blocks(instance, 'ebs_block_device'),
    ]),
    ...resources('aws_spot_instance_request').flatMap(request => [
      ...blocks(request, 'root_block_device'),
      ...blocks(request, 'ebs_block_device'),
    ]),
    ...resources('aws_spot_fleet_request')
      .flatMap(request => blocks(request, 'launch_specification'))
      .flatMap(specification => [
        ...blocks(specification, 'root_block_device'),
        ...blocks(specification, 'ebs_block_device'),
      ]),
    ...resources('aws_launch_template')
      .flatMap(template => blocks(template, 'block_device_mappings'))
      .flatMap(mapping => blocks(mapping, 'ebs')),
    ...resources('aws_imagebuilder_image_recipe')
      .filter(recipe => isBuildShared(recipe.id) === 'no')
      .flatMap(recipe => blocks(recipe, 'block_device_mapping'))
      .flatMap(mapping => blocks(mapping, 'ebs')),
  ]
}

/** Where the key is not known it may be none, and nothing need be asked for. */
function encryptionOf(encrypted: unknown, key: unknown): string | null {
  if (isUnknown(encrypted)) return null
  if (encrypted === true || encrypted === 'true') return 'true'
  if (isUnknown(key) && key.candidates.flatMap(resourceOf).length === 0) return null
  return encrypted === null ? 'unset' : 'false'
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
    'a volume is not to be encrypted': plan({ 'aws_ebs_volume.data': { encrypted: false, kms_key_id: arn } }),
    'nothing is said of the encryption of a snapshot': plan({ 'aws_ebs_snapshot_copy.data': { kms_key_id: arn } }),
    'the root of an instance is not to be encrypted': plan({
      'aws_instance.app': { root_block_device: [{ encrypted: false, kms_key_id: arn }] },
    }),
    'the root of a Spot Instance is not to be encrypted': plan({
      'aws_spot_instance_request.app': { root_block_device: [{ encrypted: false, kms_key_id: arn }] },
    }),
    'the root of the instances of a Spot Fleet is not to be encrypted': plan({
      'aws_spot_fleet_request.app': {
        launch_specification: [
          {
            ami: 'ami-0f1e2d3c4b5a69788',
            instance_type: 't3.micro',
            root_block_device: [{ encrypted: false, kms_key_id: arn }],
          },
        ],
      },
    }),
    'a recipe does not ask for it': plan({
      'aws_imagebuilder_image_recipe.app': {
        block_device_mapping: [{ device_name: '/dev/xvda', ebs: [{ kms_key_id: arn }] }],
      },
    }),
  },
  unknown: { 'whether it is encrypted is known at apply': world({ encrypted: later, kms_key_id: arn }) },
})

/** A launch template with one volume. */
function world(ebs: JsonObject): ExampleWorld {
  return plan({ 'aws_launch_template.app': { block_device_mappings: [{ device_name: '/dev/xvda', ebs: [ebs] }] } })
}

function plan(resources: Resources): ExampleWorld {
  return { accounts: [{ id: '444455556666', resources }] }
}
