import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { exampleWorld } from '../engine/example'
import { readProject } from '../generator/read'
import { compile } from '../generator/rego'
import { evaluateWith, type Json, type JsonObject } from '../policies/intrinsics'
import { hasServiceLinkedRole, isEncryptedByDefault, isRegionEnabled } from '../policies/lang/account'
import type { Fix } from '../policies/lang/finding'
import { isKeyEnabled, type Key } from '../policies/lang/key'
import { waitFix, waitsFor } from '../policies/lang/order'
import { membershipOf } from '../policies/lang/organization'
import { parameter } from '../policies/lang/parameter'
import { type ExampleAccount, later, type Resources } from '../policies/lang/rule'
import { tool } from '../scripts/tools'

/*
 * Words that rules may use, whether or not one does yet: what they say of a world, on every engine. No rule means that nothing is left
 * out of the Rego as unused.
 */

const account = '444455556666'
const arn = `arn:aws:kms:eu-central-1:${account}:key/1a345678-1234-1234-1234-123456789012`

const words = {
  hasServiceLinkedRole,
  isEncryptedByDefault,
  isKeyEnabled,
  isRegionEnabled,
  membershipOf,
  parameter,
  waitFix,
  waitsFor,
}
const packages: { readonly [word in keyof typeof words]: string } = {
  hasServiceLinkedRole: 'account.has_service_linked_role',
  isEncryptedByDefault: 'account.is_encrypted_by_default',
  isKeyEnabled: 'key.is_key_enabled',
  isRegionEnabled: 'account.is_region_enabled',
  membershipOf: 'organization.membership_of',
  parameter: 'parameter.parameter',
  waitFix: 'order.wait_fix',
  waitsFor: 'order.waits_for',
}

interface Case {
  readonly name: string
  readonly world: JsonObject
  readonly word: keyof typeof words
  readonly args: readonly unknown[]
  readonly expected: unknown
}

const cases: readonly Case[] = [
  ...said('isEncryptedByDefault', [{ account, region: 'eu-central-1' }], {
    'nothing is declared': [{}, 'unknown'],
    'the region is declared': [declaring({ 'encryption-by-default': ['eu-central-1'] }), 'yes'],
    'other regions are declared': [declaring({ 'encryption-by-default': ['eu-west-1'] }), 'no'],
    'no region is declared': [declaring({ 'encryption-by-default': [] }), 'no'],
    'a plan sets it': [planned({ 'aws_ebs_encryption_by_default.a': {} }), 'yes'],
    'a plan unsets it': [planned({ 'aws_ebs_encryption_by_default.a': { enabled: false } }), 'no'],
    'a plan sets it to what is not known': [
      planned({ 'aws_ebs_encryption_by_default.a': { enabled: later } }),
      'unknown',
    ],
    'a plan has read it': [planned({ 'data.aws_ebs_encryption_by_default.a': { enabled: true } }), 'yes'],
    'a plan wins over what is declared': [
      { ...planned({ 'aws_ebs_encryption_by_default.a': {} }), ...declaring({ 'encryption-by-default': [] }) },
      'yes',
    ],
    'a plan sets it elsewhere': [planned({ 'aws_ebs_encryption_by_default.a': {} }, 'eu-west-1'), 'unknown'],
  }),
  ...said('isEncryptedByDefault', [{ account, region: null }], {
    'the region is not known': [planned({ 'aws_ebs_encryption_by_default.a': {} }), 'unknown'],
  }),
  ...said('isRegionEnabled', [account, 'eu-central-1'], { 'every account has it': [{}, 'yes'] }),
  ...said('isRegionEnabled', [account, 'eu-south-1'], {
    'nothing is declared': [{}, 'unknown'],
    'it is declared': [declaring({ regions: ['eu-south-1'] }), 'yes'],
    'others are declared': [declaring({ regions: ['ap-east-1'] }), 'no'],
    'a plan is at work there': [planned({ 'aws_kms_key.a': {} }, 'eu-south-1'), 'yes'],
    'a plan is at work elsewhere': [planned({ 'aws_kms_key.a': {} }), 'unknown'],
    'a plan enables it': [planned({ 'aws_account_region.a': { region_name: 'eu-south-1', enabled: true } }), 'yes'],
    'a plan disables it': [planned({ 'aws_account_region.a': { region_name: 'eu-south-1', enabled: false } }), 'no'],
    'the management account enables it for another': [
      planned({ 'aws_account_region.a': { account_id: '111122223333', region_name: 'eu-south-1', enabled: true } }),
      'unknown',
    ],
  }),
  ...said('hasServiceLinkedRole', [account, 'AWSServiceRoleForAutoScaling_app'], {
    'nothing is declared': [{}, 'unknown'],
    'it is declared': [declaring({ 'service-linked-roles': ['AWSServiceRoleForAutoScaling_app'] }), 'yes'],
    'another is declared': [declaring({ 'service-linked-roles': ['AWSServiceRoleForAutoScaling'] }), 'no'],
    'a plan makes it': [
      planned({
        'aws_iam_service_linked_role.a': { aws_service_name: 'autoscaling.amazonaws.com', custom_suffix: 'app' },
      }),
      'yes',
    ],
    'a plan makes one of a suffix that is not known': [
      {
        ...planned({
          'aws_iam_service_linked_role.a': { aws_service_name: 'autoscaling.amazonaws.com', custom_suffix: later },
        }),
        ...declaring({ 'service-linked-roles': [] }),
      },
      'unknown',
    ],
    'a plan has read it': [planned({ 'data.aws_iam_role.a': { name: 'AWSServiceRoleForAutoScaling_app' } }), 'yes'],
  }),
  ...said('isKeyEnabled', [foreign()], {
    'nothing is declared': [{}, 'unknown'],
    'it is declared enabled': [{ keys: { [arn]: { enabled: true } } }, 'yes'],
    'it is declared disabled': [{ keys: { [arn]: { enabled: false } } }, 'no'],
    'a plan has read it': [planned({ 'data.aws_kms_key.a': { arn, enabled: false } }), 'no'],
  }),
  ...said('isKeyEnabled', [own('aws_kms_key.a')], {
    'nothing is said': [planned({ 'aws_kms_key.a': {} }), 'yes'],
    'it is disabled': [planned({ 'aws_kms_key.a': { is_enabled: false } }), 'no'],
    'it is known at apply': [planned({ 'aws_kms_key.a': { is_enabled: later } }), 'unknown'],
  }),
  ...said('isKeyEnabled', [own('aws_kms_external_key.a')], {
    'its material may be missing': [planned({ 'aws_kms_external_key.a': {} }), 'unknown'],
    'it is said to be enabled': [planned({ 'aws_kms_external_key.a': { enabled: true } }), 'yes'],
    'its material is given': [planned({ 'aws_kms_external_key.a': { key_material_base64: later } }), 'yes'],
    'its material has been imported': [planned({ 'aws_kms_external_key.a': { key_state: 'Enabled' } }), 'yes'],
    'its material is waited for': [planned({ 'aws_kms_external_key.a': { key_state: 'PendingImport' } }), 'no'],
    'its material had expired when it was planned': [expiring('2026-11-24T00:00:00Z'), 'no'],
    'its material had not expired yet': [expiring('2026-11-26T00:00:00Z'), 'yes'],
    'in what time zone it expires makes it hard to tell': [expiring('2026-11-26T00:00:00+01:00'), 'unknown'],
  }),
  ...said('membershipOf', [account], {
    'nothing is declared': [{}, hole('the organization of 444455556666 (organization in keyreach.yaml)')],
    'it is not among the accounts': [
      { organization: { id: 'o-a', root: 'r-a', accounts: {} } },
      hole('the organization of 444455556666 (organization in keyreach.yaml)'),
    ],
    'it is in a unit': [
      { organization: { id: 'o-a', root: 'r-a', accounts: { [account]: 'ou-a-1' } } },
      { id: 'o-a', path: 'o-a/r-a/ou-a-1/' },
    ],
    'it is in a unit below another': [
      { organization: { id: 'o-a', root: 'r-a', accounts: { [account]: 'ou-a-1/ou-a-2' } } },
      { id: 'o-a', path: 'o-a/r-a/ou-a-1/ou-a-2/' },
    ],
    'it is below the root': [
      { organization: { id: 'o-a', accounts: { [account]: 'r-a' } } },
      { id: 'o-a', path: 'o-a/r-a/' },
    ],
    'the root is not declared': [
      { organization: { id: 'o-a', accounts: { [account]: 'ou-a-1' } } },
      { id: 'o-a', path: hole('the units of 444455556666 (organization in keyreach.yaml)') },
    ],
    'it is the management account': [
      { organization: { id: 'o-a', root: 'r-a', management: account } },
      { id: 'o-a', path: hole('the units of 444455556666 (organization in keyreach.yaml)') },
    ],
  }),
  ...said(
    'parameter',
    [
      { id: 'kms/key-can-be-rescued', aliases: ['kms-deletion-window'] },
      { name: 'days', default: 30, description: '' },
    ],
    {
      'nothing is set': [{}, 30],
      'it is set by the id': [{ parameters: { 'kms/key-can-be-rescued': { days: 7 } } }, 7],
      'it is set by an alias': [{ parameters: { 'kms-deletion-window': { days: 7 } } }, 7],
      'it is set to zero': [{ parameters: { 'kms-deletion-window': { days: 0 } } }, 0],
      'it is set to another type': [{ parameters: { 'kms-deletion-window': { days: 'seven' } } }, 30],
      'another rule has one of that name': [{ parameters: { 'kms/other': { days: 7 } } }, 30],
    },
  ),
  ...said(
    'parameter',
    [
      { id: 'a/b', aliases: [] },
      { name: 'names', default: ['x'], description: '' },
    ],
    {
      'a list is set': [{ parameters: { 'a/b': { names: ['y', 'z'] } } }, ['y', 'z']],
    },
  ),
  ...said(
    'parameter',
    [
      { id: 'a/b', aliases: [] },
      { name: 'strict', default: true, description: '' },
    ],
    {
      'it is set to false': [{ parameters: { 'a/b': { strict: false } } }, false],
    },
  ),
  ...said('waitsFor', [written('0|', 'aws_autoscaling_group.a'), written('0|', 'aws_kms_grant.a')], {
    'nothing ties them': [ordered({ 'aws_autoscaling_group.a': {}, 'aws_kms_grant.a': {} }), 'no'],
    'the one depends on the other': [
      ordered({ 'aws_autoscaling_group.a': { depends_on: ['aws_kms_grant.a'] } }),
      'yes',
    ],
    'the other depends on the one': [ordered({ 'aws_kms_grant.a': { depends_on: ['aws_autoscaling_group.a'] } }), 'no'],
    'it depends on what waits for it': [
      ordered({
        'aws_autoscaling_group.a': { depends_on: ['time_sleep.a'] },
        'time_sleep.a': { expressions: { triggers: { references: ['aws_kms_grant.a.grant_id', 'aws_kms_grant.a'] } } },
      }),
      'yes',
    ],
    'a block refers to an instance of it': [
      ordered({
        'aws_autoscaling_group.a': {
          expressions: {
            tag: [{ value: { references: ['aws_kms_grant.a[0].id', 'aws_kms_grant.a[0]', 'aws_kms_grant.a'] } }],
          },
        },
      }),
      'yes',
    ],
    'it is repeated for what it gives': [
      ordered({
        'aws_autoscaling_group.a': { for_each_expression: { references: ['data.aws_kms_grants.a'] } },
        'data.aws_kms_grants.a': { depends_on: ['aws_kms_grant.a'] },
      }),
      'yes',
    ],
    'a local may be the way': [
      ordered({ 'aws_autoscaling_group.a': { expressions: { name: { references: ['local.name'] } } } }),
      'unknown',
    ],
    'a local stands before both': [
      ordered({
        'aws_autoscaling_group.a': { expressions: { name: { references: ['local.name'] } } },
        'aws_kms_grant.a': { expressions: { name: { references: ['local.name'] } } },
      }),
      'no',
    ],
    'it depends on the module with an output of it': [
      ordered(
        { 'aws_autoscaling_group.a': { expressions: { name: { references: ['module.m.name', 'module.m'] } } } },
        { outputs: { name: { expression: { references: ['var.name'] } } } },
        { expressions: { name: { references: ['aws_kms_grant.a.id', 'aws_kms_grant.a'] } } },
      ),
      'yes',
    ],
    'the output of the module says nothing of it': [
      ordered(
        { 'aws_autoscaling_group.a': { expressions: { name: { references: ['module.m.other', 'module.m'] } } } },
        { outputs: { name: { expression: { references: ['var.name'] } }, other: {} } },
        { expressions: { name: { references: ['aws_kms_grant.a.id', 'aws_kms_grant.a'] } } },
      ),
      'no',
    ],
    'an output depends on it': [
      ordered(
        { 'aws_autoscaling_group.a': { depends_on: ['module.m'] } },
        { resources: [{ address: 'null_resource.a', expressions: {} }] },
        { depends_on: ['aws_kms_grant.a'] },
      ),
      'yes',
    ],
  }),
  ...said('waitsFor', [written('0|m', 'aws_autoscaling_group.a'), written('0|', 'aws_kms_grant.a')], {
    'its module depends on the other': [ordered({}, inModule({}), { depends_on: ['aws_kms_grant.a'] }), 'yes'],
    'its module is given the other': [
      ordered({}, inModule({ expressions: { name: { references: ['var.name'] } } }), {
        expressions: { name: { references: ['aws_kms_grant.a.id', 'aws_kms_grant.a'] } },
      }),
      'yes',
    ],
    'its module is given the other in vain': [
      ordered({}, inModule({}), {
        expressions: { name: { references: ['aws_kms_grant.a.id', 'aws_kms_grant.a'] } },
      }),
      'no',
    ],
  }),
  ...said('waitsFor', [written('0|', 'aws_autoscaling_group.a'), written('0|m', 'aws_kms_grant.a')], {
    'it depends on all of a module': [
      ordered(
        { 'aws_autoscaling_group.a': { depends_on: ['module.m'] } },
        { resources: [{ address: 'aws_kms_grant.a', expressions: {} }] },
      ),
      'yes',
    ],
  }),
  ...said('waitFix', [written('0|', 'aws_autoscaling_group.a'), written('0|', 'aws_kms_grant.a')], {
    'both are in one module': [{}, [waiting('aws_autoscaling_group.a', 'aws_kms_grant.a')]],
  }),
  ...said('waitFix', [written('0|a/b', 'aws_autoscaling_group.a'), written('0|a/c/d', 'aws_kms_grant.a')], {
    'modules hold both': [{}, [waiting('module.a.module.b', 'module.c')]],
  }),
  ...said('waitFix', [written('0|a', 'aws_autoscaling_group.a'), written('0|', 'aws_kms_grant.a')], {
    'a module holds what is to wait': [{}, [waiting('module.a', 'aws_kms_grant.a')]],
  }),
  ...said(
    'waitFix',
    [
      { ...written('0|a', 'aws_autoscaling_group.a'), address: 'app.json:aws_autoscaling_group.a' },
      written('0|', 'aws_kms_grant.a'),
    ],
    {
      'a module holds it, of one of several stacks': [
        { plans: [{ file: 'app.json' }] },
        [waiting('app.json:module.a', 'aws_kms_grant.a')],
      ],
    },
  ),
  ...said('waitFix', [written('0|', 'aws_autoscaling_group.a'), written('0|a/b', 'aws_kms_grant.a')], {
    'a module holds what is waited for': [{}, [waiting('aws_autoscaling_group.a', 'module.a')]],
  }),
]

/** The answers of OPA and Wasm, in the order of the cases. */
let answers: { readonly opa: readonly unknown[]; readonly wasm: readonly unknown[] }
beforeAll(async () => {
  answers = await inRego()
}, 120_000)

test.each(cases.map((one, i) => ({ ...one, i })))('$word: $name', ({ world, word, args, expected, i }) => {
  const said = words[word] as (...args: readonly unknown[]) => unknown
  expect(evaluateWith({ input: world, settings: {} }, () => said(...args))).toEqual(expected)
  const { plans, ...settings } = world
  expect(evaluateWith({ input: { plans: plans ?? [] }, settings }, () => said(...args))).toEqual(expected)
  expect(answers.opa[i]).toEqual(expected)
  expect(answers.wasm[i]).toEqual(expected)
})

function said(
  word: keyof typeof words,
  args: readonly unknown[],
  worlds: { readonly [name: string]: readonly [JsonObject, unknown] },
): readonly Case[] {
  return Object.entries(worlds).map(([name, [world, expected]]) => ({ name, world, word, args, expected }))
}

function hole(unknown: string): JsonObject {
  return { unknown, candidates: [] }
}

function declaring(facts: JsonObject): JsonObject {
  return { accounts: { [account]: facts } }
}

function planned(resources: Resources, region = 'eu-central-1'): JsonObject {
  const owner: ExampleAccount = { id: account, region, resources }
  return exampleWorld({ accounts: [owner] }) as unknown as JsonObject
}

/** A key with material until a time, planned on 25 November 2026. */
function expiring(until: string): JsonObject {
  const world = planned({ 'aws_kms_external_key.a': { key_material_base64: 'bWF0ZXJpYWw=', valid_to: until } })
  const plans = world.plans as readonly { readonly plan: JsonObject }[]
  return {
    ...world,
    plans: plans.map(entry => ({ ...entry, plan: { ...entry.plan, timestamp: '2026-11-25T00:00:00Z' } })),
  } as unknown as JsonObject
}

/** A resource as far as its place in the configuration goes. */
function written(module: string, local: string): JsonObject {
  return {
    written: `${module}|${local}`,
    plan: 0,
    module,
    local,
    own: local,
    address: local,
    account,
    expressions: [{}],
  }
}

function waiting(target: string, on: string): Fix {
  return { kind: 'depends-on', account, target, on }
}

/** A configuration of resources, by address, and of a module `m`. */
function ordered(resources: Resources, module: JsonObject = {}, call: JsonObject = {}): JsonObject {
  const listed = Object.entries({ 'aws_kms_grant.a': {}, ...resources }).map(([address, rest]) => ({
    address,
    ...rest,
  }))
  const inner = { variables: { name: {} }, ...module }
  const root_module = { resources: listed, module_calls: { m: { ...call, module: inner } } }
  return { plans: [{ plan: { configuration: { root_module } } }] }
}

function inModule(group: JsonObject): JsonObject {
  return { resources: [{ address: 'aws_autoscaling_group.a', ...group }] }
}

function foreign(): Key {
  return { id: arn, arn, node: null, account, region: 'eu-central-1', label: arn, others: [] }
}

function own(address: string): Key {
  const node = `0|${address}`
  return { ...foreign(), id: node, arn: { unknown: `${address}.arn`, candidates: [node] }, node, label: address }
}

async function inRego(): Promise<typeof answers> {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  try {
    const { files, diagnostics } = compile(readProject('policies/lang'))
    expect(diagnostics).toEqual([])
    for (const { path, text } of [...files, { path: 'asked.rego', text: caller() }]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const given = { cases: cases.map(({ world, args }) => ({ world, args })) }
    const opa = (...args: readonly string[]): string =>
      execFileSync(tool('opa'), args, { cwd: folder, input: JSON.stringify(given), encoding: 'utf8' })
    const native = opa('eval', '-f', 'raw', '-d', '.', '--stdin-input', '--strict-builtin-errors', 'data.asked.answers')
    opa('build', '-t', 'wasm', '-e', 'asked/answers', '-o', 'b.tar.gz', 'asked.rego', 'policies')
    execFileSync('tar', ['xzf', 'b.tar.gz', '/policy.wasm'], { cwd: folder, stdio: 'ignore' })
    const policy = await loadPolicy(readFileSync(join(folder, 'policy.wasm')), { initial: 512, maximum: 65536 })
    return { opa: inOrder(JSON.parse(native)), wasm: inOrder(policy.evaluate(given)[0]?.result) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A module that asks every case; what it asks with comes from the input, so that OPA knows nothing of its types. */
function caller(): string {
  const rules = cases.map(({ word, args }, i) => {
    const given = args.map((_, n) => `asked.args[${n}]`).join(', ')
    return `answers["${i}"] := answer if {
	asked := input.cases[${i}]
	answer := data.policies.lang.${packages[word]}(${given}) with input as asked.world
}`
  })
  return `package asked\n\n${rules.join('\n\n')}\n`
}

function inOrder(told: { readonly [position: string]: Json } = {}): readonly unknown[] {
  return cases.map((_, i) => told[i])
}
