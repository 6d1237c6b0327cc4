import { ImportedKey } from '../imported-key'
import { SharedEncryptedAmi } from '../shared-encrypted-ami'
import { optional, plainModule } from './specimen'

export default plainModule({
  construct: 'SharedEncryptedAmi',
  describedBy: { sourceImage: 'source', copyToRegions: 'copyTo', copyIds: 'copies' },
  specimen: {
    name: 'zz-name',
    // `source` is a word of Terraform's own.
    sourceImage: {
      amiId: 'zz-source-ami',
      region: 'cn-source-1',
      isUnderKey: optional(true),
      snapshotIds: optional(['zz-snapshot']),
    },
    key: {
      accountId: '100000000001',
      alias: 'zz-alias',
      arns: {
        'cn-source-1': 'arn:aws-cn:kms:cn-source-1:100000000001:key/zz-key-of-source',
        'cn-copy-1': 'arn:aws-cn:kms:cn-copy-1:100000000001:key/zz-key-of-copy',
      },
    },
    copyToRegions: optional(['cn-copy-1']),
    shareWith: {
      accountIds: optional(['100000000003']),
      organizationArns: optional(['arn:aws-cn:organizations::100000000004:organization/o-zzorganization']),
      organizationalUnitArns: optional(['arn:aws-cn:organizations::100000000005:ou/o-zzparent/ou-zz-unit']),
    },
    tags: optional({ 'zz:tag': 'zz-tag' }),
  },
  make(stack, { sourceImage: { region, ...source }, key, copyToRegions = [], ...props }) {
    const image = new SharedEncryptedAmi(stack, 'this', {
      ...props,
      source: { ...source, placement: { region } },
      key: new ImportedKey(stack, 'key', key),
      copyTo: copyToRegions.map(region => ({ region })),
    })
    return { copyIds: Object.fromEntries(copyToRegions.map(region => [region, image.amiIdIn(region)])) }
  },
})
