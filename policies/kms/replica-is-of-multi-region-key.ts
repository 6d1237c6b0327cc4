import type { Json, JsonObject } from '../intrinsics'
import type { Fix } from '../lang/finding'
import { isMultiRegion, type Key } from '../lang/key'
import { place } from '../lang/plan'
import { primariesOf, replicaNodes } from '../lang/replica'
import type { Requirement } from '../lang/requirement'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
import { type Truth, truth } from '../lang/truth'

/**
 * A replica is of a multi-Region key of its account, in another region.
 *
 * KMS replicates no key of a single region, and none of another account; the primary's own region has the primary. Whether a key is
 * multi-Region is decided when it is made: a change of `multi_region` makes another key, under which nothing of the old one can be read.
 */
export default rule({
  severity: 'error',
  aliases: [],
  symptoms: [],
  references: ['https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html'],

  *situations() {
    for (const replica of replicaNodes())
      for (const primary of primariesOf(replica))
        yield {
          at: place(replica, 'primary_key_arn'),
          account: replica.account,
          region: replica.region,
          address: replica.address,
          primary,
        }
  },

  requirements: ({ at, account, region, address, primary }) => [
    asked(
      isMultiRegion(primary),
      `\`${primary.label}\` is a multi-Region key`,
      `\`${primary.label}\` is a key of one region, and \`${address}\` is to be its replica`,
      multiRegionFix(primary, address, account),
      primary.node === null ? at : `${primary.label}.multi_region`,
    ),
    asked(
      isSame(primary.account, account),
      `\`${address}\` is in the account of \`${primary.label}\``,
      `\`${address}\` is made in ${account ?? 'another account'}, and \`${primary.label}\` is a key of ${primary.account ?? 'another'}`,
      [{ kind: 'remove', account, target: address }],
      `the accounts of ${address} and ${primary.label}`,
    ),
    asked(
      isOther(primary.region, region),
      `\`${address}\` is in another region than \`${primary.label}\``,
      `\`${address}\` is made in ${region ?? 'the region'}, where \`${primary.label}\` is itself`,
      [{ kind: 'remove', account, target: address }],
      `the regions of ${address} and ${primary.label}`,
    ),
  ],
})

function asked(holds: Truth, what: string, otherwise: string, fix: readonly Fix[], known: string): Requirement {
  return {
    kind: 'holds',
    severity: 'error',
    what,
    otherwise,
    holds,
    fix,
    evidence: [],
    known: [known],
    because: 'KMS makes replicas of multi-Region keys, in other regions of their account',
  }
}

/** A key that a plan makes can be made multi-Region; of another there is no replica. */
function multiRegionFix({ node, account, label }: Key, replica: string, home: string | null): readonly Fix[] {
  if (node === null) return [{ kind: 'remove', account: home, target: replica }]
  return [{ kind: 'attribute', account, target: label, path: 'multi_region', value: true }]
}

/** Where neither is known, both are of the one account that the plan is for. */
function isSame(a: string | null, b: string | null): Truth {
  if (a === b) return 'yes'
  if (a === null || b === null) return 'unknown'
  return 'no'
}

function isOther(a: string | null, b: string | null): Truth {
  if (a === null || b === null) return 'unknown'
  return truth(a !== b)
}

export const examples = (): Examples => ({
  pass: {
    'the primary is multi-Region': world(),
    'the primary is there already': world({ of: 'arn:aws:kms:eu-central-1:444455556666:key/mrk-1234abcd' }),
  },
  fail: {
    'the primary is of one region': world({ key: {} }),
    'the primary that is there already is of one region': world({
      of: 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd',
    }),
    'the primary is of another account': world({ of: 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd' }),
    'the replica is in the region of its primary': world({ region: 'eu-central-1' }),
  },
  unknown: { 'whether the primary is multi-Region is known at apply': world({ key: { multi_region: later } }) },
})

/** A key of Frankfurt and its replica. */
function world({
  key = { multi_region: true } as JsonObject,
  of = ref('aws_kms_key.image', 'arn') as Json,
  region = 'eu-west-1',
} = {}): ExampleWorld {
  const resources = { 'aws_kms_key.image': key, 'aws_kms_replica_key.image': { primary_key_arn: of } }
  const providers = { 'aws.replica': { region, on: ['aws_kms_replica_key.image'] } }
  return { accounts: [{ id: '444455556666', resources, providers }] }
}
