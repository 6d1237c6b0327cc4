import { type Decision, decide } from '../../policies/lang/decision'
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

function decided({ caller, action, context, authority }: Asked): Decision {
  return decide(caller, action, context, authority)
}
