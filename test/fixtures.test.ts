import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from '../engine'
import { addressText, parseAddress } from '../engine/address'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { rules } from '../engine/registry'
import type { Finding, Verdict } from '../policies/lang/finding'
import { conftestAll, conftestCombined, type Judgement, judgeAll, oneByOne } from './engines'

const folder = 'test/fixtures'
const scenarios = readdirSync(folder).filter(name => existsSync(join(folder, name, 'expected.json')))

interface Expected {
  readonly rule: string
  readonly verdict: Verdict
  readonly at: string
  readonly accept?: readonly Verdict[]
  readonly why: string
}

const worlds = new Map<string, World>()
let judged: Judgement

beforeAll(async () => {
  for (const name of scenarios)
    worlds.set(name, (await load([], await readConfig(join(folder, name, 'keyreach.yaml')))).world)
  judged = await judgeAll([...worlds.values()])
}, 300_000)

test.each(scenarios)('%s: engines agree', name => {
  const i = scenarios.indexOf(name)
  expect(judged.native[i]?.errors).toEqual([])
  expect(judged.wasm[i]).toEqual(judged.native[i])
  expect(judged.opa[i]).toEqual(judged.native[i])
})

test('stock conftest agrees, on worlds and on single plans as Terraform printed them', async () => {
  const inputs = [...worlds.values()].flatMap(world =>
    world.plans.length === 1 ? [world, world.plans[0]?.plan] : [world],
  )
  const reports = await oneByOne('native', inputs as World[])
  expect(conftestAll(inputs)).toEqual(reports.map(({ findings }) => denied(findings)))
}, 300_000)

test.each([
  'autoscaling-shared-image-creator-aws-resource-condition',
  'copied-ami-launch-iam-deny',
  'image-builder-distribution-role-without-key-actions',
])('%s: conftest --combine with keyreach.yaml as data says what keyreach says', name => {
  const plans = worlds.get(name)?.plans.map(({ file }) => file) ?? []
  const said = conftestCombined(plans, join(folder, name, 'keyreach.yaml'))
  expect(said).toEqual(denied(judged.native[scenarios.indexOf(name)]?.findings ?? []))
})

test('what is waived is denied by nobody', async () => {
  const waivers = [{ rule: 'asg-grant-creator-authorised', at: 'aws_kms_key.*', reason: 'known' }]
  const world = { ...worlds.get('autoscaling-shared-image-creator-aws-resource-condition'), waivers } as World
  const [report] = await oneByOne('native', [world])
  expect(report?.counts).toMatchObject({ fail: 1, waived: 1 })
  expect(conftestAll([world])).toEqual([[]])
})

const expectations = scenarios.flatMap(name =>
  expectedOf(name)
    .filter(({ rule }) => idOf(rule))
    .map(expected => ({ name, ...expected })),
)

test.each(expectations)('$name: $rule $verdict at $at', ({ name, rule, verdict, accept = [], at }) => {
  const findings = findingsOf(name, rule).filter(finding => speaksOf(finding, at))
  const said = worst(findings)
  expect([verdict, ...accept]).toContain(said)
  const twin = twinOf(name)
  if (said === 'fail' && twin) expect(findings.filter(finding => isFailing(twin, finding))).toEqual([])
})

/** What conftest denies or warns of. */
function denied(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ verdict, waived }) => verdict === 'fail' && waived === null)
}

/** A rule that finds nothing at a place does not apply there, which counts as a pass. */
function worst(findings: readonly Finding[]): Verdict {
  return (['fail', 'unknown'] as const).find(verdict => findings.some(finding => finding.verdict === verdict)) ?? 'pass'
}

function findingsOf(name: string, rule: string): readonly Finding[] {
  const { findings = [] } = judged.native[scenarios.indexOf(name)] ?? {}
  return findings.filter(finding => finding.rule === idOf(rule))
}

/** Whether a finding is about a resource or template: stands there, rests on it, or asks for it to be changed. */
function speaksOf({ at, evidence, fix }: Finding, place: string): boolean {
  const places = [at, ...evidence.map(({ at }) => at), ...fix.map(({ target }) => target)]
  return places.some(other => resourceOf(other) === resourceOf(place))
}

function resourceOf(place: string): string {
  // The expectations name a block of a set by content, which is no address.
  const address = parseAddress(place.replace(/\[\w+="[^"]*"\]/g, ''))
  return address ? addressText(address) : (place.split(':')[0] ?? place)
}

/** The healthy scenario of the same family; the large plan has none. */
function twinOf(name: string): string | undefined {
  const healthy = [
    'autoscaling-same-account',
    'autoscaling-shared-image',
    'copied-ami-launch',
    'image-builder-distribution',
    'modules-and-count',
    'packer-multi-region',
  ]
  return healthy.find(family => name.startsWith(family))
}

function isFailing(name: string, { rule, at }: Finding): boolean {
  return findingsOf(name, rule).some(finding => finding.verdict === 'fail' && finding.at === at)
}

function expectedOf(name: string): readonly Expected[] {
  return JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')).verdicts
}

function idOf(name: string): string | undefined {
  return rules.find(({ id, rule }) => id === name || rule.aliases.includes(name))?.id
}
