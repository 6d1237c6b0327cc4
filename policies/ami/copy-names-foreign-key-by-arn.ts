import type { JsonObject } from '../intrinsics'
import { accountOf } from '../lang/aws'
import { copies, copyKey } from '../lang/copy'
import type { Fix } from '../lang/finding'
import { encryptionsBy, type Key, type Place } from '../lang/key'
import { isMisnamed, misnamedKeys } from '../lang/key-names'
import { otherKeyFix } from '../lang/key-uses'
import { isUnknown, type Maybe } from '../lang/maybe'
import { type Node, place, resourceOf } from '../lang/plan'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'
import { agreed, not, type Truth, truth } from '../lang/truth'

/**
 * A copy names a key of another account by the full ARN of the key.
 *
 * A key id and an alias are looked up in the account and region of the copy, where another key may have that name, or none. The ARN of an
 * alias of another account is taken for some uses of a key and not for grants, without which EBS attaches nothing; and no policy for the use
 * of keys matches an alias. Within one account an alias is as good as the key.
 */
export default rule({
  severity: 'warning',
  aliases: ['ami-copy-key-identifier'],
  symptoms: [
    "unexpected state 'failed', wanted target 'available'",
    'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html',
  ],

  *situations() {
    for (const copy of copies()) {
      const identifier = copyKey(copy)
      if (identifier !== null)
        yield {
          at: place(copy, 'kms_key_id'),
          account: copy.account,
          region: copy.region,
          address: copy.address,
          name: isUnknown(identifier) ? '' : identifier,
          holds: isWhole(identifier, copy),
          fix: keyFix(identifier, copy),
        }
    }
  },

  requirements: ({ at, address, name, holds, fix }) => [
    {
      kind: 'holds',
      severity: 'warning',
      what: `\`${address}\` names its key in a way that means this key in its account`,
      otherwise: `\`${address}\` names a key of another account or region as \`${name}\`, not by its ARN`,
      holds,
      fix,
      evidence: [],
      known: [at],
      because: 'ids and aliases are looked up in the account of the copy, and grants take no alias of another account',
    },
  ],
})

/** Of a reference it is not known which attribute is meant: of a key probably its ARN, of an alias of another account any. */
function isWhole(identifier: Maybe<string>, copy: Node): Truth {
  if (identifier === null) return 'yes'
  if (isUnknown(identifier)) return agreed(identifier.candidates.flatMap(resourceOf).map(node => isOwn(node, copy)))
  if (!identifier.startsWith('arn:')) return not(isMisnamed(identifier, copy))
  if (!identifier.includes(':alias/')) return 'yes'
  if (copy.account === null) return 'unknown'
  return truth(accountOf(identifier) === copy.account)
}

function isOwn(node: Node, { account }: Node): Truth {
  if (node.type !== 'aws_kms_alias' || node.account === account) return 'yes'
  return 'unknown'
}

/** The ARN of the key, where it is known and of the region; else a key of the copy's own account. */
function keyFix(identifier: Maybe<string>, copy: Node): readonly Fix[] {
  const { account, region, address } = copy
  const keys = isUnknown(identifier)
    ? []
    : [
        ...misnamedKeys(identifier, copy),
        ...encryptionsBy(identifier, copy).flatMap(one => (one.kind === 'key' ? [one.key] : [])),
      ]
  const arn = keys.flatMap(key => arnIn(key, copy))[0] ?? null
  if (arn !== null) return [{ kind: 'attribute', account, target: address, path: 'kms_key_id', value: arn }]
  return otherKeyFix([{ account, region, target: address, path: 'kms_key_id' }])
}

function arnIn(key: Key, { region }: Place): readonly string[] {
  if (isUnknown(key.arn) || key.region !== region) return []
  return [key.arn]
}

export const examples = (): Examples => ({
  pass: {
    'it is the ARN of the key': world({ kms_key_id: arn }),
    'it is an alias of the account': world({ kms_key_id: 'alias/own' }),
    'it is the ARN of an alias of the account': world({
      kms_key_id: 'arn:aws:kms:eu-central-1:111122223333:alias/own',
    }),
    'it refers to a key': world({ kms_key_id: ref('aws_kms_key.own', 'arn') }),
  },
  fail: {
    'it is the ARN of an alias of another account': world({
      kms_key_id: 'arn:aws:kms:eu-central-1:444455556666:alias/image',
    }),
    'the alias is one of another account, whose key is not known': world({
      kms_key_id: 'arn:aws:kms:eu-central-1:999988887777:alias/image',
    }),
    'it is an alias of another account, by its name': world({ kms_key_id: 'alias/image' }),
    'it is the id of a key of another account': world({ kms_key_id: '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f' }),
  },
  unknown: { 'it is known at apply': world({ kms_key_id: later }) },
})

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

/** A copy in 111122223333, and a key of 444455556666. */
function world(copy: JsonObject): ExampleWorld {
  const owner: Resources = {
    'aws_kms_key.image': {},
    'aws_kms_alias.image': { name: 'alias/image', target_key_id: ref('aws_kms_key.image', 'key_id') },
  }
  const consumer: Resources = {
    'aws_kms_key.own': {},
    'aws_kms_alias.own': { name: 'alias/own', target_key_id: ref('aws_kms_key.own', 'key_id') },
    'aws_ami_copy.image': { source_ami_id: 'ami-0f1e2d3c4b5a69788', encrypted: true, ...copy },
  }
  return {
    accounts: [
      { id: '444455556666', resources: owner, identities: { 'aws_kms_key.image': arn } },
      { id: '111122223333', resources: consumer },
    ],
  }
}
