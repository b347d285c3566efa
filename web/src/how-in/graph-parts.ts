import type { Story } from '../../../src/server/api.ts'
import { lanesOf } from './lanes.ts'
import { statusOf } from './host-shape.ts'

/** A node of the story's graph: a host, or the outside that the first access came from. */
export interface GraphNode {
  readonly id: string
  readonly label: string
  readonly shape: 'compromised' | 'touched' | 'suspected' | 'outside'
}

/** Hops between two hosts by one account, drawn as one edge. */
export interface GraphEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: string
  readonly times: readonly string[]
}

/** Positions by node id, from the layout worker. */
export type Positions = Readonly<Record<string, { readonly x: number; readonly y: number }>>

const nodesDrawn = 500
const outside = 'outside'

/** Hosts and hops of a story, at most 500 nodes; `left` counts the hosts not drawn. */
export function graphOf(story: Story): {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly left: number
} {
  const hosts = lanesOf(story)
  const drawn = new Set(hosts.slice(0, nodesDrawn - 1))
  const nodes: GraphNode[] = [...drawn].map((host) => ({ id: `host:${host}`, label: short(host), shape: statusOf(story, host) }))
  const edges = new Map<string, { from: string; to: string; label: string; times: string[] }>()
  const entry = story.initialAccess
  if (entry !== undefined && drawn.has(entry.where)) {
    nodes.unshift({ id: outside, label: 'outside', shape: 'outside' })
    edges.set(outside, { from: outside, to: `host:${entry.where}`, label: entry.kind.replaceAll('-', ' '), times: [entry.time] })
  }
  for (const hop of story.lateralMovement) {
    if (!drawn.has(hop.from) || !drawn.has(hop.to) || hop.from === hop.to) continue
    const key = JSON.stringify([hop.from, hop.to, hop.account])
    const edge = edges.get(key)
    if (edge === undefined)
      edges.set(key, { from: `host:${hop.from}`, to: `host:${hop.to}`, label: short(hop.account), times: [hop.time] })
    else edge.times.push(hop.time)
  }
  return {
    nodes,
    edges: [...edges].map(([key, edge]) => ({
      id: `edge:${key}`,
      ...edge,
      label: edge.times.length > 1 ? `${edge.label} (${edge.times.length})` : edge.label,
    })),
    left: hosts.length - drawn.size,
  }
}

function short(text: string): string {
  return text.length > 28 ? `${text.slice(0, 27)}…` : text
}
