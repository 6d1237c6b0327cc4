import type { JsonObject } from '../../policies/intrinsics'

/** A call of a module, in the names of its construct. */
export interface Call {
  readonly module: string
  /** What is tried. */
  readonly name: string
  readonly given: JsonObject
}

/** The account that owns keys and images. */
export const owner = '444455556666'
const [consumer, other] = ['111122223333', '222233334444']
const [home, west, east] = ['eu-central-1', 'eu-west-1', 'us-east-1']
const organization = (id: string) => `arn:aws:organizations::999988887777:organization/${id}`
const unit = (id: string) => `arn:aws:organizations::999988887777:ou/o-exampleorgid/${id}`
const role = (name: string, account = owner) => `arn:aws:iam::${account}:role/${name}`
const key = {
  accountId: owner,
  alias: 'images',
  arns: Object.fromEntries(
    [home, west, east].map(region => [
      region,
      `arn:aws:kms:${region}:${owner}:key/mrk-1a2b3c4d00004000800000000000abcd`,
    ]),
  ),
}

const keyOf = { accountId: owner, alias: 'images', primaryRegion: home, audience: {} }
const alarm = { name: 'kms', key, threshold: 10_000 }
const topic = (region: string) => `arn:aws:sns:${region}:${owner}:alerts`

export const calls: readonly Call[] = [
  { module: 'multi-region-key', name: 'nobody is admitted', given: keyOf },
  { module: 'multi-region-key', name: 'three regions', given: { ...keyOf, replicaRegions: [west, east] } },
  {
    module: 'multi-region-key',
    name: 'consumers of every kind',
    given: {
      ...keyOf,
      replicaRegions: [west],
      consumers: [
        { accountId: consumer },
        { accountId: other, autoScaling: {} },
        { accountId: '333344445555', autoScaling: { customSuffix: 'app' } },
        { accountId: '555566667777', imageBuilderTarget: true },
        { accountId: '666677778888', autoScaling: {}, imageBuilderTarget: true },
      ],
    },
  },
  {
    module: 'multi-region-key',
    name: 'an audience, builders and groups of its own account',
    given: {
      ...keyOf,
      description: 'Images',
      audience: {
        accountIds: [consumer, other],
        organizationArns: [organization('o-exampleorgid'), organization('o-otherorgid')],
        organizationalUnitArns: [unit('ou-abcd-11112222'), unit('ou-abcd-33334444')],
      },
      consumers: [{ accountId: consumer }],
      builders: [role('packer'), role('path/image-builder')],
      users: [role('packer'), role('launcher')],
      ownGroups: {},
      rotationPeriodInDays: 180,
      deletionWindowInDays: 7,
      tags: { team: 'images' },
    },
  },
  {
    module: 'multi-region-key',
    name: 'groups under a role of their own',
    given: { ...keyOf, ownGroups: { customSuffix: 'app' } },
  },
  {
    module: 'kms-usage-alarm',
    name: 'the number of calls',
    given: { ...alarm, regions: [{ region: home, notify: [topic(home)] }], periodSeconds: 60, evaluationPeriods: 3 },
  },
  {
    module: 'kms-usage-alarm',
    name: 'refusals where there is a trail',
    given: {
      ...alarm,
      regions: [
        { region: home, notify: [topic(home), `${topic(home)}-2`], trailLogGroupName: 'trail' },
        { region: west, notify: [topic(west)] },
        { region: east, notify: [topic(east)], trailLogGroupName: 'trail-east' },
        { region: 'eu-north-1', notify: [topic('eu-north-1')] },
      ],
    },
  },
]

/** Calls that are refused, by the words of the refusal. */
export const refused: readonly Call[] = [
  ...refusedOf('multi-region-key', keyOf, {
    'account_id: it is not a number of twelve digits': { accountId: '4444' },
    'alias: it is not the name of an alias': { alias: 'alias/images' },
    'primary_region: it is not the name of a region': { primaryRegion: 'Frankfurt' },
    'replica_regions: it is there twice': { replicaRegions: [home] },
    'builders: it is not the ARN of a role or user': { builders: ['packer'] },
    'users: it is not of the account of the key': { users: [role('launcher', consumer)] },
    'consumers.account_id: the owner of the key is no consumer of it': { consumers: [{ accountId: owner }] },
    'consumers.auto_scaling.custom_suffix: it is not a suffix for a role': {
      consumers: [{ accountId: consumer, autoScaling: { customSuffix: 'a/b' } }],
    },
    'audience.organization_arns: it is not the ARN of an organization': {
      audience: { organizationArns: [organization('o-exampleorgid'), unit('ou-abcd-11112222')] },
    },
    'rotation_period_in_days: it is not a whole number from 90 to 2560': { rotationPeriodInDays: 90.5 },
    'deletion_window_in_days: it is not a whole number from 7 to 30': { deletionWindowInDays: 31 },
  }),
  ...refusedOf('kms-usage-alarm', alarm, {
    'threshold: it is no number of calls': { regions: [{ region: home, notify: [topic(home)] }], threshold: 0 },
    'regions: it is there twice': { regions: [home, home].map(region => ({ region, notify: [topic(home)] })) },
    'regions.region: no key in it': {
      regions: [{ region: 'eu-north-1', notify: [topic('eu-north-1')], trailLogGroupName: 'trail' }],
    },
    'regions.notify: an alarm in it would tell nobody': { regions: [{ region: home, notify: [] }] },
  }),
]

function refusedOf(
  module: string,
  given: JsonObject,
  changes: { readonly [words: string]: JsonObject },
): readonly Call[] {
  return Object.entries(changes).map(([name, changed]) => ({ module, name, given: { ...given, ...changed } }))
}
