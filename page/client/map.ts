import { clean } from '../../engine/report/clean'
import { gravest, type PageAccess, type Tone, toneOf } from '../data'
import { type Edge, type Graph, type Node as GraphNode, graphOf } from '../graph'
import { boxHeight, layoutOf, nextIn } from '../layout'
import { nameOf, principalName } from '../names'
import type { App } from './app'
import { fill, h, mark, named, svg } from './dom'

/** Below this width a map is read as a list. */
const narrow = 720

const headings = { need: 'what needs it', principal: 'who', key: 'which key' }

/** The access map: what needs an access, who has it, on which key; each line and each end opens. */
export function mapView(app: App): { readonly element: HTMLElement; update(isNew: boolean): void } {
  let graph: Graph = { nodes: [], edges: [], more: 0 }
  let width = 0
  const canvas = h('div', { class: 'canvas' })
  const element = h('div', { class: 'map' }, canvas)
  const tone = (access: PageAccess): Tone => {
    const finding = app.index.data.report.findings[access.finding]
    return finding ? toneOf(finding) : 'unknown'
  }
  const names = (): ReadonlyMap<string, GraphNode> => new Map(graph.nodes.map(node => [node.id, node]))

  const open = (id: string, title: string, accesses: readonly PageAccess[]): void =>
    app.change({ opened: { kind: 'accesses', id, title, accesses, action: null } })

  const draw = (): void => {
    if (graph.nodes.length > 0) fill(canvas, width < narrow ? listOf() : drawing(), more())
    else fill(canvas, h('p', { class: 'nothing' }, 'Nothing here asks for access to a key.'))
  }
  const more = (): HTMLElement | null =>
    graph.more === 0
      ? null
      : h('p', { class: 'more' }, `and ${graph.more.toLocaleString('en')} more: narrow it down with the filters above`)

  const drawing = (): HTMLElement => {
    const layout = layoutOf(graph, width)
    const { boxes, groups, lines, height } = layout
    const known = names()
    const lineOf = ({ edge, path }: (typeof lines)[number]): SVGElement => {
      const label = edgeLabel(edge, known)
      const choose = (): void => open(edge.id, label, edge.accesses)
      return svg(
        'g',
        {
          class: `line ${edge.tone}`,
          role: 'button',
          tabindex: -1,
          'data-id': edge.id,
          'aria-label': `${label}: ${edge.tone}`,
          'data-from': edge.from,
          'data-to': edge.to,
          onclick: choose,
          onkeydown: (event: KeyboardEvent) => {
            if (event.key !== 'Enter' && event.key !== ' ') return
            event.preventDefault()
            choose()
          },
        },
        svg('path', { class: 'reach', d: path }),
        svg('path', { class: 'stroke', d: path }),
      )
    }
    // What fails is drawn over what does not.
    const order = ['pass', 'waived', 'unknown', 'warning', 'error']
    const drawn = [...lines].sort((a, b) => order.indexOf(a.edge.tone) - order.indexOf(b.edge.tone))
    const sheet = h(
      'div',
      { class: 'sheet', role: 'group', 'aria-label': 'Map: arrow keys lead along its lines', onkeydown: roam },
      layout.columns.map(({ column, ...box }) =>
        placed(h('div', { class: 'heading' }, headings[column]), { ...box, y: 0, height: 20 }),
      ),
      groups.map(group =>
        placed(
          h(
            'div',
            { class: 'group' },
            h('span', {}, clean(placeText(group.account, group.column === 'key' ? group.region : null))),
          ),
          group,
        ),
      ),
      svg('svg', { width, height }, drawn.map(lineOf)),
      boxes.map(({ node, ...box }) => placed(nodeOf(node), { ...box, height: boxHeight })),
    )
    sheet.style.height = `${height}px`
    // One stop for Tab, as one map is one thing; arrows do the rest.
    const items = new Map([...sheet.querySelectorAll<HTMLElement>('[data-id]')].map(item => [item.dataset.id, item]))
    for (const item of items.values()) item.tabIndex = -1
    const start = items.get(
      [...lines].find(({ edge }) => edge.tone === gravest(lines.map(line => line.edge.tone)))?.edge.id,
    )
    if (start) start.tabIndex = 0
    function roam(event: KeyboardEvent): void {
      const { target } = event
      const current = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null
      const next = items.get(nextIn(layout, current?.dataset.id ?? '', event.key) ?? '')
      if (!current || !next) return
      event.preventDefault()
      current.tabIndex = -1
      next.tabIndex = 0
      next.focus()
    }
    return sheet
  }

  const nodeOf = (node: GraphNode): HTMLElement => {
    const light = (on: boolean) => () => {
      for (const line of canvas.querySelectorAll('.line'))
        line.classList.toggle(
          'faint',
          on && line.getAttribute('data-from') !== node.id && line.getAttribute('data-to') !== node.id,
        )
    }
    return h(
      'button',
      {
        class: 'node',
        type: 'button',
        'data-id': node.id,
        title: clean(node.name),
        onclick: () => open(node.id, nodeText(node), node.accesses),
        onmouseenter: light(true),
        onmouseleave: light(false),
        onfocus: light(true),
        onblur: light(false),
      },
      mark(node.tone),
      named(nodeName(node)),
      node.count > 1 ? h('span', { class: 'count' }, `× ${node.count}`) : null,
    )
  }

  /** By key, who has what: the same for little room. */
  const listOf = (): HTMLElement => {
    const known = names()
    const keys = graph.nodes.filter(node => node.column === 'key')
    return h(
      'div',
      { class: 'ways' },
      keys.map(key =>
        h(
          'section',
          {},
          h('h3', {}, nodeOf(key), h('span', { class: 'where' }, clean(placeText(key.account, key.region)))),
          h(
            'ul',
            {},
            graph.edges
              .filter(edge => edge.to === key.id)
              .map(edge => {
                const from = known.get(edge.from)
                return h(
                  'li',
                  {},
                  h(
                    'button',
                    {
                      type: 'button',
                      class: 'node',
                      onclick: () => open(edge.id, edgeLabel(edge, known), edge.accesses),
                    },
                    mark(edge.tone),
                    from ? named(nodeName(from)) : null,
                    h('span', { class: 'where' }, clean(from?.kind === 'account' ? '' : (from?.account ?? ''))),
                  ),
                )
              }),
          ),
        ),
      ),
    )
  }

  new ResizeObserver(() => {
    if (element.clientWidth === 0 || canvas.clientWidth === width) return
    width = canvas.clientWidth
    draw()
  }).observe(element)

  return {
    element,
    update(isNew) {
      if (!isNew) return
      graph = graphOf(app.shown().accesses, tone)
      width = canvas.clientWidth
      if (width > 0) draw()
    },
  }
}

function placed(
  element: HTMLElement,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): HTMLElement {
  element.style.transform = `translate(${box.x}px, ${box.y}px)`
  element.style.width = `${box.width}px`
  element.style.height = `${box.height}px`
  return element
}

function nodeName(node: GraphNode) {
  if (node.column !== 'principal') return nameOf(node.name)
  return principalName({ kind: node.kind as 'role', name: node.name, account: node.account })
}

function nodeText(node: GraphNode): string {
  const { before, own } = nodeName(node)
  return `${before}${own}`
}

function edgeLabel({ from, to }: Edge, nodes: ReadonlyMap<string, GraphNode>): string {
  return [from, to]
    .map(id => nodes.get(id))
    .map(node => (node ? nodeText(node) : ''))
    .join(' → ')
}

function placeText(account: string | null, region: string | null): string {
  return [account ?? 'account not known', region].filter(part => part !== null).join(' · ')
}
