import { byCodePoint } from '../../policies/intrinsics'
import { type Tone, tones } from '../data'
import { countsOf, everything, type Filter } from '../filter'
import type { App } from './app'
import { h, marks } from './dom'

/** Filters and search: what they let through is what every view shows. */
export function bar(app: App): { readonly element: HTMLElement; update(): void } {
  const { findings } = app.index.data.report
  const change = (part: Partial<Filter>): void => app.change({ filter: { ...app.state().filter, ...part } })

  const search = h('input', {
    type: 'search',
    placeholder: 'Search',
    'aria-label': 'Search',
    'aria-keyshortcuts': '/',
    oninput: () => change({ text: search.value }),
  })
  const counts = new Map<Tone, HTMLElement>()
  const buttons = new Map<Tone, HTMLElement>()
  // What no finding is has no button; errors and what passes always have.
  const used = tones.filter(tone => tone === 'error' || tone === 'pass' || app.index.tones.includes(tone))
  for (const tone of used) {
    const count = h('span', { class: 'number' })
    counts.set(tone, count)
    const toggle = (): void => {
      const { tones: chosen } = app.state().filter
      change({ tones: chosen.includes(tone) ? chosen.filter(one => one !== tone) : [...chosen, tone] })
    }
    buttons.set(
      tone,
      h(
        'button',
        { type: 'button', class: `chip ${tone}`, 'aria-pressed': 'false', onclick: toggle },
        h('span', { class: `mark ${tone}`, 'aria-hidden': 'true' }, marks[tone]),
        h('span', { class: 'word' }, words[tone]),
        count,
      ),
    )
  }
  const { accesses } = app.index.data
  const selects = {
    account: choice('account', 'Account', [
      ...findings.map(({ account }) => account),
      ...accesses.flatMap(({ principal, key }) => [principal.account, key.account]),
    ]),
    region: choice(
      'region',
      'Region',
      findings.map(({ region }) => region),
    ),
    rule: choice(
      'rule',
      'Rule',
      findings.map(({ rule }) => rule),
    ),
  }
  function choice(name: 'account' | 'region' | 'rule', all: string, values: readonly (string | null)[]) {
    const present = [...new Set(values)].filter(value => value !== null).sort(byCodePoint)
    const select: HTMLSelectElement = h(
      'select',
      { 'aria-label': name, onchange: () => change({ [name]: select.value }) },
      h('option', { value: '' }, all),
      present.map(value => h('option', { value }, value)),
    )
    return select
  }
  const reset = h(
    'button',
    { type: 'button', class: 'reset', onclick: () => app.change({ filter: everything }) },
    'Clear',
  )
  document.addEventListener('keydown', event => {
    const { target } = event
    const isText = target instanceof HTMLInputElement || target instanceof HTMLSelectElement
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isText) return
    event.preventDefault()
    search.focus()
  })
  return {
    element: h(
      'div',
      { class: 'bar', role: 'search', 'aria-label': 'Filters' },
      h('div', { class: 'chips', role: 'group', 'aria-label': 'Verdicts' }, [...buttons.values()]),
      h('div', { class: 'choices' }, Object.values(selects), search, reset),
    ),
    update() {
      const { filter } = app.state()
      const numbers = countsOf(app.index, filter)
      for (const tone of used) {
        const count = counts.get(tone)
        if (count) count.textContent = numbers[tone].toLocaleString('en')
        buttons.get(tone)?.setAttribute('aria-pressed', String(filter.tones.includes(tone)))
      }
      if (search.value !== filter.text) search.value = filter.text
      for (const name of ['account', 'region', 'rule'] as const) selects[name].value = filter[name]
      reset.classList.toggle('idle', JSON.stringify(filter) === JSON.stringify(everything))
    },
  }
}

const words: { readonly [tone in Tone]: string } = {
  error: 'errors',
  warning: 'warnings',
  unknown: 'unknown',
  waived: 'waived',
  pass: 'passed',
}
