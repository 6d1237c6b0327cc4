import type { Json } from '../intrinsics'
import { isGiven } from '../lang/image-builder'
import { isUnknown } from '../lang/maybe'
import { attribute, blocks, type Node, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { any, type Truth } from '../lang/truth'

/**
 * A launch permission of Image Builder names somebody.
 *
 * A variable that is empty makes lists of accounts, organizations and units that are. Image Builder refuses a list without items; where the
 * provider leaves it out, nobody but the owner gets the image, and no error tells. Where nobody is meant, the block is left out.
 */
export default rule({
  severity: 'warning',
  aliases: ['ib-launch-permission-nonempty'],
  symptoms: ["launchPermission.userIds' must contain at least 1 items"],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LaunchPermissionConfiguration.html',
    'https://github.com/rhythmictech/terraform-aws-imagebuilder-pipeline/issues/11',
  ],

  *situations() {
    for (const configuration of resources('aws_imagebuilder_distribution_configuration'))
      for (const block of blocks(configuration, 'distribution'))
        for (const ami of blocks(block, 'ami_distribution_configuration'))
          for (const permission of blocks(ami, 'launch_permission'))
            yield {
              at: place(ami, 'launch_permission'),
              account: configuration.account,
              region: configuration.region,
              address: configuration.address,
              path: ami.path,
              permission,
            }
  },

  requirements: ({ at, account, address, path, permission }) => [
    {
      kind: 'holds',
      what: `\`${at}\` names somebody`,
      otherwise: `\`${at}\` names nobody`,
      holds: isForAnybody(permission),
      severity: 'warning',
      fix: [{ kind: 'attribute', account, target: address, path: `${path}.launch_permission`, value: null }],
      evidence: [],
      known: namesOf(permission).flatMap(names => (isUnknown(names) ? [names.unknown] : [])),
      because: 'Image Builder refuses an empty list, or nobody gets the image',
    },
  ],
})

type Permission =
  Schema['aws_imagebuilder_distribution_configuration']['blocks']['distribution']['blocks']['ami_distribution_configuration']['blocks']['launch_permission']

function namesOf(permission: Node<Permission>) {
  return [
    attribute(permission, 'user_ids'),
    attribute(permission, 'user_groups'),
    attribute(permission, 'organization_arns'),
    attribute(permission, 'organizational_unit_arns'),
  ]
}

function isForAnybody(permission: Node<Permission>): Truth {
  return any(namesOf(permission).map(isGiven))
}

export const examples = (): Examples => ({
  pass: {
    'an account is named': world({ user_ids: ['111122223333'] }),
    'an organization is named': world({
      organization_arns: ['arn:aws:organizations::444455556666:organization/o-a1b2c3d4e5'],
    }),
  },
  fail: {
    'the list of accounts is empty': world({ user_ids: [] }),
    'nothing is named': world({}),
  },
  unknown: {
    'the accounts are not known until apply': world({ user_ids: later }),
  },
})

/** A distribution whose image these may launch. */
function world(permission: { readonly [list: string]: Json }): ExampleWorld {
  const ami = { name: 'app-{{ imagebuilder:buildDate }}', launch_permission: [permission] }
  const distribution = [{ region: 'eu-central-1', ami_distribution_configuration: [ami] }]
  const resources = { 'aws_imagebuilder_distribution_configuration.app': { name: 'app', distribution } }
  return { accounts: [{ id: '444455556666', resources }] }
}
