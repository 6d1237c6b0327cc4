import type { Evidence } from '../../policies/lang/finding'

/** Evidence as sentences. What differs in the last name in backticks only, as a statement that allows six actions does, is one. */
export function evidenceTexts(evidence: readonly Evidence[]): readonly string[] {
  const sentences = new Map<string, string[]>()
  for (const { at, what } of evidence) {
    const text = at === '' ? what : `\`${at}\` ${what}`
    const [, before = text, name, after = ''] = /^(.* )(`[^`]*`)([^`]*)$/s.exec(text) ?? []
    const key = `${before}\n${after}`
    const names = sentences.get(key) ?? []
    sentences.set(key, name === undefined || names.includes(name) ? names : [...names, name])
  }
  return [...sentences].map(([key, names]) => key.replace('\n', () => names.join(', ')))
}
