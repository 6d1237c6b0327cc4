import { type Decision, decide } from '../../policies/lang/decision'
import { filled } from './filled'
import { randomFrom } from './generate'
import { type Asked, askedBy, hide } from './hidden'

/** `DECISIONS=20000 SEED=7 npx jest test/decision/soundness.test.ts` asks more, and others. */
const COUNT = Number(process.env.DECISIONS ?? 4000)
const SEED = Number(process.env.SEED ?? 20261122)

test(`to know less never turns yes into no nor no into yes, in ${COUNT} decisions (seed ${SEED})`, () => {
  const random = randomFrom(SEED)
  const kept = { yes: 0, no: 0, unknown: 0 }
  for (let i = 0; i < COUNT; i++) {
    const asked = askedBy(random)
    const hidden = hide(random, asked, 0.02 + 0.2 * random())
    const before = decided(asked)
    const after = decided(hidden)
    if (after.allowed !== 'unknown' && after.allowed !== before.allowed)
      throw new Error(
        `case ${i}: ${before.allowed} became ${after.allowed}\n${JSON.stringify({ asked, hidden }, null, 1)}`,
      )
    if (after.allowed === 'unknown' && after.known.length === 0)
      throw new Error(`case ${i}: unknown, and nothing would make it known\n${JSON.stringify(hidden, null, 1)}`)
    kept[after.allowed]++
  }
  expect(Math.min(kept.yes, kept.no, kept.unknown)).toBeGreaterThan(COUNT / 20)
})

test(`what is not known may turn out to be anything: yes stays yes and no stays no, in ${COUNT} decisions (seed ${SEED})`, () => {
  const random = randomFrom(SEED)
  const turned = { yes: 0, no: 0, unknown: 0 }
  for (let i = 0; i < COUNT; i++) {
    const hidden = hide(random, askedBy(random), 0.02 + 0.2 * random())
    const before = decided(hidden)
    const later = filled(random, hidden)
    const after = decided(later)
    if (before.allowed !== 'unknown' && after.allowed !== before.allowed)
      throw new Error(
        `case ${i}: ${before.allowed} became ${after.allowed}\n${JSON.stringify({ hidden, later }, null, 1)}`,
      )
    if (before.allowed === 'unknown') turned[after.allowed]++
  }
  expect(Math.min(turned.yes, turned.no)).toBeGreaterThan(COUNT / 50)
})

function decided({ caller, action, context, authority }: Asked): Decision {
  return decide(caller, action, context, authority)
}
