import type { GraphEdge, GraphNode, Positions } from './graph-shape.ts'

/** Nodes that stand in rows and columns as one thing: what fans out from one node, or hangs on nothing. */
export interface Block {
  readonly id: string
  /** The node it fans out from; absent for nodes without edges. */
  readonly parent?: string
  readonly cells: readonly (readonly [node: string, leaf?: string])[]
  readonly columns: number
  readonly cell: { readonly width: number; readonly height: number }
}

/** Fewer stand one below the other, as the layout puts them. */
const least = 9

/**
 * The blocks of a drawing. A layered layout would draw three hundred hosts reached from one as a line three hundred high; in a block they stand side by
 * side. A node is of a block when only its parent leads to it and it leads to one leaf at most.
 */
export function blocksOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Block[] {
  const into = neighbours(edges, 'to', 'from')
  const out = neighbours(edges, 'from', 'to')
  const label = new Map(nodes.map((one) => [one.id, one.label.length]))
  const isLeaf = (id: string): boolean => out.get(id) === undefined && into.get(id)?.size === 1
  const fans = new Map<string, (readonly [string, string?])[]>()
  for (const { id } of nodes) {
    const from = into.get(id)
    const to = [...(out.get(id) ?? [])]
    if ((from?.size ?? 0) > 1 || to.length > 1 || to.some((one) => !isLeaf(one))) continue
    const [parent] = from ?? []
    // A leaf goes with its parent where that is of a block itself; nodes without any edge are one block.
    if (parent === undefined && to.length > 0) continue
    const cells = fans.get(parent ?? '') ?? []
    const [leaf] = to
    cells.push(leaf === undefined ? [id] : [id, leaf])
    fans.set(parent ?? '', cells)
  }
  const blocks: Block[] = []
  for (const [parent, cells] of fans) {
    if (cells.length < least) continue
    const widest = Math.max(...cells.flat().map((id) => (id === undefined ? 0 : (label.get(id) ?? 0))))
    const cell = {
      width: Math.max(60, Math.min(24, widest) * 8) * (cells.some((one) => one.length > 1) ? 2 : 1) + 12,
      height: 52,
    }
    const columns = Math.max(1, Math.round(Math.sqrt((1.4 * cells.length * cell.height) / cell.width)))
    blocks.push({ id: `block:${parent}`, ...(parent === '' ? {} : { parent }), cells, columns, cell })
  }
  return blocks
}

/** Width and height of a block. */
export function sizeOf({ cells, columns, cell }: Block): { readonly width: number; readonly height: number } {
  return { width: columns * cell.width, height: Math.ceil(cells.length / columns) * cell.height }
}

/** Where the nodes of a block stand when its middle stands at a point. */
export function placesIn(block: Block, { x, y }: { readonly x: number; readonly y: number }): Positions {
  const { width, height } = sizeOf(block)
  const places: Record<string, { x: number; y: number }> = {}
  block.cells.forEach(([node, leaf], n) => {
    const left = x - width / 2 + (n % block.columns) * block.cell.width
    const middle = y - height / 2 + (Math.floor(n / block.columns) + 0.5) * block.cell.height
    places[node] = { x: left + block.cell.width * (leaf === undefined ? 0.5 : 0.25), y: middle }
    if (leaf !== undefined) places[leaf] = { x: left + block.cell.width * 0.75, y: middle }
  })
  return places
}

function neighbours(edges: readonly GraphEdge[], of: 'from' | 'to', other: 'from' | 'to'): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const edge of edges) {
    const known = found.get(edge[of])
    if (known === undefined) found.set(edge[of], new Set([edge[other]]))
    else known.add(edge[other])
  }
  return found
}
