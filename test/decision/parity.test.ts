import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { type Decision, decideAll } from '../../policies/lang/decision'
import { tool } from '../../scripts/tools'
import { randomFrom } from './generate'
import { type Asked, askedBy, hide } from './hidden'

/** `PARITY=4000 SEED=7 npx jest test/decision/parity.test.ts` asks more, and others. */
const COUNT = Number(process.env.PARITY ?? 1000)
const SEED = Number(process.env.SEED ?? 20261122)

const random = randomFrom(SEED)
const questions = Array.from({ length: COUNT }, () => {
  const asked = askedBy(random)
  return random() < 0.5 ? asked : hide(random, asked, 0.02 + 0.2 * random())
})
const expected = questions.map(one => decideAll(one.caller, [request(one)], one.authority)[0])

const entry = `package decisions

import data.policies.lang.decision

given := [decided |
	some asked in input.questions
	decided := decision.decide_all(asked.caller, [{"action": asked.action, "context": asked.context}], asked.authority)[0]
]
`

describe(`${COUNT} decisions with their evidence are the same (seed ${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  const rego = join(folder, 'decisions.rego')
  beforeAll(() => writeFileSync(rego, entry))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('in OPA', () => {
    const args = [
      'eval',
      '--format',
      'raw',
      '--data',
      'dist/rego',
      '--data',
      rego,
      '--stdin-input',
      'data.decisions.given',
    ]
    const output = execFileSync(tool('opa'), args, {
      input: JSON.stringify({ questions }),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    compare(JSON.parse(output))
  })

  test('in Wasm', async () => {
    const bundle = join(folder, 'bundle.tar.gz')
    execFileSync(tool('opa'), ['build', '-t', 'wasm', '-e', 'decisions/given', '-o', bundle, 'dist/rego', rego])
    execFileSync('tar', ['-xzf', bundle, '-C', folder, '--no-anchored', 'policy.wasm'], { stdio: 'pipe' })
    const policy = await loadPolicy(readFileSync(join(folder, 'policy.wasm')), { initial: 8192, maximum: 65536 })
    compare(policy.evaluate({ questions }, 'decisions/given')[0].result)
  })
})

function compare(decisions: readonly Decision[]): void {
  expect(decisions).toHaveLength(COUNT)
  for (const [i, decision] of decisions.entries())
    expect({ asked: i, decision }).toEqual({ asked: i, decision: expected[i] })
}

function request({ action, context }: Asked) {
  return { action, context }
}
