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
export const consumer = '111122223333'
const other = '222233334444'
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
const groups = { name: 'shop', accountId: consumer, region: home, key }
const image = {
  name: 'app',
  sourceImage: { amiId: 'ami-0f1e2d3c4b5a69788', region: home },
  key,
  copyToRegions: [home],
  shareWith: { accountIds: [consumer] },
}
const target = { accountId: consumer, sourceAccountId: owner, key }
const build = {
  roleName: 'packer',
  trustedBy: [role('ci')],
  region: home,
  key,
  sourceAmi: 'ami-0f1e2d3c4b5a69788',
  imageName: 'app-{{timestamp}}',
}
const pipeline = {
  accountId: owner,
  name: 'app',
  recipeVersion: '1.0.0',
  parentImage: `arn:aws:imagebuilder:${home}:aws:image/amazon-linux-2023-x86/x.x.x`,
  region: home,
  key,
  shareWith: {},
}
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
  { module: 'auto-scaling-consumer', name: 'an account that has all it needs', given: groups },
  {
    module: 'auto-scaling-consumer',
    name: 'a role that makes the grant, and launches besides others',
    given: {
      ...groups,
      deployer: role('deployer', consumer),
      launchers: [role('deployer', consumer), role('teams/launcher', consumer)],
    },
  },
  {
    module: 'auto-scaling-consumer',
    name: 'a service-linked role of its own',
    given: { ...groups, createServiceLinkedRole: true, customSuffix: 'app', deployer: role('deployer', consumer) },
  },
  { module: 'shared-encrypted-ami', name: 'one copy for one account', given: image },
  {
    module: 'shared-encrypted-ami',
    name: 'copies for all kinds of audiences',
    given: {
      ...image,
      copyToRegions: [home, west, east],
      shareWith: {
        accountIds: [consumer, other],
        organizationArns: [organization('o-exampleorgid')],
        organizationalUnitArns: [unit('ou-abcd-11112222'), unit('ou-abcd-33334444')],
      },
      tags: { team: 'images' },
    },
  },
  {
    module: 'shared-encrypted-ami',
    name: 'an image under the key, with its snapshots',
    given: {
      ...image,
      sourceImage: { ...image.sourceImage, isUnderKey: true, snapshotIds: ['snap-0a', 'snap-0b'] },
      copyToRegions: [],
      shareWith: { accountIds: [consumer, other], organizationArns: [organization('o-exampleorgid')] },
    },
  },
  { module: 'image-distribution-target', name: 'three regions', given: target },
  {
    module: 'image-distribution-target',
    name: 'one region',
    given: { ...target, key: { ...key, arns: { [west]: key.arns[west] ?? '' } }, tags: { team: 'images' } },
  },
  { module: 'packer-build', name: 'one region', given: build },
  {
    module: 'packer-build',
    name: 'copies that are shared',
    given: {
      ...build,
      trustedBy: [role('ci'), role('admin')],
      copyToRegions: [west, east],
      shareWithAccounts: [consumer, other],
      instanceType: 'm7i.large',
      sshUsername: 'ubuntu',
      tags: { team: 'images' },
    },
  },
  {
    module: 'packer-build',
    name: 'an image that is shared where it is',
    given: { ...build, shareWithAccounts: [consumer] },
  },
  { module: 'image-builder-pipeline', name: 'one region', given: pipeline },
  {
    module: 'image-builder-pipeline',
    name: 'copies for accounts in several regions',
    given: {
      ...pipeline,
      copyToAccounts: [consumer],
      distributions: [
        { region: west, copyToAccounts: [consumer, other], shareWith: {}, imageName: 'app-west' },
        { region: east, shareWith: { organizationalUnitArns: [unit('ou-abcd-11112222')] } },
      ],
    },
  },
  {
    module: 'image-builder-pipeline',
    name: 'all that can be said',
    given: {
      ...pipeline,
      components: [
        'arn:aws:imagebuilder:eu-central-1:aws:component/a/x.x.x',
        `arn:aws:imagebuilder:${home}:${owner}:component/b/1.0.0`,
      ],
      parentImage: 'ami-0f1e2d3c4b5a69788',
      rootDeviceName: '/dev/sda1',
      volumes: [
        { deviceName: '/dev/sdf', size: 10 },
        { deviceName: '/dev/sdg', size: 20 },
      ],
      instanceTypes: ['m7i.large', 'm6i.large'],
      subnetId: 'subnet-0a',
      securityGroupIds: ['sg-0a', 'sg-0b'],
      shareWith: { accountIds: [consumer], organizationArns: [organization('o-exampleorgid')] },
      imageName: 'app',
      schedule: 'cron(0 3 ? * mon)',
      tags: { team: 'images' },
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
  ...refusedOf('auto-scaling-consumer', groups, {
    'region: no key in it': { region: 'eu-north-1' },
    'account_id: groups of the account of the key are admitted by the key': { accountId: owner },
    'custom_suffix: it is not a suffix for a role': { customSuffix: '' },
    'deployer: it is of another account than the groups': { deployer: role('deployer') },
    'launchers: it is there twice': { launchers: [role('a', consumer), role('a', consumer)] },
  }),
  ...refusedOf('shared-encrypted-ami', image, {
    'source_image.is_under_key, copy_to_regions: nothing would be shared: copy the image, or say that it is under the key already':
      { copyToRegions: [] },
    'copy_to_regions: no key in it': { copyToRegions: [home, 'eu-north-1'] },
    'share_with.account_ids: it is not a number of twelve digits': { shareWith: { accountIds: ['all'] } },
  }),
  ...refusedOf('image-distribution-target', target, {
    'source_account_id: it is not a number of twelve digits': { sourceAccountId: '' },
  }),
  ...refusedOf('packer-build', build, {
    'role_name: it is not the name of a role': { roleName: 'a/b' },
    'trusted_by: nobody could assume the role': { trustedBy: [] },
    'copy_to_regions: no key in it': { copyToRegions: ['eu-north-1'] },
  }),
  ...refusedOf('image-builder-pipeline', pipeline, {
    'name: it is not a name of letters, digits, dashes and underscores': { name: 'app.v1' },
    'recipe_version: it is not a version of three numbers': { recipeVersion: '1.0' },
    'distributions.region: it is there twice': { distributions: [{ region: home, shareWith: {} }] },
    'distributions.region: no key in it': { distributions: [{ region: 'eu-north-1', shareWith: {} }] },
  }),
]

function refusedOf(
  module: string,
  given: JsonObject,
  changes: { readonly [words: string]: JsonObject },
): readonly Call[] {
  return Object.entries(changes).map(([name, changed]) => ({ module, name, given: { ...given, ...changed } }))
}
