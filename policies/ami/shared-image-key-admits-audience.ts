import type { Json, JsonObject } from '../intrinsics'
import { sharings } from '../lang/audience'
import { EBS_USE } from '../lang/aws'
import { isOpenKey, keysAmong } from '../lang/key'
import { type Examples, type ExampleWorld, either, later, type Resources, ref, rule } from '../lang/rule'

/**
 * The key of a shared image admits everyone the image is shared with, for use and for the grant that EC2 makes.
 *
 * A launch permission shares the image, not its key. The key's policy has to allow the audience the use of the key, and `kms:CreateGrant`
 * besides, without which no volume is ever attached. For an organization, AWS's own sample statement lacks that action.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-share-key-with-audience'],
  symptoms: [
    'is not authorized to perform: {action} on resource: {key} because no resource-based policy allows the {action} action',
    'is not authorized to perform: kms:Decrypt on resource: {key} because no resource-based policy allows the kms:Decrypt action',
    'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK',
    'The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it',
    'Client.InternalError: Client error on launch',
  ],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/allow-org-ou-to-use-key.html',
  ],

  *situations() {
    for (const sharing of sharings())
      for (const alternatives of sharing.encryption)
        for (const key of keysAmong(alternatives, sharing.region))
          if (!isOpenKey(key))
            yield {
              at: sharing.at,
              account: sharing.account,
              region: sharing.region,
              audience: sharing.audience,
              key,
            }
  },

  requirements: ({ audience, key, region }) => [
    {
      kind: 'admits',
      audience,
      actions: EBS_USE,
      key,
      region,
      because: 'whoever launches the image, or makes a volume of a snapshot, has EC2 decrypt it with the key',
    },
    {
      kind: 'admits',
      audience,
      actions: ['kms:CreateGrant'],
      key,
      region,
      because: 'EC2 attaches an encrypted volume through a grant, which it makes for the launcher',
    },
  ],
})

const use = ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
const consumer = 'arn:aws:iam::111122223333:root'
const organization = 'arn:aws:organizations::999988887777:organization/o-exampleorgid'
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }

export const examples = (): Examples => ({
  pass: {
    'the key policy admits the account': world(),
    'the key policy admits everyone of the organization': world({
      audience: { organization_arn: organization },
      statements: [allow('*', use, inOrganization), allow('*', ['kms:CreateGrant'], inOrganization)],
    }),
  },
  fail: {
    'the key policy does not admit the account to use the key': world({
      statements: [allow(consumer, ['kms:CreateGrant'])],
    }),
    'the key policy does not let the account create grants': world({ statements: [allow(consumer, use)] }),
    'the key policy names another organization': world({
      audience: { organization_arn: organization.replace('exampleorgid', 'otherorgid00') },
      statements: [allow('*', [...use, 'kms:CreateGrant'], inOrganization)],
    }),
    'a snapshot alone is shared, and the key policy does not admit the account': world({
      statements: [allow(consumer, ['kms:CreateGrant'])],
      shared: {
        'aws_ebs_snapshot_copy.data': {
          source_snapshot_id: 'snap-0a1b2c3d4e5f60718',
          encrypted: true,
          kms_key_id: ref('aws_kms_key.image', 'arn'),
        },
        'aws_snapshot_create_volume_permission.consumer': {
          snapshot_id: ref('aws_ebs_snapshot_copy.data', 'id'),
          account_id: '111122223333',
        },
      },
    }),
    'neither of two keys that the image may have admits the account to use it': world({
      statements: [allow(consumer, ['kms:CreateGrant'])],
      other: [allow(consumer, ['kms:CreateGrant'])],
    }),
    'the principal has a wildcard in its name': world({
      statements: [allow('arn:aws:iam::111122223333:role/app-*', [...use, 'kms:CreateGrant'])],
    }),
  },
  unknown: {
    'the policy is not known until apply': world({ policy: later }),
    'the account is not known until apply': world({ audience: { account_id: later } }),
    'one of two keys that the image may have admits the account': world({ other: [] }),
  },
})

const key = ref('aws_kms_key.image', 'arn')
const document = { Version: '2012-10-17' }
const root = allow('arn:aws:iam::444455556666:root', ['kms:*'])

/** An image under a key of 444455556666, or under that or another with the statements of `other`, that is shared. */
function world({
  audience = { account_id: '111122223333' } as JsonObject,
  shared = {
    'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami_copy.image', 'id'), ...audience },
  } as Resources,
  statements = [
    allow(consumer, use),
    allow(consumer, ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ],
  policy = { ...document, Statement: [root, ...statements] } as Json,
  other = null as readonly JsonObject[] | null,
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': { policy },
    'aws_ami_copy.image': {
      source_ami_id: 'ami-0a1b2c3d4e5f60718',
      encrypted: true,
      kms_key_id: other === null ? key : either([key, ref('aws_kms_key.other', 'arn')]),
    },
    ...(other === null ? {} : { 'aws_kms_key.other': { policy: { ...document, Statement: [root, ...other] } } }),
    ...shared,
  }
  return { accounts: [{ id: '444455556666', resources }] }
}

function allow(principal: string, actions: readonly string[], condition: JsonObject = {}): JsonObject {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*', Condition: condition }
}
