import { headline } from '../../engine/report/summary'
import type { PageData } from '../data'
import { filterOf, filterText } from '../filter'
import { app as appOf, type State, type View, views } from './app'
import { bar } from './bar'
import { detailsView } from './details'
import { h } from './dom'
import { findingsView } from './findings'
import { mapView } from './map'
import { matrixView } from './matrix'

const titles: { readonly [view in View]: string } = { map: 'Map', findings: 'Findings', access: 'Access' }

/** Shows a report in an element. The address keeps the view and the filters, so that they can be bookmarked. */
export function showReport(root: HTMLElement, data: PageData): void {
  const app = appOf(data, stateOf(location.hash, data.accesses.length > 0 ? 'map' : 'findings'))
  const parts = { map: mapView(app), findings: findingsView(app), access: matrixView(app) }
  const filters = bar(app)
  const details = detailsView(app)
  const tabs = views.map(view =>
    h(
      'button',
      {
        id: `tab-${view}`,
        type: 'button',
        role: 'tab',
        'aria-controls': `panel-${view}`,
        onclick: () => app.change({ view }),
      },
      titles[view],
    ),
  )
  const panels = views.map(view =>
    h(
      'div',
      { id: `panel-${view}`, class: 'panel', role: 'tabpanel', 'aria-labelledby': `tab-${view}` },
      parts[view].element,
    ),
  )
  const tablist = h(
    'div',
    {
      class: 'tabs',
      role: 'tablist',
      'aria-label': 'Views',
      onkeydown: (event: KeyboardEvent) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (step === undefined) return
        const next = (views.indexOf(app.state().view) + step + views.length) % views.length
        app.change({ view: views[next] ?? 'findings' })
        tabs[next]?.focus()
      },
    },
    tabs,
  )
  root.replaceChildren(
    h(
      'header',
      { class: 'top' },
      h('div', { class: 'headline' }, h('h1', {}, sentenceOf(data)), h('p', { class: 'product' }, 'keyreach')),
      tablist,
    ),
    filters.element,
    // The playground shows a report within its own `main`, of which a page has one.
    h(
      root.closest('main') ? 'div' : 'main',
      { class: 'views' },
      h('div', { class: 'panels' }, panels),
      details.element,
    ),
  )
  // What a view shows follows the filters; it is made when the view is looked at.
  const stale = new Set<View>(views)
  const show = ({ view }: State): void => {
    for (const [i, name] of views.entries()) {
      tabs[i]?.setAttribute('aria-selected', String(name === view))
      tabs[i]?.setAttribute('tabindex', name === view ? '0' : '-1')
      panels[i]?.toggleAttribute('hidden', name !== view)
    }
    parts[view].update(stale.delete(view))
    filters.update()
    details.update()
  }
  app.listen((state, before) => {
    if (state.filter !== before.filter) for (const view of views) stale.add(view)
    show(state)
    history.replaceState(null, '', `#${textOf(state)}`)
  })
  addEventListener('hashchange', () => app.change(stateOf(location.hash, app.state().view)))
  show(app.state())
}

function sentenceOf({ report }: PageData): string {
  const failing = report.findings.filter(({ verdict, waived }) => verdict === 'fail' && waived === null)
  const errors = failing.filter(({ severity }) => severity === 'error').length
  return headline(report, errors, failing.length - errors)
}

function stateOf(hash: string, usual: View): State {
  const [name = '', text = ''] = hash.slice(1).split('?')
  return { view: views.find(view => view === name) ?? usual, filter: filterOf(text), opened: null }
}

function textOf({ view, filter }: State): string {
  const text = filterText(filter)
  return text === '' ? view : `${view}?${text}`
}
