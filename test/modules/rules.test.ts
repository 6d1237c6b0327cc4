import type { Construct } from 'constructs'
import { demandedBy, isAddition, obstacleTo } from '../../engine/buildable'
import { united } from '../../engine/fix/merge'
import { evaluateRules } from '../../engine/native'
import { type RegisteredRule, rules } from '../../engine/registry'
import type { World } from '../../engine/world'
import { constructName } from '../../generator/emit/rule-constructs'
import * as constructs from '../../modules'
import type { Finding } from '../../policies/lang/finding'
import type { Rule, Situation } from '../../policies/lang/rule'
import { type Judgement, judgeAll } from '../engines'
import { type Example, examples } from '../examples'
import { beyondConfiguration, ExampleApp } from './example-app'
import { stripped } from './stripped'

/** How often what a change brings to light is built too, by the construct of its own rule. */
const rounds = 3

const obstacles = new Map(
  rules.map(rule => [rule.id, obstacleTo(rule, require(`../../policies/${rule.id}`).examples())]),
)
const buildable = rules.filter(({ id }) => obstacles.get(id) === null)

test('every rule has a construct, or a reason why none can be made', () => {
  const made = Object.keys(constructs.rules).sort()
  expect(made).toEqual(buildable.map(({ id }) => constructName(id)).sort())
  expect(made.length).toBeGreaterThan(30)
  expect(new Set(obstacles.values())).toEqual(
    new Set([
      null,
      'it corrects what is there, or takes it away',
      'it is about a template, which is no resource',
      'it is about what a plan takes away',
      'what it asks depends on more of the plans than its situation',
    ]),
  )
})

/** What lacks in an example, or in what is left of one that passes without all that its rule asks. */
const cases = buildable.flatMap(rule =>
  examples.filter(one => one.rule === rule.id && one.verdict !== 'unknown').flatMap(one => casesOf(rule, one)),
)

interface Case {
  readonly rule: RegisteredRule
  readonly name: string
  /** What there is, and what fails there. */
  readonly app: () => ExampleApp
  readonly known: ReadonlySet<string>
  readonly lacks: readonly Lack[]
}

/** A requirement of a situation that fails for want of something. */
interface Lack {
  readonly rule: RegisteredRule
  readonly situation: Situation
  readonly position: number
  readonly finding: Finding
}

function casesOf(rule: RegisteredRule, { name, verdict, world }: Example): readonly Case[] {
  if (beyondConfiguration(world)) return []
  const app = () => new ExampleApp(verdict === 'pass' ? stripped(world, rule) : world)
  const before = app().world()
  const lacks = lacksIn(before, [rule])
  return lacks.length > 0 ? [{ rule, name: `${verdict}: ${name}`, app, known: new Set(failingIn(before)), lacks }] : []
}

describe('built, all of it holds, and nothing else fails', () => {
  let judged: Judgement
  beforeAll(async () => {
    judged = await judgeAll(cases.map(wholeOf))
  })

  test.each(buildable.map(({ id }) => id))('%s', id => {
    const own = cases.flatMap((one, i) => (one.rule.id === id ? [{ ...one, i }] : []))
    for (const { i, name, known } of own) {
      const { findings = [] } = judged.native[i] ?? {}
      // What is denied has to be taken away: no construct does that.
      const left = failing(findings).filter(finding => finding.rule === id && finding.fix.every(isAddition))
      const others = failing(findings).filter(finding => finding.rule !== id && !known.has(line(finding)))
      expect({ name, fails: [...left, ...others].map(line) }).toEqual({ name, fails: [] })
      expect(judged.wasm[i]).toEqual(judged.native[i])
      expect(judged.opa[i]).toEqual(judged.native[i])
    }
    expect(own.length).toBeGreaterThan(0)
  })
})

describe('without one of the requirements that one fails, and nothing else', () => {
  test.each(buildable.map(({ id }) => id))('%s', id => {
    const own = cases.filter(({ rule, lacks }) => rule.id === id && lacks.some(asksMore))
    for (const { name, app, known, lacks } of own) {
      const whole = new Set(failingIn(begun(app, lacks).world()))
      for (const lack of lacks.filter(asksMore)) {
        const left = failing(evaluateRules(rules, begun(app, lacks, lack).world()).findings)
        const { because } = lack.finding
        expect([name, left.map(finding => finding.because)]).toEqual([name, expect.arrayContaining([because])])
        const others = left.filter(finding => finding.rule !== id).map(line)
        expect([name, others.filter(one => !known.has(one) && !whole.has(one))]).toEqual([name, []])
      }
    }
    expect(own.length).toBeGreaterThan(0)
  })
})

/** Whether a requirement asks for anything besides what the others of its situation do. */
function asksMore({ rule, situation, position }: Lack): boolean {
  const [all, others] = [rule.rule, without(rule.rule, position)].map(one => united(demandedBy(one, situation)))
  return JSON.stringify(all) !== JSON.stringify(others)
}

function without<S extends Situation>(rule: Rule<S>, position: number | null): Rule<S> {
  return { ...rule, requirements: situation => rule.requirements(situation).filter((_, i) => i !== position) }
}

/** An application with all that lacks in it, and with what comes to light thereby. */
function wholeOf({ app: begin, known, lacks }: Case): World {
  const app = begun(begin, lacks)
  for (let round = 1; round < rounds; round++) {
    const more = lacksIn(app.world(), buildable).filter(({ finding }) => !known.has(line(finding)))
    for (const [i, one] of different(more).entries()) build(app, one, null, `${round}-${i}`)
    if (more.length === 0) break
  }
  return app.world()
}

/** An application with what lacks in it, but for one requirement. */
function begun(begin: () => ExampleApp, lacks: readonly Lack[], but?: Lack): ExampleApp {
  const app = begin()
  for (const [i, one] of different(lacks).entries())
    build(app, one, but?.situation === one.situation ? but.position : null, `${i}`)
  return app
}

/** Builds what lacks in a situation by the construct of the rule, or without one requirement by what all of them come from. */
function build(app: ExampleApp, { rule: { id, rule }, situation }: Lack, drop: number | null, name: string): void {
  const cut = without(rule, drop)
  const fixes = demandedBy(cut, situation)
  const [made] = fixes.filter(({ kind }) => kind === 'resource' || kind === 'identity-statement')
  const declared = fixes.find(({ kind, target }) => kind === 'key-policy-statement' && target.startsWith('arn:'))
  const props = { situation, resources: app.resources, ...(declared && { key: app.keyOf(declared.target) }) }
  const stack = app.of(made?.account ?? situation.account)
  const Own = drop === null ? generated[constructName(id)] : undefined
  const built = Own
    ? new Own(stack, `built-${name}`, props)
    : new constructs.RuleConstruct(stack, `built-${name}`, cut, props)
  app.resources.push(...Object.values(built.made))
}

type RuleClass = new (
  scope: Construct,
  id: string,
  props: constructs.RuleConstructProps<Situation>,
) => constructs.RuleConstruct<Situation>

const generated = constructs.rules as unknown as { readonly [name: string]: RuleClass | undefined }

function lacksIn(world: World, judging: readonly RegisteredRule[]): readonly Lack[] {
  const lacks: Lack[] = []
  const seen = new Map<Situation, number>()
  evaluateRules(judging, world, {
    witness: ({ header, situation, findings }) => {
      const position = seen.get(situation) ?? 0
      seen.set(situation, position + 1)
      const rule = judging.find(({ id }) => id === header.id)
      for (const finding of findings)
        if (rule && finding.verdict === 'fail' && finding.fix.every(isAddition))
          lacks.push({ rule, situation, position, finding })
    },
  })
  return lacks
}

/** One lack of each situation. */
function different(lacks: readonly Lack[]): readonly Lack[] {
  return [...new Map(lacks.map(lack => [lack.situation, lack])).values()]
}

function failingIn(world: World): readonly string[] {
  return failing(evaluateRules(rules, world).findings).map(line)
}

function failing(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict === 'fail')
}

function line({ rule, at, message }: Finding): string {
  return `${rule} ${at}: ${message}`
}
