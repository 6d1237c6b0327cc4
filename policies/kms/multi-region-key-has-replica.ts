import { multiRegionUses } from '../lang/key-uses'
import { rule } from '../lang/rule'

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
    for (const use of multiRegionUses()) yield { at: use.at, account: use.account, region: use.region, key: use.key, where: use.region }
  },

  requirements: ({ key, where }) => [
    { kind: 'replicated', key, region: where, because: 'EC2 encrypts with a key of the region in which the volume or snapshot is' },
  ],
})
