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

/** Characters, as people count them on a terminal of plain letters. */
export function length(text: string): number {
  return [...text].length
}
