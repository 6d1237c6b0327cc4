import type { JsonObject } from '../intrinsics'
import { isMultiRegion, type Key } from '../lang/key'
import { type EbsUse, ebsUses } from '../lang/key-uses'
import { relativesOf } from '../lang/replica'
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
    "unexpected state 'failed', wanted target 'available'",
    'failed with ResourceNotReady error',
    'NotFoundException: Key {key} does not exist',
    'KMS Key ({key}) is not a multi-Region primary key',
    'KMS Replica Key ({key}) is not a multi-Region replica key',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
  ],

  *situations() {
    for (const use of ebsUses()) {
      if (use.path === null || use.region === null || !use.isCertain) continue
      for (const key of meantBy(use))
        if (key.region !== use.region && isMultiRegion(key) !== 'no')
          yield { at: use.at, account: use.account, region: use.region, key, where: use.region }
    }
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

/** A key that no plan has in the region: the one of the same id in another, whose replica it has to be. */
function meantBy({ key, region }: EbsUse): readonly Key[] {
  if (key.node !== null || key.region !== region) return [key]
  return relativesOf(key.id)
    .filter(other => other.region !== region)
    .slice(0, 1)
}

export const examples = (): Examples => ({
  pass: {
    'a replica is in the region': world({ replica: {} }),
    'the replica is of a primary that is there already': world({ arn, replica: { primary_key_arn: arn } }),
    'a key of the region has the id': {
      accounts: [
        {
          id: '444455556666',
          region: 'eu-west-1',
          resources: {
            'aws_kms_replica_key.image': { primary_key_arn: arn, arn: arn.replaceAll('eu-central-1', 'eu-west-1') },
            'aws_ebs_volume.data': { encrypted: true, kms_key_id: 'mrk-1234abcd12ab34cd56ef1234567890ab' },
          },
        },
      ],
    },
  },
  fail: {
    'there is no replica': world({ replica: null }),
    'the replica is disabled': world({ replica: { enabled: false } }),
    'the replica is in a third region': world({ replica: {}, where: 'ap-southeast-2' }),
    'the id of the key is all that is named': world({
      arn,
      replica: null,
      key: 'mrk-1234abcd12ab34cd56ef1234567890ab',
    }),
  },
  unknown: {
    'no plan has the key': world({
      replica: null,
      key: 'arn:aws:kms:eu-central-1:222233334444:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    }),
  },
})

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab'

/** An image that is copied to Ireland under a multi-Region key of Frankfurt. */
function world({
  replica = null as JsonObject | null,
  where = 'eu-west-1',
  key = ref('aws_kms_key.image', 'arn'),
  arn = null as string | null,
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': { multi_region: true, ...(arn === null ? {} : { arn }) },
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
