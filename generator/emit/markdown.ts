import type { File } from '../file'
import type { Program } from '../programs'

/** A table; the cells are Markdown of one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** Text as a cell of a table takes it. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** Text of a language, as it is. */
export function codeBlock(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}

/** A program, and its keyreach.yaml where it has one. */
export function programBlocks({ text, config }: Program): readonly string[] {
  const program = codeBlock('ts', text)
  if (config === null) return [program]
  return [program, '`keyreach.yaml`, for what no configuration shows:', codeBlock('yaml', config)]
}

/** Paragraphs, headings and blocks as a file; those that are empty are left out. */
export function page(parts: readonly string[]): string {
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

/** The text of a file with each block between its two markers; throws where it has no place for one. */
export function filled({ path, text }: File, blocks: { readonly [name: string]: string }): string {
  return Object.entries(blocks).reduce((filled, [name, block]) => {
    const [start, end] = [`<!-- ${name}: generated, do not edit -->`, `<!-- end of ${name} -->`]
    const [before, after] = [filled.indexOf(start), filled.indexOf(end)]
    if (before < 0 || after < before) throw new Error(`${path} has no place for its ${name}: ${start} … ${end}`)
    return `${filled.slice(0, before + start.length)}\n${block}\n${filled.slice(after)}`
  }, text)
}
