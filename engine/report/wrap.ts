/**
 * The lines of a text broken at spaces to at most `width` characters; a word that is longer stands alone.
 * What stands in backticks is one word.
 */
export function wrap(text: string, width: number): readonly string[] {
  if (text.length <= width) return [text]
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of words(text)) {
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

function words(text: string): readonly string[] {
  const words: string[] = []
  let quoted = false
  for (const part of text.split(' ')) {
    if (quoted) words.push(`${words.pop()} ${part}`)
    else words.push(part)
    if (part.split('`').length % 2 === 0) quoted = !quoted
  }
  return words
}

/** How many characters a text has, counted as code points. */
export function length(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length
}
