import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBundles } from '../cli/bundles'
import type { Report, World } from '../engine'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { reportOf } from '../engine/report'
import { tool } from '../scripts/tools'
import { oneByOne } from './engines'
import { makeCertificate, type OpaServer, serving, startOpa, until } from './servers'

/* docs/opa-server.md, with a real server: the configuration is that of the page, with what is its own of the machine put in. */

const decision = '/v1/data/policies/decision'
const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
const scenario = 'test/fixtures/autoscaling-shared-image-creator-aws-resource-condition'
const offered = new Map<string, Buffer>()
const token = 'open-sesame'
let world: World
let report: Report
let web: Awaited<ReturnType<typeof serving>>
let opa: OpaServer

beforeAll(async () => {
  process.env.OPA = tool('opa')
  makeCertificate(folder)
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(join(folder, 'private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await offer(join(folder, 'private.pem'))
  web = await serving(path => offered.get(path.slice(1)) ?? null)
  const key = String(publicKey.export({ type: 'spki', format: 'pem' }))
  writeFileSync(join(folder, 'opa.yaml'), configuration(web.url, key))
  copyFileSync(join(scenario, 'keyreach.yaml'), join(folder, 'keyreach.yaml'))
  writeFileSync(join(folder, 'token.yaml'), JSON.stringify(token))
  const checked = ['--authentication=token', '--authorization=basic', '--config-file', 'opa.yaml']
  const data = ['keyreach:keyreach.yaml', 'server.client:token.yaml']
  opa = await startOpa(folder, [...checked, ...data], readFileSync(join(folder, 'tls.crt')))
  await until(
    () => opa.ask('/health?bundles'),
    ({ status }) => status === 200,
  )
  world = (await load([], await readConfig(join(scenario, 'keyreach.yaml')))).world
  const [native] = await oneByOne('native', [world])
  if (native) report = native
}, 120_000)

afterAll(async () => {
  await opa?.stop()
  web?.close()
  rmSync(folder, { recursive: true })
})

test('worlds and plans are judged as keyreach judges them', async () => {
  const { result } = JSON.parse((await opa.ask(decision, { input: world }, { token })).text)
  expect(reportOf({ findings: result.findings, errors: [] })).toEqual(report)
  expect(result).toMatchObject({ allow: false, counts: report.counts, problems: [] })

  const alone = { ...world, plans: [{ file: '', plan: world.plans[0]?.plan ?? {} }] }
  const [ofOne] = await oneByOne('native', [alone])
  const answer = await opa.ask(decision, { input: world.plans[0]?.plan }, { token })
  expect(reportOf({ findings: JSON.parse(answer.text).result.findings, errors: [] })).toEqual(ofOne)
})

test('nothing is allowed of what is no plan', async () => {
  const { text } = await opa.ask(decision, { input: { kind: 'Deployment' } }, { token })
  expect(JSON.parse(text).result).toMatchObject({ allow: false, problems: [expect.stringContaining('no plan')] })
})

test('who has no token, or asks for something else, is refused', async () => {
  const input = { input: world }
  expect((await opa.ask(decision, input)).status).toBe(401)
  expect((await opa.ask(decision, input, { token: 'sesame' })).status).toBe(401)
  for (const path of ['/v1/data', '/v1/data/server', '/v1/policies', '/v1/config', '/'])
    expect([path, (await opa.ask(path, undefined, { token })).status]).toEqual([path, 401])
  expect((await opa.ask('/v1/data/kubernetes/keys', {}, { token, method: 'PUT' })).status).toBe(401)
  expect((await opa.ask('/v1/policies/own', 'package own', { token, method: 'PUT' })).status).toBe(401)
})

const nested = `{"input":${'['.repeat(200_000)}${']'.repeat(200_000)}}`

test.each([
  ['cut off', '{"input":{"plans":', 'application/json', 400],
  ['nothing', '', 'application/json', 200],
  ['nested absurdly', nested, 'application/json', 400],
  ['larger than may be', `{"input":"${'a'.repeat(68 * 2 ** 20)}"}`, 'application/json', 400],
  ['a form', 'input=plan', 'application/x-www-form-urlencoded', 400],
  ['said to be compressed', '\u001f\u008b not', 'application/gzip', 400],
  ['patterns of stars', () => hostile('*a'.repeat(2000)), 'application/json', 200],
  ['patterns of groups', () => hostile('(a+)+$'.repeat(500)), 'application/json', 200],
])('what is %s is answered in bounded time, and so is the next request', async (_, body, type, status) => {
  const bad = await opa.ask(decision, typeof body === 'string' ? body : body(), { token, type })
  expect(bad.status).toBe(status)
  expect(bad.took).toBeLessThan(20_000)
  expect(JSON.parse((await opa.ask(decision, { input: world }, { token })).text).result.counts).toEqual(report.counts)
})

test('the decision log has the verdict and no plan', async () => {
  await opa.ask(decision, { input: world }, { token })
  const logged = () =>
    opa
      .log()
      .split('\n')
      .filter(line => line.includes('"Decision Log"'))
  await until(
    async () => ({ status: logged().length, text: '', took: 0 }),
    ({ status }) => status > 0,
  )
  expect(JSON.parse(logged().at(-1) ?? '{}').result).toEqual({ allow: false, counts: report.counts })
  const log = opa.log()
  for (const secret of ['444455556666', 'aws_kms_key', 'AllowAttachmentOfPersistentResources', 'kms:CreateGrant'])
    expect(log).not.toContain(secret)
})

test('what comes without a signature, or with that of another, is not activated; what is signed is', async () => {
  const bundle = async () => JSON.parse((await opa.ask('/v1/status')).text).result.bundles.keyreach
  const before = await bundle()
  expect(before.active_revision).toMatch(/^0\.1\.0\+[0-9a-f]{12}$/)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(join(folder, 'other.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  for (const key of [null, join(folder, 'other.pem')]) {
    await offer(key)
    const failed = async () => ({ status: 200, text: JSON.stringify(await bundle()), took: 0 })
    const { text } = await until(failed, ({ text }) =>
      text.includes(key === null ? 'missing .signatures.json' : 'verif'),
    )
    expect(JSON.parse(text).active_revision).toBe(before.active_revision)
    expect(JSON.parse((await opa.ask(decision, { input: world }, { token })).text).result.counts).toEqual(report.counts)
    await offer(join(folder, 'private.pem'))
    await until(failed, ({ text }) => !text.includes('"message"'))
  }
})

/** Offers the bundles, signed by a key. */
async function offer(key: string | null): Promise<void> {
  for (const { file } of await writeBundles(join(folder, 'bundles'), key))
    offered.set(file.split('/').at(-1) ?? '', readFileSync(file))
}

function configuration(url: string, key: string): string {
  const [, text = ''] = /^```yml\n(.*?)^```$/ms.exec(readFileSync('docs/opa-server.md', 'utf8')) ?? []
  const lines = key
    .trim()
    .split('\n')
    .map(line => `      ${line}`)
  return text
    .replace(/ {6}-----BEGIN.*-----END PUBLIC KEY-----/s, lines.join('\n'))
    .replace('https://bundles.example.com', url)
    .replaceAll('min_delay_seconds: 60, max_delay_seconds: 120', 'min_delay_seconds: 1, max_delay_seconds: 1')
}

/** A world with a key whose policy has a pattern, and a role whose name is there to be matched with it. */
function hostile(pattern: string): string {
  const name = 'a'.repeat(4000)
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'kms:*',
    Resource: '*',
    Condition: {
      StringLike: { 'aws:PrincipalArn': pattern, 'aws:PrincipalTag/a': pattern },
      ArnLike: { 'aws:PrincipalArn': pattern },
    },
  }
  const text = JSON.stringify(world).replaceAll('AWSServiceRoleForAutoScaling', name)
  const { plans, ...declared } = JSON.parse(text)
  for (const { plan } of plans)
    for (const { type, change } of plan.resource_changes)
      if (type === 'aws_kms_key' && change.after) change.after.policy = JSON.stringify({ Statement: [statement] })
  return JSON.stringify({ input: { plans, ...declared } })
}
