import fc from 'fast-check'
import type { Report } from '../../engine'
import type { JsonObject } from '../../policies/intrinsics'
import { judgeAll, oneByOne } from '../engines'
import { built, designs, whole } from './designs'
import { type Accounts, consumer, owner } from './synthesized'

test('what is built passes, on all engines', async () => {
  const worlds = (['image-builder', 'packer'] as const).flatMap(builder =>
    (['foreign', 'own'] as const).map(groups => built({ ...whole, builder, groups }).world()),
  )
  const { native, wasm, opa } = await judgeAll(worlds)
  expect(native.flatMap(complaints)).toEqual([])
  expect(wasm).toEqual(native)
  expect(opa).toEqual(native)
})

test('whatever is built passes', async () => {
  await fc.assert(
    fc.asyncProperty(designs, async design => {
      // To synthesize it would have it judged twice.
      const app = built(design)
      const [report] = await oneByOne('native', [app.world(undefined, app.unchecked())])
      expect(report && complaints(report)).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

describe('without what a construct adds, something fails', () => {
  const apps = {
    groups: built({ ...whole, builder: 'none', copyToAccount: false }),
    'own groups': built({ ...whole, builder: 'none', groups: 'own' }),
    'image builder': built({ ...whole, share: false, groups: 'none' }),
    packer: built({ ...whole, share: false, groups: 'none', builder: 'packer' }),
  }
  const cases = Object.entries(apps).flatMap(([name, app]) =>
    parts(app).map(part => ({ name: `${name}: ${part.name}`, app, part })),
  )
  test.each(cases)('$name', async ({ app, part }) => {
    const [report] = await oneByOne('native', [app.world(part.without)])
    expect(report && complaints(report)).not.toEqual([])
  })
})

/** What a report says that is not `pass`; who launches in an account is declared where there are groups. */
function complaints({ findings, errors }: Report): readonly unknown[] {
  const elsewhere = 'the policies of who launches in account '
  const said = findings.filter(
    ({ verdict, known }) =>
      verdict === 'fail' || (verdict === 'unknown' && !known.every(question => question.startsWith(elsewhere))),
  )
  return [...errors, ...said.map(({ rule, verdict, at, message, known }) => ({ rule, verdict, at, message, known }))]
}

interface Part {
  readonly name: string
  readonly without: (document: JsonObject, account: string) => JsonObject
}

/** The grants of an application and its statements, each to be left out wherever it stands: all but what Terraform itself and EC2 need. */
function parts(app: Accounts): readonly Part[] {
  return [owner, consumer].flatMap(account => {
    const resources = app.resources(account) ?? {}
    const grants = Object.keys(resources.aws_kms_grant ?? {}).map(id => ({
      name: id,
      without: (document: JsonObject, of: string) => (of === account ? withoutResource(document, id) : document),
    }))
    const all = Object.entries(resources).flatMap(([type, some]) =>
      /^aws_(kms_|iam_role_policy$)/.test(type) ? Object.values(some) : [],
    )
    const sids = new Set(
      all.flatMap(({ policy }) =>
        (typeof policy === 'string' ? statementsIn(policy) : []).map(({ Sid }) => String(Sid)),
      ),
    )
    return [
      ...grants,
      ...[...sids]
        .filter(sid => !['KeyreachGrantManagement', 'Packer'].includes(sid))
        .map(sid => ({
          name: `${account} ${sid}`,
          without: (document: JsonObject, of: string) => (of === account ? withoutStatement(document, sid) : document),
        })),
    ]
  })
}

function statementsIn(policy: string): readonly JsonObject[] {
  return JSON.parse(policy).Statement
}

function withoutStatement(document: JsonObject, sid: string): JsonObject {
  return JSON.parse(JSON.stringify(document), (name, value) => {
    if (name !== 'policy' || typeof value !== 'string') return value
    const policy = JSON.parse(value)
    return JSON.stringify({ ...policy, Statement: statementsIn(value).filter(({ Sid }) => Sid !== sid) })
  })
}

function withoutResource(document: JsonObject, id: string): JsonObject {
  return JSON.parse(JSON.stringify(document), (name, value) => {
    if (name === 'depends_on') return value.filter((one: string) => !one.includes(id))
    return typeof value === 'object' && value !== null && id in value ? { ...value, [id]: undefined } : value
  })
}
