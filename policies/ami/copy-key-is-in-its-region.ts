import type { JsonObject } from '../intrinsics'
import { copies, copyAsked, copyKey } from '../lang/copy'
import { areIn, keyRegions } from '../lang/key-region'
import { otherKeyFix } from '../lang/key-uses'
import { place } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'

/**
 * The key of a copy is in the region of the copy.
 *
 * A key is used in its own region only. The copy is made where its provider works, or where `region` says, and not where the image comes
 * from. EC2 takes the name of the key and looks at it later: the call succeeds, and the image fails. Of a multi-Region key the replica in the
 * region of the copy has to be named; the primary key is not taken for it.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-copy-key-in-destination-region'],
  symptoms: [
    "unexpected state 'failed', wanted target 'available'",
    'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
  ],

  *situations() {
    for (const copy of copies()) {
      const regions = keyRegions(copyKey(copy), copyAsked(copy).named)
      if (regions.length > 0)
        yield {
          at: place(copy, 'kms_key_id'),
          account: copy.account,
          region: copy.region,
          address: copy.address,
          regions,
        }
    }
  },

  requirements: ({ at, account, region, address, regions }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `the key of \`${address}\` is in ${region ?? 'its region'}`,
      otherwise: `the key of \`${address}\` is in ${regions[0] ?? 'another region'}, and the copy is made in ${region ?? 'another'}`,
      holds: areIn(regions, region),
      fix: otherKeyFix([{ account, region, target: address, path: 'kms_key_id' }]),
      evidence: [],
      known: region === null ? [`the region of ${address}`] : [at],
      because: 'EC2 encrypts with keys of the region that it works in',
    },
  ],
})

const west = 'arn:aws:kms:eu-west-1:444455556666:key/mrk-1a2b3c4d000040008000000000000000'

const alias = 'arn:aws:kms:eu-central-1:999988887777:alias/images'

export const examples = (): Examples => ({
  pass: {
    'the key is made where the copy is': world({ kms_key_id: ref('aws_kms_key.image', 'arn') }),
    'the ARN is of the region': world({ kms_key_id: west.replace('eu-west-1', 'eu-central-1') }),
    'it is an alias of another account, in the region': world({ kms_key_id: alias }),
  },
  fail: {
    'the ARN is of another region, though the key is a multi-Region key': world({ kms_key_id: west }),
    'it is an alias of another account, in another region': world({
      kms_key_id: alias.replace('eu-central-1', 'eu-west-1'),
    }),
    'the key is made in another region': world({ kms_key_id: ref('aws_kms_key.west', 'arn') }),
  },
  unknown: {
    'the key is known at apply': world({ kms_key_id: later }),
  },
})

/** A copy in eu-central-1. */
function world(copy: JsonObject): ExampleWorld {
  const resources = {
    'aws_kms_key.image': {},
    'aws_kms_key.west': {},
    'aws_ami_copy.image': {
      source_ami_id: 'ami-0a1b2c3d4e5f60718',
      source_ami_region: 'eu-west-1',
      encrypted: true,
      ...copy,
    },
  }
  const providers = { 'aws.west': { region: 'eu-west-1', on: ['aws_kms_key.west'] } }
  return { accounts: [{ id: '444455556666', resources, providers }] }
}
