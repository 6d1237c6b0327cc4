import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse as parseHcl } from '@cdktf/hcl2json'
import { AmiCopy } from '@cdktf/provider-aws/lib/ami-copy'
import { AmiLaunchPermission } from '@cdktf/provider-aws/lib/ami-launch-permission'
import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy'
import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role'
import { KmsGrant } from '@cdktf/provider-aws/lib/kms-grant'
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key'
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { App, TerraformStack } from 'cdktf'
import { evaluate, type PlanEntry, type Report, type World } from '../engine'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { previewOf, type Stack } from '../engine/load/preview'
import { configurationIn, inOverridingOrder } from '../engine/load/stacks'
import { at, type Json, type JsonObject } from '../policies/intrinsics'
import { GRANT8, USE } from '../policies/lang/aws'

const owner = '444455556666'
const consumer = '111122223333'

/** What is not so in a report. */
function found({ findings }: Report): readonly string[] {
  return findings.filter(({ verdict }) => verdict !== 'pass').map(({ verdict, rule, at }) => `${verdict} ${rule} ${at}`)
}

describe('configuration is judged as the plan that Terraform has made of it', () => {
  const folders = [
    'examples/shared-image',
    ...readdirSync('test/fixtures')
      .map(name => join('test/fixtures', name))
      .filter(folder => existsSync(join(folder, 'owner/main.tf'))),
  ]

  test.each(folders)('%s', async folder => {
    const { world } = await load([], await readConfig(join(folder, 'keyreach.yaml')))
    const stacks = await Promise.all(world.plans.map(stackOf))
    expect(found(await evaluate({ ...world, plans: previewOf(stacks) }))).toEqual(found(await evaluate(world)))
  })

  async function stackOf({ plan: _, ...declared }: PlanEntry): Promise<Stack> {
    const hcl = readFileSync(declared.file.replace('plan.json', 'main.tf'), 'utf8')
    return { ...declared, name: null, documents: [await parseHcl('main.tf', hcl)] }
  }
})

describe('stacks that CDK for Terraform synthesizes', () => {
  test('are judged together, before anything is applied', async () => {
    expect(found(await evaluate(await application()))).toEqual([])
  })

  test('fail where what they will have fails', async () => {
    expect(found(await evaluate(await application({ creates: [] })))).toEqual([
      'fail auto-scaling/grant-creator-may-create-it aws_kms_key.image.policy',
    ])
  })

  test('know each other by names that are made up', async () => {
    const { plans } = await application()
    const identities = plans.map(plan => plan.identities)
    const arn = identities[1]?.['aws_kms_key.image']
    expect(arn).toMatch(`arn:aws:kms:eu-central-1:${owner}:key/00000000-0000-4000-8000-`)
    expect(identities).toEqual([
      undefined,
      { 'aws_kms_key.image': arn, 'aws_ami_copy.copy': expect.stringMatching(/^ami-/) },
    ])
    expect(changeOf(plans[0], 'aws_kms_grant.grant').after).toMatchObject({ key_id: arn })
  })
})

/** An image that one account shares, and a group that launches it in another, where the grant is made by who is allowed `creates`. */
async function application({ creates = ['kms:CreateGrant'] } = {}): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'keyreach-'))
  const app = new App({ outdir: directory })
  const [own, other] = [new TerraformStack(app, 'owner'), new TerraformStack(app, 'consumer')]
  const deploys = (account: string) => `arn:aws:iam::${account}:role/deploy`
  new AwsProvider(own, 'aws', { region: 'eu-central-1', assumeRole: [{ roleArn: deploys(owner) }] })
  new AwsProvider(other, 'aws', { region: 'eu-central-1', assumeRole: [{ roleArn: deploys(consumer) }] })

  const role = new IamRole(own, 'builder', {
    name: 'builder',
    assumeRolePolicy: policy({ sid: 'Any', principal: '*' }),
  })
  const key = new KmsKey(own, 'image', {
    enableKeyRotation: true,
    policy: policy(
      {
        sid: 'Root',
        principal: `arn:aws:iam::${new DataAwsCallerIdentity(own, 'me').accountId}:root`,
        actions: ['kms:*'],
      },
      { sid: 'Builder', principal: role.arn, actions: USE },
      { sid: 'Use', principal: `arn:aws:iam::${consumer}:root`, actions: USE },
      {
        sid: 'Grants',
        principal: `arn:aws:iam::${consumer}:root`,
        actions: ['kms:CreateGrant'],
        condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
      { sid: 'Creator', principal: deploys(consumer), actions: ['kms:ListGrants', 'kms:RevokeGrant', ...creates] },
    ),
  })
  const image = new AmiCopy(own, 'copy', {
    name: 'app',
    sourceAmiId: 'ami-0a1b2c3d4e5f60718',
    sourceAmiRegion: 'eu-central-1',
    encrypted: true,
    kmsKeyId: key.arn,
  })
  new AmiLaunchPermission(own, 'share', { imageId: image.id, accountId: consumer })

  const linked = new IamServiceLinkedRole(other, 'linked', { awsServiceName: 'autoscaling.amazonaws.com' })
  new IamRole(other, 'deploy', { name: 'deploy', assumeRolePolicy: policy({ sid: 'Any', principal: '*' }) })
  new IamRolePolicy(other, 'grants', {
    role: 'deploy',
    policy: policy({
      sid: 'Grants',
      actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      resource: key.arn,
    }),
  })
  const grant = new KmsGrant(other, 'grant', { keyId: key.arn, granteePrincipal: linked.arn, operations: [...GRANT8] })
  const template = new LaunchTemplate(other, 'template', {
    imageId: image.id,
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key.arn } }],
  })
  new AutoscalingGroup(other, 'group', {
    minSize: 1,
    maxSize: 3,
    launchTemplate: { id: template.id, version: '$Latest' },
    vpcZoneIdentifier: ['subnet-0123456789abcdef0'],
    dependsOn: [grant],
  })
  try {
    app.synth()
    return (await load(await configurationIn(directory), null)).world
  } finally {
    rmSync(directory, { recursive: true })
  }
}

interface Allowed {
  readonly sid: string
  readonly principal?: string
  readonly actions?: readonly string[]
  readonly resource?: string
  readonly condition?: JsonObject
}

function policy(...allowed: readonly Allowed[]): string {
  const statements = allowed.map(({ sid, principal, actions = ['sts:AssumeRole'], resource = '*', condition }) => ({
    Sid: sid,
    Effect: 'Allow',
    ...(principal && { Principal: { AWS: principal } }),
    Action: actions,
    ...(actions[0] !== 'sts:AssumeRole' && { Resource: resource }),
    ...(condition && { Condition: condition }),
  }))
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

describe('a preview shows', () => {
  const change = (body: JsonObject, document: JsonObject = {}) =>
    changeOf(preview({ resource: { aws_kms_key: { a: body } }, ...document }), 'aws_kms_key.a')

  test('what is computed and what variables without a value give as unknown', () => {
    const { after, after_unknown } = change(
      { description: '${var.text}', is_enabled: true },
      { variable: { text: {} } },
    )
    expect(after).toEqual({ is_enabled: true })
    expect(after_unknown).toMatchObject({ description: true, arn: true, key_id: true })
  })

  test('the values of variables, locals and other arguments', () => {
    const locals = { name: 'image-${var.stage}', days: '${var.days}' }
    const variable = { stage: { default: 'prod' }, days: { default: '14' } }
    const body = { description: '${local.name}', deletion_window_in_days: '${local.days}', is_enabled: 'true' }
    expect(change(body, { variable, locals }).after).toEqual({
      description: 'image-prod',
      deletion_window_in_days: 14,
      is_enabled: true,
    })
  })

  test('text that is escaped as it is meant', () => {
    expect(change({ description: 'for $${aws:PrincipalTag/team}' }).after).toEqual({
      description: 'for ${aws:PrincipalTag/team}',
    })
  })

  test('what comes from a sensitive variable as sensitive', () => {
    const variable = { text: { default: 'hidden', sensitive: true } }
    expect(change({ description: '${var.text}' }, { variable }).after_sensitive).toEqual({ description: true })
  })

  test('a block that stands alone as a list', () => {
    const { after } = changeOf(
      preview({ resource: { aws_autoscaling_group: { a: { launch_template: { version: 1 } } } } }),
      'aws_autoscaling_group.a',
    )
    expect(after).toEqual({ launch_template: [{ version: '1' }] })
  })

  test('blocks that are dynamic', () => {
    const distribution = {
      for_each: ['eu-west-1', '${var.second}'],
      iterator: 'each',
      content: { region: '${each.value}' },
    }
    const { after } = changeOf(
      preview({
        variable: { second: { default: 'us-east-1' } },
        resource: { aws_imagebuilder_distribution_configuration: { a: { dynamic: { distribution } } } },
      }),
      'aws_imagebuilder_distribution_configuration.a',
    )
    expect(after).toEqual({ distribution: [{ region: 'eu-west-1' }, { region: 'us-east-1' }] })
  })

  test('each instance, and none where they are not known', () => {
    const regions = { regions: { default: ['eu-west-1', 'us-east-1'] } }
    const plan = preview({
      variable: { ...regions, later: {} },
      resource: {
        aws_kms_replica_key: {
          each: { for_each: '${toset(var.regions)}', region: '${each.value}' },
          count: { count: 2, description: '${count.index}' },
          later: { for_each: '${var.later}' },
        },
      },
    })
    expect(changeOf(plan, 'aws_kms_replica_key.each["us-east-1"]').after).toEqual({ region: 'us-east-1' })
    expect(changeOf(plan, 'aws_kms_replica_key.count[1]').after).toEqual({ description: '1' })
    expect(plan?.plan.deferred_changes).toMatchObject([
      { reason: 'instance_count_unknown', resource_change: { address: 'aws_kms_replica_key.later' } },
    ])
  })

  test('references as a plan lists them, those through locals too', () => {
    const plan = preview({
      locals: { key: '${aws_kms_key.a["x"].arn}' },
      resource: { aws_kms_alias: { a: { target_key_id: '${local.key}' } }, aws_kms_key: { a: { for_each: ['x'] } } },
    })
    expect(at(plan?.plan as unknown as Json, ['configuration', 'root_module', 'resources', 0, 'expressions'])).toEqual({
      target_key_id: { references: ['aws_kms_key.a["x"].arn', 'aws_kms_key.a["x"]', 'aws_kms_key.a'] },
    })
  })

  test.each([
    ['a text with holes', '{"Statement":[{"Effect":"Allow","Principal":{"AWS":["${aws_iam_role.r.arn}","*"]}}]}'],
    ['jsonencode', '${jsonencode({Statement = [{Effect = "Allow", Principal = {AWS = [aws_iam_role.r.arn, "*"]}}]})}'],
  ])('a policy that is %s as a document', (_, text) => {
    const plan = preview({ resource: { aws_kms_key: { a: { policy: text } }, aws_iam_role: { r: { name: 'r' } } } })
    expect(changeOf(plan, 'data.aws_iam_policy_document.aws_kms_key_a_policy').after).toMatchObject({
      statement: [{ effect: 'Allow', principals: [{ type: 'AWS', identifiers: [null, '*'] }] }],
    })
  })

  test('what an override file puts over it', () => {
    const [plan] = previewOf([
      {
        file: 'a',
        name: null,
        documents: [
          { resource: { aws_kms_key: { a: { description: 'a', is_enabled: false } } } },
          { resource: { aws_kms_key: { a: { is_enabled: true } } } },
        ],
      },
    ])
    expect(changeOf(plan, 'aws_kms_key.a').after).toEqual({ description: 'a', is_enabled: true })
  })

  function preview(document: JsonObject): PlanEntry | undefined {
    return previewOf([{ file: 'a', name: null, documents: [document] }])[0]
  }
})

function changeOf(entry: PlanEntry | undefined, address: string): JsonObject {
  const changes = entry?.plan.resource_changes as readonly { address: string; change: JsonObject }[]
  return changes.find(item => item.address === address)?.change ?? {}
}

test('overrides are read after what they override', () => {
  const files = ['b.tf.json', 'a_override.tf.json', 'override.tf.json', 'a.tf.json'].map(name => [name, name] as const)
  expect(inOverridingOrder(files)).toEqual(['a.tf.json', 'b.tf.json', 'a_override.tf.json', 'override.tf.json'])
})
