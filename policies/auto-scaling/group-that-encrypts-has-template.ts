import type { JsonObject } from '../intrinsics'
import { EBS_MIN } from '../lang/aws'
import type { Fix } from '../lang/finding'
import { configurationsOf, configuredEncryption, groups } from '../lang/launch'
import type { Node } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule } from '../lang/rule'

/**
 * A group whose volumes are to be under a key of one's own launches from a template, which can name it.
 *
 * A launch configuration has no argument for a key. What it encrypts goes under the key of the image if that is of the same account, else
 * under the account's default key: `aws/ebs`, unless it was changed. Instances start, but snapshots of their volumes can be shared with
 * nobody, and the policy of `aws/ebs` cannot be changed. To make another key the default helps every group of the region at once; its
 * policy then has to serve them all.
 */
export default rule({
  severity: 'warning',
  aliases: ['asg-no-launch-configuration-with-cmk'],
  symptoms: ['Encountered unsupported property KmsKeyId'],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/657',
  ],

  *situations() {
    for (const group of groups())
      for (const configuration of configurationsOf(group)) {
        const encryptions = configuredEncryption(configuration).flatMap(alternatives => alternatives)
        if (encryptions.length > 0)
          yield {
            at: configuration.address,
            account: configuration.account,
            region: configuration.region,
            group,
            configuration,
            encryptions,
          }
      }
  },

  requirements: ({ at, group, configuration, encryptions }) => [
    {
      kind: 'customer-managed',
      what: `each volume of \`${group.address}\``,
      target: at,
      encryptions,
      fix: templateFix(group, configuration),
      because: 'a launch configuration cannot name a key, as a launch template can',
    },
  ],
})

/** A template in place of the configuration, with a key that everyone of the account may use through EBS. */
function templateFix(group: Node, { account, region, address }: Node): readonly Fix[] {
  const statement = {
    Sid: 'KeyreachThroughEbs',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: EBS_MIN,
    Resource: '*',
    Condition: {
      StringEquals: { 'kms:CallerAccount': account ?? '', 'kms:ViaService': `ec2.${region ?? ''}.amazonaws.com` },
    },
  }
  const root = {
    device_name: '/dev/xvda',
    ebs: [{ encrypted: 'true', kms_key_id: '${aws_kms_key.keyreach.arn}' }],
  }
  const template = {
    image_id: `\${${address}.image_id}`,
    instance_type: `\${${address}.instance_type}`,
    block_device_mappings: [root],
  }
  const target = group.address
  return [
    {
      kind: 'resource',
      account,
      region,
      target: 'aws_kms_key.keyreach',
      type: 'aws_kms_key',
      values: { description: 'Volumes', enable_key_rotation: true },
    },
    { kind: 'key-policy-statement', account, target: 'aws_kms_key.keyreach', statement },
    {
      kind: 'resource',
      account,
      region,
      target: 'aws_launch_template.keyreach',
      type: 'aws_launch_template',
      values: template,
    },
    { kind: 'attribute', account, target, path: 'launch_configuration', value: null },
    { kind: 'attribute', account, target, path: 'launch_template[0].id', value: '${aws_launch_template.keyreach.id}' },
  ]
}

export const examples = (): Examples => ({
  pass: {
    "the account's default key is one of its own": world(encrypted, { 'default-ebs-key': { 'eu-central-1': own } }),
    'nothing is encrypted': world({}, { 'encryption-by-default': [] }),
    "the image is under the account's own key": world({}, {}, own),
  },
  fail: {
    'the default key is aws/ebs': world(encrypted, { 'default-ebs-key': { 'eu-central-1': 'aws-managed' } }),
    "another account's image goes under aws/ebs": world(
      {},
      { 'default-ebs-key': { 'eu-central-1': 'aws-managed' } },
      own.replace('111122223333', '444455556666'),
    ),
  },
  unknown: {
    'the default key is not declared': world(encrypted, {}),
    'whether it encrypts is not known until apply': world(
      { encrypted: later },
      { 'default-ebs-key': { 'eu-central-1': 'aws-managed' } },
    ),
  },
})

const own = 'arn:aws:kms:eu-central-1:111122223333:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'
const encrypted = { encrypted: true }

/** A group that launches from a configuration, and an image that is not encrypted unless it has a key. */
function world(device: JsonObject, declared: JsonObject, key: string | null = null): ExampleWorld {
  const resources = {
    'aws_launch_configuration.app': {
      name: 'app',
      image_id: 'ami-0f1e2d3c4b5a69788',
      instance_type: 'm6i.large',
      root_block_device: [device],
    },
    'aws_autoscaling_group.app': {
      name: 'app',
      launch_configuration: ref('aws_launch_configuration.app', 'name'),
      min_size: 1,
      max_size: 3,
    },
  }
  return {
    accounts: [{ id: '111122223333', resources }],
    declared: {
      images: { 'ami-0f1e2d3c4b5a69788': key === null ? [] : [key] },
      accounts: { '111122223333': declared },
    },
  }
}
