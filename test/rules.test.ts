import { evaluate } from '../engine'
import { engineNames } from '../engine/engine'
import { exampleWorld } from '../engine/example'
import { applyFix } from '../engine/fix'
import { rules } from '../engine/registry'
import type { Finding } from '../policies/lang/finding'
import { type Judgement, judgeAll } from './engines'
import { examples, worst } from './examples'

let judged: Judgement

beforeAll(async () => {
  judged = await judgeAll(examples.map(({ world }) => exampleWorld(world)))
}, 300_000)

const cases = examples.flatMap((example, i) => engineNames.map(engine => ({ ...example, engine, i })))

test.each(cases)('$rule › $verdict › $name › $engine', ({ rule, verdict, engine, i }) => {
  expect(judged.native[i]?.errors).toEqual([])
  expect(worst(findingsOf(rule, i, engine))).toBe(verdict)
})

test.each(examples.map((example, i) => ({ ...example, i })))(
  '$rule › $verdict › $name: engines agree in all else',
  ({ i }) => {
    expect(judged.wasm[i]).toEqual(judged.native[i])
    expect(judged.opa[i]).toEqual(judged.native[i])
  },
)

test.each(examples.map((example, i) => ({ ...example, i })).filter(({ verdict }) => verdict === 'fail'))(
  '$rule › $name: each finding carries the change that mends it',
  async ({ rule, world, i }) => {
    const failing = findingsOf(rule, i).filter(({ verdict }) => verdict === 'fail')
    for (const finding of failing) {
      expect(finding.fix).not.toEqual([])
      const { findings } = await evaluate(finding.fix.reduce(applyFix, exampleWorld(world)))
      const alike = (all: readonly Finding[]) =>
        all.filter(
          other => other.rule === rule && other.verdict === 'fail' && requirementOf(other) === requirementOf(finding),
        )
      expect(alike(findings).length).toBeLessThan(alike(failing).length)
      expect(alike(findings).map(({ message }) => message)).not.toContain(finding.message)
    }
  },
)

test('the error that a finding tells is that of what is missing', () => {
  const errorsWhere = (name: string) => {
    const i = examples.findIndex(example => example.name === name)
    const findings = findingsOf('auto-scaling/grant-creator-may-create-it', i)
    return findings.map(({ symptom }) => /no [a-z]+-based policy/.exec(symptom ?? '')?.[0])
  }
  expect(errorsWhere("the creator's own policy does not allow it")).toEqual(['no identity-based policy'])
  expect(errorsWhere('the key policy does not admit the account')).toEqual(['no resource-based policy'])
})

test.each(examples.map((example, i) => ({ ...example, i })))(
  '$rule › $name: what is not known says what would make it known',
  ({ i }) => {
    const unknown = (judged.native[i]?.findings ?? []).filter(({ verdict }) => verdict === 'unknown')
    expect(unknown.filter(({ known }) => known.length === 0)).toEqual([])
  },
)

describe.each(rules.map(({ id }) => id))('%s is complete', id => {
  const own = examples.map((example, i) => ({ ...example, i })).filter(({ rule }) => rule === id)

  test.each(['pass', 'fail', 'unknown'] as const)(
    'it has an example that must %s, and a finding of that verdict',
    verdict => {
      const found = own.filter(example => example.verdict === verdict).flatMap(({ i }) => findingsOf(id, i))
      expect(found.map(finding => finding.verdict)).toContain(verdict)
    },
  )

  test('each requirement is the only one to fail in some example', () => {
    const required = new Set(own.flatMap(({ i }) => findingsOf(id, i).map(requirementOf)))
    const alone = own
      .map(({ i }) => new Set(gravest(findingsOf(id, i)).map(requirementOf)))
      .filter(({ size }) => size === 1)
    expect([...required].filter(requirement => !alone.some(failed => failed.has(requirement)))).toEqual([])
  })
})

function findingsOf(rule: string, i: number, engine: keyof Judgement = 'native'): readonly Finding[] {
  return (judged[engine][i]?.findings ?? []).filter(finding => finding.rule === rule)
}

/** What fails as an error or, where nothing does, as a warning: advice that asks for more fails wherever an error does. */
function gravest(findings: readonly Finding[]): readonly Finding[] {
  const failing = findings.filter(({ verdict }) => verdict === 'fail')
  const errors = failing.filter(({ severity }) => severity === 'error')
  return errors.length > 0 ? errors : failing
}

/** A requirement without what varies from place to place: its kind, and its reason but for what stands in backticks. */
function requirementOf({ requirement, because }: Finding): string {
  return `${requirement}: ${because.replace(/`[^`]*`/g, '…')}`
}
