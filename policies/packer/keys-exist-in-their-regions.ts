import type { Json, JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { textOf } from '../lang/json'
import { isKeyEnabled, type Key } from '../lang/key'
import { isUnknown, type Maybe } from '../lang/maybe'
import { resourceOf } from '../lang/plan'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { type Builder, builders, type NamedKey, situationAt, usedKeys } from '../lang/template'
import { newKeyFix, settingFix } from '../lang/template-fix'
import { idOf, type Located, located } from '../lang/template-key'

/**
 * A key that a template names for a region exists there and is enabled.
 *
 * Keys belong to a region. An ARN of another region names no key there, an id exists in one region only, and a multi-Region key (`mrk-…`)
 * where it has a replica. The copy of an image begins under a key that does not exist, and fails later, which Packer reports as
 * `ResourceNotReady`. A key of the region's own does as well as a replica: no copy needs a multi-Region key. Either has to be there before
 * Packer runs.
 */
export default rule({
  severity: 'error',
  aliases: ['packer-keys-exist-in-region'],
  symptoms: [
    'failed with ResourceNotReady error',
    'Error waiting for AMI ({image}) in region ({region})',
    'ResourceNotReady: failed waiting for successful resource state',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
    'https://developer.hashicorp.com/packer/integrations/hashicorp/amazon#resourcenotready-error',
  ],

  *situations() {
    for (const builder of builders())
      for (const named of usedKeys(builder))
        yield {
          ...situationAt(builder, named.path),
          region: textOf(named.region),
          builder,
          named,
          found: found(builder, named),
        }
  },

  requirements: ({ builder, named, found }) => [
    {
      kind: 'holds',
      what:
        found.exists === 'unknown'
          ? `${called(named)} exists where it is named for`
          : `${called(named)} exists ${where(named)}`,
      otherwise: `${called(named)} does not exist ${where(named)}`,
      holds: found.exists,
      severity: 'error',
      fix: missingFix(builder, named, found),
      evidence: found.others.map(key => ({ at: key.label, what: `is ${called(named)} in ${key.region ?? ''}` })),
      known: asked(builder, named),
      because: 'EC2 encrypts an image with a key of the region in which the image is',
    },
    ...(found.key === null ? [] : [enabled(found.key, named)]),
  ],
})

function found(builder: Builder, named: NamedKey): Located {
  if (named.key === null || isUnknown(named.key)) return { exists: 'unknown', key: null, others: [] }
  return located(named.key, { account: builder.account, region: textOf(named.region) })
}

function enabled(key: Key, named: NamedKey): Requirement {
  return {
    kind: 'holds',
    what: `\`${key.label}\` is enabled`,
    otherwise: `\`${key.label}\` is not enabled`,
    holds: isKeyEnabled(key),
    severity: 'error',
    fix: [enablingFix(key)],
    evidence: [{ at: key.label, what: `is ${called(named)} ${where(named)}` }],
    known: [`whether \`${key.label}\` is enabled (\`enabled\` of the key in keyreach.yaml)`],
    because: 'EC2 cannot encrypt with a key that is disabled',
  }
}

function called(named: NamedKey): string {
  if (named.key === null || isUnknown(named.key)) return 'the key'
  return `\`${named.key}\``
}

function isAlias(key: Maybe<string>): boolean {
  return key !== null && !isUnknown(key) && key.includes('alias/')
}

function where(named: NamedKey): string {
  if (named.region === '') return 'in the region of the build'
  return `in ${named.region}`
}

function asked(builder: Builder, named: NamedKey): readonly string[] {
  if (isUnknown(named.key)) return [named.key.unknown]
  if (named.region === '') return [`the region in which \`${builder.address}\` builds`]
  const account = builder.account ?? 'the account of the template (`account` of the template in keyreach.yaml)'
  if (isAlias(named.key)) return [`the plan that makes ${called(named)} in ${account}`]
  return [
    `${called(named)} in ${account}: the plan that makes it, with its ARN under \`identities\`, or \`keys\` in keyreach.yaml`,
  ]
}

/** A replica of the key where it is a multi-Region key that is known, else a key of the region's own. */
function missingFix(builder: Builder, { path, key, region }: NamedKey, { others }: Located): readonly Fix[] {
  const id = idOf(isUnknown(key) ? '' : (key ?? ''))
  const primary = others.find(other => other.node !== null) ?? null
  if (!id.startsWith('mrk-') || primary === null) return newKeyFix(builder, path, region)
  return [
    {
      kind: 'resource',
      account: primary.account,
      region,
      target: 'aws_kms_replica_key.keyreach',
      type: 'aws_kms_replica_key',
      values: { primary_key_arn: `\${${primary.label}.arn}`, deletion_window_in_days: 30, enabled: true },
    },
    settingFix(builder, path, id),
  ]
}

function enablingFix(key: Key): Fix {
  const isPrimary = resourceOf(key.node ?? '').some(node => node.type === 'aws_kms_key')
  return {
    kind: 'attribute',
    account: key.account,
    target: key.label,
    path: isPrimary ? 'is_enabled' : 'enabled',
    value: true,
  }
}

const id = '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const mrk = 'mrk-1234abcd12ab34cd56ef1234567890ab'
const arn = 'arn:aws:kms:us-east-1:444455556666:key/'
const primary = { 'aws_kms_key.image': { multi_region: true } }
const replica = { 'aws_kms_replica_key.ireland': { primary_key_arn: ref('aws_kms_key.image', 'arn') } }

export const examples = (): Examples => ({
  pass: {
    'the multi-Region key has a replica': world({ resources: { ...primary, ...replica } }),
    'the region has a key of its own': world({
      resources: { ...primary, 'aws_kms_key.ireland': {} },
      identities: { 'aws_kms_key.ireland': id },
      copy: id,
    }),
    'the key is declared': world({
      copy: `arn:aws:kms:eu-west-1:444455556666:key/${id}`,
      declared: { keys: { [`arn:aws:kms:eu-west-1:444455556666:key/${id}`]: { enabled: true } } },
    }),
    'the alias is of the region': world({
      resources: {
        ...primary,
        'aws_kms_key.ireland': {},
        'aws_kms_alias.ireland': { name: 'alias/image', target_key_id: ref('aws_kms_key.ireland', 'key_id') },
      },
      copy: 'alias/image',
    }),
    'the key is a replica, and its primary is not used': world({
      resources: { ...primary, ...replica },
      settings: { skip_save_build_region: true, kms_key_id: 'alias/nothing' },
    }),
  },
  fail: {
    'the multi-Region key has no replica there': world(),
    'the key is of one region': world({ build: id, copy: id }),
    'the ARN is of another region': world({
      resources: { ...primary, ...replica },
      copy: `${arn}${mrk}`,
    }),
    'the replica is disabled': world({
      resources: {
        ...primary,
        'aws_kms_replica_key.ireland': { ...replica['aws_kms_replica_key.ireland'], enabled: false },
      },
    }),
    'the key of the build is disabled': world({
      resources: { 'aws_kms_key.image': { multi_region: true, is_enabled: false }, ...replica },
    }),
    'the key of a volume is of another region': world({
      resources: { ...primary, ...replica },
      settings: {
        launch_block_device_mappings: [
          { encrypted: true, kms_key_id: `arn:aws:kms:eu-west-1:444455556666:key/${mrk}` },
        ],
      },
    }),
  },
  unknown: {
    'no plan has the key': world({ build: 'alias/elsewhere', copy: id }),
    'the key is given to Packer': world({ copy: later }),
    'what a replica is of is not known until apply': world({
      resources: { ...primary, 'aws_kms_replica_key.ireland': { primary_key_arn: later } },
    }),
  },
})

/** A build in Virginia that is copied to Ireland. */
function world({
  resources = primary as Resources,
  identities = {} as { readonly [address: string]: string },
  build = mrk as Json,
  copy = mrk as Json,
  settings = {} as JsonObject,
  declared = {} as JsonObject,
} = {}): ExampleWorld {
  const on = ['aws_kms_replica_key.ireland', 'aws_kms_key.ireland', 'aws_kms_alias.ireland']
  const account = {
    id: '444455556666',
    region: 'us-east-1',
    resources,
    providers: { 'aws.ireland': { region: 'eu-west-1', on } },
    identities: { 'aws_kms_key.image': `${arn}${build === id ? id : mrk}`, ...identities },
  }
  const template = {
    region: 'us-east-1',
    encrypt_boot: true,
    kms_key_id: build,
    ami_regions: ['eu-west-1'],
    region_kms_key_ids: { 'eu-west-1': copy },
    ...settings,
  }
  return { accounts: [account], templates: [{ account: '444455556666', settings: template }], declared }
}
