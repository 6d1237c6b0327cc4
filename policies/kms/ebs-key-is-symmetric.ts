import type { JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { keyOf } from '../lang/key'
import { asked, type EbsUse, familyUses, otherKeyFix, usesAsEvidence, usesOf } from '../lang/key-uses'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, type Node, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { all, type Truth, truth } from '../lang/truth'

/**
 * A key that EBS uses is a symmetric encryption key.
 *
 * EC2 takes any identifier of a key and looks at the key later: the call succeeds, and the volume, snapshot or image fails. A key for
 * HMAC is symmetric too, and as useless. Neither can be changed: another `customer_master_key_spec` or `key_usage` is another key.
 */
export default rule({
  severity: 'error',
  aliases: ['kms-key-spec-for-ebs'],
  symptoms: [
    'Client.InternalError: Client error on launch',
    "unexpected state 'failed', wanted target 'available'",
    'failed with ResourceNotReady error',
    'InvalidKeyUsageException',
  ],
  references: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/services-ebs.html',
  ],

  *situations() {
    for (const node of [...resources('aws_kms_key'), ...resources('data.aws_kms_key')]) {
      const uses = usesFor(node)
      const differing = differences(node)
      if (uses.length > 0)
        yield {
          at: place(node, differing[0]?.path ?? 'customer_master_key_spec'),
          account: node.account,
          region: node.region,
          node,
          differing,
          uses,
        }
    }
  },

  requirements: ({ node, differing, uses }) => {
    const known = differing.filter(one => one.actual !== null)
    return [
      {
        kind: 'holds',
        severity: 'error',
        what: `\`${node.address}\` is a symmetric encryption key`,
        otherwise: `\`${node.address}\`, which EBS uses, is ${known.map(one => `\`${one.actual ?? ''}\``).join(' for ')}`,
        holds: asked(all([truth(known.length === 0), ...differing.map(isKnown)]), uses),
        fix: fixOf(node, known, uses),
        evidence: usesAsEvidence(uses),
        known: differing.map(one => place(node, one.path)),
        because: 'EBS encrypts with symmetric keys only, and finds out when the volume or snapshot is made',
      },
    ]
  },
})

/** A key that a plan makes or reads. */
type KeyNode = Node<Schema['aws_kms_key'] | Schema['data.aws_kms_key']>

function usesFor(node: KeyNode): readonly EbsUse[] {
  if (node.type === 'aws_kms_key') return familyUses(keyOf(node))
  const arn = attribute(node, 'arn')
  if (arn === null || isUnknown(arn)) return []
  return usesOf(arn)
}

/** What of a key is not as it is where nothing is said: each attribute with what it is, and what it has to be. */
function differences(node: KeyNode): readonly Difference[] {
  return [
    ...difference('customer_master_key_spec', attribute(node, 'customer_master_key_spec'), 'SYMMETRIC_DEFAULT'),
    ...difference('key_usage', attribute(node, 'key_usage'), 'ENCRYPT_DECRYPT'),
  ]
}

interface Difference {
  readonly path: string
  /** Null where it is not known. */
  readonly actual: string | null
  readonly wanted: string
}

function isKnown(one: Difference): Truth {
  return one.actual === null ? 'unknown' : 'yes'
}

function difference(path: string, value: Maybe<string>, wanted: string): readonly Difference[] {
  if (isUnknown(value)) return [{ path, actual: null, wanted }]
  return value === null || value === wanted ? [] : [{ path, actual: value, wanted }]
}

/** A key that the plan only reads stays what it is. */
function fixOf(node: KeyNode, known: readonly Difference[], uses: readonly EbsUse[]): readonly Fix[] {
  if (node.type !== 'aws_kms_key') return otherKeyFix(uses)
  return known.map(({ path, wanted }) => ({
    kind: 'attribute',
    account: node.account,
    target: node.address,
    path,
    value: wanted,
  }))
}

export const examples = (): Examples => ({
  pass: {
    'nothing is said': world({}),
    'both are named': world({ customer_master_key_spec: 'SYMMETRIC_DEFAULT', key_usage: 'ENCRYPT_DECRYPT' }),
    'EBS has nothing to do with the key': world({ customer_master_key_spec: 'RSA_2048' }, 'alias/other'),
  },
  fail: {
    'it is an RSA key': world({ customer_master_key_spec: 'RSA_4096' }),
    'it is a key for HMAC': world({ customer_master_key_spec: 'HMAC_256', key_usage: 'GENERATE_VERIFY_MAC' }),
    'a plan reads that it is for signing': {
      accounts: [
        {
          id: '444455556666',
          resources: {
            'data.aws_kms_key.signing': {
              key_id: 'alias/signing',
              arn,
              customer_master_key_spec: 'ECC_NIST_P256',
              key_usage: 'SIGN_VERIFY',
            },
            'aws_ebs_volume.data': { encrypted: true, kms_key_id: arn },
          },
        },
      ],
    },
  },
  unknown: {
    'it is known at apply': world({ customer_master_key_spec: later }),
  },
})

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'

/** A copy of an image under a key. */
function world(key: JsonObject, name = ref('aws_kms_key.image', 'arn')): ExampleWorld {
  const copy = { source_ami_id: 'ami-0a1b2c3d4e5f60718', encrypted: true, kms_key_id: name }
  return { accounts: [{ id: '444455556666', resources: { 'aws_kms_key.image': key, 'aws_ami_copy.image': copy } }] }
}
