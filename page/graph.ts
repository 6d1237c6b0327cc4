import { resourceIn } from '../engine/report/place'
import { withoutInstances } from '../policies/intrinsics'
import { gravest, type PageAccess, type Tone, tones } from './data'

/** What an access leads through: what needs it, who has it, and on which key. */
export const columns = ['need', 'principal', 'key'] as const

export type Column = (typeof columns)[number]

export interface Node {
  readonly id: string
  readonly column: Column
  readonly name: string
  readonly kind: string
  readonly account: string | null
  readonly region: string | null
  readonly tone: Tone
  /** How many this stands for, where many are alike but for the keys of their instances. */
  readonly count: number
  readonly accesses: readonly PageAccess[]
}

export interface Edge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly tone: Tone
  readonly accesses: readonly PageAccess[]
}

export interface Graph {
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
  /** How many nodes there are beyond those that are shown. */
  readonly more: number
}

/** So many nodes a column can be looked over. Of more, instances are taken together; of still more, the gravest are shown. */
const most = 60

/** The graph of accesses: what needs them, who has them, and on which keys. */
export function graphOf(accesses: readonly PageAccess[], toneOf: (access: PageAccess) => Tone): Graph {
  const whole = drawn(accesses, toneOf, name => name)
  const joined = columns.some(column => nodesIn(whole, column).length > most)
    ? drawn(accesses, toneOf, withoutInstances)
    : whole
  const shown = columns.flatMap(column => gravestFirst(nodesIn(joined, column)).slice(0, most))
  const ids = new Set(shown.map(({ id }) => id))
  return {
    nodes: shown,
    edges: joined.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    more: joined.nodes.length - shown.length,
  }
}

function nodesIn({ nodes }: Pick<Graph, 'nodes'>, column: Column): readonly Node[] {
  return nodes.filter(node => node.column === column)
}

function gravestFirst(nodes: readonly Node[]): readonly Node[] {
  return [...nodes].sort((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone))
}

interface Draft {
  readonly part: Omit<Node, 'tone' | 'count' | 'accesses'>
  readonly names: Set<string>
  readonly accesses: PageAccess[]
}

function drawn(
  accesses: readonly PageAccess[],
  toneOf: (access: PageAccess) => Tone,
  nameOf: (name: string) => string,
): Pick<Graph, 'nodes' | 'edges'> {
  const nodes = new Map<string, Draft>()
  const edges = new Map<string, { readonly from: string; readonly to: string; readonly accesses: PageAccess[] }>()
  for (const access of accesses) {
    const ends = endsOf(access).map(end => {
      const name = nameOf(end.name)
      const id = JSON.stringify([end.column, name, end.account, end.region])
      const draft = nodes.get(id) ?? { part: { ...end, name, id }, names: new Set(), accesses: [] }
      draft.names.add(end.name)
      draft.accesses.push(access)
      nodes.set(id, draft)
      return id
    })
    for (const [i, to] of ends.slice(1).entries()) {
      const from = ends[i] ?? ''
      const id = `${from} ${to}`
      const edge = edges.get(id) ?? { from, to, accesses: [] }
      edge.accesses.push(access)
      edges.set(id, edge)
    }
  }
  return {
    nodes: [...nodes.values()].map(({ part, names, accesses }) => ({
      ...part,
      count: names.size,
      accesses,
      tone: gravest(accesses.map(toneOf)),
    })),
    edges: [...edges].map(([id, edge]) => ({ id, ...edge, tone: gravest(edge.accesses.map(toneOf)) })),
  }
}

/** The ends of an access, from what needs it to the key. What is said at the key itself is needed by nothing else. */
function endsOf({ need, principal, key }: PageAccess): readonly Draft['part'][] {
  const resource = resourceIn(need.name)
  const ends = [
    { id: '', column: 'principal', ...principal, region: null },
    { id: '', column: 'key', kind: 'key', ...key },
  ] as const
  if (resource === key.name) return ends
  return [{ id: '', column: 'need', kind: 'resource', ...need, name: resource, region: null }, ...ends]
}
