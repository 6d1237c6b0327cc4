import { exampleWorld } from '../engine/example'
import { plain } from '../engine/report/paint'
import { text } from '../engine/report/text'
import type { JsonObject } from '../policies/intrinsics'
import type { Finding, Fix } from '../policies/lang/finding'
import { type ExampleAccount, type ExampleWorld, type Resources, ref } from '../policies/lang/rule'
import { judgeAll } from './engines'

/*
 * Accounts that share a key, each with its own plan or with none: what one of them has to allow is said even where its plan is absent.
 */

const owner = '444455556666'
const consumer = '111122223333'
const arn = `arn:aws:kms:eu-central-1:${owner}:key/1a345678-1234-1234-1234-123456789012`
const deployer = `arn:aws:iam::${consumer}:role/deployer`
const role = `arn:aws:iam::${consumer}:role/EC2ImageBuilderDistributionCrossAccountRole`
const group = `arn:aws:iam::${consumer}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`

/** The consumer makes a grant on the key of the owner, of whom there is no plan. */
const granting: ExampleWorld = {
  accounts: [
    {
      id: consumer,
      resources: {
        'aws_iam_role.deployer': { name: 'deployer', path: '/', assume_role_policy: '{}' },
        'aws_iam_role_policy.deployer': {
          role: 'deployer',
          policy: allowing({ Action: 'kms:CreateGrant', Resource: arn }),
        },
        'aws_kms_grant.group': { key_id: arn, grantee_principal: group, operations: ['CreateGrant', 'Decrypt'] },
      },
    },
  ],
  declared: { accounts: { [consumer]: { deployer } } },
}

/** The owner distributes an image to the consumer, of whom there is no plan. */
const distributing: ExampleWorld = {
  accounts: [
    {
      id: owner,
      resources: {
        'aws_kms_key.image': {
          policy: allowing({ Principal: { AWS: `arn:aws:iam::${consumer}:root` }, Action: 'kms:*', Resource: '*' }),
        },
        'aws_imagebuilder_distribution_configuration.app': {
          name: 'app',
          distribution: [
            {
              region: 'eu-central-1',
              ami_distribution_configuration: [
                { target_account_ids: [consumer], kms_key_id: ref('aws_kms_key.image', 'arn') },
              ],
            },
          ],
        },
      },
    },
  ],
}

test('the account of a key of which there is no plan is asked for a statement in its policy', async () => {
  const [finding] = await unknown(granting, 'auto-scaling/grant-creator-may-create-it')
  expect(finding?.fix).toEqual([
    {
      kind: 'key-policy-statement',
      account: owner,
      target: arn,
      statement: {
        Sid: 'KeyreachGrants',
        Effect: 'Allow',
        Principal: { AWS: deployer },
        Action: ['kms:CreateGrant'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:GranteePrincipal': group } },
      },
    },
  ])
})

test('once it says that its policy has the statement, nothing is unknown', async () => {
  const [finding] = await unknown(granting, 'auto-scaling/grant-creator-may-create-it')
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: finding?.fix.flatMap(statementOf) })
  const world = { ...granting, declared: { ...granting.declared, keys: { [arn]: { policy } } } }
  expect(await verdicts(world, 'auto-scaling/grant-creator-may-create-it')).toEqual(['pass'])
})

test('the account of a role of which there is no plan is asked for statements in its policies', async () => {
  const [finding] = await unknown(distributing, 'image-builder/distribution-role-uses-keys')
  expect(finding?.fix).toMatchObject([
    { kind: 'identity-statement', account: consumer, target: role },
    {
      kind: 'identity-statement',
      account: consumer,
      target: role,
      statement: { Action: ['kms:CreateGrant'], Resource: '${aws_kms_key.image.arn}' },
    },
  ])
})

test('once its plan is there, nothing is asked', async () => {
  const resources: Resources = {
    'aws_iam_role.distribution': {
      name: 'EC2ImageBuilderDistributionCrossAccountRole',
      path: '/',
      assume_role_policy: '{}',
    },
    'aws_iam_role_policy.distribution': {
      role: 'EC2ImageBuilderDistributionCrossAccountRole',
      policy: allowing({ Action: 'kms:*', Resource: '*' }),
    },
  }
  const world = { ...distributing, accounts: [...distributing.accounts, { id: consumer, resources }] }
  expect(await verdicts(world, 'image-builder/distribution-role-uses-keys')).toEqual(['pass'])
})

test('the report asks in so many words', async () => {
  const [judged] = (await judgeAll([exampleWorld(granting)])).native
  const report = text(judged ?? { findings: [], counts: { pass: 0, fail: 0, unknown: 0, waived: 0 }, errors: [] }, {
    paint: plain,
    width: 100,
    passing: false,
  })
  expect(report.replace(/\s+/g, ' ')).toContain(`ask account ${owner} to add to the key policy of ${arn}: {`)
})

describe('an alias of another account is the key that it stands for there', () => {
  const launching: Resources = {
    'aws_launch_template.app': {
      name: 'app',
      block_device_mappings: [
        {
          device_name: '/dev/xvda',
          ebs: [{ encrypted: 'true', kms_key_id: `arn:aws:kms:eu-central-1:${owner}:alias/image` }],
        },
      ],
    },
    'aws_autoscaling_group.app': { name: 'app', launch_template: [{ id: ref('aws_launch_template.app', 'id') }] },
  }
  const target = ref('aws_kms_key.image', 'key_id')

  test.each<[string, JsonObject, NonNullable<ExampleAccount['identities']>]>([
    ['by its name', { name: 'alias/image', target_key_id: target }, {}],
    [
      'by the ARN that is declared for it',
      { name_prefix: 'alias/', target_key_id: target },
      { 'aws_kms_alias.image': `arn:aws:kms:eu-central-1:${owner}:alias/image` },
    ],
  ])('%s', async (_, attributes, identities) => {
    const accounts: readonly ExampleAccount[] = [
      { id: consumer, resources: launching },
      { id: owner, resources: { 'aws_kms_key.image': {}, 'aws_kms_alias.image': attributes }, identities },
    ]
    const findings = await found({ accounts }, 'auto-scaling/service-linked-role-holds-grant')
    expect(findings.map(({ message }) => message)[0]).toContain('no grant on `aws_kms_key.image` gives')
  })
})

function allowing(statement: JsonObject): JsonObject {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }
}

function statementOf(fix: Fix): readonly JsonObject[] {
  return fix.kind === 'key-policy-statement' ? [fix.statement] : []
}

/** What a rule finds in a world; every engine the same. */
async function found(example: ExampleWorld, rule: string): Promise<readonly Finding[]> {
  const { native, wasm, opa } = await judgeAll([exampleWorld(example)])
  expect(native[0]?.errors).toEqual([])
  expect(wasm).toEqual(native)
  expect(opa).toEqual(native)
  return native[0]?.findings.filter(finding => finding.rule === rule) ?? []
}

async function unknown(example: ExampleWorld, rule: string): Promise<readonly Finding[]> {
  return (await found(example, rule)).filter(({ verdict }) => verdict === 'unknown')
}

async function verdicts(example: ExampleWorld, rule: string): Promise<readonly string[]> {
  return [...new Set((await found(example, rule)).map(({ verdict }) => verdict))]
}
