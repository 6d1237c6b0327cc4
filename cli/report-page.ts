import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluateAccess } from '../engine/access'
import { BadInput, errorCode } from '../engine/bad-input'
import type { OwnRules } from '../engine/engine'
import { declarationNotes } from '../engine/notes'
import { packageRoot } from '../engine/package'
import { reportOf } from '../engine/report'
import type { World } from '../engine/world'
import { pageData } from '../page/data'
import { document } from '../page/document'
import { complain } from './output'
import { knownBeside } from './own'

/**
 * Writes the page of a world, judged by a team's own rules too where there are some, and says on standard error what people should know
 * beside it. Gives whether all could be judged.
 */
export function writeReport(world: World, own: OwnRules | null, file: string): boolean {
  const known = knownBeside(own)
  const { outcome, accesses } = evaluateAccess(world, own)
  const report = reportOf(outcome)
  for (const { rule, message } of report.errors) complain(`${rule} broke: ${message}`)
  for (const note of declarationNotes(world, report, known)) complain(note)
  const page = document({
    title: 'keyreach report',
    data: pageData(report, accesses, known),
    style: built('style.css'),
    script: built('report.js'),
  })
  try {
    writeFileSync(file, page)
  } catch (error) {
    throw new BadInput({ file }, `it cannot be written (${errorCode(error)})`)
  }
  return report.errors.length === 0
}

/** A part of the page, which `npm run build` makes. */
function built(name: string): string {
  const file = join(packageRoot(), 'dist', 'page', name)
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new BadInput({ file }, 'it is missing; run `npm run build`')
  }
}
