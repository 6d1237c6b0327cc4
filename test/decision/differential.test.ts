import { runSimulation } from '@cloud-copilot/iam-simulate'
import { type Question, question, randomFrom } from './generate'
import { ask, KEY, OWNER } from './notation'

/** `DECISIONS=20000 SEED=7 npx jest test/decision/differential.test.ts` asks more, and others. */
const COUNT = Number(process.env.DECISIONS ?? 4000)
const SEED = Number(process.env.SEED ?? 20261122)

const answers = { yes: 0, no: 0 }

test(`${COUNT} decisions agree with iam-simulate (seed ${SEED})`, async () => {
  const random = randomFrom(SEED)
  for (let i = 0; i < COUNT; i++) {
    const asked = question(random)
    const { expected, ignored } = await oracle(asked)
    const context = Object.fromEntries(Object.entries(asked.context).filter(([key]) => !ignored.includes(key)))
    const { allowed } = ask({ ...asked, context })
    if (allowed === 'unknown' && isOpen(asked)) continue
    if (allowed !== expected)
      throw new Error(
        `case ${i}: ${allowed}, but the oracle says ${expected}\n${JSON.stringify({ ...asked, context }, null, 1)}`,
      )
    answers[expected]++
  }
  expect(answers.yes).toBeGreaterThan(COUNT / 20)
  expect(answers.no).toBeGreaterThan(COUNT / 20)
})

/** AWS does not say whether a permissions boundary limits what an Allow with NotPrincipal gives a role; the oracle has an opinion. */
function isOpen(asked: Question): boolean {
  return (
    asked.boundary !== null && asked.key.some(statement => statement.Effect === 'Allow' && 'NotPrincipal' in statement)
  )
}

/** What the oracle says, and the keys of the context that it takes for none of the action's. */
async function oracle(
  asked: Question,
): Promise<{ readonly expected: 'yes' | 'no'; readonly ignored: readonly string[] }> {
  const simulated = await runSimulation(
    {
      request: {
        principal: asked.caller,
        action: asked.action,
        resource: { resource: KEY, accountId: OWNER },
        contextVariables: Object.fromEntries(
          Object.entries(asked.context).map(([key, values]) => [key, plain(key, values as readonly string[])]),
        ),
      },
      identityPolicies: [{ name: 'identity', policy: document(asked.iam) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: document(asked.key),
      ...(asked.boundary === null
        ? {}
        : { permissionBoundaryPolicies: [{ name: 'boundary', policy: document(asked.boundary) }] }),
    },
    {},
  )
  if (simulated.resultType !== 'single')
    throw new Error(`the oracle refuses\n${JSON.stringify(simulated, null, 1)}\n${JSON.stringify(asked, null, 1)}`)
  return {
    expected: simulated.overallResult === 'Allowed' ? 'yes' : 'no',
    ignored: (simulated.result.ignoredContextKeys ?? []).map(key => key.toLowerCase()),
  }
}

const SEVERAL = ['aws:principalorgpaths', 'kms:encryptioncontextkeys', 'kms:grantoperations']

function plain(key: string, values: readonly string[]): string | string[] {
  return SEVERAL.includes(key) ? [...values] : (values[0] ?? '')
}

function document(statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements }
}
