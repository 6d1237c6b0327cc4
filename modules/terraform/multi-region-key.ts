import { accountOf } from '../../policies/lang/aws'
import { MultiRegionKey } from '../multi-region-key'
import { optional, plainModule } from './specimen'

export default plainModule({
  construct: 'MultiRegionKey',
  describedBy: {
    primaryRegion: 'primary',
    replicaRegions: 'replicas',
    audience: 'grantAudience',
    users: 'grantUse',
    ownGroups: 'grantOwnGroups',
  },
  specimen: {
    accountId: '100000000001',
    alias: 'zz-alias',
    primaryRegion: 'cn-primary-1',
    replicaRegions: optional(['cn-replica-1']),
    description: optional('zz-description'),
    builders: optional(['arn:aws-cn:iam::100000000001:role/zz-builder']),
    users: optional(['arn:aws-cn:iam::100000000001:role/zz-user']),
    consumers: optional([
      {
        accountId: '100000000002',
        autoScaling: optional({ customSuffix: optional('zz-suffix') }),
        imageBuilderTarget: optional(true),
      },
    ]),
    audience: {
      accountIds: optional(['100000000003']),
      organizationArns: optional(['arn:aws-cn:organizations::100000000004:organization/o-zzorganization']),
      organizationalUnitArns: optional(['arn:aws-cn:organizations::100000000005:ou/o-zzparent/ou-zz-unit']),
    },
    ownGroups: optional({ customSuffix: optional('zz-own-suffix') }),
    rotationPeriodInDays: optional(91),
    deletionWindowInDays: optional(29),
    tags: optional({ 'zz:tag': 'zz-tag' }),
  },
  make(stack, { primaryRegion, replicaRegions = [], builders = [], users = [], audience, ownGroups, ...props }) {
    const key = new MultiRegionKey(stack, 'this', {
      ...props,
      primary: { region: primaryRegion },
      replicas: replicaRegions.map(region => ({ region })),
      builders: builders.map(arn => ({ arn })),
    })
    for (const arn of users) key.grantUse({ arn })
    for (const arn of [...builders, ...users])
      if (accountOf(arn) !== key.accountId) throw new Error(`\`${arn}\` is not of the account of the key`)
    if (audience.accountIds?.includes(key.accountId)) throw new Error('the account of the key needs no permission')
    key.grantAudience(audience)
    if (ownGroups) key.grantOwnGroups(ownGroups)
    const arns = Object.fromEntries(key.regions.map(region => [region, key.arnIn(region)]))
    return { key: { account_id: key.accountId, alias: key.alias, arns } }
  },
})
