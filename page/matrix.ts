import type { Place, Principal } from '../engine/access'
import type { Finding } from '../policies/lang/finding'
import { actionTone, gravest, type PageAccess, type Tone, tones } from './data'

/** Who has which actions with which keys: a row a principal and key, a column an action. */
export interface Matrix {
  readonly actions: readonly string[]
  readonly rows: readonly Row[]
}

export interface Row {
  readonly principal: Principal
  readonly key: Place
  readonly cells: ReadonlyMap<string, Cell>
}

export interface Cell {
  readonly tone: Tone
  readonly accesses: readonly PageAccess[]
}

/** The matrix of accesses, by principal and key, the gravest rows first. */
export function matrixOf(accesses: readonly PageAccess[], findings: readonly Finding[]): Matrix {
  const rows = new Map<string, { principal: Principal; key: Place; cells: Map<string, PageAccess[]> }>()
  for (const access of accesses) {
    const { principal, key } = access
    const id = JSON.stringify([principal.name, principal.account, key.name, key.account, key.region])
    const row = rows.get(id) ?? { principal, key, cells: new Map() }
    rows.set(id, row)
    for (const action of Object.keys(access.actions)) {
      const cell = row.cells.get(action)
      if (cell) cell.push(access)
      else row.cells.set(action, [access])
    }
  }
  const tone = (access: PageAccess, action: string): Tone => {
    const [verdict, finding] = [access.actions[action], findings[access.finding]]
    return verdict && finding ? actionTone(verdict, finding) : 'unknown'
  }
  return {
    actions: [...new Set(accesses.flatMap(({ actions }) => Object.keys(actions)))].sort(),
    rows: [...rows]
      .map(([id, { principal, key, cells }]) => {
        const own = [...cells].map(([action, asked]): readonly [string, Cell] => [
          action,
          { tone: gravest(asked.map(access => tone(access, action))), accesses: asked },
        ])
        const rank = tones.indexOf(gravest(own.map(([, cell]) => cell.tone)))
        return { id, rank, row: { principal, key, cells: new Map(own) } }
      })
      .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
      .map(({ row }) => row),
  }
}
