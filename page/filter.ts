import type { Finding } from '../policies/lang/finding'
import { type PageAccess, type PageData, type Tone, toneOf, tones } from './data'

/** What is shown: findings of these tones (all where there are none), and of one account, region and rule that have all words of a text. */
export interface Filter {
  readonly tones: readonly Tone[]
  readonly account: string
  readonly region: string
  readonly rule: string
  readonly text: string
}

export const everything: Filter = { tones: [], account: '', region: '', rule: '', text: '' }

/** What findings and accesses are looked up by; made once for a page. */
export interface Index {
  readonly data: PageData
  /** The places of findings, the gravest first. */
  readonly order: readonly number[]
  readonly tones: readonly Tone[]
  readonly texts: readonly string[]
  /** Finding → the accesses that it is about. */
  readonly accesses: ReadonlyMap<number, readonly PageAccess[]>
}

export function indexOf(data: PageData): Index {
  const { findings } = data.report
  const accesses = new Map<number, PageAccess[]>()
  for (const access of data.accesses) {
    const others = accesses.get(access.finding)
    if (others) others.push(access)
    else accesses.set(access.finding, [access])
  }
  const ranks = findings.map(finding => tones.indexOf(toneOf(finding)))
  return {
    data,
    order: findings.map((_, i) => i).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b),
    tones: findings.map(toneOf),
    texts: findings.map((finding, i) => textOf(finding, accesses.get(i) ?? [])),
    accesses,
  }
}

/** The places of the findings that a filter lets through, in their order. */
export function found(index: Index, filter: Filter): readonly number[] {
  const words = wordsOf(filter.text)
  return index.order.filter(i => {
    const finding = index.data.report.findings[i]
    if (!finding) return false
    if (filter.tones.length > 0 && !filter.tones.includes(index.tones[i] ?? 'pass')) return false
    if (filter.rule !== '' && finding.rule !== filter.rule) return false
    if (filter.region !== '' && finding.region !== filter.region) return false
    if (filter.account !== '' && !accountsOf(finding, index.accesses.get(i) ?? []).includes(filter.account))
      return false
    return words.every(word => index.texts[i]?.includes(word))
  })
}

/** How many findings of each tone the filter lets through, were it not for the tones that it names. */
export function countsOf(index: Index, filter: Filter): { readonly [tone in Tone]: number } {
  const counts = { error: 0, warning: 0, unknown: 0, waived: 0, pass: 0 }
  for (const i of found(index, { ...filter, tones: [] })) counts[index.tones[i] ?? 'pass']++
  return counts
}

/** A filter as it stands in an address, and the filter of an address. */
export function filterText(filter: Filter): string {
  const pairs = Object.entries(filter).map(([name, value]) => [name, [value].flat().join(' ')] as const)
  return new URLSearchParams(pairs.filter(([, value]) => value !== '').map(([name, value]) => [name, value])).toString()
}

export function filterOf(text: string): Filter {
  const given = new URLSearchParams(text)
  const value = (name: string): string => given.get(name) ?? ''
  return {
    tones: tones.filter(tone => value('tones').split(' ').includes(tone)),
    account: value('account'),
    region: value('region'),
    rule: value('rule'),
    text: value('text'),
  }
}

/** Findings are of the account that mends them, and of those of who asks and of the key. */
function accountsOf(finding: Finding, accesses: readonly PageAccess[]): readonly (string | null)[] {
  return [finding.account, ...accesses.flatMap(({ principal, key }) => [principal.account, key.account])]
}

function textOf(finding: Finding, accesses: readonly PageAccess[]): string {
  const { rule, at, account, region, message, symptom } = finding
  const names = accesses.flatMap(({ need, principal, key }) => [need.name, principal.name, key.name])
  return [rule, at, account, region, message, symptom, ...names].join('\n').toLowerCase()
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
}
