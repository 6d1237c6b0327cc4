import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluateAccess } from '../../engine/access'
import { BadInput, errorCode } from '../../engine/bad-input'
import { packageRoot } from '../../engine/package'
import { rules } from '../../engine/registry'
import { reportOf } from '../../engine/report'
import { pageData } from '../../page/data'
import { document } from '../../page/document'
import type { AddCommand } from '../command'
import { readWorld } from '../input'
import { complain } from '../output'

interface Options {
  readonly out: string
  readonly config?: string
}

/** `keyreach report`: a page to look at. */
export const report: AddCommand = (program, exit) => {
  program
    .command('report')
    .summary('write a page to look at')
    .description(
      'Writes what check finds as a page in one file: a map of who reaches which keys, findings with their fixes, and who may do what. It loads and sends nothing.',
    )
    .argument('[plans...]', '[ACCOUNT=]PLAN, as for check')
    .requiredOption('-o, --out <file>', 'the page: report.html')
    .option('-c, --config <file>', 'what no plan shows (default: ./keyreach.yaml where there is one)')
    .action(async (plans: readonly string[], options: Options) => exit(await run(plans, options)))
}

/** 0 where the page could be written, whatever is on it: what fails a pipeline is `check`. */
async function run(plans: readonly string[], { out, config }: Options): Promise<number> {
  const { outcome, accesses } = evaluateAccess(await readWorld(plans, config))
  const found = reportOf(outcome)
  for (const { rule, message } of found.errors) complain(`${rule} broke: ${message}`)
  const page = document({
    title: 'keyreach report',
    data: pageData(found, accesses, rules),
    style: built('style.css'),
    script: built('report.js'),
  })
  try {
    writeFileSync(out, page)
  } catch (error) {
    throw new BadInput({ file: out }, `it cannot be written (${errorCode(error)})`)
  }
  return found.errors.length > 0 ? 2 : 0
}

/** A part of the page, which `npm run build` makes. */
function built(name: string): string {
  const path = join(packageRoot(), 'dist', 'page', name)
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new BadInput({ file: path }, 'it is missing; run `npm run build`')
  }
}
