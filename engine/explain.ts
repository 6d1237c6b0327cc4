import { byCodePoint } from '../policies/intrinsics'
import { type RegisteredRule, rules } from './registry'

/** A rule that knows an error, and the symptom by which. */
export interface Match {
  readonly rule: RegisteredRule
  readonly symptom: string
  readonly score: number
}

/**
 * The rules behind an error as people paste it: whole or a part of it, with its ids, in any layout; the likeliest first.
 *
 * Text and symptoms are compared word by word. Of each part of a symptom between its `{…}`, the longest run of words that the
 * text has too counts, in letters: long words are rare, and unlike a count of rules this does not shift as rules are added.
 * What was found of a symptom, times the share of the symptom that it is, ranks: much of a long one beats all of a short one.
 * Of rules that share a symptom, errors come before warnings, then the one that names it earlier, then the one whose name the text speaks of.
 * `known` are the rules to look among, ours where nothing else is said.
 */
export function explain(text: string, known: readonly RegisteredRule[] = rules): readonly Match[] {
  const { symptoms, places, size } = known === rules ? ours : indexOf(known)
  const words = wordsOf(text)
  const said = words.join('')
  const vocabulary = new Set(words)
  const longest = longestRuns(words, places, size)
  const found = symptoms.map(symptom => measured(symptom, longest)).filter(({ tells }) => tells)
  const best = found.reduce((most, { score }) => Math.max(most, score), 0)
  const matches = found
    .filter(({ score, whole }) => whole || score >= best / 2)
    .flatMap(({ score, names }) =>
      names.map(name => ({ ...name, score, spoken: spokenOf(name.rule.id, vocabulary, said) })),
    )
    .sort(
      (a, b) =>
        b.score - a.score ||
        byCodePoint(a.rule.rule.severity, b.rule.rule.severity) ||
        a.position - b.position ||
        b.spoken - a.spoken ||
        byCodePoint(a.rule.id, b.rule.id),
    )
  return matches
    .filter(({ rule }, i) => matches.findIndex(other => other.rule === rule) === i)
    .map(({ rule, symptom, score }) => ({ rule, symptom, score }))
}

/** So many letters in a row are no chance: `ResourceNotReady`, `is not authorized`, `can't be shared`. */
const telling = 12

/** A symptom, and by which rules and in which place of their lists it is named. */
interface Symptom {
  /** Where the words of each part, between its `{…}`, stand in the sequence of all. */
  readonly parts: readonly (readonly [start: number, end: number])[]
  readonly letters: number
  readonly names: readonly { readonly rule: RegisteredRule; readonly symptom: string; readonly position: number }[]
}

const ours = indexOf(rules)

/** All symptoms in one sequence of words, with a gap behind each part; and where each word stands in it, from behind. */
function indexOf(known: readonly RegisteredRule[]) {
  const named = new Map<string, { parts: readonly (readonly string[])[]; names: Symptom['names'] }>()
  for (const rule of known)
    for (const [position, symptom] of rule.rule.symptoms.entries()) {
      const parts = symptom.split(/\{[^}]*\}/).map(wordsOf)
      const key = JSON.stringify(parts)
      named.set(key, { parts, names: [...(named.get(key)?.names ?? []), { rule, symptom, position }] })
    }
  const places = new Map<string, number[]>()
  let size = 0
  const symptoms = [...named.values()].map(({ parts, names }): Symptom => {
    const spans = parts.map(part => {
      const start = size
      for (const word of part) places.set(word, [size++, ...(places.get(word) ?? [])])
      return [start, size++] as const
    })
    return { parts: spans, letters: parts.flat().join('').length, names }
  })
  return { symptoms, places, size }
}

/** At each place of the sequence, the letters of the longest run of words that ends there and stands in the text too. */
function longestRuns(
  words: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  size: number,
): Uint32Array {
  const longest = new Uint32Array(size)
  const current = new Uint32Array(size)
  const seen = new Int32Array(size).fill(-2)
  for (const [i, word] of words.entries())
    for (const at of places.get(word) ?? []) {
      // Places come from behind, so that the one before still has what the word before left there.
      const run = (seen[at - 1] === i - 1 ? (current[at - 1] ?? 0) : 0) + word.length
      current[at] = run
      seen[at] = i
      longest[at] = Math.max(longest[at] ?? 0, run)
    }
  return longest
}

/** What a text has of a symptom. */
function measured({ parts, letters, names }: Symptom, longest: Uint32Array) {
  const runs = parts.map(([start, end]) => Math.max(0, ...longest.subarray(start, end)))
  const matched = runs.reduce((sum, run) => sum + run, 0)
  const score = matched ** 2 / letters
  const whole = matched === letters && letters >= telling
  return { names, score, whole, tells: matched === letters || runs.some(run => run >= telling) }
}

/** The letters that a text has of the name of a rule: of its service (`auto-scaling`), and of the words of its claim. */
function spokenOf(id: string, words: ReadonlySet<string>, said: string): number {
  const [service = '', claim = ''] = id.split('/')
  const spoken = claim.split('-').filter(word => words.has(word))
  return spoken.join('').length + (said.includes(service.replaceAll('-', '')) ? service.length : 0)
}

/**
 * The words of a text in lower case, without what differs from case to case or comes from how it was copied:
 * quotes and signs, colours of a terminal, escapes of JSON and HTML, accounts, numbers and ids.
 */
function wordsOf(text: string): readonly string[] {
  const plain = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal begin with one
    .replace(/\u001b\[[\d;]*m/g, '')
    .replace(/\\u[\da-fA-F]{4}|\\[nrt]|&#?\w{1,6};/g, ' ')
    .replace(/\barn:[\w-]*:[\w-]*:[\w-]*:\w*:/g, ' ')
    .toLowerCase()
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter(word => !/^(?:\d\d+|(?=.*\d)[\da-f]{4,})$/.test(word))
}
