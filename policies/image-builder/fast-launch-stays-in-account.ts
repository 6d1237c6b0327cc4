import type { JsonObject } from '../intrinsics'
import { distributions } from '../lang/image-builder'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, blocks, place } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import { all, not, type Truth, truth } from '../lang/truth'

/**
 * A distribution to other accounts does without fast launch.
 *
 * Image Builder cannot distribute an image to target accounts with fast launch enabled. Let others launch it by launch permission, or have
 * the target accounts enable fast launch themselves.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-no-cross-account-fast-launch'],
  symptoms: [],
  references: ['https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html'],

  *situations() {
    for (const { block, isTargeted, configuration, region } of distributions())
      if (isTargeted !== 'no')
        for (const fast of blocks(block, 'fast_launch_configuration'))
          yield {
            at: place(
              { ...fast, path: fast.path.replaceAll('fast_launch_configuration[0]', 'fast_launch_configuration') },
              '',
            ),
            account: configuration.account,
            region,
            address: configuration.address,
            path: fast.path,
            enabled: attribute(fast, 'enabled'),
            isTargeted,
          }
  },

  requirements: ({ address, account, path, enabled, isTargeted }) => [
    {
      kind: 'holds',
      what: `\`${address}\` does not combine target accounts and fast launch`,
      otherwise: `\`${address}\` distributes to target accounts with fast launch enabled`,
      holds: not(all([isTargeted, isOn(enabled)])),
      severity: 'error',
      fix: [{ kind: 'attribute', account, target: address, path: `${path}.enabled`, value: false }],
      evidence: [],
      known: isUnknown(enabled) ? [enabled.unknown] : [`the target accounts of ${address}`],
      because: 'Image Builder cannot distribute an image across accounts with fast launch enabled',
    },
  ],
})

function isOn(enabled: Maybe<boolean>): Truth {
  if (isUnknown(enabled)) return 'unknown'
  return truth(enabled === true)
}

const fast = { enabled: true, account_id: '111122223333', max_parallel_launches: 6 }

export const examples = (): Examples => ({
  pass: {
    'fast launch is off': world({ ...fast, enabled: false }),
    'the image stays in the account': world(fast, {}),
  },
  fail: { 'fast launch is on': world(fast) },
  unknown: {
    'whether it is on is not known until apply': world({ ...fast, enabled: later }),
    'the target accounts are not known until apply': world(fast, { target_account_ids: later }),
  },
})

function world(configuration: JsonObject, ami: JsonObject = { target_account_ids: ['111122223333'] }): ExampleWorld {
  const resources = {
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [
        {
          region: 'eu-central-1',
          ami_distribution_configuration: [ami],
          fast_launch_configuration: [configuration],
        },
      ],
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
