import { Graph, layout } from '@dagrejs/dagre'
import { blocksOf, placesIn, sizeOf } from './graph-blocks.ts'
import type { LayoutTask, Positions } from './graph-shape.ts'

/** Shapes whose names stand beside them and take no height. */
const flat = new Set(['account', 'data', 'tactic'])

// Lays the graph out beside the page, so that a large story does not freeze the window.
addEventListener('message', (event: MessageEvent<LayoutTask>) => {
  const { nodes, edges, down } = event.data
  const blocks = blocksOf(nodes, edges)
  const inBlock = new Set(blocks.flatMap((one) => one.cells.flat()))
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: down ? 'TB' : 'LR', nodesep: 20, ranksep: down ? 40 : 64, edgesep: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of nodes)
    if (!inBlock.has(node.id))
      graph.setNode(node.id, { width: Math.max(60, node.label.length * 8), height: flat.has(node.shape) ? 20 : 50 })
  for (const block of blocks) {
    graph.setNode(block.id, sizeOf(block))
    if (block.parent !== undefined) graph.setEdge(block.parent, block.id, { width: 20, height: 14, labelpos: 'c' }, block.id)
  }
  for (const edge of edges)
    if (!inBlock.has(edge.from) && !inBlock.has(edge.to))
      graph.setEdge(edge.from, edge.to, { width: edge.label.length * 7, height: 14, labelpos: 'c' }, edge.id)
  layout(graph)
  const positions: Record<string, { x: number; y: number }> = {}
  for (const id of graph.nodes()) {
    const { x, y } = graph.node(id) as { x: number; y: number }
    const block = blocks.find((one) => one.id === id)
    if (block === undefined) positions[id] = { x, y }
    else Object.assign(positions, placesIn(block, { x, y }))
  }
  postMessage(positions satisfies Positions)
})
