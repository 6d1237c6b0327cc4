import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { chromium } from '../scripts/tools'

/** Starts a real Chromium. */
export function startBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: chromium(), args: ['--no-sandbox'] })
}

/** Writes the catalogue into a folder, as `npm run site` does. */
export function writeSite(folder: string): void {
  execFileSync(process.execPath, ['scripts/run.mjs', 'page/site/index.ts', '--out', folder])
}

/** Has the open playground judge a text, and gives the report that it offers to keep. */
export async function judgedIn(playground: Page, text: string): Promise<string> {
  await playground.locator('#text').fill(text)
  await playground.getByRole('button', { name: 'Judge' }).click()
  const [download] = await Promise.all([
    playground.waitForEvent('download'),
    playground.getByRole('link', { name: 'Keep it as JSON' }).click(),
  ])
  return readFileSync(await download.path(), 'utf8')
}
