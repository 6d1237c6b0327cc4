import type { JsonObject } from '../intrinsics'
import { multiRegionUses } from '../lang/key-uses'
import { type Examples, type ExampleWorld, ref, rule } from '../lang/rule'

/**
 * A multi-Region key that is used in a region has a key there.
 *
 * A multi-Region key is no key of all regions: it can be used where it, or an enabled replica of it, is. A copy into another region
 * starts and ends as a failed image. A key of that region's own serves as well; no copy needs a multi-Region key.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-mrk-replica-present'],
  symptoms: [
    'failed with ResourceNotReady error',
    "unexpected state 'failed', wanted target 'available'",
    'NotFoundException: Key {key} does not exist',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
  ],

  *situations() {
    for (const use of multiRegionUses())
      yield { at: use.at, account: use.account, region: use.region, key: use.key, where: use.region }
  },

  requirements: ({ key, where }) => [
    {
      kind: 'replicated',
      key,
      region: where,
      because: 'EC2 encrypts with a key of the region in which the volume or snapshot is',
    },
  ],
})

export const examples = (): Examples => ({
  pass: {
    'a replica is in the region': world({ replica: {} }),
  },
  fail: {
    'there is no replica': world({ replica: null }),
    'the replica is disabled': world({ replica: { enabled: false } }),
    'the replica is in a third region': world({ replica: {}, where: 'ap-southeast-2' }),
  },
  unknown: {
    'no plan has the key': world({
      replica: null,
      key: 'arn:aws:kms:eu-central-1:222233334444:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    }),
  },
})

/** An image that is copied to Ireland under a multi-Region key of Frankfurt. */
function world({
  replica = null as JsonObject | null,
  where = 'eu-west-1',
  key = ref('aws_kms_key.image', 'arn'),
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': { multi_region: true },
    'aws_ami_copy.ireland': { source_ami_id: 'ami-0a1b2c3d4e5f60718', encrypted: true, kms_key_id: key },
    ...(replica === null
      ? {}
      : { 'aws_kms_replica_key.image': { primary_key_arn: ref('aws_kms_key.image', 'arn'), ...replica } }),
  }
  const providers = {
    'aws.ireland': { region: 'eu-west-1', on: ['aws_ami_copy.ireland'] },
    'aws.replica': { region: where, on: ['aws_kms_replica_key.image'] },
  }
  return { accounts: [{ id: '444455556666', resources, providers }] }
}
