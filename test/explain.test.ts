import { explain } from '../engine/explain'
import { byClues, cluesIn } from '../engine/explain/clues'
import { rules } from '../engine/registry'
import type { JsonObject } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'

/** Errors as they are printed, and the rules, by the names that they had when the facts were gathered, of which one has to come first. */
const errors: readonly (readonly [error: string, ...rules: readonly string[]])[] = [
  [
    "Distribution failed with JobId 'XXXXXXXXXXXXXX', status = 'Failed' for ARN 'arn:aws:imagebuilder:us-east-1:xxxxxxxxxxxx:image/test-recipe/0.0.1/1'. 'Not all distribution jobs are completed. 1) EC2 Client Error: 'Snapshots encrypted with the AWS Managed CMK can’t be shared. Specify another snapshot.' when distributing the image from the source account (ID: xxxxxxxxxxxx) to the destination account (ID: xxxxxxxxxxxx) in Region us-east-1.'",
    'ami-no-sharing-under-aws-managed-key',
    'ib-recipe-key-for-shared-image',
    'ib-distribution-key-not-build-key',
    'ib-distribution-key-per-region',
  ],
  [
    "Distribution failed with JobId 'xxxxxxxxxxxxxx', status = 'Failed' for ARN 'arn:aws:imagebuilder:us-east-1:XXXXXXXXXX:image/testdistribution/2.0.0/3'. 'Not all distribution jobs are completed. 1) STS Client Error: 'User: arn:aws:sts::XXXXXXXXXXXX:assumed-role/AWSServiceRoleForImageBuilder/Ec2ImageBuilderIntegrationService is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::xxxxxxxxx:role/EC2ImageBuilderDistributionCrossAccountRole'. Please make sure your 'EC2ImageBuilderDistributionCrossAccountRole' is setup with correct permission policies. If you are copying AMI to opt-in regions, please make sure the region is enabled in the account when distributing the image from the source account (ID: XXXXXXXXXXXX) to the destination account (ID: XXXXXXXXXXXX) in Region us-east-1.'",
    'ib-distribution-role-shape',
    'ib-distribution-role-trust',
  ],
  [
    "Distribution failed with JobId 'xxxxxxxxxxxxxx', status = 'Failed' for ARN 'arn:aws:imagebuilder:ap-southeast-2:11111111111:image/test/1.0.0/1'. 'Not all distribution jobs are completed. 1) AMI Copy Reported Failure For 'ami-0047623fbcxxxxx' when distributing the image from the source account (ID: 11111111111) to the destination account (ID: 222222222222) in Region ap-southeast-2.'",
    'ib-distribution-role-can-use-keys',
    'ib-keys-shared-both-ways',
  ],
  [
    "Error modify AMI attributes: InvalidParameter: Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    'packer-no-sharing-under-default-key',
    'packer-region-keys-cover-ami-regions',
    'ami-no-sharing-under-aws-managed-key',
  ],
  [
    "An error occurred (InvalidParameter) when calling the ModifyImageAttribute operation: Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    'ami-no-sharing-under-aws-managed-key',
    'ib-recipe-key-for-shared-image',
    'packer-region-keys-cover-ami-regions',
  ],
  [
    'OperationNotPermitted: Encrypted snapshots with EBS default key cannot be shared',
    'ami-no-sharing-under-aws-managed-key',
    'packer-no-sharing-under-default-key',
    'packer-region-keys-cover-ami-regions',
  ],
  [
    "Please make sure your 'EC2ImageBuilderDistributionCrossAccountRole' is setup with correct permission policies. If you are copying AMI to opt-in regions, please make sure the region is enabled in the account",
    'ib-distribution-role-shape',
    'ib-distribution-role-trust',
  ],
  [
    "InvalidParameterValueException: The value supplied for parameter 'distributions[0].amiDistributionConfiguration.launchPermission.userIds' is not valid. 'distributions[0].amiDistributionConfiguration.launchPermission.userIds' must contain at least 1 items.",
    'ib-launch-permission-nonempty',
  ],
  [
    'Client.InternalError: Client error on launch',
    'asg-same-account-slr-access',
    'asg-cross-account-grant',
    'asg-grant-issued-by-consumer',
    'ec2-launcher-can-use-keys',
    'ec2-spot-and-fleet-slr-access',
  ],
  [
    'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
    'asg-same-account-slr-access',
    'asg-cross-account-grant',
    'kms-key-enabled',
  ],
  [
    'One or more of the attached Amazon EBS volumes are encrypted with an inaccessible AWS KMS key',
    'asg-same-account-slr-access',
    'asg-cross-account-grant',
  ],
  [
    'Status Reason: Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: Client.InternalError: Client error on launch',
    'asg-same-account-slr-access',
    'asg-cross-account-grant',
  ],
  [
    'Error: waiting for Auto Scaling Group (app) capacity satisfied: timeout while waiting: Need at least 2 healthy instances in ASG, have 0',
    'asg-same-account-slr-access',
    'asg-cross-account-grant',
  ],
  [
    'Error: waiting for Auto Scaling Group (app) capacity satisfied: timeout while waiting',
    'asg-same-account-slr-access',
    'asg-cross-account-grant',
  ],
  [
    'AsgInstanceLaunchFailures: Instance became unhealthy while waiting for instance to be in InService state',
    'asg-same-account-slr-access',
  ],
  ['Server.InternalError: Client.InternalError: Client error on launch', 'ec2-launcher-can-use-keys'],
  [
    'Failed with ResourceNotReady error, which can have a variety of causes. original error: ResourceNotReady: failed waiting for successful resource state',
    'packer-keys-exist-in-region',
    'packer-role-can-use-keys',
  ],
  [
    'Error waiting for AMI (ami-0f1e2d3c4b5a69788) in region (eu-west-1): ResourceNotReady: failed waiting for successful resource state',
    'packer-keys-exist-in-region',
    'packer-role-can-use-keys',
  ],
  [
    "Error waiting for AMI: unexpected state 'failed', wanted target 'available'. last error: %!s(<nil>)",
    'ami-copy-key-in-destination-region',
    'packer-keys-exist-in-region',
    'packer-role-can-use-keys',
    'kms-mrk-replica-present',
    'kms-key-spec-for-ebs',
    'kms-key-enabled',
  ],
  ['Region us-west-2 is in region_kms_key_ids but not in ami_regions', 'packer-region-keys-cover-ami-regions'],
  ['Region us-west-2 is in ami_regions but not in region_kms_key_ids', 'packer-region-keys-cover-ami-regions'],
  ['Cannot share AMI encrypted with default KMS key', 'packer-no-sharing-under-default-key'],
  [
    'InvalidRequest: Snapshot snap-0123456789abcdef0 is encrypted. Creating an unencrypted copy from an encrypted snapshot is not supported.',
    'ami-copy-must-encrypt',
  ],
  ['Creating unencrypted copy from an encrypted snapshot is not supported', 'ami-copy-must-encrypt'],
  [
    'You do not have permission to access the storage of this ami',
    'ami-copy-needs-snapshot-permission',
    'packer-snapshot-users-with-ami-users',
  ],
  [
    'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK',
    'ami-share-key-with-audience',
    'access-consumer-iam-allows-key',
    'ami-copy-key-identifier',
    'ami-copy-key-in-destination-region',
  ],
  [
    'The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it',
    'ami-share-key-with-audience',
    'access-consumer-iam-allows-key',
  ],
  [
    'User: arn:aws:iam::111122223333:user/UserA is not authorized to perform: kms:CreateGrant on resource: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 because no resource-based policy allows the kms:CreateGrant action',
    'asg-grant-creator-authorised',
    'ami-share-key-with-audience',
    'kms-root-delegation',
  ],
  [
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/build/ci is not authorized to perform: kms:GenerateDataKeyWithoutPlaintext on resource: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 because no resource-based policy allows the kms:GenerateDataKeyWithoutPlaintext action',
    'ami-share-key-with-audience',
    'kms-root-delegation',
  ],
  [
    'User: arn:aws:sts::111122223333:assumed-role/build/ci is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 because no resource-based policy allows the kms:Decrypt action',
    'ami-share-key-with-audience',
    'kms-root-delegation',
  ],
  [
    'User: arn:aws:iam::111122223333:user/UserA is not authorized to perform: kms:CreateGrant on resource: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 because no identity-based policy allows the kms:CreateGrant action',
    'access-consumer-iam-allows-key',
  ],
  [
    'User: arn:aws:sts::111122223333:assumed-role/build/ci is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 because no identity-based policy allows the kms:Decrypt action',
    'access-consumer-iam-allows-key',
  ],
  [
    'User: arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-0123456789abcdef0 is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 with an explicit deny in a resource-based policy',
    'kms-deny-spares-instance-role',
  ],
  [
    'User: arn:aws:iam::111122223333:user/UserA is not authorized to perform: kms:CreateGrant on resource: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 with an explicit deny in a service control policy',
    'kms-deny-spares-instance-role',
  ],
  [
    'MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.',
    'kms-policy-principals-exist',
  ],
  [
    'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
    'kms-root-delegation',
    'kms-no-policy-lockout-bypass',
  ],
  ['The new key policy will not allow you to update the key policy in the future.', 'kms-root-delegation'],
  [
    'OverlyPermissiveCondition:EncryptionContext: Using the ForAllValues set operator with a single-valued condition key matches requests without the specified encryption context',
    'kms-set-operators',
  ],
  [
    'Error: expected operations.1 to be one of ["CreateGrant" "Decrypt" "DescribeKey" "Encrypt"], got ListGrants',
    'access-grant-operations-valid',
  ],
  [
    'Error modify AMI attributes: InvalidAMIAttributeItemValue: Invalid attribute item value "arn:aws:organizations::111122223333:account/o-exampleorgid" for OrganizationArn item type.',
    'ami-org-arn-format',
  ],
  ['KMS Key (mrk-1234abcd) is not a multi-Region primary key', 'kms-mrk-replica-present'],
  ['KMS Replica Key (mrk-1234abcd) is not a multi-Region replica key', 'kms-mrk-replica-present'],
  [
    'DisabledException: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 is disabled.',
    'kms-key-enabled',
  ],
  ['arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 is disabled.', 'kms-key-enabled'],
  [
    'KMSInvalidStateException: arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 is pending deletion.',
    'kms-key-enabled',
    'kms-deletion-window',
  ],
  [
    'arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 is pending import.',
    'kms-key-enabled',
  ],
  ['arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012 is creating.', 'kms-key-enabled'],
  [
    'ThrottlingException: You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    'ops-kms-alarm-real',
  ],
]

test.each(errors)('%s', (error, ...wanted) => {
  const first = explain(error)[0]?.rule.rule.aliases ?? []
  expect(wanted).toContain(first.find(name => wanted.includes(name)) ?? `not ${first}`)
})

test.each(rules.flatMap(({ id, rule }) => rule.symptoms.map(symptom => [id, symptom] as const)))(
  '%s is found by its symptom: %s',
  (id, symptom) => {
    const error = symptom.replace(
      /\{[^}]*\}/g,
      'arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012',
    )
    expect(explain(error).map(({ rule }) => rule.id)).toContain(id)
  },
)

const plain = 'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state'
const found = explain(plain)

test.each([
  ['in capitals', plain.toUpperCase()],
  ['over several lines', plain.replaceAll(' ', '\n\t  ')],
  ['in the frame of Terraform', `╷\n│ Error: ${plain.replace('key provided', 'key\n│ provided')}\n╵`],
  ['in colours', plain.replace('KMS', '\u001b[31mKMS\u001b[0m')],
  ['in JSON', JSON.stringify({ StateReason: { Message: `\n${plain}\n` } })],
  ['in HTML', `<td>${plain.replace(': ', ':&nbsp;')}</td>`],
  [
    'between other lines',
    `${'2026-11-25T10:00:00Z launching\n'.repeat(500)}${plain}\n${'2026-11-25T10:00:01Z waiting\n'.repeat(500)}`,
  ],
])('an error is known %s', (_, text) => {
  expect(explain(text).map(({ rule }) => rule.id)).toEqual(found.map(({ rule }) => rule.id))
})

test.each([
  'ResourceNotReady',
  'InvalidKMSKey.InvalidState',
  'Client error on launch',
  'snapshots can’t be shared',
  'kms:CreateGrant',
])('a part is enough: %s', text => {
  expect(explain(text)).not.toEqual([])
})

test.each([
  '',
  'hello world',
  'the instance does not start',
  '启动实例失败',
  'arn:aws:kms:eu-central-1:444455556666:key/x',
  '\u0000'.repeat(1000),
])('nothing is known of %j', text => {
  expect(explain(text)).toEqual([])
})

test('of the causes of one error, that of the service the text speaks of comes first', () => {
  const error = 'Client.InternalError: Client error on launch'
  const [first] = explain(`The Auto Scaling group app could not launch an instance: ${error}`)
  expect(first?.rule.id).toMatch(/^auto-scaling\//)
})

test.each([
  ['many of the same words', 'is not authorized to perform: kms:CreateGrant on resource '.repeat(70_000)],
  ['one word without end', 'a'.repeat(4_000_000)],
  ['digits without end', '1'.repeat(4_000_000)],
  ['ARNs that never end', 'arn:aws:'.repeat(500_000)],
  ['escapes that never end', '\u001b[1;'.repeat(1_000_000)],
  ['entities that never end', '&#'.repeat(2_000_000)],
])('a text of megabytes takes no time to speak of: %s', (_, text) => {
  const start = performance.now()
  explain(text)
  cluesIn(text, { plans: [] })
  // A quarter of a second here; what grows with the square of the length takes hours.
  expect(performance.now() - start).toBeLessThan(20_000)
})

const key = 'arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012'

test('what a text names is looked for in plans: ids, accounts, regions, addresses, and the addresses of what is called so', () => {
  const change = (address: string, after: JsonObject) => ({ address, change: { after } })
  const plan = {
    resource_changes: [change('aws_kms_key.known', { arn: key }), change('aws_kms_key.other', { arn: 'x' })],
  }
  const plans = [{ file: 'plan.json', plan, identities: { 'aws_kms_key.declared': key } }]
  const clues = cluesIn(`kms:Decrypt on ${key}, with module.app["a"].aws_ami_copy.app, ami-0f1e2d3c4b5a69788`, {
    plans,
  })
  expect(clues).toEqual([
    key,
    'eu-central-1',
    '444455556666',
    '1a345678-1234-1234-1234-123456789012',
    'module.app["a"].aws_ami_copy.app',
    'ami-0f1e2d3c4b5a69788',
    'aws_kms_key.declared',
    'aws_kms_key.known',
  ])
})

test('errors come first, then what the text speaks of', () => {
  const finding = (at: string, severity: 'error' | 'warning') => ({ at, severity }) as Finding
  const findings = [finding('aws_a.a', 'warning'), finding('aws_b.b', 'error'), finding('aws_a.a', 'error')]
  expect(byClues(findings, ['aws_a.a']).map(({ at, severity }) => [at, severity])).toEqual([
    ['aws_a.a', 'error'],
    ['aws_b.b', 'error'],
    ['aws_a.a', 'warning'],
  ])
})
