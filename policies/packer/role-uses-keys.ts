import type { Json, JsonObject } from '../intrinsics'
import { callerOf, identityPlaces } from '../lang/access'
import { EBS_MIN } from '../lang/aws'
import { textOf } from '../lang/json'
import { declaredImage, type Key, keyByArn } from '../lang/key'
import { isUnknown } from '../lang/maybe'
import { type Examples, type ExampleWorld, type Resources, ref, rule } from '../lang/rule'
import {
  type Builder,
  builders,
  flagSetting,
  imageKeys,
  is,
  type NamedKey,
  textSetting,
  usedKeys,
} from '../lang/template'
import { knownKeys } from '../lang/template-key'

/**
 * The role that Packer runs as may use every key of a build: of its volumes, of the image and its copies, and of the source image.
 *
 * Packer calls EC2, and EC2 uses the keys on behalf of Packer's role. The policy that Packer's documentation gives has actions of EC2 only.
 * `kms:Decrypt`, which lists of such policies often lack, is needed to make an encrypted volume from a snapshot; `kms:CreateGrant` to attach
 * it. Each region has a key of its own, replicas too, and the role needs each.
 */
export default rule({
  severity: 'error',
  aliases: ['packer-role-can-use-keys'],
  symptoms: [
    'failed with ResourceNotReady error',
    'Client.InternalError: Client error on launch',
    'is not authorized to perform: {action} on resource: {key}',
  ],
  references: [
    'https://developer.hashicorp.com/packer/integrations/hashicorp/amazon#iam-task-or-instance-role',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
  ],

  *situations() {
    for (const builder of builders())
      for (const { key, region } of neededKeys(builder))
        yield {
          at: identityPlaces(callerOf(builder.role), key)[0]?.at ?? builder.address,
          account: identityPlaces(callerOf(builder.role), key)[0]?.account ?? builder.account,
          region,
          role: builder.role,
          key,
        }
  },

  requirements: ({ role, key, region }) => [
    {
      kind: 'may',
      principal: callerOf(role),
      actions: EBS_MIN,
      key,
      call: { kind: 'ebs', region },
      because: 'EC2 reads and writes the snapshots of an image on behalf of the role that Packer runs as',
    },
  ],
})

interface Need {
  readonly key: Key
  readonly region: string | null
}

function neededKeys(builder: Builder): readonly Need[] {
  return [...neededNames(builder).flatMap(named => needOf(builder, named)), ...ofSource(builder)]
}

function needOf(builder: Builder, { key, region }: NamedKey): readonly Need[] {
  const place = { account: builder.account, region: textOf(region) }
  return knownKeys(key, place).map(one => ({ key: one, region: one.region ?? place.region }))
}

/** The keys that are named, and the default keys of regions for which none is, where the image is to be encrypted. */
function neededNames(builder: Builder): readonly NamedKey[] {
  const isAsked = is(flagSetting(builder, 'encrypt_boot'), true) === 'yes'
  return [...usedKeys(builder), ...imageKeys(builder).filter(named => isAsked && named.key === null)]
}

/** The keys of the image that the build starts from, where they are declared. */
function ofSource(builder: Builder): readonly Need[] {
  const source = textSetting(builder, 'source_ami')
  if (source === null || isUnknown(source)) return []
  return (declaredImage(source) ?? []).map(arn => ({ key: keyByArn(arn), region: builder.region }))
}

const east = 'arn:aws:kms:us-east-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const west = 'arn:aws:kms:us-west-2:444455556666:key/2a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const foreign = 'arn:aws:kms:us-east-1:222233334444:key/3a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const every = [...EBS_MIN]

export const examples = (): Examples => ({
  pass: {
    "the role's policy allows the use of both keys": world(),
    'the template says which role it assumes': world({
      role: null,
      settings: { assume_role: [{ role_arn: 'arn:aws:iam::444455556666:role/packer' }] },
    }),
    'the key policy names the role': world({
      own: {},
      key: policy([{ ...allow(every, '*'), Principal: { AWS: 'arn:aws:iam::444455556666:role/packer' } }]),
    }),
  },
  fail: {
    'the role may not decrypt': world({ actions: every.filter(action => action !== 'kms:Decrypt') }),
    'the role may use the key of the build only': world({ keys: [east] }),
    'the role has no policy for keys': world({ own: {} }),
    'the role may not use the default key of a region': world({
      keys: [east],
      settings: { region_kms_key_ids: {}, kms_key_id: east },
      declared: { accounts: { '444455556666': { 'default-ebs-key': { 'us-west-2': west } } } },
    }),
    'the role may not use the key of the source image': world({
      settings: { source_ami: 'ami-0a1b2c3d4e5f60718' },
      declared: {
        images: { 'ami-0a1b2c3d4e5f60718': [foreign] },
        keys: {
          [foreign]: {
            policy: `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"kms:*","Resource":"*"}]}`,
          },
        },
      },
    }),
  },
  unknown: {
    'nobody says what Packer runs as': world({ role: null }),
    'no plan has the role': world({ role: 'arn:aws:iam::444455556666:role/elsewhere' }),
  },
})

/** A build in Virginia that is copied to Oregon. */
function world({
  role = 'aws_iam_role.packer' as string | null,
  actions = every as readonly string[],
  keys = [east, west],
  own = {
    'aws_iam_role_policy.keys': {
      role: ref('aws_iam_role.packer', 'name'),
      policy: policy([allow(actions, keys)]),
    },
  } as Resources,
  key = policy([{ ...allow(['kms:*'], '*'), Principal: { AWS: 'arn:aws:iam::444455556666:root' } }]),
  settings = {} as JsonObject,
  declared = {} as JsonObject,
} = {}): ExampleWorld {
  const resources = {
    'aws_iam_role.packer': { name: 'packer' },
    'aws_kms_key.east': { policy: key },
    'aws_kms_key.west': { policy: key },
    ...own,
  }
  const account = {
    id: '444455556666',
    region: 'us-east-1',
    resources,
    providers: { 'aws.west': { region: 'us-west-2', on: ['aws_kms_key.west'] } },
    identities: { 'aws_kms_key.east': east, 'aws_kms_key.west': west },
  }
  const template = {
    region: 'us-east-1',
    encrypt_boot: true,
    ami_regions: ['us-east-1', 'us-west-2'],
    region_kms_key_ids: { 'us-east-1': east, 'us-west-2': west },
    ...settings,
  }
  return {
    accounts: [account],
    templates: [{ account: '444455556666', settings: template, ...(role === null ? {} : { role }) }],
    declared,
  }
}

function policy(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements }
}

function allow(actions: readonly string[], resource: Json): JsonObject {
  return { Effect: 'Allow', Action: actions, Resource: resource }
}
