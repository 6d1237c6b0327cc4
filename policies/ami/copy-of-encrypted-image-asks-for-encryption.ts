import type { JsonObject } from '../intrinsics'
import { isAsked } from '../lang/encryption'
import { imageName, isEncrypted, sourceEncryption } from '../lang/image'
import { attribute, place, resources } from '../lang/plan'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { any, not } from '../lang/truth'

/**
 * A copy of an encrypted image, or one that names a key, says `encrypted = true`.
 *
 * `encrypted` of `aws_ami_copy` is false unless it is set, and the provider sends it: EC2 takes that for the wish to take the encryption
 * off, which it refuses. To leave it out of a call of the API does no harm; to leave it out of Terraform does. A key alone is refused too.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-copy-must-encrypt'],
  symptoms: [
    'Creating an unencrypted copy from an encrypted snapshot is not supported',
    'The parameter KmsKeyId requires the parameter Encrypted to be set',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
  ],

  *situations() {
    for (const copy of resources('aws_ami_copy')) {
      const source = sourceEncryption(attribute(copy, 'source_ami_id'))
      yield {
        at: place(copy, 'encrypted'),
        account: copy.account,
        region: copy.region,
        address: copy.address,
        image: imageName(attribute(copy, 'source_ami_id')),
        asked: isAsked(attribute(copy, 'encrypted')),
        isKeyed: attribute(copy, 'kms_key_id') !== null,
        isSourceEncrypted: source.length === 0 ? ('unknown' as const) : isEncrypted(source),
      }
    }
  },

  requirements: ({ at, account, address, image, asked, isKeyed, isSourceEncrypted }): readonly Requirement[] => {
    const requirement = {
      kind: 'holds' as const,
      what: `\`${address}\` asks for encryption`,
      fix: [{ kind: 'attribute' as const, account, target: address, path: 'encrypted', value: true }],
    }
    if (isKeyed)
      return [
        {
          ...requirement,
          severity: 'error',
          otherwise: `\`${address}\` names a key and does not ask for encryption`,
          holds: asked,
          evidence: [],
          known: [at],
          because: 'EC2 takes a key only together with `encrypted`',
        },
      ]
    return [
      {
        ...requirement,
        severity: 'warning',
        otherwise: `\`${address}\` does not ask for encryption, and \`${image}\`, which it copies, is encrypted`,
        holds: any([asked, not(isSourceEncrypted)]),
        evidence: [{ at: image, what: 'is encrypted' }],
        known: [at, `the keys of ${image} (images in keyreach.yaml)`],
        because: 'Terraform sends `false` where nothing is said, and EC2 refuses to take encryption off',
      },
    ]
  },
})

const key = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

export const examples = (): Examples => ({
  pass: {
    'it names a key and asks for encryption': world({ encrypted: true, kms_key_id: ref('aws_kms_key.copy', 'arn') }),
    'it asks for encryption': world({ encrypted: true }),
    'the image is not encrypted': world({ source_ami_id: ref('data.aws_ami.public', 'id') }),
  },
  fail: {
    'it names a key and does not ask for encryption': world({ kms_key_id: ref('aws_kms_key.copy', 'arn') }),
    'the image is encrypted, and it does not ask for encryption': world({}),
  },
  unknown: {
    'it is known at apply': world({ encrypted: later, kms_key_id: ref('aws_kms_key.copy', 'arn') }),
    'nothing is known of the image': world({ source_ami_id: 'ami-0123456789abcdef0' }),
  },
})

/** A copy in 111122223333 of an image whose key is declared. */
function world(copy: JsonObject): ExampleWorld {
  const resources = {
    'aws_kms_key.copy': {},
    'data.aws_ami.public': {
      id: 'ami-0a1b2c3d4e5f60718',
      owner_id: '137112412989',
      block_device_mappings: [
        { device_name: '/dev/xvda', ebs: { encrypted: 'false', snapshot_id: 'snap-0a1b2c3d4e5f60718' } },
      ],
    },
    'aws_ami_copy.image': { source_ami_id: 'ami-0f1e2d3c4b5a69788', source_ami_region: 'eu-central-1', ...copy },
  }
  return { accounts: [{ id: '111122223333', resources }], declared: { images: { 'ami-0f1e2d3c4b5a69788': [key] } } }
}
