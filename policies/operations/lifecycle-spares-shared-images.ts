import { type JsonObject, keys } from '../intrinsics'
import { type Distribution, distributions } from '../lang/image-builder'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, blocks, each, type Node, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { all, any, not, type Truth, truth } from '../lang/truth'

type Policy = Schema['aws_imagebuilder_lifecycle_policy']
type Detail = Policy['blocks']['policy_detail']

/**
 * A lifecycle policy of Image Builder that deletes or disables images spares those that are shared.
 *
 * Whoever launches a shared image reads the snapshots of the account that owns it. A lifecycle policy goes by age or number and knows
 * nothing of other accounts: once it has deleted the image or its snapshots, or disabled the image, which makes it private, their groups
 * can start no instance, while those that run go on. `exclusion_rules` can spare what is shared with certain accounts, and what was launched in the last days, by whomever.
 */
export default rule({
  severity: 'warning',
  aliases: ['ops-lifecycle-spares-shared-images'],
  symptoms: ['InvalidAMIID.NotFound: The image id {image} does not exist', 'InvalidSnapshot.NotFound'],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html',
    'https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LifecyclePolicyDetailExclusionRulesAmis.html',
  ],

  *situations() {
    for (const policy of resources('aws_imagebuilder_lifecycle_policy'))
      for (const detail of blocks(policy, 'policy_detail')) {
        const harms = all([takesImages(detail), any(sharing(policy).map(({ isPermitted }) => isPermitted))])
        if (harms !== 'no')
          yield { at: place(detail, ''), account: policy.account, region: policy.region, policy, detail, harms }
      }
  },

  requirements: ({ at, account, policy, detail, harms }) => [
    {
      kind: 'holds',
      severity: 'warning',
      what: `\`${at}\` spares images that are shared`,
      otherwise: `\`${at}\` takes images away whether they are shared or not`,
      holds: any([not(harms), spares(detail, sharing(policy))]),
      fix: [
        {
          kind: 'attribute',
          account,
          target: policy.address,
          path: `${detail.path}.exclusion_rules[0].amis[0].last_launched[0].value`,
          value: 90,
        },
        {
          kind: 'attribute',
          account,
          target: policy.address,
          path: `${detail.path}.exclusion_rules[0].amis[0].last_launched[0].unit`,
          value: 'DAYS',
        },
      ],
      evidence: sharing(policy).map(({ ami }) => ({ at: place(ami, 'launch_permission'), what: 'shares images' })),
      known: [at],
      because: 'who was given an image launches from the snapshots of its owner, for as long as they are there',
    },
  ],
})

/** Whether a rule takes images from those who may launch them: with their snapshots, or by making them private. */
function takesImages(detail: Node<Detail>): Truth {
  return any(
    blocks(detail, 'action').flatMap(action => {
      const type = attribute(action, 'type')
      return blocks(action, 'include_resources').map(included =>
        any([
          all([isOneOf(type, ['DELETE', 'DISABLE']), isTrue(attribute(included, 'amis'))]),
          all([isOneOf(type, ['DELETE']), isTrue(attribute(included, 'snapshots'))]),
        ]),
      )
    }),
  )
}

/** Whether a rule excludes what is shared: by accounts, by launches, by regions, or perhaps by tags. */
function spares(detail: Node<Detail>, shared: readonly Distribution[]): Truth {
  return any(
    blocks(detail, 'exclusion_rules').flatMap(rules => [
      maybeGiven(attribute(rules, 'tag_map')),
      ...blocks(rules, 'amis').flatMap(amis => [
        maybeGiven(attribute(amis, 'tag_map')),
        isGiven(attribute(amis, 'shared_accounts')),
        truth(blocks(amis, 'last_launched').length > 0),
        all(shared.map(({ region }) => isAmong(region, attribute(amis, 'regions')))),
      ]),
    ]),
  )
}

/** Of tags it does not show which images have them. */
function maybeGiven(tags: Maybe<{ readonly [key: string]: string }>): Truth {
  if (!isUnknown(tags) && keys(tags ?? {}).length === 0) return 'no'
  return 'unknown'
}

function isAmong(region: string | null, regions: Maybe<readonly string[]>): Truth {
  if (isUnknown(regions)) return 'unknown'
  const listed = each(regions)
  if (listed.length > 0 && (region === null || listed.some(one => isUnknown(one)))) return 'unknown'
  return truth(listed.some(one => !isUnknown(one) && one === region))
}

/** The distributions by which the account of a policy may share images. */
function sharing({ account }: Node<Policy>): readonly Distribution[] {
  return distributions().filter(
    ({ configuration, isPermitted }) => configuration.account === account && isPermitted !== 'no',
  )
}

function isOneOf(type: Maybe<string>, types: readonly string[]): Truth {
  if (isUnknown(type)) return 'unknown'
  return truth(type !== null && types.includes(type))
}

function isTrue(flag: Maybe<boolean>): Truth {
  if (isUnknown(flag)) return 'unknown'
  return truth(flag === true)
}

function isGiven(accounts: Maybe<readonly string[]>): Truth {
  if (isUnknown(accounts)) return 'unknown'
  return truth(each(accounts).length > 0)
}

const shared = [{ user_ids: ['111122223333'] }]
const images: JsonObject = { type: 'DELETE', include_resources: [{ amis: true, snapshots: true }] }

export const examples = (): Examples => ({
  pass: {
    'what was launched lately is spared': world({
      action: [images],
      exclusion_rules: [{ amis: [{ last_launched: [{ unit: 'DAYS', value: 90 }] }] }],
    }),
    'what an account was given is spared': world({
      action: [images],
      exclusion_rules: [{ amis: [{ shared_accounts: ['111122223333'] }] }],
    }),
    'what is shared is in a region that is spared': world({
      action: [images],
      exclusion_rules: [{ amis: [{ regions: ['eu-central-1'] }] }],
    }),
    'images are deprecated': world({ action: [{ ...images, type: 'DEPRECATE' }] }),
    'nothing is shared': world({ action: [images] }, []),
  },
  fail: {
    'it deletes all': world({ action: [images] }),
    'it deletes snapshots': world({ action: [{ type: 'DELETE', include_resources: [{ snapshots: true }] }] }),
    'it disables images': world({ action: [{ type: 'DISABLE', include_resources: [{ amis: true }] }] }),
    'it spares those of another region': world({
      action: [images],
      exclusion_rules: [{ amis: [{ regions: ['us-east-1'] }] }],
    }),
  },
  unknown: {
    'what it does is not known until apply': world({ action: [{ ...images, type: later }] }),
    'which images have the tags is not known': world({
      action: [images],
      exclusion_rules: [{ amis: [{ tag_map: { shared: 'yes' } }] }],
    }),
    'with whom images are shared is not known until apply': world({ action: [images] }, [{ user_ids: later }]),
  },
})

/** An account that gives images away, and takes them away. */
function world(detail: JsonObject, permission: readonly JsonObject[] = shared): ExampleWorld {
  const resources = {
    'aws_imagebuilder_distribution_configuration.app': {
      distribution: [{ region: 'eu-central-1', ami_distribution_configuration: [{ launch_permission: permission }] }],
    },
    'aws_imagebuilder_lifecycle_policy.app': {
      name: 'app',
      resource_type: 'AMI_IMAGE',
      policy_detail: [{ filter: [{ type: 'AGE', value: 6, unit: 'MONTHS' }], ...detail }],
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
