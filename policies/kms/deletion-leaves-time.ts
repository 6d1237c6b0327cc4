import type { Json } from '../intrinsics'
import { keyOf } from '../lang/key'
import { keyNodes } from '../lang/key-identity'
import { familyUses, usesAsEvidence } from '../lang/key-uses'
import { isUnknown, type Maybe } from '../lang/maybe'
import { type Parameter, parameter } from '../lang/parameter'
import { attribute, place } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { type Truth, truth } from '../lang/truth'

const DAYS: Parameter<number> = {
  name: 'days',
  default: 30,
  description: 'for how many days at least the deletion of a key of images or volumes can be cancelled (7 to 30)',
}

/**
 * The deletion of a key of images can be cancelled for a month.
 *
 * An image whose key is gone cannot be launched, copied or read again, by anyone, in any account. Instances go on running on a key that
 * is pending deletion, so that nobody notices before the next start; AWS waits thirty days unless told otherwise. `lifecycle` with
 * `prevent_destroy` keeps Terraform from deleting the key at all. A multi-Region primary waits for its last replica first.
 */
export default rule({
  severity: 'warning',
  aliases: ['kms-deletion-window'],
  symptoms: ['is pending deletion'],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html',
  ],
  parameters: [DAYS],

  *situations(rule) {
    const wanted = parameter(rule, DAYS)
    for (const node of keyNodes()) {
      const uses = familyUses(keyOf(node))
      if (uses.length > 0)
        yield {
          at: place(node, 'deletion_window_in_days'),
          account: node.account,
          region: node.region,
          address: node.address,
          days: attribute(node, 'deletion_window_in_days'),
          wanted,
          uses,
        }
    }
  },

  requirements: ({ at, account, address, days, wanted, uses }) => [
    {
      kind: 'holds',
      severity: 'warning',
      what: `the deletion of \`${address}\` can be cancelled for ${wanted} days`,
      otherwise: `the deletion of \`${address}\` can be cancelled for ${shown(days)} days only`,
      holds: isLongEnough(days, wanted),
      fix: [{ kind: 'attribute', account, target: address, path: 'deletion_window_in_days', value: wanted }],
      evidence: usesAsEvidence(uses),
      known: [at],
      because: 'nothing brings back an image whose key is gone, and it is missed when the image is launched again',
    },
  ],
})

/** AWS waits for thirty days, which is also the most, where nothing is said. */
function isLongEnough(days: Maybe<number>, wanted: number): Truth {
  if (isUnknown(days)) return 'unknown'
  return truth((days ?? 30) >= wanted)
}

function shown(days: Maybe<number>): number {
  if (isUnknown(days)) return 30
  return days ?? 30
}

export const examples = (): Examples => ({
  pass: {
    'nothing is said': world(null),
    'it is thirty days': world(30),
    'two weeks are enough': world(14, { parameters: { 'kms/deletion-leaves-time': { days: 14 } } }),
  },
  fail: { 'it is a week': world(7) },
  unknown: { 'it is known at apply': world(later) },
})

/** A copy of an image under a key. */
function world(days: Json, declared = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': { deletion_window_in_days: days },
    'aws_ami_copy.image': {
      source_ami_id: 'ami-0a1b2c3d4e5f60718',
      encrypted: true,
      kms_key_id: ref('aws_kms_key.image', 'arn'),
    },
  }
  return { accounts: [{ id: '444455556666', resources }], declared }
}
