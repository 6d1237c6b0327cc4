import { runSimulation } from '@cloud-copilot/iam-simulate'
import { everyCondition, type Question, question, randomFrom } from './generate'
import { allow, ask, CONSUMER, KEY, may, OWNER, role } from './notation'

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

test('every operator of conditions, with and without IfExists, agrees', async () => {
  for (const { condition, key, values } of everyCondition) {
    const context = {
      'kms:calleraccount': [OWNER],
      'aws:principalaccount': [OWNER],
      'aws:principalarn': [runner],
      ...(values.length > 0 && { [key]: values }),
    }
    const asked = {
      ...plainly,
      action: 'kms:CreateGrant',
      context,
      key: [allow(runner, 'kms:*', { Condition: condition })],
    }
    expect({ condition, values, allowed: ask(asked).allowed }).toEqual({
      condition,
      values,
      allowed: (await oracle(asked)).expected,
    })
  }
})

const runner = role(OWNER, 'runner')
const launcher = role(CONSUMER, 'launcher')
const plainly: Question = {
  caller: runner,
  action: 'kms:Decrypt',
  context: {},
  key: [allow(runner, 'kms:*')],
  iam: [],
  boundary: null,
}
const except = (principals: readonly string[]) => ({
  Effect: 'Deny',
  NotPrincipal: { AWS: principals },
  Action: 'kms:*',
  Resource: '*',
})

/** Where the oracle and the decision part, and why the decision does. The generator keeps clear of these. */
test.each([
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html: without Resource a statement has no effect
  [
    'a statement without Resource',
    { ...plainly, key: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*' }] },
    'no',
    'yes',
  ],
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html: no effect for outsiders
  [
    'an action that is void across accounts',
    {
      ...plainly,
      caller: launcher,
      action: 'kms:EnableKey',
      key: [allow(launcher, 'kms:*')],
      iam: [may('kms:*', '*')],
    },
    'no',
    'yes',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html: the account has to be named too
  ['NotPrincipal with the role alone', { ...plainly, key: [allow(runner, 'kms:*'), except([runner])] }, 'no', 'yes'],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html: IfExists is for any operator,
  // ForAnyValue is false of an absent key; which decides is not said
  [
    'ForAnyValue with IfExists of an absent key',
    {
      ...plainly,
      action: 'kms:CreateGrant',
      key: [
        allow(runner, 'kms:*', {
          Condition: { 'ForAnyValue:StringEqualsIfExists': { 'kms:GrantOperations': 'Decrypt' } },
        }),
      ],
    },
    'unknown',
    'no',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html ("missing qualifier"): an error, not a result
  [
    'a key of several values without ForAnyValue or ForAllValues',
    {
      ...plainly,
      action: 'kms:CreateGrant',
      context: { 'kms:grantoperations': ['Decrypt'] },
      key: [allow(runner, 'kms:*', { Condition: { StringEquals: { 'kms:GrantOperations': 'Decrypt' } } })],
    },
    'unknown',
    'no',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html: IpAddress takes ranges; a plan
  // shows no address that could be in one
  [
    'an address in a range',
    {
      ...plainly,
      context: { 'aws:sourceip': ['192.0.2.1'] },
      key: [allow(runner, 'kms:*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })],
    },
    'unknown',
    'yes',
  ],
  // The same page; the oracle shifts a mask of 32 bits by 32, which in JavaScript is by none
  [
    'an address in the range of all',
    {
      ...plainly,
      context: { 'aws:sourceip': ['192.0.2.1'] },
      key: [allow(runner, 'kms:*', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })],
    },
    'yes',
    'no',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html ("data type mismatch"): an error, not a result
  [
    'an ARN pattern that is no ARN',
    {
      ...plainly,
      context: { 'aws:principalarn': [runner] },
      key: [allow(runner, 'kms:*', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:*' } } })],
    },
    'unknown',
    'no',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html speaks of roles that Principal names
  [
    'an Allow with NotPrincipal to a role with a boundary',
    {
      ...plainly,
      key: [{ Effect: 'Allow', NotPrincipal: { AWS: launcher }, Action: 'kms:*', Resource: '*' }],
      boundary: [may('s3:*', '*')],
    },
    'unknown',
    'no',
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html: a role asks as a session of some name
  [
    'a session of the role that asks',
    { ...plainly, key: [allow(`arn:aws:sts::${OWNER}:assumed-role/runner/build`, 'kms:*')] },
    'unknown',
    'no',
  ],
] as const)('%s', async (_, asked, allowed, expected) => {
  expect(ask(asked).allowed).toBe(allowed)
  expect((await oracle(asked)).expected).toBe(expected)
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
