import { nameOf } from '../lang/fix'
import type { Key } from '../lang/key'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute } from '../lang/plan'
import { rule } from '../lang/rule'
import { serviceGrants } from '../lang/service-grants'

/**
 * A grant for a service-linked role is made by the role's own account, in the key's region, by the key's ARN.
 *
 * Across accounts a request needs an allow on both sides. A grant that a principal of the role's account makes counts for both; one that
 * the key's owner makes counts for the owner's side alone, and instances die at launch although the grant is there. An id or alias of the
 * key is looked up in the account and region of the caller, and so names no key, or another one.
 */
export default rule({
  severity: 'error',
  aliases: ['asg-grant-issued-by-consumer'],
  symptoms: ['Client.InternalError: Client error on launch', 'NotFoundException: Key {key} does not exist'],
  references: [
    'https://repost.aws/knowledge-center/kms-launch-ec2-instance',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html',
  ],

  *situations() {
    for (const { grant, account, key, misnamed } of serviceGrants())
      yield { at: grant.address, account: grant.account, region: grant.region, grant, grantee: account, key, misnamed }
  },

  requirements: ({ grant, grantee, key, misnamed, region }) => [
    {
      kind: 'issued-in',
      grant,
      account: grantee,
      because: "only a grant from the grantee's account stands in for the policy that its service-linked role lacks",
    },
    {
      kind: 'is',
      what: `the region of \`${grant.address}\``,
      actual: (key?.region ?? null) === null ? null : region,
      wanted: key?.region ?? 'the region of the key',
      value: key?.region ?? null,
      at: grant.address,
      target: grant.address,
      path: 'region',
      because: 'a grant is made in the region of its key',
    },
    {
      kind: 'is',
      what: `the key of \`${grant.address}\``,
      actual: keyName(attribute(grant, 'key_id'), misnamed, key),
      wanted: 'a key ARN',
      value: key === null ? null : nameOf(key.arn),
      at: `${grant.address}.key_id`,
      target: grant.address,
      path: 'key_id',
      because: 'an id or alias is looked up in the account that makes the grant, which is not the account of the key',
    },
  ],
})

function keyName(identifier: Maybe<string>, misnamed: boolean, key: Key | null): string | null {
  if (misnamed && identifier !== null && !isUnknown(identifier)) return identifier
  if (key === null) return null
  return 'a key ARN'
}
