import type { Json, JsonObject } from '../intrinsics'
import { areIn, keyRegions } from '../lang/key-region'
import { keySites, otherKeyFix } from '../lang/key-uses'
import { type Examples, type ExampleWorld, later, type Resources, ref, rule } from '../lang/rule'

/**
 * EBS uses a key in the key's own region.
 *
 * A launch template that is taken to another region still names the key of the first. EC2 takes the name, and looks at it when there is a
 * volume to encrypt: the instance ends as soon as it begins. Lifecycle policies copy snapshots into other regions, each copy under a key of the
 * region that it goes to. Of a multi-Region key the replica in that region has to be named; the primary key is not taken for it.
 *
 * Copies of images, what Image Builder distributes, and Packer's templates have rules of their own.
 */
export default rule({
  severity: 'error',
  aliases: [],
  symptoms: [
    'Client.InternalError: Client error on launch',
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
    'Given key ID is not accessible',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html',
    'https://docs.aws.amazon.com/dlm/latest/APIReference/API_CrossRegionCopyRule.html',
  ],

  *situations() {
    for (const site of keySites()) {
      const regions = site.encryptions.flatMap(alternatives => keyRegions(site.identifier, alternatives))
      if (site.identifier !== null && regions.length > 0 && !HAVE_RULES.includes(site.type))
        yield { at: site.at, account: site.account, region: site.region, site, regions }
    }
  },

  requirements: ({ site, regions, region }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `the key of \`${site.target}\` is in ${region ?? 'the region in which it is used'}`,
      otherwise: `\`${site.target}\` uses a key of ${regions[0] ?? 'another region'} in ${region ?? 'another'}`,
      holds: areIn(regions, region),
      fix: otherKeyFix([site]),
      evidence: [],
      known: region === null ? [`the region in which ${site.target} uses the key`] : [site.at],
      because: 'EBS encrypts with keys of the region in which the volume or snapshot is',
    },
  ],
})

/** What has a rule of its own; that of Packer's templates is `packer/keys-exist-in-their-regions`. */
const HAVE_RULES = ['', 'aws_ami_copy', 'aws_ebs_snapshot_copy', 'aws_imagebuilder_distribution_configuration']

const west = 'arn:aws:kms:eu-west-1:444455556666:key/mrk-1a2b3c4d000040008000000000000000'

const outpost = 'arn:aws:outposts:eu-west-1:444455556666:outpost/op-1234567890abcdef0'

export const examples = (): Examples => ({
  pass: {
    'the key is made where the instance is': world(instance(ref('aws_kms_key.image', 'arn'))),
    'the snapshots are copied under a key of where they go': world(lifecycle({ key: ref('aws_kms_key.west', 'arn') })),
    'the Outpost is in the region of the key': world(
      lifecycle({ target: outpost, key: ref('aws_kms_key.west', 'arn') }),
    ),
  },
  fail: {
    'the ARN is of another region, though the key is a multi-Region key': world(instance(west)),
    'the key is made in another region': world(instance(ref('aws_kms_key.west', 'arn'))),
    'it is an alias of another account, in another region': world(
      instance('arn:aws:kms:eu-west-1:999988887777:alias/images'),
    ),
    'the snapshots are copied under a key of where they come from': world(
      lifecycle({ key: ref('aws_kms_key.image', 'arn') }),
    ),
  },
  unknown: {
    'the key is known at apply': world(instance(later)),
    'where the snapshots go is known at apply': world(
      lifecycle({ target: later, key: ref('aws_kms_key.west', 'arn') }),
    ),
  },
})

/** What uses a key in eu-central-1, and a key of either region. */
function world(using: Resources): ExampleWorld {
  const resources = { 'aws_kms_key.image': {}, 'aws_kms_key.west': {}, ...using }
  const providers = { 'aws.west': { region: 'eu-west-1', on: ['aws_kms_key.west'] } }
  return { accounts: [{ id: '444455556666', resources, providers }] }
}

function instance(key: Json): Resources {
  const root = { encrypted: true, kms_key_id: key }
  return { 'aws_instance.app': { ami: 'ami-0a1b2c3d4e5f60718', root_block_device: [root] } }
}

/** Snapshots that are copied to Ireland. */
function lifecycle({ key = '' as Json, target = 'eu-west-1' as Json }): Resources {
  const schedule: JsonObject = {
    name: 'daily',
    create_rule: [{ interval: 24 }],
    retain_rule: [{ count: 7 }],
    cross_region_copy_rule: [{ target, encrypted: true, cmk_arn: key }],
  }
  return {
    'aws_dlm_lifecycle_policy.daily': {
      execution_role_arn: 'arn:aws:iam::444455556666:role/snapshots',
      policy_details: [{ schedule: [schedule] }],
    },
  }
}
