import { Graph, layout } from '@dagrejs/dagre'
import type { GraphEdge, GraphNode, Positions } from './graph-parts.ts'

// Lays the graph out beside the page, so that a large story does not freeze the window.
addEventListener('message', (event: MessageEvent<{ nodes: readonly GraphNode[]; edges: readonly GraphEdge[] }>) => {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 34, ranksep: 120, edgesep: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of event.data.nodes) graph.setNode(node.id, { width: Math.max(60, node.label.length * 7), height: 46 })
  for (const edge of event.data.edges)
    graph.setEdge(edge.from, edge.to, { width: edge.label.length * 6, height: 12, labelpos: 'c' }, edge.id)
  layout(graph)
  const positions: Record<string, { x: number; y: number }> = {}
  for (const id of graph.nodes()) {
    const { x, y } = graph.node(id) as { x: number; y: number }
    positions[id] = { x, y }
  }
  postMessage(positions satisfies Positions)
})
