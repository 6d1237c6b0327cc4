import { type RegisteredRule, rules } from './registry'

/** The rule of an id or alias. */
export function ruleNamed(name: string, known: readonly RegisteredRule[] = rules): RegisteredRule | undefined {
  return known.find(({ id, rule }) => id === name || rule.aliases.includes(name))
}

/** That there is no rule of this name, and which was probably meant: the id that shares the most words with it. */
export function noSuchRule(name: string, known: readonly RegisteredRule[] = rules): string {
  const words = (text: string): readonly string[] => text.toLowerCase().split(/[^a-z0-9]+/)
  const asked = new Set(words(name))
  const ranked = known.map(({ id }) => ({ id, shared: words(id).filter(word => asked.has(word)).length }))
  const best = ranked.reduce((most, one) => (one.shared > most.shared ? one : most), { id: '', shared: 1 })
  return `there is no such rule${best.id === '' ? '' : ` (did you mean ${best.id}?)`}; see \`keyreach list\``
}
