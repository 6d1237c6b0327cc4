/** A part of a text: what stands there, or the source of an expression (`${…}`). */
export type Part = { readonly text: string } | { readonly source: string }

/**
 * The parts of a text with interpolations; `$${` and `%%{` are escapes. Null where it has a directive (`%{ if … }`) or an interpolation
 * that does not end.
 */
export function partsOf(text: string): readonly Part[] | null {
  const parts: Part[] = []
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('$${', at) || text.startsWith('%%{', at)) {
      plain += text.slice(at + 1, at + 3)
      at += 2
    } else if (text.startsWith('%{', at)) return null
    else if (text.startsWith('${', at)) {
      const end = endOf(text, at + 2)
      if (end === null) return null
      if (plain !== '') parts.push({ text: plain })
      parts.push({ source: text.slice(at + 2, end).trim() })
      plain = ''
      at = end
    } else plain += text[at]
  }
  return plain === '' && parts.length > 0 ? parts : [...parts, { text: plain }]
}

/** Where the brace stands that closes the one before `start`; those in texts do not count. */
export function endOf(text: string, start: number): number | null {
  let depth = 1
  let quoted = false
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (quoted && character === '\\') at++
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === '{') depth++
    else if (!quoted && character === '}' && --depth === 0) return at
  }
  return null
}
