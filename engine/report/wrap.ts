/** The lines of a text broken at spaces to at most `width` characters; a word that is longer stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  if (text.length <= width) return [text]
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.split(' ')) {
    const size = length(word)
    if (line === '' || used + 1 + size <= width) {
      used += line === '' ? size : size + 1
      line = line === '' ? word : `${line} ${word}`
    } else {
      lines.push(line)
      line = word
      used = size
    }
  }
  return [...lines, line]
}

/** How many characters a text has, counted as code points. */
export function length(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length
}
