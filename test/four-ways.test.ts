import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Report } from '../engine'
import { reportOf } from '../engine/report'
import { conftestAll } from './engines'
import { makeCertificate, type OpaServer, servingFolder, startOpa, until } from './servers'
import { judgedIn, startBrowser, writeSite } from './site'

/* One world, judged in the four ways that people have: the command line, stock conftest, a server of OPA, and the page in a browser. */

const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
let opa: OpaServer
let browser: Browser
let site: Awaited<ReturnType<typeof servingFolder>>

beforeAll(async () => {
  makeCertificate(folder)
  opa = await startOpa(folder, ['--bundle', resolve('dist/keyreach.tar.gz')], readFileSync(join(folder, 'tls.crt')))
  await until(
    () => opa.ask('/health?bundles'),
    ({ status }) => status === 200,
  )
  writeSite(join(folder, 'site'))
  site = await servingFolder(join(folder, 'site'))
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await opa?.stop()
  await browser?.close()
  site?.close()
  rmSync(folder, { recursive: true })
})

test.each([
  ['what is shared fails', 'autoscaling-shared-image-key-policy-without-consumer'],
  ['a policy is not known until apply', 'autoscaling-same-account-unknown-policy'],
  ['all is well', 'copied-ami-launch'],
])('%s: each way finds the same', async (_, scenario) => {
  const { findings }: Report = JSON.parse(keyreach(scenario, 'check', '--format', 'json'))
  const world = keyreach(scenario, 'world')
  expect(findings.length).toBeGreaterThan(0)
  expect(await byServer(world)).toEqual(findings)
  expect(await byPage(world)).toEqual(findings)
  const denied = findings.filter(({ verdict, waived }) => verdict === 'fail' && waived === null)
  expect(conftestAll([JSON.parse(world)])).toEqual([denied])
})

function keyreach(scenario: string, ...args: readonly string[]): string {
  const cwd = join('test/fixtures', scenario)
  return spawnSync(process.execPath, [resolve('dist/keyreach.js'), ...args], { cwd, encoding: 'utf8' }).stdout
}

async function byServer(world: string): Promise<Report['findings']> {
  const { text } = await opa.ask('/v1/data/policies/decision', `{"input":${world}}`)
  return reportOf({ findings: JSON.parse(text).result.findings, errors: [] }).findings
}

async function byPage(world: string): Promise<Report['findings']> {
  const page = await browser.newPage({ acceptDownloads: true })
  await page.goto(`${site.url}/playground.html`)
  const report: Report = JSON.parse(await judgedIn(page, world))
  await page.close()
  return report.findings
}
