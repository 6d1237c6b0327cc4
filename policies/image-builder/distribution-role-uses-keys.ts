import { callerOf, identityPlaces } from '../lang/access'
import { IB7, partitionOfRegion, roleArn } from '../lang/aws'
import { targetCopies } from '../lang/image-builder'
import { isUnknown, type Maybe, unknown } from '../lang/maybe'
import { resources } from '../lang/plan'
import { rule } from '../lang/rule'
import type { Term } from '../lang/statement'

/**
 * The distribution role of every target account can use the keys of the image.
 *
 * Image Builder copies an image into another account as that account's `EC2ImageBuilderDistributionCrossAccountRole`. The role reads the
 * snapshots under the recipe's key and writes the copy under the distribution's: it needs both keys, from both sides. AWS's policy for the
 * role has actions of EC2 only.
 */
export default rule({
  severity: 'error',
  aliases: ['ib-distribution-role-can-use-keys'],
  symptoms: [
    "AMI Copy Reported Failure For '{image}' when distributing the image from the source account (ID: {account}) to the destination account (ID: {account}) in Region {region}",
    "Please make sure your 'EC2ImageBuilderDistributionCrossAccountRole' is setup with correct permission policies.",
  ],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const configuration of resources('aws_imagebuilder_distribution_configuration'))
      for (const copy of targetCopies(configuration))
        for (const alternatives of copy.encryptions)
          for (const encryption of alternatives)
            if (encryption.kind === 'key')
              yield {
                at: identityPlaces(callerOf(distributionRole(copy.target)), encryption.key)[0]?.at ?? copy.at,
                account: identityPlaces(callerOf(distributionRole(copy.target)), encryption.key)[0]?.account ?? configuration.account,
                region: encryption.key.region ?? copy.region,
                role: distributionRole(copy.target),
                key: encryption.key,
              }
  },

  requirements: ({ role, key, region }) => [
    {
      kind: 'may',
      principal: callerOf(role),
      actions: IB7,
      key,
      call: { kind: 'ebs', region },
      because: 'the role reads the snapshots under one key and writes the copy under the other, through EC2',
    },
  ],
})

/** The role as which Image Builder works in an account; its name and path are fixed. */
function distributionRole(account: Maybe<string>): Term {
  if (account === null) return unknown('the target accounts')
  if (isUnknown(account)) return unknown(account.unknown)
  return roleArn(partitionOfRegion(''), account, '/', 'EC2ImageBuilderDistributionCrossAccountRole')
}
