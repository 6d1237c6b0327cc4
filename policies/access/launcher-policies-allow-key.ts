import type { Json, JsonObject } from '../intrinsics'
import { identityPlaces } from '../lang/access'
import { EBS_MIN } from '../lang/aws'
import { nameOf } from '../lang/fix'
import { launcherUses } from '../lang/launcher'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'

/**
 * The policies of whoever launches or copies an image allow the use of its key, where that key belongs to another account.
 *
 * A key policy that names another account, or one of its roles, is half of a permission. The other half is a policy of the role itself that
 * allows the same on the key's ARN: not on an alias, which no policy for the use of keys ever matches. Where no plan has the key, both
 * halves are asked for here: what is not known of its policy is what the owner of the key has to be asked for. Where an image is shared with
 * an account of which there is no plan, what whoever launches there has to be allowed is said.
 */
export default rule({
  severity: 'error',
  aliases: ['access-consumer-iam-allows-key'],
  symptoms: [
    'is not authorized to perform: {action} on resource: {key} because no identity-based policy allows the {action} action',
    'is not authorized to perform: kms:CreateGrant on resource: {key} because no identity-based policy allows the kms:CreateGrant action',
    'Client.InternalError: Client error on launch',
  ],
  references: [
    'https://repost.aws/knowledge-center/ec2-instance-launch-copied-ami',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  ],

  *situations() {
    for (const { at, launcher, account, region, key } of launcherUses())
      yield { at: at ?? identityPlaces(launcher, key)[0]?.at ?? nameOf(launcher.arn), account, region, launcher, key }
  },

  requirements: ({ launcher, key, region }) => [
    {
      // The policy of a key that a plan has is asked about where the image is shared; of any other this is the one place.
      kind: key.node === null ? 'may' : 'allowed-by-identity',
      principal: launcher,
      actions: EBS_MIN,
      key,
      call: { kind: 'ebs', region },
      because: 'across accounts the launcher needs an allow of its own beside the one in the key policy',
    },
  ],
})

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const launcher = 'arn:aws:iam::111122223333:role/launcher'
const user = 'arn:aws:iam::111122223333:user/launcher'
const all = [...EBS_MIN]

export const examples = (): Examples => ({
  pass: {
    "the role's policy allows the use of the key's ARN": world(),
    'an attached policy does': world({ attached: true }),
    "a policy of the user's group does": world({ launchers: [user] }),
    'a policy of a group that has the user does, whatever it will be called': world({
      launchers: [user],
      membership: { users: ['launcher'], group: ref('aws_iam_group.launchers', 'name') },
      group: ref('aws_iam_group.launchers', 'name'),
    }),
    'a plan has the key': world({ planned: true }),
  },
  fail: {
    'the role may not create grants': world({
      statements: [allow(all.filter(action => action !== 'kms:CreateGrant'))],
    }),
    'the policy names an alias': world({
      statements: [allow(all, arn.replace('key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f', 'alias/image'))],
    }),
    'the role is denied': world({
      statements: [allow(all), { ...allow(['kms:Decrypt']), Sid: 'Stop', Effect: 'Deny' }],
    }),
    'the role may not decrypt with a key that a plan has': world({
      statements: [allow(all.filter(action => action !== 'kms:Decrypt'))],
      planned: true,
    }),
    'the policy that is declared for the key does not admit the account': world({ admitted: '999988887777' }),
    'the action is misspelt': world({
      statements: [allow([...all.filter(action => !action.startsWith('kms:ReEncrypt')), 'kms:ReEncrypt'])],
    }),
  },
  unknown: {
    'no plan has the launcher': world({ launchers: [`${launcher}-elsewhere`] }),
    'the policy is not known until apply': world({ policy: later }),
    'the groups of the user are not known until apply': world({
      launchers: [user],
      membership: { users: ['launcher'], group: later },
    }),
    'nothing is known of the policy of the key': world({ admitted: null }),
    'nothing is known of an account that an image is shared with': {
      accounts: [
        {
          id: '444455556666',
          resources: {
            'aws_kms_key.image': {},
            'aws_ami_copy.image': {
              source_ami_id: 'ami-0a1b2c3d4e5f60718',
              encrypted: true,
              kms_key_id: ref('aws_kms_key.image', 'arn'),
            },
            'aws_ami_launch_permission.consumer': {
              image_id: ref('aws_ami_copy.image', 'id'),
              account_id: '111122223333',
            },
          },
        },
      ],
    },
  },
})

/** A role of 111122223333 that launches an image encrypted under a key of 444455556666. */
function world({
  statements = [allow(all)],
  policy = { Version: '2012-10-17', Statement: statements } as Json,
  attached = false,
  launchers = [launcher],
  admitted = '111122223333' as string | null,
  planned = false,
  group = 'launchers' as Json,
  membership = null as JsonObject | null,
} = {}): ExampleWorld {
  const inline = { 'aws_iam_role_policy.key': { role: ref('aws_iam_role.launcher', 'name'), policy } }
  const managed = {
    'aws_iam_policy.key': { name: 'key', policy },
    'aws_iam_role_policy_attachment.key': { role: 'launcher', policy_arn: ref('aws_iam_policy.key', 'arn') },
  }
  const resources = {
    'aws_iam_role.launcher': { name: 'launcher' },
    'aws_iam_user.launcher': { name: 'launcher' },
    ...(membership === null
      ? { 'aws_iam_user_group_membership.launcher': { user: 'launcher', groups: ['launchers'] } }
      : { 'aws_iam_group.launchers': { name: later }, 'aws_iam_group_membership.launchers': membership }),
    'aws_iam_group_policy.key': { group, policy },
    'aws_instance.app': { ami: 'ami-0f1e2d3c4b5a69788' },
    ...(attached ? managed : inline),
  }
  const declared = { images: { 'ami-0f1e2d3c4b5a69788': [arn] }, accounts: { '111122223333': { launchers } } }
  const consumer = { id: '111122223333', resources }
  if (planned)
    return {
      accounts: [
        { id: '444455556666', resources: { 'aws_kms_key.image': {} }, identities: { 'aws_kms_key.image': arn } },
        consumer,
      ],
      declared,
    }
  if (admitted === null) return { accounts: [consumer], declared }
  const statement = { ...allow(['kms:*'], '*'), Principal: { AWS: `arn:aws:iam::${admitted}:root` } }
  const keys = { [arn]: { policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } }
  return { accounts: [consumer], declared: { ...declared, keys } }
}

function allow(actions: readonly string[], resource = arn): JsonObject {
  return { Effect: 'Allow', Action: actions, Resource: resource }
}
