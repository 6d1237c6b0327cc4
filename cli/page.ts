import { clean } from '../engine/report/clean'
import type { Paint } from '../engine/report/paint'
import { wrap } from '../engine/report/wrap'

/** A page in Markdown as it is read in a terminal: headings bold, paragraphs wrapped, tables in columns, code as it stands. */
export function plainPage(markdown: string, paint: Paint, width: number): string {
  const blocks = markdown
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/(^```[\s\S]*?^```$)/m)
    .flatMap(part => (part.startsWith('```') ? [part] : part.split(/\n{2,}/)))
    .map(block => block.replace(/^\n+|\n+$/g, ''))
    .filter(block => block !== '')
  return `${blocks.map(block => blockLines(block, paint, width).join('\n')).join('\n\n')}\n`
}

function blockLines(block: string, paint: Paint, width: number): readonly string[] {
  const lines = block.split('\n').map(clean)
  const shown = (text: string): string => inline(text, paint)
  if (block.startsWith('```')) return lines.slice(1, -1).map(line => (line === '' ? '' : `    ${line}`))
  if (block.startsWith('#')) return [paint.bold(lines.join(' ').replace(/^#+ */, ''))]
  if (block.startsWith('|')) return table(lines, width).map(shown)
  if (block.startsWith('- ')) return lines.flatMap(line => hanging('- ', line.replace(/^- /, ''), width).map(shown))
  return wrap(lines.join(' '), width).map(shown)
}

/** Rows under each other: all columns but the last as wide as their widest cell, the last wrapped. The ruler goes. */
function table(lines: readonly string[], width: number): readonly string[] {
  const rows = lines.filter(line => !/^[|\s:-]+$/.test(line)).map(cellsOf)
  const columns = rows[0]?.slice(0, -1).map((_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0))) ?? []
  return rows.flatMap(row => {
    const before = columns.map((column, i) => (row[i] ?? '').padEnd(column)).join('  ')
    return hanging(`${before}  `, row.at(-1) ?? '', width)
  })
}

function cellsOf(line: string): readonly string[] {
  const cells = line.replace(/^\||\|$/g, '').split(/(?<!\\)\|/)
  return cells.map(cell => cell.trim().replaceAll('\\|', '|'))
}

function hanging(before: string, text: string, width: number): readonly string[] {
  return wrap(text, width - before.length).map((line, i) => `${i === 0 ? before : ' '.repeat(before.length)}${line}`)
}

/** Links become their text and address, code keeps its backticks. */
function inline(text: string, paint: Paint): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replace(/<(https?:[^>]+)>/g, '$1')
    .replace(/`[^`]*`/g, code => paint.bold(code))
}
