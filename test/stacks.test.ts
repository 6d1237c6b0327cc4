import { evaluate, type World } from '../engine'
import { exampleWorld } from '../engine/example'
import { applyFix } from '../engine/fix'
import { mended } from '../engine/mend'
import { evaluateRules } from '../engine/native'
import { declarationNotes } from '../engine/notes'
import { rules } from '../engine/registry'
import { reportOf } from '../engine/report'
import { fixText } from '../engine/report/fix'
import { originsIn } from '../engine/report/origin'
import type { JsonObject } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'
import { type ExampleAccount, ref } from '../policies/lang/rule'
import { judgeAll } from './engines'
import { examples } from './examples'

/*
 * The stacks of one account, a plan each, often call their resources alike. What is said of one must not be taken for the other.
 */

const owner = '444455556666'
const consumer = '111122223333'

/** The stack of an image, shared with an account whom its key does not admit. */
function stack(
  id = owner,
  policy: JsonObject = {
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'kms:*', Resource: '*' }],
  },
) {
  const resources: ExampleAccount['resources'] = {
    'aws_kms_key.image': { policy, enable_key_rotation: true },
    'aws_ami_copy.image': {
      source_ami_id: 'ami-0a1b2c3d4e5f60718',
      encrypted: true,
      kms_key_id: ref('aws_kms_key.image', 'arn'),
    },
    'aws_ami_launch_permission.consumer': { image_id: ref('aws_ami_copy.image', 'id'), account_id: consumer },
  }
  return { id, resources }
}

/** Stacks by file. */
function world(stacks: { readonly [file: string]: ExampleAccount }, declared: JsonObject = {}): World {
  const plans = Object.entries(stacks).flatMap(([file, account]) =>
    exampleWorld({ accounts: [account] }).plans.map(plan => ({ ...plan, file })),
  )
  return { plans, ...declared }
}

const rule = 'ami/shared-image-key-admits-audience'

async function failing(of: World): Promise<readonly Finding[]> {
  const { findings } = await evaluate(of)
  return findings.filter(finding => finding.rule === rule && finding.verdict === 'fail')
}

function placesOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ at }) => at))].sort()
}

const two = world({ 'stacks/app/plan.json': stack(), 'stacks/base/plan.json': stack() })

test('each of two stacks of an account has findings of its own, on every engine', async () => {
  const { native, wasm, opa } = await judgeAll([two])
  expect(placesOf(native[0]?.findings.filter(finding => finding.rule === rule) ?? [])).toEqual([
    'stacks/app/plan.json:aws_ami_launch_permission.consumer',
    'stacks/base/plan.json:aws_ami_launch_permission.consumer',
  ])
  expect(wasm).toEqual(native)
  expect(opa).toEqual(native)
})

test('stacks of different accounts need no file in front', async () => {
  const apart = world({ 'app.json': stack(), 'base.json': stack('777788889999') })
  expect(placesOf(await failing(apart))).toEqual(['aws_ami_launch_permission.consumer'])
})

test('a finding comes from the plan of its stack', async () => {
  const originOf = originsIn(two)
  for (const finding of await failing(two)) expect(finding.at).toMatch(`${originOf(finding)}:`)
})

test('a fix mends its own stack, and leaves the other', async () => {
  const [first] = (await failing(two)).filter(({ at }) => at.startsWith('stacks/base/'))
  const after = (first?.fix ?? []).reduce(applyFix, two)
  expect(after.plans[0]).toEqual(two.plans[0])
  expect(after.plans[1]).not.toEqual(two.plans[1])
  const whole = await failing(after)
  expect(whole.map(({ at, message }) => `${at}: ${message}`)).not.toContain(`${first?.at}: ${first?.message}`)
})

test('all that fails is mended, by files for each stack', async () => {
  const { world: after, changes, steps, problems } = await mended(two, async of => failing(of))
  expect(await failing(after)).toEqual([])
  expect(changes.map(({ file }) => file)).toEqual(['stacks/app/plan.json', 'stacks/base/plan.json'])
  expect(new Set(changes.map(({ folder }) => folder)).size).toBe(2)
  expect([steps, problems]).toEqual([[], []])
})

test('a waiver names a place with or without the file', async () => {
  const waived = async (at: string) => {
    const of = { ...two, waivers: [{ rule, at, reason: 'the other side asks for nothing' }], today: '2026-01-01' }
    const report = await evaluate(of)
    expect(declarationNotes(of, report)).toEqual([])
    return placesOf(report.findings.filter(finding => finding.waived !== null))
  }
  const [app, base] = ['app', 'base'].map(name => `stacks/${name}/plan.json:aws_ami_launch_permission.consumer`)
  expect(await waived('aws_ami_launch_permission.*')).toEqual([app, base])
  expect(await waived('stacks/base/*')).toEqual([base])
})

test('a reference is written as its own stack can write it', () => {
  const values = { key_id: `\${app.json:aws_kms_key.image.arn}`, grantee_principal: 'arn:aws:iam::111122223333:role/a' }
  const grant = { kind: 'resource', account: owner, region: null, type: 'aws_kms_grant', values } as const
  const linesOf = (target: string) => fixText({ ...grant, target }, false, 100).lines.join('\n')
  expect(linesOf('app.json:aws_kms_grant.keyreach')).toContain(`aws_kms_key.image.arn\n`)
  expect(linesOf('base.json:aws_kms_grant.keyreach')).toContain('<ARN of app.json:aws_kms_key.image>')
})

test('what a fix adds goes to the stack of what it refers to', () => {
  const target = 'aws_kms_replica_key.keyreach'
  const values = { primary_key_arn: '${base.json:aws_kms_key.image.arn}' }
  const of = world({ 'app.json': stack(), 'base.json': stack() })
  const fix = { kind: 'resource', account: owner, region: null, target, type: 'aws_kms_replica_key', values } as const
  const [app, base] = applyFix(of, fix).plans
  expect(app).toEqual(of.plans[0])
  expect(JSON.stringify(base?.plan)).toContain(target)
})

describe('a further stack that calls its keys alike changes nothing for an account', () => {
  test.each(rules.map(({ id }) => id))('%s', id => {
    for (const { name, world: example } of examples.filter(({ rule }) => rule === id)) {
      const alone = exampleWorld(example)
      const plans = alone.plans.flatMap((plan, i) => [plan, ...siblingsOf(example.accounts[i])])
      expect([name, said({ ...alone, plans }, id)]).toEqual([name, said(alone, id)])
    }
  })
})

/** A stack with keys of the same addresses, of which nobody makes any use. */
function siblingsOf(account: ExampleAccount | undefined): World['plans'] {
  const addresses = Object.keys(account?.resources ?? {}).filter(address => /^aws_kms_key\.\w+$/.test(address))
  if (!account || addresses.length === 0) return []
  const { id, region = 'eu-central-1' } = account
  const resources = Object.fromEntries(addresses.map(address => [address, { enable_key_rotation: true }]))
  const { plans } = exampleWorld({ accounts: [{ id, region, resources }] })
  return plans.map(plan => ({ ...plan, file: `sibling-${plan.file}` }))
}

/** What a rule says of all but siblings, whether or not a file stands in front of a place. */
function said(of: World, id: string): unknown {
  const { findings } = reportOf(evaluateRules(rules, of))
  const own = findings.filter(({ rule, at }) => rule === id && !at.startsWith('sibling-'))
  const texts = own.map(finding => JSON.stringify(finding).replace(/(?<!sibling-)\b\d{12}\.json:/g, ''))
  return texts.sort().map(text => JSON.parse(text))
}
