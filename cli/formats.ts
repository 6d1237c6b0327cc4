import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { BadInput, errorCode } from '../engine/bad-input'
import { packageVersion } from '../engine/package'
import type { RegisteredRule } from '../engine/registry'
import type { Report } from '../engine/report'
import type { Strictness } from '../engine/report/failing'
import { json } from '../engine/report/json'
import { plain } from '../engine/report/paint'
import { text } from '../engine/report/text'
import type { World } from '../engine/world'
import { painter, print, width } from './output'
import { plainPage } from './page'

const formats = ['text', 'json', 'sarif', 'junit', 'github', 'markdown'] as const

type Format = (typeof formats)[number]

/** A form of the report, and the file that it goes to; to standard output where that is null. */
export interface Target {
  readonly format: Format
  readonly file: string | null
}

/** Adds a `FORMAT[=FILE]` to those given before it. */
export function withTarget(argument: string, before: readonly Target[] = []): readonly Target[] {
  const [, name = '', file = null] = /^([^=]*)(?:=(.+))?$/s.exec(argument) ?? []
  const format = formats.find(known => known === name)
  if (!format) throw new InvalidArgumentError(`Allowed choices are ${formats.join(', ')}, and FORMAT=FILE`)
  if (file === null && before.some(other => other.file === null))
    throw new InvalidArgumentError(`One report goes to standard output; give the others a file: ${format}=FILE`)
  return [...before, { format, file }]
}

/** What a report is rendered with. */
export interface Context {
  readonly rules: readonly RegisteredRule[]
  /** Gives the page of each rule, for the formats that have them. */
  readonly pages: () => Promise<(id: string) => string>
  readonly world: World
  readonly failOn: Strictness
  readonly listPassing?: boolean
  readonly suppressions?: boolean
}

/** Writes a report wherever it is to go. Where all of it goes to files, people still see it on standard output. */
export async function deliver(report: Report, targets: readonly Target[], context: Context): Promise<void> {
  const printed = targets.some(({ file }) => file === null) ? [] : [{ format: 'text', file: null } as const]
  for (const { format, file } of [...targets, ...printed]) {
    const output = await rendered(report, format, context, file === null)
    if (file === null) print(output)
    else save(file, output)
  }
}

/** What few ask for is loaded for them alone. */
async function rendered(report: Report, format: Format, context: Context, isPrinted: boolean): Promise<string> {
  const { world, rules, pages, failOn, listPassing: passing = false, suppressions = false } = context
  const origins = async () => (await import('../engine/report/origin')).originsIn(world)
  switch (format) {
    case 'sarif': {
      const { sarif } = await import('../engine/report/sarif')
      const pageOf = await pages()
      return sarif(report, {
        version: packageVersion(),
        rules,
        help: id => ({ markdown: pageOf(id), text: plainPage(pageOf(id), plain, 100) }),
        originOf: await origins(),
        passing,
      })
    }
    case 'github':
      return (await import('../engine/report/github')).github(report, await origins())
    case 'junit':
      return (await import('../engine/report/junit')).junit(report, failOn)
    case 'markdown':
      return (await import('../engine/report/markdown')).markdown(report, rules)
  }
  const found = suppressions ? (await import('../engine/suppressions')).suppressionsOf(world, report) : null
  if (format === 'json') return json(found ? { ...report, suppressions: found } : report)
  const shown = isPrinted ? { paint: await painter(), width: width() } : { paint: plain, width: 100 }
  const printed = text(report, { ...shown, passing })
  if (found === null) return printed
  const { suppressionsText } = await import('../engine/report/suppressions')
  return `${printed}\n${suppressionsText(found, shown)}`
}

/** Writes a file, and the directory that it is in. */
export function save(file: string, contents: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, contents)
  } catch (error) {
    throw new BadInput({ file }, `it cannot be written: ${errorCode(error)}`)
  }
}
