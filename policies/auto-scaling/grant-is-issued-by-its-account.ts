import type { JsonObject } from '../intrinsics'
import { GRANT8 } from '../lang/aws'
import { nameOf } from '../lang/fix'
import type { Key } from '../lang/key'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'
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
      value: key === null ? '${data.aws_kms_alias.image.target_key_arn}' : nameOf(key.arn),
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

const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

export const examples = (): Examples => ({
  pass: {
    "the role's account makes the grant by the key's ARN": world(),
    "the grant is made in the key's region": world({ region: 'eu-west-1', grant: { region: 'eu-central-1' } }),
  },
  fail: {
    'the owner of the key makes the grant': world({ issuer: '444455556666' }),
    'the grant is made in another region': world({ region: 'eu-west-1' }),
    'the key is named by its id': world({ grant: { key_id: '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f' } }),
    'the key is named by an alias': world({ grant: { key_id: 'alias/image' } }),
  },
  unknown: {
    'the key is not known until apply': world({ grant: { key_id: later } }),
    'the account that makes the grant is not known': world({ issuer: null }),
  },
})

/** A grant on a key of 444455556666 to the service-linked role of 111122223333. */
function world({
  issuer = '111122223333' as string | null,
  region = 'eu-central-1',
  grant = {} as JsonObject,
} = {}): ExampleWorld {
  const owner = { id: '444455556666', resources: { 'aws_kms_key.image': {} }, identities: { 'aws_kms_key.image': arn } }
  const resources = {
    'aws_launch_template.app': { name: 'app', image_id: 'ami-0f1e2d3c4b5a69788' },
    'aws_autoscaling_group.app': { launch_template: [{ id: ref('aws_launch_template.app', 'id') }] },
    'aws_kms_grant.autoscaling': {
      key_id: arn,
      grantee_principal:
        'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      operations: GRANT8,
      ...grant,
    },
  }
  const declared = { images: { 'ami-0f1e2d3c4b5a69788': [arn] } }
  return { accounts: [owner, { id: issuer ?? '', region, resources }], declared }
}
