import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { explain } from '../engine/explain'
import { type PageData, pageData } from '../page/data'
import { document } from '../page/document'
import { servingFolder } from './servers'
import { judgedIn, startBrowser, writeSite } from './site'

/** Pages as people see and use them, in a real Chromium. */
let browser: Browser
let folder: string
const problems: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyreach-page-'))
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => problems.splice(0))
afterEach(() => expect(problems).toEqual([]))

const scenario = 'autoscaling-shared-image-key-policy-without-consumer'
const wide = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

/** Opens a page in a file, and keeps all that it complains of or asks a network for. */
async function opened(file: string, options: BrowserContextOptions = wide, hash = ''): Promise<Page> {
  const { href } = pathToFileURL(file)
  return visited(`${href}${hash}`, options, url => url.split('#')[0] === href)
}

async function visited(
  address: string,
  options: BrowserContextOptions,
  isAllowed: (url: string) => boolean,
): Promise<Page> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  page.on('console', message => problems.push(message.text()))
  page.on('pageerror', error => problems.push(error.message))
  page.on('dialog', dialog => problems.push(dialog.message()))
  page.on('request', request => {
    if (!isAllowed(request.url())) problems.push(request.url())
  })
  await page.goto(address)
  return page
}

/** How wide a page is with all that it has; the window of a phone grows with what does not fit, so that it tells nothing. */
function widthOf(page: Page): Promise<number> {
  return page.evaluate(() => window.document.documentElement.scrollWidth)
}

/** The page of a fixture, as the command line writes it, and what `check` says of the same. */
function written(name: string): { readonly file: string; readonly report: PageData['report'] } {
  const file = join(folder, `${name}.html`)
  const cwd = join('test/fixtures', name)
  const keyreach = join(process.cwd(), 'dist/keyreach.js')
  execFileSync(keyreach, ['report', '--out', file], { cwd })
  const { report } = embeddedIn(readFileSync(file, 'utf8'))
  return { file, report }
}

function embeddedIn(html: string): PageData {
  return JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(html)?.[1] ?? '')
}

/** A page with other data and the same program. */
function rewritten(name: string, data: unknown): string {
  const file = join(folder, `${name}.html`)
  const [style, script] = ['style.css', 'report.js'].map(part => readFileSync(join('dist/page', part), 'utf8'))
  writeFileSync(file, document({ title: name, data, style: style ?? '', script: script ?? '' }))
  return file
}

test('a line of the map opens to the statements that decided it, and a fix can be copied', async () => {
  const { file } = written(scenario)
  const page = await opened(file, { ...wide, permissions: ['clipboard-read', 'clipboard-write'] })
  expect(await page.title()).toBe('keyreach report')
  expect(await page.locator('.line.error').count()).toBeGreaterThan(1)
  expect(await page.locator('.line.pass').count()).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'deployer → aws_kms_key.image: error' }).press('Enter')
  const details = page.getByRole('complementary')
  await expect(details.innerText()).resolves.toMatch(/the key policy does not allow it[\s\S]*KeyreachGrants/)
  await details.getByRole('button', { name: 'copy' }).first().click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(JSON.parse(copied)).toMatchObject({ Effect: 'Allow', Action: ['kms:CreateGrant'] })
  await page.keyboard.press('Escape')
  expect(await details.getAttribute('class')).not.toContain('open')
  await page.context().close()
})

test('the keyboard reaches everything', async () => {
  const { file, report } = written(scenario)
  const page = await opened(file)
  await page.getByRole('tab', { name: 'Map' }).focus()
  await page.keyboard.press('ArrowRight')
  expect(await page.getByRole('tab', { name: 'Findings' }).getAttribute('aria-selected')).toBe('true')
  await page.getByRole('listbox').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const active = page.locator('[role=option][aria-selected=true]')
  expect(await active.getAttribute('aria-posinset')).toBe('3')
  const gravest = report.findings.filter(({ verdict }) => verdict === 'fail')[2]
  expect(await active.innerText()).toContain(gravest?.at)
  await page.keyboard.press('/')
  await page.keyboard.type('deployer creategrant')
  expect(await page.locator('[role=option]').count()).toBe(1)
  await page.getByRole('tab', { name: 'Findings' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('grid').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary').innerText()).resolves.toContain('may not kms:CreateGrant')
  await page.getByRole('tab', { name: 'Access' }).focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('tab', { name: 'Map' }).click()
  const start = page.locator('.map [tabindex="0"]')
  expect(await start.count()).toBe(1)
  await start.focus()
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => window.document.activeElement?.className)).toBe('node')
  await page.context().close()
})

test('filters and search show what they say, and the address keeps them', async () => {
  const { file, report } = written(scenario)
  const page = await opened(file, wide, '#findings?tones=pass')
  const count = (): Promise<string | null> => page.locator('[role=option]').first().getAttribute('aria-setsize')
  expect(await count()).toBe(String(report.counts.pass))
  await page.getByLabel('rule').selectOption('auto-scaling/grant-creator-may-create-it')
  expect(await page.getByText('Nothing is found with these filters.').isVisible()).toBe(true)
  await page.getByRole('button', { name: /passed/ }).click()
  expect(await count()).toBe('1')
  expect(page.url()).toContain('rule=auto-scaling')
  await page.context().close()
})

test.each(['light', 'dark'] as const)('in %s, text stands out from its ground', async colorScheme => {
  const page = await opened(written(scenario).file, { ...wide, colorScheme }, '#findings')
  const ratios = await page.evaluate(() => {
    const probe = window.document.body.appendChild(window.document.createElement('i'))
    const luminance = (name: string): number => {
      probe.style.color = `var(--${name})`
      const parts = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).slice(0, 3).map(part => Number(part) / 255)
      const [r = 0, g = 0, b = 0] = parts.map(part =>
        part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const names = ['text', 'dim', 'accent', 'error', 'warning', 'unknown', 'waived', 'pass']
    return ['ground', 'raised', 'chosen'].flatMap(ground =>
      names.map(name => {
        const [a, b] = [luminance(name), luminance(ground)]
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      }),
    )
  })
  expect(Math.min(...ratios)).toBeGreaterThan(4.5)
  await page.context().close()
})

test.each(['map', 'findings', 'access'])(
  'on a phone, %s needs no scrolling sideways and details can be closed',
  async view => {
    const page = await opened(written(scenario).file, phone, `#${view}`)
    expect(await widthOf(page)).toBe(phone.viewport.width)
    const first = { map: '.ways button', findings: '[role=option]', access: '[role=gridcell].error' }[view] ?? ''
    await page.locator(first).first().tap()
    expect(await widthOf(page)).toBe(phone.viewport.width)
    await page.getByRole('button', { name: 'Close' }).tap()
    expect(await page.getByRole('complementary').isVisible()).toBe(false)
    await page.context().close()
  },
)

test('nothing that a plan names breaks out of the page', async () => {
  const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028`${alert(3)}`'
  const { report } = written(scenario)
  const findings = report.findings.map(finding => ({
    ...finding,
    at: hostile,
    message: hostile,
    account: hostile,
    evidence: [{ at: hostile, what: hostile }],
    known: [hostile],
  }))
  const access = {
    need: { name: hostile, account: hostile, region: hostile },
    principal: { kind: 'role' as const, name: hostile, account: hostile },
    key: { name: hostile, account: hostile, region: hostile },
    actions: { [hostile]: 'fail' as const },
  }
  const accesses = findings.map(finding => ({ ...access, finding }))
  const file = rewritten('hostile', pageData({ ...report, findings }, accesses, []))
  expect(readFileSync(file, 'utf8').split('</script>').length).toBe(3)
  for (const view of ['map', 'findings', 'access']) {
    const page = await opened(file, wide, `#${view}`)
    await page.locator('.line, [role=option], [role=gridcell]').first().dispatchEvent('click')
    await expect(page.getByRole('complementary').innerText()).resolves.toContain('<img src=x onerror=alert(2)>')
    expect(await page.locator('img').count()).toBe(0)
    await page.context().close()
  }
})

test('twenty thousand findings open and filter without freezing', async () => {
  const { report, accesses, rules } = embeddedIn(readFileSync(written(scenario).file, 'utf8'))
  const times = Math.ceil(20_000 / report.findings.length)
  const copies = Array.from({ length: times }, (_, i) => i)
  const many = {
    report: {
      ...report,
      findings: copies.flatMap(i => report.findings.map(finding => ({ ...finding, at: `${finding.at}[${i}]` }))),
    },
    accesses: copies.flatMap(i =>
      accesses.map(access => ({
        ...access,
        key: { ...access.key, name: `${access.key.name}[${i}]` },
        finding: access.finding + i * report.findings.length,
      })),
    ),
    rules,
  }
  const before = Date.now()
  const page = await opened(rewritten('many', many), wide, '#findings')
  await page.locator('[role=option]').first().waitFor()
  expect(Date.now() - before).toBeLessThan(8000)
  expect(await page.locator('[role=option]').count()).toBeLessThan(60)
  const slowest = await page.evaluate(async () => {
    const search = window.document.querySelector('input')
    const times: number[] = []
    for (const text of ['c', 'cr', 'create', 'create 99', '']) {
      const start = performance.now()
      if (search) search.value = text
      search?.dispatchEvent(new Event('input'))
      await new Promise(requestAnimationFrame)
      times.push(performance.now() - start)
    }
    return Math.max(...times)
  })
  expect(slowest).toBeLessThan(1500)
  await page.getByRole('listbox').focus()
  await page.keyboard.press('End')
  expect(await page.locator('[role=option][aria-selected=true]').getAttribute('aria-posinset')).toBe(
    String(many.report.findings.length),
  )
  for (const view of ['Map', 'Access']) {
    const start = Date.now()
    await page.getByRole('tab', { name: view }).click()
    await page.getByRole('tabpanel', { name: view }).locator('button, [role=gridcell]').first().waitFor()
    expect(Date.now() - start).toBeLessThan(4000)
  }
  await page.context().close()
})

describe('the catalogue', () => {
  let server: Awaited<ReturnType<typeof servingFolder>>
  let origin: string
  let site: string

  beforeAll(async () => {
    site = join(folder, 'site')
    writeSite(site)
    server = await servingFolder(site)
    origin = server.url
  })
  afterAll(() => {
    server?.close()
  })

  /** Whatever is loaded comes from where the page came from, or is made by it. */
  const visit = (path: string, options: BrowserContextOptions = wide): Promise<Page> =>
    visited(`${origin}/${path}`, options, url => url.startsWith(origin) || url.startsWith(`blob:${origin}`))

  test('every rule, construct, guide and document has a page, and every link leads to something', () => {
    const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.html'))
    const sources = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))
    expect(files.length).toBe(sources.length + 2)
    const broken = files.flatMap(file => {
      const html = readFileSync(join(site, file), 'utf8')
      return [...html.matchAll(/ (?:href|src)="(?!https:)([^"#]*)(?:#([^"]*))?"/g)].flatMap(([, path = '', id]) => {
        const target = path === '' ? join(site, file) : resolve(dirname(join(site, file)), path)
        const isThere = existsSync(target) && (id === undefined || readFileSync(target, 'utf8').includes(` id="${id}"`))
        return isThere ? [] : [`${file}: ${path}#${id ?? ''}`]
      })
    })
    expect(broken).toEqual([])
  })

  test('search leads to pages, and a pasted error to rules', async () => {
    const page = await visit('rules/kms/key-is-rotated.html')
    await page.keyboard.press('/')
    await page.keyboard.type('multi-region replica')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/rules/kms/multi-region-key-has-replica.html')
    await page.getByRole('link', { name: 'keyreach', exact: true }).click()
    const error = 'Client.InternalError: Client error on launch'
    await page.getByRole('textbox', { name: 'What does this error mean?' }).fill(error)
    const first = explain(error)[0]?.rule.id
    await page.locator('#explanations a').first().click()
    await page.waitForURL(`**/rules/${first}.html#fix`)
    expect(await page.locator('h1').innerText()).toBe(first)
    await page.context().close()
  })

  test('search leads to a construct by what it makes or can do', async () => {
    const page = await visit('guides/copied-image.html')
    for (const [text, address] of [
      ['aws_imagebuilder_infrastructure_configuration', '**/constructs/image-builder-pipeline.html'],
      ['requiredPolicy', '**/constructs/imported-key.html'],
    ] as const) {
      await page.keyboard.press('/')
      await page.keyboard.type(text)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.waitForURL(address)
    }
    await page.context().close()
  })

  test('a pasted plan gets the findings of the command line, and stays on the page', async () => {
    const cwd = join('test/fixtures', scenario)
    const keyreach = (...args: readonly string[]): string =>
      spawnSync(process.execPath, [resolve('dist/keyreach.js'), ...args], { cwd, encoding: 'utf8' }).stdout
    const page = await visit('playground.html', { ...wide, acceptDownloads: true })
    const sent: string[] = []
    page.on('request', request => sent.push(`${request.method()} ${request.postData() ?? ''}`))
    await page.getByRole('button', { name: 'Judge' }).click()
    await expect(page.locator('#state').innerText()).resolves.toMatch(/no plan yet/)
    await page.locator('#text').fill('Plan: 2 to add')
    await page.getByRole('button', { name: 'Judge' }).click()
    await expect(page.locator('#state').innerText()).resolves.toMatch(/not JSON/)
    expect(await judgedIn(page, keyreach('world'))).toBe(keyreach('check', '--format', 'json'))
    expect(await page.locator('.report .line.error').count()).toBeGreaterThan(1)
    expect(await page.getByRole('main').count()).toBe(1)
    expect(sent.filter(request => request !== 'GET ')).toEqual([])
    await page.context().close()
  })

  test('what no plan shows is declared beside the plan, and means what it does on the command line', async () => {
    const cwd = join('test/fixtures', scenario)
    const plan = readFileSync(join(cwd, 'consumer/plan.json'), 'utf8')
    const yaml = "plans: [{ file: consumer/plan.json, account: '111122223333' }]\nlevels: { kms/key-is-rotated: off }\n"
    writeFileSync(join(folder, 'keyreach.yaml'), yaml.replace('consumer/', `${resolve(cwd)}/consumer/`))
    const args = ['check', '--config', join(folder, 'keyreach.yaml'), '--format', 'json']
    const { stdout } = spawnSync(process.execPath, ['dist/keyreach.js', ...args], { encoding: 'utf8' })
    const page = await visit('playground.html', { ...wide, acceptDownloads: true })
    await page.getByText('What no plan shows').click()
    await page.locator('#text').fill(plan)
    await page.locator('#facts').fill("accounts: { '111122223333': { deployr: x } }")
    await page.getByRole('button', { name: 'Judge' }).click()
    await expect(page.locator('#state').innerText()).resolves.toMatch(/^keyreach\.yaml:1:\d+: unknown key `deployr`/)
    await page.locator('#facts').fill(yaml)
    expect(await judgedIn(page, plan)).toBe(stdout)
    await page.context().close()
  })

  test('neither the playground nor its worker can send anything away', async () => {
    const other = createServer((_, response) => response.setHeader('access-control-allow-origin', '*').end('reached'))
    await new Promise<void>(done => other.listen(0, '127.0.0.1', done))
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${origin}/playground.html`)
    const answers = await page.evaluate(async url => {
      const script = `fetch(${JSON.stringify(url)}).then(() => postMessage('sent'), () => postMessage('refused'))`
      const worker = new Worker(URL.createObjectURL(new Blob([script])))
      const fromWorker = new Promise(done => worker.addEventListener('message', ({ data }) => done(data)))
      const fromPage = fetch(url).then(
        () => 'sent',
        () => 'refused',
      )
      return [await fromPage, await fromWorker]
    }, address)
    expect(answers).toEqual(['refused', 'refused'])
    await context.close()
    other.close()
  })

  test('on a phone, no page needs scrolling sideways', async () => {
    const page = await visit('index.html', phone)
    const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.html'))
    expect(pages.length).toBeGreaterThan(50)
    for (const path of pages) {
      await page.goto(`${origin}/${path}`)
      expect([path, await widthOf(page)]).toEqual([path, phone.viewport.width])
    }
    await page.context().close()
  })
})
