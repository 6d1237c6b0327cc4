import { at, distinct, type Json, type JsonObject, keys } from '../intrinsics'
import { accountOf, regionOf } from '../lang/aws'
import { type Removal, removals } from '../lang/changes'
import type { Fix } from '../lang/finding'
import { objectOf, sameScalar, textOf } from '../lang/json'
import { isKeyEnabled, keyByArn, keyOf } from '../lang/key'
import { isKeyType, type KeyShape, keyNodes, keysByArn, removedKeys } from '../lang/key-identity'
import { asked, type EbsUse, openUses, otherKeyFix, usesAsEvidence, usesOf } from '../lang/key-uses'
import { isUnknown } from '../lang/maybe'
import { addressIn, attribute, type Node, place, resourceOf, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { declared } from '../lang/world'

/**
 * A key that EBS uses is enabled, has its material, and is not deleted.
 *
 * An instance that runs keeps its volumes' keys in memory, so that nothing happens at first; what fails is the next start, attachment,
 * copy or launch, in every account that the image is shared with. A key that a plan replaces is deleted too: what is encrypted stays
 * under the old one. Taking it out of every launch template does not help the images and snapshots that are there already.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-key-enabled'],
  symptoms: [
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
    'DisabledException: {key} is disabled',
    'KMSInvalidStateException: {key} is pending deletion',
    '{key} is disabled.',
    '{key} is pending import.',
    '{key} is creating.',
    'The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-cloud-watch-events.html',
  ],

  *situations() {
    for (const node of keyNodes()) {
      const key = keyOf(node)
      const uses = usesOf(key.id)
      if (uses.length > 0)
        yield {
          at: place(node, enabling(node)),
          account: node.account,
          region: node.region,
          label: node.address,
          state: isKeyEnabled(key),
          lack: 'is not enabled',
          fix: enablingFix(node, uses),
          uses,
        }
    }
    for (const removal of removals()) {
      const arn = textOf(at(removal.before, ['arn']))
      if (arn === null || !isKeyType(removal.type) || keysByArn(arn).length > 0) continue
      const uses = usesOf(arn)
      const address = addressIn(removal, accountOf(arn))
      if (uses.length > 0)
        yield {
          at: address,
          account: accountOf(arn),
          region: regionOf(arn),
          label: address,
          state: isKeyEnabled(keyByArn(arn)),
          lack: removal.isReplaced ? 'is replaced by another key' : 'is deleted',
          fix: keepingFix(removal, address, arn),
          uses,
        }
    }
    for (const arn of outside()) {
      const uses = usesOf(arn)
      if (uses.length > 0)
        yield {
          at: arn,
          account: accountOf(arn),
          region: regionOf(arn),
          label: arn,
          state: isKeyEnabled(keyByArn(arn)),
          lack: 'is not enabled',
          fix: otherKeyFix(uses),
          uses,
        }
    }
    for (const use of openUses())
      yield {
        at: use.at,
        account: use.account,
        region: use.region,
        label: use.key.label,
        state: isKeyEnabled(use.key),
        lack: 'is not enabled',
        fix: [],
        uses: [use],
      }
  },

  requirements: ({ at, label, state, lack, fix, uses }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `\`${label}\` is enabled`,
      otherwise: `\`${label}\` ${lack}, and EBS uses it`,
      holds: asked(state, uses),
      fix,
      evidence: usesAsEvidence(uses),
      known: [`the state of ${at}`],
      because: 'with a key in any other state no volume can be attached, no image launched or copied',
    },
  ],
})

/** The keys that no plan makes, and of which one has read, or keyreach.yaml says, in which state they are. */
function outside(): readonly string[] {
  const read = resources('data.aws_kms_key').flatMap(node => {
    const arn = attribute(node, 'arn')
    return arn === null || isUnknown(arn) ? [] : [arn]
  })
  const stated = keys(objectOf(declared('keys'))).filter(arn => at(declared('keys'), [arn, 'enabled']) !== null)
  return distinct([...read, ...stated]).filter(arn => keyByArn(arn).node === null && removedKeys(arn).length === 0)
}

/** What is expired is made not to expire; without material there is nothing to be enabled, but another key. */
function enablingFix(node: Node<KeyShape>, uses: readonly EbsUse[]): readonly Fix[] {
  const { account, address, after } = node
  if (at(after, ['valid_to']) !== null)
    return [{ kind: 'attribute', account, target: address, path: 'valid_to', value: null }]
  if (at(after, ['key_state']) === 'PendingImport') return otherKeyFix(uses)
  return [{ kind: 'attribute', account, target: address, path: enabling(node), value: true }]
}

function enabling(node: Node<KeyShape>): string {
  return node.type === 'aws_kms_key' ? 'is_enabled' : 'enabled'
}

/** What cannot be changed in a key: where it is, Terraform replaces it. */
const FIXED = [
  'customer_master_key_spec',
  'custom_key_store_id',
  'key_usage',
  'multi_region',
  'primary_key_arn',
  'xks_key_id',
]

/** A key that is deleted is kept as it was; one that is replaced keeps what cannot be changed. */
function keepingFix({ id, type, before, isReplaced }: Removal, address: string, arn: string): readonly Fix[] {
  const account = accountOf(arn)
  const after = resourceOf(id)[0]?.after ?? {}
  if (isReplaced)
    return FIXED.filter(path => isChanged(at(before, [path]), at(after, [path]))).map(path => ({
      kind: 'attribute',
      account,
      target: address,
      path,
      value: at(before, [path]),
    }))
  const values = {
    deletion_window_in_days: at(before, ['deletion_window_in_days']),
    enable_key_rotation: at(before, ['enable_key_rotation']),
    multi_region: at(before, ['multi_region']),
    primary_key_arn: at(before, ['primary_key_arn']),
  }
  return [{ kind: 'resource', account, region: regionOf(arn), target: address, type, values }]
}

function isChanged(before: Json, after: Json): boolean {
  return before !== null && after !== null && !sameScalar(before, after)
}

export const examples = (): Examples => ({
  pass: {
    'nothing is said': world({ 'aws_kms_key.image': {} }),
    'its material is imported': world({
      'aws_kms_external_key.image': { key_material_base64: 'c2VjcmV0', enabled: true },
    }),
    'nothing uses it': world({ 'aws_kms_key.other': { is_enabled: false }, 'aws_kms_key.image': {} }),
    'a plan has read that it is enabled': world({ 'data.aws_kms_key.image': { key_id: arn, arn, enabled: true } }, arn),
  },
  fail: {
    'it is disabled': world({ 'aws_kms_key.image': { is_enabled: false } }),
    'its material waits to be imported': world({
      'aws_kms_external_key.image': { arn, enabled: false, key_state: 'PendingImport' },
    }),
    'a plan has read that it is disabled': world(
      { 'data.aws_kms_key.image': { key_id: arn, arn, enabled: false } },
      arn,
    ),
    'it is declared to be disabled': world({}, arn, { keys: { [arn]: { enabled: false } } }),
    'the plan deletes it': {
      accounts: [
        {
          id: '444455556666',
          resources: copied(arn),
          deletes: { 'aws_kms_key.image': { arn, enable_key_rotation: true } },
        },
      ],
    },
    'the plan replaces it by a multi-Region key': {
      accounts: [
        {
          id: '444455556666',
          resources: { 'aws_kms_key.image': { multi_region: true }, ...copied(arn) },
          deletes: { 'aws_kms_key.image': { arn, multi_region: false } },
        },
      ],
    },
    'the shared image is declared to be under a key that the plan deletes': {
      accounts: [
        {
          id: '444455556666',
          resources: {
            'aws_ami_launch_permission.consumer': { image_id: 'ami-0f1e2d3c4b5a69788', account_id: '111122223333' },
          },
          deletes: { 'aws_kms_key.image': { arn, enable_key_rotation: true } },
        },
      ],
      declared: { images: { 'ami-0f1e2d3c4b5a69788': [arn] } },
    },
  },
  unknown: {
    'it is known at apply': world({ 'aws_kms_key.image': { is_enabled: later } }),
    'which key it is is known at apply': world({}, later),
    'who imports the material is not seen': world({ 'aws_kms_external_key.image': {} }),
  },
})

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'

/** A copy of an image under the last of some keys, or under the one that is named. */
function world(keys: Resources, name: Json | null = null, declared: JsonObject = {}): ExampleWorld {
  const last = Object.keys(keys).at(-1) ?? ''
  return { accounts: [{ id: '444455556666', resources: { ...keys, ...copied(name ?? ref(last, 'arn')) } }], declared }
}

function copied(key: Json): Resources {
  return { 'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', encrypted: true, kms_key_id: key } }
}
