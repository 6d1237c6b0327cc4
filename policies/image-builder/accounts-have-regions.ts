import type { JsonObject } from '../intrinsics'
import { isRegionEnabled } from '../lang/account'
import { isOptIn } from '../lang/aws'
import { distributions } from '../lang/image-builder'
import { isUnknown } from '../lang/maybe'
import { attribute, each, place } from '../lang/plan'
import { type Examples, type ExampleWorld, rule } from '../lang/rule'

/**
 * Every account that gets images has enabled the regions that they go to.
 *
 * Regions that were opened after March 2019 are off in an account until somebody turns them on. Image Builder assumes its role in the target
 * account in the region that the image goes to, which fails where the region is off; that the account that builds has it does not help, nor
 * does a key there. Other regions are not asked about.
 */
export default rule({
  severity: 'error',
  aliases: [],
  symptoms: [
    'If you are copying AMI to opt-in regions, please make sure the region is enabled in the account when distributing the image from the source account (ID: {account}) to the destination account (ID: {account}) in Region {region}',
  ],
  references: [
    'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html',
  ],

  *situations() {
    for (const { configuration, block, ami, region } of distributions())
      if (region !== null && isOptIn(region)) {
        const { account } = configuration
        if (account !== null) yield { at: place(block, 'region'), account, region, owner: account }
        for (const target of each(attribute(ami, 'target_account_ids')))
          if (target !== null && !isUnknown(target))
            yield { at: place(ami, 'target_account_ids'), account, region, owner: target }
      }
  },

  requirements: ({ owner, region }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `account ${owner} has enabled ${region}`,
      otherwise: `account ${owner} has not enabled ${region}, to which images for it go`,
      holds: isRegionEnabled(owner, region),
      fix: [
        {
          kind: 'resource',
          account: owner,
          region: null,
          target: 'aws_account_region.keyreach',
          type: 'aws_account_region',
          values: { region_name: region, enabled: true },
        },
      ],
      evidence: [],
      known: [`whether account ${owner} has enabled ${region} (regions in keyreach.yaml)`],
      because: 'a region that was opened after March 2019 is off in an account until it is enabled there',
    },
  ],
})

export const examples = (): Examples => ({
  pass: {
    'the accounts have the region': world({ target: ['eu-south-1'], own: ['eu-south-1'] }),
    'every account has the region': world({ region: 'eu-west-1' }),
    'its plan enables the region': {
      accounts: [
        ...world({}).accounts,
        {
          id: '111122223333',
          resources: { 'aws_account_region.south': { region_name: 'eu-south-1', enabled: true } },
        },
      ],
      declared: { accounts: { '444455556666': { regions: ['eu-south-1'] } } },
    },
  },
  fail: {
    'the target account has not enabled the region': world({ target: [], own: ['eu-south-1'] }),
    'the account that builds has not enabled the region': world({ target: ['eu-south-1'], own: [] }),
  },
  unknown: { 'nothing is declared of the target account': world({ own: ['eu-south-1'] }) },
})

/** A distribution for 111122223333, and the regions that it and the account that builds have. */
function world({
  region = 'eu-south-1',
  target = null as readonly string[] | null,
  own = null as readonly string[] | null,
}): ExampleWorld {
  const resources = {
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [{ region, ami_distribution_configuration: [{ target_account_ids: ['111122223333'] }] }],
    },
  }
  const accounts: JsonObject = {
    ...(target === null ? {} : { '111122223333': { regions: target } }),
    ...(own === null ? {} : { '444455556666': { regions: own } }),
  }
  return { accounts: [{ id: '444455556666', resources }], declared: { accounts } }
}
