import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { z } from 'zod'
import { KINDS } from '../policies/lang/kubernetes/kinds'
import { cluster, crossplane, group, key, keyArn, launchTemplate, policy, review, root } from './kubernetes/objects'
import { makeCertificate, type OpaServer, startOpa, until } from './servers'

/*
 * The manifests as they are, and a real OPA started by the deployment's own arguments, over TLS, that is asked as the API server of a
 * cluster asks. Objects are made after the examples that the providers publish.
 */

const manifests = 'kubernetes'
const files = readdirSync(manifests).filter(file => file.endsWith('.yaml'))
const documents = files.flatMap(file =>
  parseAllDocuments(readFileSync(join(manifests, file), 'utf8')).map(document => document.toJS()),
)
const of = (kind: string) => documents.find(document => document.kind === kind)
const [opaContainer, copier] = of('Deployment').spec.template.spec.containers
const webhook = of('ValidatingWebhookConfiguration').webhooks[0]
const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
const token = 'token-of-kube-mgmt'
let opa: OpaServer

/** An image of another account, which a user launches. */
const foreignImage = 'ami-0a1b2c3d4e5f60718'
const foreignKey = 'arn:aws:kms:eu-central-1:999988887777:key/0f1e2d3c-4b5a-4978-8877-665544332211'
const declared = {
  images: { [foreignImage]: [foreignKey] },
  keys: { [foreignKey]: { policy: policy(root) } },
  accounts: { '444455556666': { launchers: ['arn:aws:iam::444455556666:user/ci'] } },
}

beforeAll(async () => {
  makeCertificate(folder)
  writeFileSync(join(folder, 'token.yaml'), token)
  const shipped = parse(of('ConfigMap').data['keyreach.yaml'])
  writeFileSync(join(folder, 'keyreach.yaml'), stringify({ ...shipped, ...declared }))
  const isOurs = (arg: string) => !/^(run|--server|--(diagnostic-)?addr=.*|--tls-.*|--config-file=.*)$/.test(arg)
  const own = opaContainer.args.filter(isOurs).map((arg: string) => arg.replace(/\/(config|token)\//, ''))
  opa = await startOpa(
    folder,
    [...own, resolve('dist/rego'), resolve('dist/server')],
    readFileSync(join(folder, 'tls.crt')),
  )
  await until(
    () => opa.ask('/health?bundles'),
    ({ status }) => status === 200,
  )
}, 120_000)

afterAll(async () => {
  await opa?.stop()
  rmSync(folder, { recursive: true })
})

/** What the API server of a cluster gets for a review, where these objects are replicated; null where none is. */
async function asked(request: object, objects: object | null) {
  await opa.ask('/v1/data/kubernetes', objects ?? {}, { method: 'PUT', token })
  const { status, text } = await opa.ask(webhook.clientConfig.service.path, request)
  expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining('"AdmissionReview"') })
  return response.parse(JSON.parse(text)).response
}

/** An AdmissionReview of admission.k8s.io/v1 that has a response, and nothing that it may not have. */
const response = z.strictObject({
  apiVersion: z.literal('admission.k8s.io/v1'),
  kind: z.literal('AdmissionReview'),
  response: z.strictObject({
    uid: z.string(),
    allowed: z.boolean(),
    status: z.strictObject({
      code: z.number(),
      reason: z.string().optional(),
      message: z.string().optional(),
      details: z
        .strictObject({
          causes: z.array(z.strictObject({ reason: z.string(), message: z.string(), field: z.string() })),
        })
        .optional(),
    }),
    warnings: z.array(z.string()),
  }),
})

const healthy = cluster({ keys: [key], launchtemplates: [launchTemplate], autoscalinggroups: [group] })
const lockingOut = { ...key, spec: { forProvider: { ...key.spec.forProvider, policy: policy(root) } } }
const granteePrincipal =
  'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'
const misspelt = { ...root, Action: ['kms:*', 'kms:Descrypt'] }

test('what changes nothing is allowed, and answers by its uid', async () => {
  expect(await asked(review('UPDATE', key, key), healthy)).toEqual({
    uid: 'uid-1',
    allowed: true,
    status: { code: 200 },
    warnings: [],
  })
})

test('a policy that locks out the role of a group is refused, with the finding', async () => {
  const { allowed, status } = await asked(review('UPDATE', lockingOut, key), healthy)
  expect(allowed).toBe(false)
  expect(status).toMatchObject({
    code: 403,
    message: expect.stringContaining('auto-scaling/service-linked-role-uses-key'),
  })
  expect(status.details?.causes).toEqual([
    {
      reason: 'auto-scaling/service-linked-role-uses-key',
      field: expect.stringContaining('aws_launch_template.app'),
      message: expect.stringContaining('the key policy does not allow it'),
    },
  ])
})

test('what has failed all along keeps nobody from changing something else', async () => {
  const broken = cluster({ keys: [lockingOut], launchtemplates: [launchTemplate], autoscalinggroups: [group] })
  const described = { ...lockingOut, metadata: { ...lockingOut.metadata, annotations: { seen: 'today' } } }
  expect((await asked(review('UPDATE', described, lockingOut), broken)).allowed).toBe(true)
})

test('a new group that may not use its key is refused; with a key that is not known it is warned of', async () => {
  const second = { ...group, metadata: { name: 'second' } }
  const without = cluster({ keys: [lockingOut], launchtemplates: [launchTemplate] })
  expect((await asked(review('CREATE', second), without)).allowed).toBe(false)
  const { allowed, warnings } = await asked(review('CREATE', second), cluster({ launchtemplates: [launchTemplate] }))
  expect({ allowed, warnings }).toEqual({ allowed: true, warnings: [expect.stringContaining('cannot be told')] })
})

test('a key that is needed is not deleted, unless AWS keeps it', async () => {
  expect((await asked(review('DELETE', null, key), healthy)).status.message).toContain('is deleted, and EBS uses it')
  const kept = { ...key, spec: { ...key.spec, deletionPolicy: 'Orphan' } }
  expect((await asked(review('DELETE', null, kept), healthy)).allowed).toBe(true)
  const unused = cluster({ keys: [key] })
  expect((await asked(review('DELETE', null, key), unused)).allowed).toBe(true)
})

test('where nothing is replicated nothing is refused for it, and a deletion says so', async () => {
  const { allowed, warnings } = await asked(review('DELETE', null, key), null)
  expect({ allowed, warnings }).toEqual({ allowed: true, warnings: [expect.stringContaining('are not replicated')] })
  expect((await asked(review('UPDATE', lockingOut, key), null)).allowed).toBe(true)
})

test('a grant that the role of another account needs is not deleted', async () => {
  const principal = { AWS: 'arn:aws:iam::111122223333:root' }
  const shared = policy(root, { Effect: 'Allow', Principal: principal, Action: 'kms:CreateGrant', Resource: '*' })
  const foreign = { ...key, spec: { forProvider: { ...key.spec.forProvider, policy: shared } } }
  const consumer = { providerConfigRef: { name: 'consumer' } }
  const grant = crossplane(
    'kms',
    'Grant',
    'image',
    {
      granteePrincipal,
      keyId: keyArn,
      name: 'image',
      operations: [
        'CreateGrant',
        'Decrypt',
        'DescribeKey',
        'GenerateDataKeyWithoutPlaintext',
        'ReEncryptFrom',
        'ReEncryptTo',
      ],
    },
    consumer,
  )
  const role = crossplane('iam', 'Role', 'any', { assumeRolePolicy: policy() }, consumer, {
    arn: 'arn:aws:iam::111122223333:role/any',
  })
  const template = { ...launchTemplate, spec: { ...launchTemplate.spec, ...consumer } }
  const theirs = { ...group, spec: { ...group.spec, ...consumer } }
  const objects = cluster({
    keys: [foreign],
    grants: [grant],
    roles: [role],
    launchtemplates: [template],
    autoscalinggroups: [theirs],
  })
  expect((await asked(review('UPDATE', grant, grant), objects)).allowed).toBe(true)
  const { allowed, status } = await asked(review('DELETE', null, grant), objects)
  expect({ allowed, message: status.message }).toEqual({
    allowed: false,
    message: expect.stringContaining('auto-scaling/service-linked-role-holds-grant'),
  })
})

test.each([
  ['a key of Crossplane', crossplane('kms', 'Key', 'sample-key', { policy: policy(misspelt) })],
  [
    'one in a namespace',
    {
      ...crossplane('kms', 'Key', 'sample-key', { policy: policy(misspelt) }),
      apiVersion: 'kms.aws.m.upbound.io/v1beta1',
    },
  ],
  ['a key of ACK', ack('kms', 'Key', { policy: policy(misspelt) })],
])('%s is judged by the same rules', async (_, object) => {
  const { allowed, status } = await asked(review('CREATE', object), null)
  expect(allowed).toBe(false)
  expect(status.details?.causes.map(({ reason }) => reason)).toContain('kms/policy-names-existing-actions')
})

/* The kinds of ACK, after the examples that its controllers publish. */

const misspelling = policy({ Effect: 'Allow', Action: ['kms:Descrypt'], Resource: '*' })
const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })
const signing = ack('kms', 'Key', { keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' })
const alias = ack('kms', 'Alias', { name: 'alias/image', targetKeyRef: { from: { name: 'example' } } })

/** A launch template of ACK whose volume is under a key. */
const template = (ebs: object) =>
  ack('ec2', 'LaunchTemplate', {
    name: 'app',
    data: { imageID: 'ami-0f1e2d3c4b5a69788', blockDeviceMappings: [{ deviceName: '/dev/sda1', ebs }] },
  })

const aliased = template({ encrypted: true, kmsKeyID: 'alias/image' })

test.each([
  ['a key', signing, { aliases: [alias], launchtemplates: [aliased] }],
  ['an alias', alias, { keys: [signing], launchtemplates: [aliased] }],
  ['a launch template', aliased, { keys: [signing], aliases: [alias] }],
])('a key for signatures encrypts no volume: %s of ACK', async (_, object, others) => {
  const { status } = await asked(review('CREATE', object), cluster(others))
  expect(status.details?.causes.map(({ reason }) => reason)).toEqual(['kms/ebs-key-is-symmetric'])
})

test.each([
  [
    'kms/policy-names-existing-actions',
    ack('iam', 'Policy', { name: 'image', policyDocument: misspelling }),
    ack('iam', 'Policy', { name: 'image', policyDocument: misspelling.replace('Descrypt', 'Decrypt') }),
  ],
  [
    'kms/policy-names-existing-actions',
    ack('iam', 'Role', { name: 'ci', assumeRolePolicyDocument: trust, inlinePolicies: { use: misspelling } }),
    ack('iam', 'Role', { name: 'ci', assumeRolePolicyDocument: trust, inlinePolicies: {} }),
  ],
  [
    'access/grant-operations-are-valid',
    ack('kms', 'Grant', { keyRef: { from: { name: 'example' } }, granteePrincipal, operations: ['ListGrants'] }),
    ack('kms', 'Grant', { keyRef: { from: { name: 'example' } }, granteePrincipal, operations: ['Decrypt'] }),
  ],
  [
    'ec2-launch/volume-with-key-is-encrypted',
    template({ encrypted: false, kmsKeyID: keyArn }),
    template({ encrypted: true, kmsKeyID: keyArn }),
  ],
])('%s: of ACK one object is refused, and its twin allowed', async (rule, broken, mended) => {
  const there = cluster({ keys: [ack('kms', 'Key', {})] })
  const { status } = await asked(review('CREATE', broken), there)
  expect(status.details?.causes.map(({ reason }) => reason)).toEqual([rule])
  expect((await asked(review('UPDATE', mended, broken), there)).allowed).toBe(true)
})

/** A replica of ACK in a region; its controller works in eu-central-1. */
function replica(primary: object, replicaRegion: string) {
  return ack('kms', 'ReplicaKey', { ...primary, replicaRegion })
}

const seen = (arn: string) => ({
  status: { ackResourceMetadata: { arn, region: 'eu-central-1', ownerAccountID: '444455556666' } },
})
const primaryArn = keyArn.replace('key/', 'key/mrk-')
const primaryKey = { ...ack('kms', 'Key', { multiRegion: true }), ...seen(primaryArn) }
const byReference = { keyRef: { from: { name: 'example' } } }

test.each([
  ['by reference', byReference],
  ['by ARN', { keyID: primaryArn }],
  ['by id', { keyID: primaryArn.split('/')[1] }],
])('a replica of ACK is in a region of its own, and its primary is found: %s', async (_, primary) => {
  const { status, allowed } = await asked(
    review('CREATE', replica(primary, 'eu-central-1')),
    cluster({ keys: [primaryKey] }),
  )
  expect(allowed).toBe(false)
  expect(status.details?.causes.map(({ reason }) => reason)).toEqual(['kms/replica-is-of-multi-region-key'])
  const elsewhere = await asked(review('CREATE', replica(primary, 'eu-west-1')), cluster({ keys: [primaryKey] }))
  expect(elsewhere).toMatchObject({ allowed: true, warnings: [] })
})

test('a replica of ACK whose id no key has is not refused for it', async () => {
  const { allowed } = await asked(
    review('CREATE', replica({ keyID: 'mrk-1' }, 'eu-west-1')),
    cluster({ keys: [primaryKey] }),
  )
  expect(allowed).toBe(true)
})

test('a volume of an instance of ACK goes under a key that EBS can use', async () => {
  const there = cluster({ keys: [{ ...signing, ...seen(keyArn) }] })
  const reasons = async (ebs: object) => {
    const blockDeviceMappings = [{ deviceName: '/dev/sdf', ebs }]
    const instance = ack('ec2', 'Instance', { imageID: 'ami-0f1e2d3c4b5a69788', blockDeviceMappings })
    return (await asked(review('CREATE', instance), there)).status.details?.causes.map(({ reason }) => reason)
  }
  expect(await reasons({ encrypted: true, kmsKeyID: keyArn })).toEqual(['kms/ebs-key-is-symmetric'])
  expect(await reasons({ encrypted: true })).toBeUndefined()
})

test.each([
  ['that it names', 'app', ['auto-scaling/service-linked-role-uses-key']],
  ['of another name', 'other', undefined],
])('a group of ACK launches from the template %s', async (_, launchTemplateName, reasons) => {
  const objects = cluster({
    keys: [{ ...ack('kms', 'Key', { policy: policy(root) }), ...seen(keyArn) }],
    launchtemplates: [template({ encrypted: true, kmsKeyID: keyArn })],
  })
  const launchTemplate = { launchTemplateName, version: '$Latest' }
  const own = ack('autoscaling', 'AutoScalingGroup', { name: 'app', launchTemplate, minSize: 1, maxSize: 1 })
  const { status } = await asked(review('CREATE', own), objects)
  expect(status.details?.causes.map(({ reason }) => reason)).toEqual(reasons)
})

test.each([
  [
    'Crossplane',
    cluster({ keys: [lockingOut], launchtemplates: [launchTemplate] }),
    (name: string) => crossplane('eks', 'NodeGroup', 'app', { launchTemplate: [{ idRef: { name }, version: '1' }] }),
  ],
  [
    'ACK',
    cluster({
      keys: [{ ...ack('kms', 'Key', { policy: policy(root) }), ...seen(keyArn) }],
      launchtemplates: [template({ encrypted: true, kmsKeyID: keyArn })],
    }),
    (name: string) => ack('eks', 'Nodegroup', { name: 'app', launchTemplate: { name, version: '1' } }),
  ],
])(
  'a node group of %s launches from the template that it names, as the role of Auto Scaling',
  async (_, there, nodes) => {
    const reasons = async (name: string) =>
      (await asked(review('CREATE', nodes(name)), there)).status.details?.causes.map(({ reason }) => reason)
    expect(await reasons('app')).toEqual(['auto-scaling/service-linked-role-uses-key'])
    expect(await reasons('other')).toBeUndefined()
  },
)

test.each([
  ['SpotInstanceRequest', (rootBlockDevice: object) => ({ rootBlockDevice })],
  ['SpotFleetRequest', (rootBlockDevice: object) => ({ launchSpecification: [{ rootBlockDevice }] })],
])('a %s of Crossplane goes under keys that EBS can use', async (kind, spec) => {
  const wrong = { ...key, spec: { forProvider: { customerMasterKeySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' } } }
  const request = crossplane('ec2', kind, 'spot', spec([{ encrypted: true, kmsKeyIdRef: { name: 'image' } }] as object))
  const { allowed, status } = await asked(review('CREATE', request), cluster({ keys: [wrong] }))
  expect(allowed).toBe(false)
  expect(status.details?.causes.map(({ reason }) => reason)).toContain('kms/ebs-key-is-symmetric')
})

test('the grant and its references are followed, as in the example of the provider', async () => {
  const grant = crossplane('kms', 'Grant', 'example', {
    constraints: [{ encryptionContextEquals: { Department: 'Finance' } }],
    granteePrincipalSelector: { matchLabels: { use: 'principal' } },
    keyIdSelector: { matchLabels: { use: 'image' } },
    name: 'my-grant',
    operations: ['Encrypt', 'Decrypt', 'GenerateKey'],
  })
  const { allowed, status } = await asked(review('CREATE', grant), healthy)
  expect(allowed).toBe(false)
  expect(status.message).toContain('access/grant-operations-are-valid')
})

const ebs = policy({
  Effect: 'Allow',
  Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  Resource: foreignKey,
})
const user = crossplane('iam', 'User', 'ci', {})
const members = crossplane('iam', 'Group', 'builders', {})
const usePolicy = crossplane('iam', 'Policy', 'use', { policy: ebs })
const attached = crossplane('iam', 'GroupPolicyAttachment', 'use', {
  groupRef: { name: 'builders' },
  policyArnRef: { name: 'use' },
})
const nothing = policy({ Effect: 'Allow', Action: ['kms:ListKeys'], Resource: '*' })
const called = (name: string, kind: string, spec: object) => ({
  ...ack('iam', kind, { name, ...spec }),
  metadata: { name, namespace: 'team' },
  ...seen(`arn:aws:iam::444455556666:${kind.toLowerCase()}/${name}`),
})

test.each([
  [
    'a group of Crossplane that lists it',
    (name: string) => ({
      users: [user, crossplane('iam', 'User', 'other', {})],
      groups: [members],
      policies: [usePolicy],
      grouppolicyattachments: [attached],
      groupmemberships: [
        crossplane('iam', 'GroupMembership', 'all', { groupRef: { name: 'builders' }, userRefs: [{ name }] }),
      ],
    }),
  ],
  [
    'a group of Crossplane that it is in, by its labels',
    (use: string) => ({
      users: [user],
      groups: [
        { ...members, metadata: { name: 'builders', labels: { use: 'ci' } } },
        crossplane('iam', 'Group', 'other', {}),
      ],
      policies: [usePolicy],
      grouppolicyattachments: [attached],
      usergroupmemberships: [
        crossplane('iam', 'UserGroupMembership', 'ci', {
          userRef: { name: 'ci' },
          groupSelector: { matchLabels: { use } },
        }),
      ],
    }),
  ],
  [
    'the policy that a user of ACK has in it',
    (name: string) => ({
      users: [called('ci', 'User', { inlinePolicies: { use: name === 'ci' ? ebs : nothing } })],
    }),
  ],
  [
    'the policy of ACK that its user names',
    (name: string) => ({
      policies: [
        called('ci', 'Policy', { policyDocument: ebs }),
        called('other', 'Policy', { policyDocument: nothing }),
      ],
      users: [called('ci', 'User', { policyRefs: [{ from: { name } }] })],
    }),
  ],
])('a user launches an image of another account as %s lets it', async (_, objects) => {
  const instance = crossplane('ec2', 'Instance', 'app', { ami: foreignImage })
  const causes = async (name: string) => {
    const { status } = await asked(review('CREATE', instance), cluster({ keys: [key], ...objects(name) }))
    return status.details?.causes.map(({ reason }) => reason)
  }
  expect(await causes('ci')).toBeUndefined()
  expect(await causes('other')).toEqual(['access/launcher-policies-allow-key'])
})

test('an instance of ACK is launched by whom the key of its image admits', async () => {
  const instance = ack('ec2', 'Instance', { imageID: foreignImage })
  const causes = async (use: string) => {
    const users = [called('ci', 'User', { inlinePolicies: { use } })]
    const namesake = { ...ack('ec2', 'Instance', {}), metadata: { name: 'example', namespace: 'apart' } }
    const objects = cluster({ users, instances: [namesake] })
    const { status } = await asked(review('CREATE', instance), objects)
    return status.details?.causes.map(({ reason }) => reason)
  }
  expect(await causes(ebs)).toBeUndefined()
  expect(await causes(nothing)).toEqual(['access/launcher-policies-allow-key'])
})

test('what is no object of ours, and what is no review, is answered', async () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} }
  expect((await asked(review('CREATE', pod), healthy)).allowed).toBe(true)
  for (const text of ['{}', '[]', '"a"', '{"request":{"uid":7,"object":[]}}'])
    expect(
      response.parse(JSON.parse((await opa.ask(webhook.clientConfig.service.path, text)).text)).response,
    ).toMatchObject({
      allowed: false,
      status: { code: 400 },
    })
  expect((await opa.ask(webhook.clientConfig.service.path, '{"request":')).status).toBe(400)
  expect((await asked(review('UPDATE', key, key), healthy)).allowed).toBe(true)
})

test('nobody writes into OPA without the token', async () => {
  expect((await opa.ask('/v1/data/kubernetes', {}, { method: 'PUT' })).status).toBe(401)
  expect((await opa.ask('/v1/data/keyreach', {}, { method: 'PUT', token })).status).toBe(401)
})

test('the manifests have what the kinds of Kubernetes have, and belong together', () => {
  for (const document of documents) shape(document.kind).parse(document)
  const { resources } = of('Kustomization')
  expect([...resources, 'kustomization.yaml'].sort()).toEqual(files.sort())
  const service = of('Service')
  expect(webhook.clientConfig.service).toMatchObject({ name: service.metadata.name, port: service.spec.ports[0].port })
  expect(of('Certificate').spec.dnsNames).toEqual([`${service.metadata.name}.${of('Namespace').metadata.name}.svc`])
  expect(of('Certificate').spec.secretName).toBe(of('Deployment').spec.template.spec.volumes[0].secret.secretName)
  expect(of('ClusterRole').rules[0].apiGroups).toEqual(webhook.rules[0].apiGroups)
  const copied = copier.args.flatMap((arg: string) => /^--replicate-cluster=.*\/(\w+)$/.exec(arg)?.[1] ?? [])
  expect(copied.sort()).toEqual(
    Object.values(KINDS)
      .map(({ plural }) => plural)
      .sort(),
  )
  const ports = of('NetworkPolicy').spec.ingress[0].ports.map(({ port }: { port: number }) => port)
  expect(ports).toEqual(opaContainer.ports.map(({ containerPort }: { containerPort: number }) => containerPort))
})

test('the configuration of OPA is that of docs/opa-server.md, but for how large a request may be', () => {
  const [, page = ''] = /^```yml\n(.*?)^```$/ms.exec(readFileSync('docs/opa-server.md', 'utf8')) ?? []
  const spoken = (text: string) => text.replace(/^ +…\n/m, '').replaceAll(/max_length: \d+/g, 'max_length: n')
  expect(spoken(of('ConfigMap').data['opa.yaml'])).toBe(spoken(page))
})

/** An object of ACK. */
function ack(service: string, kind: string, spec: object) {
  return {
    apiVersion: `${service}.services.k8s.aws/v1alpha1`,
    kind,
    metadata: { name: 'example', namespace: 'team' },
    spec,
  }
}

/** The fields of a manifest that there may be; a misspelt one is one too many. */
function shape(kind: string) {
  const metadata = z.strictObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  })
  const apiVersion = z.string().regex(/^([a-z0-9.-]+\/)?v\d/)
  const own: { readonly [kind: string]: z.ZodRawShape } = {
    Namespace: {},
    ServiceAccount: {},
    Kustomization: { namespace: z.string(), resources: z.array(z.string()) },
    ConfigMap: { data: z.record(z.string(), z.string()) },
    Issuer: { spec: z.strictObject({ selfSigned: z.strictObject({}) }) },
    Certificate: {
      spec: z.strictObject({
        secretName: z.string(),
        dnsNames: z.array(z.string()),
        issuerRef: z.strictObject({ name: z.string(), kind: z.enum(['Issuer', 'ClusterIssuer']) }),
      }),
    },
    ClusterRole: { rules: z.array(z.strictObject({ apiGroups: texts, resources: texts, verbs: texts })) },
    ClusterRoleBinding: {
      roleRef: z.strictObject({ apiGroup: z.string(), kind: z.literal('ClusterRole'), name: z.string() }),
      subjects: z.array(z.strictObject({ kind: z.string(), name: z.string(), namespace: z.string() })),
    },
    Service: {
      spec: z.strictObject({
        selector: z.record(z.string(), z.string()),
        ports: z.array(z.strictObject({ name: z.string(), port: z.int(), targetPort: z.string() })),
      }),
    },
    NetworkPolicy: {
      spec: z.strictObject({
        podSelector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
        policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
        ingress: z.array(z.strictObject({ ports: z.array(networkPort) })),
        egress: z.array(z.strictObject({ ports: z.array(networkPort) })),
      }),
    },
    Deployment: {
      spec: z.strictObject({
        replicas: z.int(),
        selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
        template: z.strictObject({
          metadata: z.strictObject({ labels: z.record(z.string(), z.string()) }),
          spec: z.strictObject({
            serviceAccountName: z.string(),
            securityContext: z.object({ runAsNonRoot: z.literal(true) }),
            containers: z.array(container),
            volumes: z.array(z.object({ name: z.string() })),
          }),
        }),
      }),
    },
    ValidatingWebhookConfiguration: {
      webhooks: z.array(
        z.strictObject({
          name: z.string().regex(/^[a-z-]+\.[a-z-]+\.[a-z]+$/),
          admissionReviewVersions: z.tuple([z.literal('v1')]),
          sideEffects: z.literal('None'),
          failurePolicy: z.enum(['Ignore', 'Fail']),
          matchPolicy: z.enum(['Equivalent', 'Exact']),
          timeoutSeconds: z.int().max(30),
          clientConfig: z.strictObject({
            service: z.strictObject({ name: z.string(), namespace: z.string(), path: z.string(), port: z.int() }),
          }),
          rules: z.array(
            z.strictObject({
              apiGroups: texts,
              apiVersions: texts,
              operations: texts,
              resources: texts,
              scope: z.string(),
            }),
          ),
        }),
      ),
    },
  }
  const named = kind === 'Kustomization' ? {} : { metadata }
  return z.strictObject({ apiVersion, kind: z.literal(Object.keys(own)), ...named, ...own[kind] })
}

const texts = z.array(z.string())

const networkPort = z.strictObject({ protocol: z.enum(['TCP', 'UDP']), port: z.int() })

const probe = z.strictObject({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) })

const container = z.strictObject({
  name: z.string(),
  image: z.string().regex(/^[a-z/-]+:[0-9]/),
  args: texts,
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })).optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  resources: z.strictObject({ requests: z.record(z.string(), z.string()), limits: z.record(z.string(), z.string()) }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.literal(true) })),
})
