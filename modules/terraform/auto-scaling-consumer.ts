import { AutoScalingConsumer } from '../auto-scaling-consumer'
import { ImportedKey } from '../imported-key'
import { optional, plainModule } from './specimen'

export default plainModule({
  construct: 'AutoScalingConsumer',
  describedBy: { region: 'placement', customSuffix: 'serviceLinkedRole', grantId: 'grant' },
  specimen: {
    name: 'zz-name',
    accountId: '100000000002',
    region: 'cn-groups-1',
    key: {
      accountId: '100000000001',
      alias: 'zz-alias',
      arns: { 'cn-groups-1': 'arn:aws-cn:kms:cn-groups-1:100000000001:key/zz-key' },
    },
    customSuffix: optional('zz-suffix'),
    createServiceLinkedRole: optional(true),
    deployer: optional('arn:aws-cn:iam::100000000002:role/zz-deployer'),
    launchers: optional(['arn:aws-cn:iam::100000000002:role/zz-launcher']),
  },
  make(stack, { name, region, key, customSuffix, deployer, launchers = [], ...props }) {
    if (props.accountId === key.accountId) throw new Error('groups of the account of the key are admitted by the key')
    const consumer = new AutoScalingConsumer(stack, name, {
      ...props,
      placement: { region },
      key: new ImportedKey(stack, 'key', key),
      ...(customSuffix !== undefined && { serviceLinkedRole: { customSuffix } }),
      ...(deployer !== undefined && { deployer: { arn: deployer } }),
      launchers: launchers.map(arn => ({ arn })),
    })
    return { serviceLinkedRoleArn: consumer.serviceLinkedRoleArn, grantId: consumer.grant?.grantId }
  },
})
