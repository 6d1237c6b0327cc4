/** The lines of a text broken at spaces to at most `width` characters; a word that is longer stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' '))
    if (line === '') line = word
    else if (length(line) + 1 + length(word) <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  return [...lines, line]
}

/** How many characters a text has, counted as code points. */
export function length(text: string): number {
  return isPlain(text) ? text.length : [...text].length
}

function isPlain(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text)
}
