import { clean } from '../../engine/report/clean'
import { type Matrix, matrixOf, type Row } from '../matrix'
import { nameOf, principalName } from '../names'
import type { App } from './app'
import { type Child, h, marks, named } from './dom'
import { rows } from './rows'

/** As report.css has them. */
const [rowHeight, headHeight] = [44, 148]

/** The matrix of who has which actions with which keys: arrows go through its cells, Enter opens. */
export function matrixView(app: App): { readonly element: HTMLElement; update(isNew: boolean): void } {
  let matrix: Matrix = { actions: [], rows: [] }
  let [row, column] = [0, 0]
  const head = h('div', { class: 'head', role: 'row', 'aria-rowindex': 1 })
  const grid = h('div', {
    class: 'grid',
    role: 'grid',
    tabindex: 0,
    'aria-label': 'Who may do what with which key',
    onkeydown: (event: KeyboardEvent) => {
      const steps: { readonly [key: string]: readonly [number, number] } = {
        ArrowDown: [1, 0],
        ArrowUp: [-1, 0],
        ArrowRight: [0, 1],
        ArrowLeft: [0, -1],
        PageDown: [window.page(), 0],
        PageUp: [-window.page(), 0],
        Home: [0, -column],
        End: [0, matrix.actions.length],
      }
      const step = steps[event.key]
      if (step) go(row + step[0], column + step[1])
      else if (event.key === 'Enter' || event.key === ' ') open()
      else return
      event.preventDefault()
    },
  })
  const nothing = h('p', { class: 'nothing', hidden: true }, 'Nothing here asks for access to a key.')
  const element = h('div', { class: 'matrix' }, grid, nothing)

  const drawRow = (i: number): HTMLElement => {
    const drawn = matrix.rows[i]
    if (!drawn) return h('div')
    return h(
      'div',
      { class: 'row', role: 'row', 'aria-rowindex': i + 2 },
      h(
        'div',
        { class: 'who', role: 'rowheader', title: clean(`${drawn.principal.name}\n${drawn.key.name}`) },
        h('span', {}, named(principalName(drawn.principal)), ' ', h('span', { class: 'where' }, accountOf(drawn))),
        h('span', { class: 'which' }, '→ ', named(nameOf(drawn.key.name)), ' ', placeOf(drawn)),
      ),
      matrix.actions.map((action, j) => cell(drawn, action, i, j)),
    )
  }
  const cell = (drawn: Row, action: string, i: number, j: number): HTMLElement => {
    const found = drawn.cells.get(action)
    return h(
      'div',
      {
        id: `cell-${i}-${j}`,
        class: `cell ${found?.tone ?? 'none'}${i === row && j === column ? ' current' : ''}`,
        role: 'gridcell',
        'aria-colindex': j + 2,
        'aria-label': `${action}: ${found?.tone ?? 'not asked'}`,
        onclick: () => {
          go(i, j)
          open()
        },
      },
      found ? marks[found.tone] : '·',
    )
  }
  const window = rows(grid, () => rowHeight, headHeight, drawRow)
  grid.append(head, window.element)

  const go = (i: number, j: number): void => {
    row = Math.max(0, Math.min(matrix.rows.length - 1, i))
    column = Math.max(0, Math.min(matrix.actions.length - 1, j))
    grid.setAttribute('aria-activedescendant', `cell-${row}-${column}`)
    window.reach(row)
  }
  const open = (): void => {
    const [drawn, action = ''] = [matrix.rows[row], matrix.actions[column]]
    const found = drawn?.cells.get(action)
    if (!drawn || !found) return
    app.change({
      opened: {
        kind: 'accesses',
        id: `${row} ${column}`,
        title: `${action.replace('kms:', '')}`,
        accesses: found.accesses,
        action,
      },
    })
  }
  return {
    element,
    update(isNew) {
      if (isNew) {
        matrix = matrixOf(app.shown().accesses, app.index.data.report.findings)
        row = 0
        column = 0
        grid.setAttribute('aria-activedescendant', 'cell-0-0')
        head.replaceChildren(
          h('div', { class: 'who', role: 'columnheader' }, 'principal → key'),
          ...matrix.actions.map((action, j) =>
            h(
              'div',
              { class: 'action', role: 'columnheader', 'aria-colindex': j + 2 },
              h('span', {}, halves(action.replace('kms:', ''))),
            ),
          ),
        )
        grid.style.setProperty('--actions', String(matrix.actions.length))
        grid.setAttribute('aria-rowcount', String(matrix.rows.length + 1))
        grid.setAttribute('aria-colcount', String(matrix.actions.length + 1))
      }
      nothing.hidden = matrix.rows.length > 0
      grid.hidden = matrix.rows.length === 0
      window.show(matrix.rows.length, isNew)
    },
  }
}

/** A long name on two lines, broken before a word near its middle. */
function halves(name: string): readonly Child[] {
  const breaks = [...name.matchAll(/(?<=[a-z])[A-Z]/g)].map(({ index }) => index)
  const [best] = [...breaks].sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))
  if (name.length <= 18 || best === undefined) return [name]
  return [name.slice(0, best), h('br'), name.slice(best)]
}

/** The account of a principal, where its name does not say it. */
function accountOf({ principal }: Row): string {
  return principal.kind === 'account' ? '' : clean(principal.account ?? '')
}

function placeOf({ key }: Row): string {
  return [key.account, key.region].filter(part => part !== null).join(' ')
}
