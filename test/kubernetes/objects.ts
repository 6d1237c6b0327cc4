import { KINDS } from '../../policies/lang/kubernetes/kinds'

/** The ARN that the key has in AWS. */
export const keyArn = 'arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012'

/** A policy document, as text. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

/** The statement that lets the policies of the account count. */
export const root = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:root' },
  Action: 'kms:*',
  Resource: '*',
}

/** An object of Crossplane, in eu-central-1; of a cluster, with what its controller has seen, where it has. */
export function crossplane(
  service: string,
  kind: string,
  name: string,
  forProvider: object,
  spec = {},
  atProvider?: object,
) {
  return {
    apiVersion: `${service}.aws.upbound.io/v1beta1`,
    kind,
    metadata: { name, labels: { use: name } },
    spec: { forProvider: { region: 'eu-central-1', ...forProvider }, ...spec },
    ...(atProvider && { status: { atProvider } }),
  }
}

const role = 'arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
const statements = [
  root,
  { Effect: 'Allow', Principal: { AWS: role }, Action: use, Resource: '*' },
  {
    Effect: 'Allow',
    Principal: { AWS: role },
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  },
]

/** A key that Auto Scaling may use. */
export const key = crossplane(
  'kms',
  'Key',
  'image',
  { enableKeyRotation: true, deletionWindowInDays: 30, policy: policy(...statements) },
  {},
  { arn: keyArn, id: '1a345678-1234-1234-1234-123456789012' },
)

/** A launch template that encrypts its volume under the key, and finds it by its labels. */
export const launchTemplate = crossplane('ec2', 'LaunchTemplate', 'app', {
  imageId: 'ami-0f1e2d3c4b5a69788',
  blockDeviceMappings: [
    { deviceName: '/dev/sda1', ebs: { encrypted: 'true', kmsKeyIdSelector: { matchLabels: { use: 'image' } } } },
  ],
})

/** A group that launches from it. */
export const group = crossplane('autoscaling', 'AutoscalingGroup', 'app', {
  launchTemplate: { idRef: { name: 'app' }, version: '$Latest' },
  maxSize: 1,
  minSize: 1,
})

interface Named {
  readonly metadata: { readonly name: string }
}

/** What kube-mgmt copies of a cluster that has these objects, and no others. */
export function cluster(objects: { readonly [plural: string]: readonly Named[] }): object {
  const plurals = Object.values(KINDS).map(({ plural }) => plural)
  const byName = (plural: string) =>
    Object.fromEntries((objects[plural] ?? []).map(object => [object.metadata.name, object]))
  return Object.fromEntries(plurals.map(plural => [plural, byName(plural)]))
}

/** What the API server asks. */
export function review(
  operation: 'CREATE' | 'UPDATE' | 'DELETE',
  object: object | null,
  oldObject: object | null = null,
) {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: { uid: 'uid-1', operation, object, oldObject },
  }
}
