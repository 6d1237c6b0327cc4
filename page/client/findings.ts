import { clean } from '../../engine/report/clean'
import { brief } from '../names'
import type { App } from './app'
import { h, mark, prose } from './dom'
import { rows } from './rows'

/** As report.css has it: on a narrow page a message takes two lines. */
const rowHeight = (): number => (matchMedia('(max-width: 720px)').matches ? 78 : 56)

/** The list of findings: arrows go through it, Enter opens. */
export function findingsView(app: App): { readonly element: HTMLElement; update(isNew: boolean): void } {
  let current = 0
  const list = h('div', {
    class: 'list',
    role: 'listbox',
    tabindex: 0,
    'aria-label': 'Findings, the gravest first',
    onkeydown: (event: KeyboardEvent) => {
      const next = moved(event.key)
      if (next === null) return
      event.preventDefault()
      go(next)
    },
  })
  const nothing = h('p', { class: 'nothing', hidden: true }, 'Nothing is found with these filters.')
  const element = h('div', { class: 'findings' }, list, nothing)

  const row = (i: number): HTMLElement => {
    const place = app.shown().findings[i] ?? 0
    const finding = app.index.data.report.findings[place]
    const tone = app.index.tones[place] ?? 'pass'
    const { opened } = app.state()
    const isOpen = opened?.kind === 'finding' && opened.finding === place
    const where = [finding?.account, finding?.region].filter(part => part !== null).join('  ')
    return h(
      'div',
      {
        id: `finding-${i}`,
        class: `finding${i === current ? ' current' : ''}`,
        role: 'option',
        'aria-selected': String(isOpen),
        'aria-setsize': app.shown().findings.length,
        'aria-posinset': i + 1,
        onclick: () => go(i),
      },
      mark(tone),
      h('span', { class: 'message' }, prose(brief(finding?.message ?? ''))),
      h('span', { class: 'place' }, clean(finding?.at ?? '')),
      h('span', { class: 'rule' }, finding?.rule ?? ''),
      h('span', { class: 'where' }, clean(where)),
    )
  }
  const window = rows(list, rowHeight, 0, row)
  list.append(window.element)

  const moved = (key: string): number | null => {
    const last = app.shown().findings.length - 1
    const steps: { readonly [key: string]: number } = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + window.page(),
      PageUp: current - window.page(),
      Home: 0,
      End: last,
      Enter: current,
      ' ': current,
    }
    const next = steps[key]
    return next === undefined ? null : Math.max(0, Math.min(last, next))
  }
  const go = (i: number): void => {
    const finding = app.shown().findings[i]
    if (finding === undefined) return
    current = i
    app.change({ opened: { kind: 'finding', finding } })
    list.setAttribute('aria-activedescendant', `finding-${i}`)
    window.reach(i)
  }
  return {
    element,
    update(isNew) {
      const { length } = app.shown().findings
      if (isNew) {
        current = 0
        list.setAttribute('aria-activedescendant', 'finding-0')
      }
      nothing.hidden = length > 0
      list.hidden = length === 0
      window.show(length, isNew)
    },
  }
}
