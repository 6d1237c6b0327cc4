import { ImageDistributionTarget } from '../image-distribution-target'
import { ImportedKey } from '../imported-key'
import { optional, plainModule } from './specimen'

export default plainModule({
  construct: 'ImageDistributionTarget',
  describedBy: { roleArn: 'role' },
  specimen: {
    accountId: '100000000002',
    sourceAccountId: '100000000003',
    key: {
      accountId: '100000000001',
      alias: 'zz-alias',
      arns: { 'cn-copy-1': 'arn:aws-cn:kms:cn-copy-1:100000000001:key/zz-key' },
    },
    tags: optional({ 'zz:tag': 'zz-tag' }),
  },
  make(stack, { key, ...props }) {
    const target = new ImageDistributionTarget(stack, 'this', { ...props, key: new ImportedKey(stack, 'key', key) })
    return { roleArn: target.role.arn }
  },
})
