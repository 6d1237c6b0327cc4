import { ImportedKey } from '../imported-key'
import { PackerBuild } from '../packer-build'
import { optional, plainModule } from './specimen'

export default plainModule({
  construct: 'PackerBuild',
  describedBy: { region: 'placement', roleArn: 'role' },
  specimen: {
    roleName: 'zz-role',
    trustedBy: ['arn:aws-cn:iam::100000000002:role/zz-builder'],
    region: 'cn-build-1',
    key: {
      accountId: '100000000001',
      alias: 'zz-alias',
      arns: {
        'cn-build-1': 'arn:aws-cn:kms:cn-build-1:100000000001:key/zz-key-of-build',
        'cn-copy-1': 'arn:aws-cn:kms:cn-copy-1:100000000001:key/zz-key-of-copy',
      },
    },
    sourceAmi: 'zz-source-ami',
    imageName: 'zz-image',
    copyToRegions: optional(['cn-copy-1']),
    shareWithAccounts: optional(['100000000003']),
    instanceType: optional('zz.instance'),
    sshUsername: optional('zz-user'),
    tags: optional({ 'zz:tag': 'zz-tag' }),
  },
  make(stack, { trustedBy, region, key, ...props }) {
    const build = new PackerBuild(stack, 'this', {
      ...props,
      accountId: key.accountId,
      trustedBy: trustedBy.map(arn => ({ arn })),
      placement: { region },
      key: new ImportedKey(stack, 'key', key),
    })
    return { roleArn: build.role.arn, template: JSON.parse(build.template.toJson()) }
  },
})
