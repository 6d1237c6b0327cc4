/** Orders texts by code point, as Rego does; JavaScript's own order differs outside the basic plane. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    // A surrogate stands for a code point above all that one unit can hold.
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** Different texts in the order of their code points. */
export function inOrder(texts: readonly string[]): readonly string[] {
  // Where all is plain ASCII, as nearly always, JavaScript's own order is that of code points, and sooner had.
  return texts.every(isPlain) ? [...texts].sort() : [...texts].sort(byCodePoint)
}

function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII
  return /^[\x00-\x7f]*$/.test(text)
}
