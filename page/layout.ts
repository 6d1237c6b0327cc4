import type { Column, Edge, Graph, Node } from './graph'
import { columns } from './graph'

/** Where a map is drawn: the places of its nodes, of the names above groups, and the lines between. All in pixels. */
export interface Layout {
  readonly height: number
  readonly columns: readonly { readonly column: Column; readonly x: number; readonly width: number }[]
  readonly boxes: readonly Box[]
  readonly groups: readonly Group[]
  readonly lines: readonly Line[]
}

export interface Box {
  readonly node: Node
  readonly x: number
  readonly y: number
  readonly width: number
}

/** The nodes of an account, of keys of an account and region. */
export interface Group {
  readonly column: Column
  readonly account: string | null
  readonly region: string | null
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Line {
  readonly edge: Edge
  readonly path: string
}

export const boxHeight = 30
const [top, gap, heading, between, padding] = [28, 6, 26, 18, 8]

/** Lays a graph out in columns of a given width together: nodes by account, near to what they lead to. */
export function layoutOf(graph: Graph, width: number): Layout {
  const used = columns.filter(column => graph.nodes.some(node => node.column === column))
  const space = Math.max(72, Math.min(180, width * 0.11))
  const columnWidth = (width - space * (used.length - 1)) / Math.max(1, used.length)
  // From the keys back: what stands on the right decides what stands beside it.
  const placed = new Map<string, Box>()
  const groups: Group[] = []
  for (const column of [...used].reverse()) {
    const x = used.indexOf(column) * (columnWidth + space)
    const drafts = graph.nodes
      .filter(node => node.column === column)
      .map(node => ({ node, pull: pullOf(node, graph.edges, placed) }))
    let y = top
    for (const members of grouped(drafts)) {
      const [first] = members
      if (!first) continue
      const height = heading + members.length * (boxHeight + gap) - gap + padding
      const { account, region } = first.node
      groups.push({ column, account, region, x, y, width: columnWidth, height })
      for (const [i, { node }] of members.entries())
        placed.set(node.id, {
          node,
          x: x + padding,
          y: y + heading + i * (boxHeight + gap),
          width: columnWidth - 2 * padding,
        })
      y += height + between
    }
  }
  const lines = graph.edges
    .flatMap(edge => {
      const [from, to] = [placed.get(edge.from), placed.get(edge.to)]
      return from && to ? [{ edge, from, to, path: curve(from, to) }] : []
    })
    .sort((a, b) => a.from.x - b.from.x || a.from.y - b.from.y || a.to.y - b.to.y)
  const height = Math.max(0, ...groups.map(({ y, height }) => y + height))
  const heads = used.map((column, i) => ({ column, x: i * (columnWidth + space), width: columnWidth }))
  return { height, columns: heads, boxes: [...placed.values()], groups, lines }
}

interface Draft {
  readonly node: Node
  readonly pull: number
}

/** How far down the nodes are to which this one leads, on average. */
function pullOf(node: Node, edges: readonly Edge[], placed: ReadonlyMap<string, Box>): number {
  const ends = edges.flatMap(({ from, to }) => (from === node.id ? [placed.get(to)?.y ?? 0] : []))
  return ends.length === 0 ? 0 : ends.reduce((sum, y) => sum + y, 0) / ends.length
}

/** Nodes by account and region, the groups and their members in the order of what they lead to, then of their names. */
function grouped(drafts: readonly Draft[]): readonly (readonly Draft[])[] {
  const groups = new Map<string, Draft[]>()
  for (const draft of drafts) {
    const { column, account, region } = draft.node
    const key = JSON.stringify([account, column === 'key' ? region : null])
    const group = groups.get(key)
    if (group) group.push(draft)
    else groups.set(key, [draft])
  }
  const pull = (group: readonly Draft[]): number => group.reduce((sum, { pull }) => sum + pull, 0) / group.length
  return [...groups]
    .sort(([a, own], [b, other]) => pull(own) - pull(other) || (a < b ? -1 : 1))
    .map(([, group]) => group.sort((a, b) => a.pull - b.pull || (a.node.name < b.node.name ? -1 : 1)))
}

function curve(from: Box, to: Box): string {
  const [x1, y1] = [from.x + from.width, from.y + boxHeight / 2]
  const [x2, y2] = [to.x, to.y + boxHeight / 2]
  const bend = (x2 - x1) / 2
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
}

/**
 * Where an arrow key leads from a node or line, by their ids: up and down among those beside it, left and right from nodes to
 * lines and from lines to nodes. Null where nothing is there.
 */
export function nextIn({ boxes, lines }: Layout, id: string, key: string): string | null {
  const box = boxes.find(({ node }) => node.id === id)
  const line = lines.find(({ edge }) => edge.id === id)
  const step = { ArrowUp: -1, ArrowDown: 1 }[key]
  if (box) {
    const column = boxes.filter(({ x }) => x === box.x).sort((a, b) => a.y - b.y)
    if (step !== undefined) return column[column.indexOf(box) + step]?.node.id ?? null
    const end = key === 'ArrowRight' ? 'from' : key === 'ArrowLeft' ? 'to' : null
    return lines.find(({ edge }) => end !== null && edge[end] === id)?.edge.id ?? null
  }
  if (!line) return null
  if (step !== undefined) return lines[lines.indexOf(line) + step]?.edge.id ?? null
  if (key === 'ArrowRight') return line.edge.to
  return key === 'ArrowLeft' ? line.edge.from : null
}
