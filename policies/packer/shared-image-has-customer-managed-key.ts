import { at, distinct, type JsonObject } from '../intrinsics'
import { isEncryptedByDefault } from '../lang/account'
import { textOf } from '../lang/json'
import { defaultEncryption, type Place } from '../lang/key'
import { isUnknown, type Maybe } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import {
  type Builder,
  builders,
  devices,
  flagSetting,
  imageKeys,
  is,
  isEncrypted,
  known,
  listSetting,
  missing,
  type NamedKey,
  namesKey,
  regionKeyPath,
  regionKeys,
  situationAt,
} from '../lang/template'
import { customerKeysFix, isAwsManaged } from '../lang/template-fix'
import { all, any, type Truth, truth } from '../lang/truth'

/**
 * An image that a template shares is not encrypted under an AWS managed key, in any region.
 *
 * Where no key is named, the default EBS key of the region is used, which is `aws/ebs` unless the account has another. Packer refuses to
 * share under it where it sees that: no key at all, or `""` for a region. It does not see that `kms_key_id` is for the region of the build
 * only, so that copies without `region_kms_key_ids` are under default keys; nor that `launch_block_device_mappings` encrypts a volume. Then
 * the build goes on to its end, and EC2 refuses to share the image.
 */
export default rule({
  severity: 'error',
  aliases: ['packer-no-sharing-under-default-key'],
  symptoms: [
    'Cannot share AMI encrypted with default KMS key',
    'Cannot share AMI encrypted with default KMS key for other regions',
    'Cannot share snapshot encrypted with default KMS key',
    "Error modify AMI attributes: InvalidParameter: Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    'Encrypted snapshots with EBS default key cannot be shared',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html',
    'https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs#kms_key_id',
    'https://github.com/hashicorp/packer-plugin-amazon/issues/270',
  ],

  *situations() {
    for (const builder of builders())
      if (isShared(builder) !== 'no')
        for (const image of imagesOf(builder))
          yield {
            ...situationAt(builder, image.path),
            builder,
            shared: isShared(builder),
            image,
          }
  },

  requirements: ({ builder, shared, image }) => [
    {
      kind: 'holds',
      what: `what is shared ${where(image.regions)} is not encrypted under an AWS managed key`,
      otherwise: `what is shared ${where(image.regions)} is encrypted under ${image.under}`,
      holds: any([image.isShareable, shared === 'unknown' ? 'unknown' : 'no']),
      severity: 'error',
      symptom: image.symptom,
      fix: customerKeysFix(builder),
      evidence: [],
      known: [...image.known, ...(shared === 'unknown' ? missing(audience(builder)) : [])],
      because: 'the policy of an AWS managed key admits nobody of another account and cannot be changed',
    },
  ],
})

/** What is shared, in one region or several, where its key is written. */
interface Image {
  readonly path: string
  readonly regions: readonly string[]
  readonly isShareable: Truth
  /** What it is encrypted under if it cannot be shared. */
  readonly under: string
  readonly known: readonly string[]
  /** What Packer says where it sees it, else EC2 at the end of the build. */
  readonly symptom: string
}

const LATE =
  "Error modify AMI attributes: InvalidParameter: Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot."

/** The settings that share an image or its snapshots with others. */
const SHARING = ['ami_users', 'ami_org_arns', 'ami_ou_arns', 'snapshot_users']

function audience(builder: Builder): readonly Maybe<string>[] {
  return SHARING.flatMap(name => listSetting(builder, name))
}

function isShared(builder: Builder): Truth {
  if (known(audience(builder)).length > 0) return 'yes'
  return missing(audience(builder)).length > 0 ? 'unknown' : 'no'
}

function imagesOf(builder: Builder): readonly Image[] {
  const asked = flagSetting(builder, 'encrypt_boot')
  if (isUnknown(asked)) return [open('encrypt_boot', builder, [asked.unknown])]
  if (asked === true) return copiesOf(builder)
  if (namesKey(builder) !== 'no' || imageKeys(builder).length === 0) return []
  if (isEncrypted(builder) === 'yes') return [...volumesOf(builder), ...copiesByDefault(builder)]
  if (isEncrypted(builder) === 'unknown') return [open('launch_block_device_mappings', builder, openVolumes(builder))]
  return byDefault(builder)
}

/** With `encrypt_boot`: by the setting that names the key, or, where none does, the one that shares. */
function copiesOf(builder: Builder): readonly Image[] {
  const images = imageKeys(builder).filter(image => !isRefused(builder, image))
  if (namesKey(builder) === 'no' && regionKeys(builder) === null)
    return [{ ...open(sharing(builder), builder, []), isShareable: 'no', symptom: refusal(builder, '') }]
  return distinct(images.map(image => image.path)).map(path =>
    gathered(
      builder,
      path,
      images.filter(image => image.path === path),
    ),
  )
}

/** A copy without a key beside others that have one is refused for that alone. */
function isRefused(builder: Builder, { path, key }: NamedKey): boolean {
  return path === 'region_kms_key_ids' && key === null && regionKeys(builder) !== null
}

function gathered(builder: Builder, path: string, images: readonly NamedKey[]): Image {
  const managed = known(images.map(image => image.key)).filter(key => isAwsManaged(key))
  return {
    path,
    regions: images.map(image => image.region),
    isShareable: all(images.map(image => isCustomers(builder, image))),
    under: managed.length > 0 ? `\`${managed[0] ?? ''}\`` : 'the default EBS key',
    known: [...missing(images.map(image => image.key)), ...openRegion(builder)],
    symptom: images.some(image => image.key === null && image.path === regionKeyPath(image.region))
      ? refusal(builder, ' for other regions')
      : LATE,
  }
}

/** Whether an image is under a key of the customer. Packer refuses `""` whatever the default key is. */
function isCustomers(builder: Builder, { path, key, region }: NamedKey): Truth {
  if (isUnknown(key)) return 'unknown'
  if (key !== null) return truth(!isAwsManaged(key))
  if (path === regionKeyPath(region)) return 'no'
  if (mayBeBuildRegion(builder, region)) return 'unknown'
  return isDefaultCustomers({ account: builder.account, region: textOf(region) })
}

/** Whether a region may be the one of the build, or that one have a key after all, where the template does not tell which it is. */
function mayBeBuildRegion(builder: Builder, region: string): boolean {
  if (builder.region !== null) return false
  if (region === '') return regionKeys(builder) !== null
  return known(listSetting(builder, 'ami_regions')).length === 1
}

/** Whether the default key of a region is known to be one of the customer. */
function isDefaultCustomers(place: Place): Truth {
  const kinds = defaultEncryption(place).map(one => one.kind)
  if (kinds.includes('key')) return 'yes'
  return kinds.includes('unknown') ? 'unknown' : 'no'
}

/** Without `encrypt_boot`: the volumes of the build, which become the snapshots of the image. */
function volumesOf(builder: Builder): readonly Image[] {
  return devices(builder)
    .filter(device => is(device.encrypted, true) === 'yes')
    .map(device =>
      gathered(builder, `${device.path}.kms_key_id`, [
        { at: '', path: `${device.path}.kms_key_id`, region: builder.region ?? '', key: device.key },
      ]),
    )
}

/** Packer names no key for a copy without `encrypt_boot`. */
function copiesByDefault(builder: Builder): readonly Image[] {
  const regions = known(listSetting(builder, 'ami_regions')).filter(region => region !== builder.region)
  if (regions.length === 0) return []
  const copies = regions.map(region => ({ at: '', path: 'region_kms_key_ids', region, key: null }))
  return [gathered(builder, 'region_kms_key_ids', copies)]
}

/** Where nothing asks for encryption, the account may. */
function byDefault(builder: Builder): readonly Image[] {
  return imageKeys(builder).flatMap(({ region }) => {
    const place = { account: builder.account, region: textOf(region) }
    const isAsked = isEncryptedByDefault(place)
    if (isAsked === 'no') return []
    const question = `whether EBS encrypts by default in ${place.region ?? 'the region of the build'} of ${place.account ?? 'the account'} (\`encryption-by-default\` in keyreach.yaml)`
    const isShareable = isDefaultCustomers(place)
    return [
      {
        path: sharing(builder),
        regions: [region],
        isShareable: isAsked === 'yes' ? isShareable : any([isShareable, 'unknown']),
        under: 'the default EBS key',
        known: [question],
        symptom: LATE,
      },
    ]
  })
}

function open(path: string, builder: Builder, missing: readonly string[]): Image {
  const regions = imageKeys(builder).map(image => image.region)
  return { path, regions, isShareable: 'unknown', under: 'the default EBS key', known: missing, symptom: LATE }
}

/** Packer asks for images before it does for snapshots. */
function refusal(builder: Builder, where: string): string {
  if (sharing(builder) === 'snapshot_users') return 'Cannot share snapshot encrypted with default KMS key'
  return `Cannot share AMI encrypted with default KMS key${where}`
}

function openVolumes(builder: Builder): readonly string[] {
  return missing(devices(builder).map(device => device.encrypted))
}

function openRegion(builder: Builder): readonly string[] {
  const region = at(builder.settings, ['region'])
  if (isUnknown(region)) return [region.unknown]
  return builder.region === null ? [`the region of \`${builder.address}\``] : []
}

function sharing(builder: Builder): string {
  return SHARING.find(name => listSetting(builder, name).length > 0) ?? 'ami_users'
}

function where(regions: readonly string[]): string {
  const named = regions.filter(region => region !== '')
  if (named.length === 0) return 'by the template'
  return `in ${named.join(' and ')}`
}

const key = '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const volume = { device_name: '/dev/xvda', encrypted: true }

export const examples = (): Examples => ({
  pass: {
    'each region has a key of the customer': world({}),
    'the image is not shared': world({ ami_users: [], region_kms_key_ids: {} }),
    'the default keys are keys of the customer': world(
      { region_kms_key_ids: {} },
      { 'default-ebs-key': { 'eu-west-1': `arn:aws:kms:eu-west-1:444455556666:key/${key}` } },
    ),
    'only a volume is encrypted, under a key of the customer': world({
      ...plain,
      launch_block_device_mappings: [{ ...volume, kms_key_id: key }],
      ami_regions: [],
    }),
    'nothing is encrypted': world(plain, { 'encryption-by-default': [] }),
  },
  fail: {
    'no key is named': world({ kms_key_id: null, region_kms_key_ids: {}, ami_regions: [] }),
    'no key is named for a region': world({ region_kms_key_ids: { 'us-east-1': key, 'eu-west-1': '' } }),
    'no keys are named by region': world({ region_kms_key_ids: {} }),
    'no key is named for the region of the build': world({
      kms_key_id: null,
      region_kms_key_ids: { 'eu-west-1': key },
    }),
    'the key is the one that AWS manages': world({ kms_key_id: 'alias/aws/ebs' }),
    'snapshots are shared': world({ ami_users: [], snapshot_users: ['111122223333'], region_kms_key_ids: {} }),
    'the image is shared with an organization': world({
      ami_users: [],
      ami_org_arns: ['arn:aws:organizations::999988887777:organization/o-abc'],
      region_kms_key_ids: {},
    }),
    'only a volume is encrypted, under the default key': world({ ...plain, launch_block_device_mappings: [volume] }),
    'only a volume is encrypted, and the image copied': world({
      ...plain,
      launch_block_device_mappings: [{ ...volume, kms_key_id: key }],
    }),
    'the account encrypts by default': world(plain, { 'encryption-by-default': ['eu-west-1'] }),
  },
  unknown: {
    'the key is given to Packer': world({ kms_key_id: later }),
    'the keys by region are given to Packer': world({ region_kms_key_ids: later }),
    'with whom to share is given to Packer': world({ ami_users: later, region_kms_key_ids: {} }),
    'whether to encrypt is given to Packer': world({ encrypt_boot: later }),
    'nothing asks for encryption, but the account may': world(plain),
    'the region of the build is given to Packer': world({ region: later, region_kms_key_ids: {} }),
    'the region of the build is given to Packer, and may have a key': world({ region: later, kms_key_id: null }),
  },
})

/** Nothing that asks for encryption. */
const plain = { encrypt_boot: null, kms_key_id: null, region_kms_key_ids: {} }

/** A build in Virginia that is copied to Ireland and shared with 111122223333. */
function world(changed: JsonObject, account = {} as JsonObject): ExampleWorld {
  const settings = {
    region: 'us-east-1',
    ami_regions: ['eu-west-1'],
    ami_users: ['111122223333'],
    encrypt_boot: true,
    kms_key_id: key,
    region_kms_key_ids: { 'eu-west-1': key },
  } as JsonObject
  return {
    accounts: [],
    templates: [{ account: '444455556666', settings: { ...settings, ...changed } }],
    declared: { accounts: { '444455556666': account } },
  }
}
