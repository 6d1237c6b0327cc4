import type { Json, JsonObject } from '../intrinsics'
import { EBS_MIN } from '../lang/aws'
import { ownUses } from '../lang/launcher'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'

/**
 * Whoever launches or copies an image can use the keys of their own account that its volumes go under.
 *
 * EC2 uses the key of a volume with the permissions of whoever calls RunInstances: a person, a pipeline, the role as which Terraform runs,
 * Karpenter's controller. The default key policy leaves this to the policies of the caller, who is often allowed the key of the image and
 * not the one under which the volumes are encrypted anew. Where EBS encrypts by default under a key of one's own, nobody names that key,
 * and every launch needs it. What the role of the instance may do does not matter. Keys of other accounts are the matter of
 * `access/launcher-policies-allow-key`.
 */
export default rule({
  severity: 'error',
  aliases: ['ec2-launcher-can-use-keys'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Server.InternalError: Client.InternalError: Client error on launch',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
  ],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
    'https://repost.aws/knowledge-center/kms-launch-ec2-instance',
    'https://karpenter.sh/docs/troubleshooting/',
  ],

  *situations() {
    for (const { launcher, account, region, key, places } of ownUses())
      yield { at: places[0] ?? key.label, account, region, launcher, key, places }
  },

  requirements: ({ launcher, key, region, places }) => [
    {
      kind: 'may',
      places,
      principal: launcher,
      actions: EBS_MIN,
      key,
      call: { kind: 'ebs', region },
      because: 'EC2 makes, decrypts and attaches the volumes with the permissions of whoever launches',
    },
  ],
})

const launcher = 'arn:aws:iam::111122223333:role/launcher'
const foreign = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const all = [...EBS_MIN]
const byDefault = { 'aws_ebs_encryption_by_default.this': { enabled: true } }
const defaultKey = { 'aws_ebs_default_kms_key.this': { key_arn: ref('aws_kms_key.app', 'arn') } }

export const examples = (): Examples => ({
  pass: {
    "the launcher's policy allows the use of the key": world(),
    'the key policy admits the launcher': world({ actions: [], keyPolicy: document([root, admitting]) }),
    'whoever makes fleets may use the default key': world({ resources: { ...byDefault, ...defaultKey }, fleets: true }),
  },
  fail: {
    'no policy of the launcher names the key': world({ actions: [] }),
    'the launcher may not create grants': world({ actions: all.filter(action => action !== 'kms:CreateGrant') }),
    'the key policy leaves nothing to the account, and admits another role': world({
      actions: [],
      keyPolicy: document([{ ...root, Action: ['kms:Describe*', 'kms:Put*'] }]),
    }),
    'the key is the default key, under which an image of another account goes': world({
      actions: [],
      resources: { ...defaultKey, 'aws_instance.app': { ami: 'ami-0f1e2d3c4b5a69788' } },
    }),
    'whoever makes fleets may not use the default key': world({
      actions: [],
      resources: { ...byDefault, ...defaultKey, 'aws_instance.app': { ami: 'ami-0a1b2c3d4e5f60718' } },
      fleets: true,
    }),
    'a copy is made under the key': world({
      actions: [],
      resources: {
        'aws_instance.app': { ami: 'ami-0a1b2c3d4e5f60718' },
        'aws_ami_copy.app': {
          source_ami_id: 'ami-0a1b2c3d4e5f60718',
          encrypted: true,
          kms_key_id: ref('aws_kms_key.app', 'arn'),
        },
      },
    }),
  },
  unknown: {
    'no plan has the launcher': world({ launchers: [`${launcher}-elsewhere`] }),
    'the policy is not known until apply': world({ policy: later }),
  },
})

const root: JsonObject = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
}
const admitting: JsonObject = { ...root, Principal: { AWS: launcher }, Action: all }

/** A role of 111122223333 that launches an instance whose volume is under a key of the account. */
function world({
  actions = all as readonly string[],
  policy = document([{ Effect: 'Allow', Action: ['ec2:RunInstances', ...actions], Resource: '*' }]) as Json,
  keyPolicy = document([root]) as Json,
  launchers = [launcher],
  resources = {} as Resources,
  fleets = false,
} = {}): ExampleWorld {
  const planned = {
    'aws_kms_key.app': { policy: keyPolicy },
    'aws_iam_role.launcher': { name: 'launcher' },
    'aws_iam_role_policy.launcher': { role: ref('aws_iam_role.launcher', 'name'), policy },
    'aws_iam_role.karpenter': { name: 'karpenter' },
    ...(fleets && {
      'aws_iam_role_policy.karpenter': {
        role: ref('aws_iam_role.karpenter', 'name'),
        policy: document([{ Effect: 'Allow', Action: ['ec2:CreateFleet', ...actions], Resource: '*' }]),
      },
    }),
    'aws_instance.app': {
      ami: 'ami-0a1b2c3d4e5f60718',
      root_block_device: [{ encrypted: true, kms_key_id: ref('aws_kms_key.app', 'arn') }],
    },
    ...resources,
  }
  return {
    accounts: [{ id: '111122223333', resources: planned }],
    declared: { accounts: { '111122223333': { launchers } }, images: { 'ami-0f1e2d3c4b5a69788': [foreign] } },
  }
}

function document(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements }
}
