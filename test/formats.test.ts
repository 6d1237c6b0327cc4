import { readFileSync } from 'node:fs'
import Ajv from 'ajv-draft-04'
import type { Log } from 'sarif'
import { parseStringPromise } from 'xml2js'
import { evaluate } from '../engine'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { rules } from '../engine/registry'
import { type Report, reportOf } from '../engine/report'
import { github } from '../engine/report/github'
import { junit } from '../engine/report/junit'
import { markdown } from '../engine/report/markdown'
import { originsIn } from '../engine/report/origin'
import { sarif } from '../engine/report/sarif'
import type { World } from '../engine/world'
import type { Finding } from '../policies/lang/finding'

const scenarios = [
  'autoscaling-shared-image-no-grant',
  'copied-ami-launch-iam-deny',
  'image-builder-distribution-role-without-key-actions',
  'modules-and-count-recipe-key-not-passed',
  'packer-multi-region-replica-missing',
]

async function judged(scenario: string): Promise<{ readonly world: World; readonly report: Report }> {
  const { world } = await load([], await readConfig(`test/fixtures/${scenario}/keyreach.yaml`))
  return { world, report: await evaluate(world) }
}

const finding: Finding = {
  rule: 'kms/policy-is-well-formed',
  severity: 'error',
  verdict: 'fail',
  account: '444455556666',
  region: 'eu-central-1',
  at: 'aws_kms_key.image.policy',
  requirement: 'holds',
  message: '`aws_kms_key.image` is broken',
  because: 'AWS says so',
  symptom: null,
  fix: [],
  evidence: [],
  known: [],
  waived: null,
}
const of = (...findings: readonly Partial<Finding>[]): Report =>
  reportOf({ findings: findings.map(each => ({ ...finding, ...each })), errors: [] })
const hostile = 'a%0A::error::b\r\n::warning::c,:]]></details><b>@all</b> `x` ``` <!-- \u001b[31m \u202e'

describe('SARIF', () => {
  // The schema of OASIS, in the package that Microsoft publishes for tests. It is of draft 4, with a pattern that `u` refuses.
  const schema = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'
  const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  )
  const help = (id: string) => ({ text: id, markdown: `# ${id}` })
  const logOf = (report: Report, world: World = { plans: [] }, passing = false): Log =>
    JSON.parse(sarif(report, { version: '0.1.0', rules, help, originOf: originsIn(world), passing }))
  const resultsOf = (log: Log) => log.runs[0]?.results ?? []

  test.each(scenarios)('%s: is what the schema says', async scenario => {
    const { world, report } = await judged(scenario)
    for (const passing of [false, true]) {
      const log = logOf(report, world, passing)
      validate(log)
      expect(validate.errors).toBeNull()
      expect(resultsOf(log).length).toBe(passing ? report.findings.length : report.counts.fail + report.counts.unknown)
    }
  })

  test('a result names its rule, and stands at its address in the plan of its account, without a line', async () => {
    const { world, report } = await judged('autoscaling-shared-image-no-grant')
    const log = logOf(report, world)
    const [result] = resultsOf(log).filter(({ level }) => level === 'error')
    expect(log.runs[0]?.tool.driver.rules?.[result?.ruleIndex ?? -1]).toMatchObject({
      id: 'auto-scaling/service-linked-role-holds-grant',
      defaultConfiguration: { level: 'error' },
      help: { markdown: '# auto-scaling/service-linked-role-holds-grant' },
    })
    expect(result?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'test/fixtures/autoscaling-shared-image-no-grant/consumer/plan.json' },
        },
        logicalLocations: [{ fullyQualifiedName: 'aws_autoscaling_group.app', kind: 'resource' }],
      },
    ])
  })

  test.each([
    ['fails', {}, { kind: 'fail', level: 'error' }],
    ['warns', { severity: 'warning' }, { kind: 'fail', level: 'warning' }],
    ['is not known', { verdict: 'unknown' }, { kind: 'open', level: 'none' }],
    ['is waived', { waived: 'because' }, { suppressions: [{ kind: 'external', justification: 'because' }] }],
  ] as const)('what %s', (_, each, wanted) => {
    expect(resultsOf(logOf(of(each)))[0]).toMatchObject(wanted)
  })

  test('fingerprints differ by what is found, not by its words and neighbours', () => {
    const prints = (...findings: readonly Partial<Finding>[]) =>
      resultsOf(logOf(of(...findings))).map(({ partialFingerprints }) => partialFingerprints?.['keyreach/v1'])
    const [one] = prints({})
    expect(prints({ message: 'in other words', at: 'aws_kms_key.image.policy.x[3]' })).toEqual([one])
    expect(prints({ at: 'aws_kms_key.a' }, {})).toContain(one)
    for (const other of [{ at: 'aws_kms_key.b' }, { account: null }, { requirement: 'is' }, { rule: 'kms/other' }])
      expect(prints(other)).not.toEqual([one])
    expect(new Set(prints({}, { message: 'another of the kind' })).size).toBe(2)
  })

  test('a rule that broke makes the run no success', () => {
    const log = logOf({ ...of(), errors: [{ rule: 'kms/a', message: 'no such thing' }] })
    validate(log)
    expect(validate.errors).toBeNull()
    expect(log.runs[0]?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ message: { text: 'kms/a broke: no such thing' } }],
    })
  })

  /* https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
  describe('what GitHub takes', () => {
    const many = (count: number, each: Partial<Finding>) =>
      Array.from({ length: count }, (_, i) => ({ at: `aws_kms_key.k${i}`, ...each }))
    const notes = (log: Log) => log.runs[0]?.invocations?.[0]?.toolExecutionNotifications

    test('25,000 results are in it, and no word of others', () => {
      const log = logOf(of(...many(25_000, {})))
      expect(resultsOf(log).length).toBe(25_000)
      expect(notes(log)).toEqual([])
    })

    test('of more, what matters most is in it, in its order, and the rest is counted', () => {
      const unknown = { verdict: 'unknown' } as const
      const log = logOf(of(...many(20_000, unknown), ...many(10_000, {}), ...many(3, { waived: 'because' })))
      validate(log)
      expect(validate.errors).toBeNull()
      const kinds = resultsOf(log).map(({ kind, suppressions }) => (suppressions ? 'waived' : kind))
      expect(kinds.filter(kind => kind === 'fail').length).toBe(10_000)
      expect(kinds.filter(kind => kind === 'open').length).toBe(15_000)
      expect(kinds).not.toContain('waived')
      expect(notes(log)).toEqual([
        { level: 'warning', message: { text: expect.stringMatching(/^5003 findings that matter less are left out/) } },
      ])
    })

    test('a result has 100 locations at most, and a rule few tags and texts that are shown whole', () => {
      const evidence = Array.from({ length: 3000 }, (_, i) => ({ at: `aws_kms_grant.g${i}`, what: 'a grant' }))
      expect(resultsOf(logOf(of({ evidence })))[0]?.relatedLocations?.length).toBe(100)
      const log = logOf(of(...rules.map(({ id }) => ({ rule: id }))))
      const described = log.runs[0]?.tool.driver.rules ?? []
      expect(described.length).toBe(rules.length)
      for (const { id, shortDescription, fullDescription, properties } of described) {
        expect(id.length).toBeLessThanOrEqual(255)
        expect(shortDescription?.text.length).toBeLessThanOrEqual(1024)
        expect(fullDescription?.text.length).toBeLessThanOrEqual(1024)
        expect(properties?.tags?.length).toBeLessThanOrEqual(10)
      }
    })
  })

  test.each([
    ['plans/my plan.json', 'plans/my%20plan.json'],
    ['C:\\plans\\a.json', 'C%3A/plans/a.json'],
    ['/plans/ä.json', 'file:///plans/%C3%A4.json'],
  ])('the file %s is %s', (file, uri) => {
    const [result] = resultsOf(logOf(of({}), { plans: [{ file, plan: {} }] }))
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri)
  })
})

describe('JUnit', () => {
  test.each(scenarios)('%s: another reader counts the same', async scenario => {
    const { report } = await judged(scenario)
    const { counts, findings } = report
    const { testsuites } = await parseStringPromise(junit(report, 'warning'))
    const [failures, skipped] = [counts.fail - counts.waived, counts.unknown + counts.waived].map(String)
    expect(testsuites.$).toEqual({ name: 'keyreach', tests: `${findings.length}`, failures, errors: '0', skipped })
    const cases = testsuites.testsuite.flatMap((suite: { testcase: readonly object[] }) => suite.testcase)
    expect(cases.length).toBe(findings.length)
    expect(`${cases.filter((each: object) => 'failure' in each).length}`).toBe(failures)
    expect(`${cases.filter((each: object) => 'skipped' in each).length}`).toBe(skipped)
  })

  test('what fails the check is a failure, and nothing else', () => {
    const report = of({}, { severity: 'warning' }, { verdict: 'unknown' }, { waived: 'x' }, { verdict: 'pass' })
    const failures = (['error', 'warning', 'unknown'] as const).map(
      failOn => junit(report, failOn).split('<failure').length - 1,
    )
    expect(failures).toEqual([1, 2, 3])
  })

  test('any text is well-formed', async () => {
    const read = await parseStringPromise(junit(of({ message: hostile, at: hostile, because: hostile }), 'error'))
    expect(JSON.stringify(read)).toContain(']] ></details>')
  })
})

describe('GitHub', () => {
  test('what matters most comes first; what passes or is waived not at all', () => {
    const report = of({ verdict: 'unknown' }, { severity: 'warning' }, {}, { verdict: 'pass' }, { waived: 'x' })
    const commands = github(report, () => 'plan.json')
      .split('\n')
      .filter(line => line.startsWith('::'))
    expect(commands.map(line => line.split(' ')[0])).toEqual(['::error', '::warning', '::notice'])
    expect(commands[0]).toBe(
      '::error title=kms/policy-is-well-formed at aws_kms_key.image.policy,file=plan.json::`aws_kms_key.image` is broken%0AWhy: AWS says so',
    )
  })

  test('no text is a command or a property', () => {
    const lines = github(of({ message: hostile, at: hostile, because: hostile }), () => hostile).split('\n')
    const [command = '', ...others] = lines.filter(line => line.includes('::'))
    expect(others).toEqual([])
    expect(
      command
        .split('::')
        .slice(0, 2)
        .join('::')
        .match(/[a-z]+=/g),
    ).toEqual(['title=', 'file='])
    expect(['\r', '\u001b', '\u202e'].filter(character => command.includes(character))).toEqual([])
  })
})

describe('Markdown', () => {
  test('no text is Markdown, HTML or a mention', () => {
    const page = markdown(of({ message: hostile, at: hostile, because: hostile, waived: hostile }), rules)
    expect(page).not.toMatch(/<b>|@all|<!--|```|\u202e/)
    expect(page.split('<details>').length).toBe(2)
    expect(page.split('</details>').length).toBe(2)
  })

  test('a fence holds what is in it', () => {
    const fix = [{ kind: 'attribute', account: null, target: 'a', path: 'b', value: '```\n</details>' }] as const
    expect(markdown(of({ fix }), rules)).toContain('\n````\nb = "```\\n</details>"\n````\n')
  })

  test('a comment holds it, whatever there is, and it says what was left out', () => {
    const many = Array.from({ length: 2000 }, (_, i) => ({ at: `aws_kms_key.k${i}`, message: 'ä'.repeat(100) }))
    const page = markdown(of(...many), rules)
    expect(Buffer.byteLength(page)).toBeLessThan(65_536)
    expect(Buffer.byteLength(page)).toBeGreaterThan(60_000)
    const shown = page.split('<details>').length - 1
    expect(page).toContain(`**${2000 - shown} more did not fit here.**`)
  })
})
