import { baselineOf, baselineText, compared, parseBaseline } from '../engine/baseline'
import { type Report, reportOf } from '../engine/report'
import type { Finding } from '../policies/lang/finding'

const finding: Finding = {
  rule: 'kms/policy-is-well-formed',
  severity: 'error',
  verdict: 'fail',
  account: '444455556666',
  region: null,
  at: 'aws_kms_key.a.policy',
  requirement: 'holds',
  message: 'a',
  because: '',
  symptom: null,
  fix: [],
  evidence: [],
  known: [],
  waived: null,
}
const of = (...findings: readonly Partial<Finding>[]): Report =>
  reportOf({ findings: findings.map(each => ({ ...finding, ...each })), errors: [] })
const baseline = (report: Report) => parseBaseline(baselineText(baselineOf(report)), 'baseline.json')
const [a, b, pass] = [{}, { at: 'aws_kms_key.b.policy' }, { verdict: 'pass', message: 'p' }] as const

test('what was there before is gone, what passes stays, what is new is shown', () => {
  const { report, stale } = compared(of(a, b, pass), baseline(of(a, pass)))
  expect(report.findings.map(({ at, verdict }) => [at, verdict])).toEqual([
    ['aws_kms_key.a.policy', 'pass'],
    ['aws_kms_key.b.policy', 'fail'],
  ])
  expect(report).toMatchObject({ counts: { pass: 1, fail: 1, unknown: 0, waived: 0 }, baselined: 1 })
  expect(stale).toEqual([])
})

test.each<[string, Partial<Finding>, boolean]>([
  ['other words', { message: 'in other words', because: 'x' }, true],
  ['a block that moved', { at: 'aws_kms_key.a.policy.x[7]' }, true],
  ['another account', { account: '111122223333' }, false],
  ['another requirement', { requirement: 'is' }, false],
  ['another resource', { at: 'aws_kms_key.a["x"].policy' }, false],
  ['what was unknown and fails now', { verdict: 'unknown' }, false],
])('%s', (_, before, isKnown) => {
  expect(compared(of(a), baseline(of(before))).report.findings.length).toBe(isKnown ? 0 : 1)
})

test('of more alike than it knows, all are shown', () => {
  expect(compared(of(a, { message: 'b' }), baseline(of(a))).report.findings.length).toBe(2)
  expect(compared(of(a), baseline(of(a, { message: 'b' }))).report.findings.length).toBe(0)
})

test('what is found no more is told', () => {
  expect(compared(of(b), baseline(of(a, b))).stale).toMatchObject([{ at: 'aws_kms_key.a' }])
})

test('what is waived is not in it: the waiver says more', () => {
  expect(baselineOf(of({ waived: 'x' }))).toEqual([])
})

test('it is the same text whatever the order', () => {
  expect(baselineText(baselineOf(of(b, a)))).toBe(baselineText(baselineOf(of(a, b))))
})

test.each(['', '{', '[]', '{"version":2,"findings":[]}', '{"version":1,"findings":[{"rule":1}]}'])(
  'refused: %s',
  text => {
    expect(() => parseBaseline(text, 'baseline.json')).toThrow('baseline.json: ')
  },
)
