import type { Cite } from '../../evidence/index.ts'
import type { Edge } from '../graph/edge.ts'
import { hostOf } from '../graph/node.ts'
import { micros } from './clock.ts'

/** An edge as the search holds it: times as numbers, a name that orders it among all others. */
export interface Link {
  readonly edge: Edge
  readonly key: string
  /** First and last microsecond in which it could carry an influence. */
  readonly from: number
  readonly until: number
  /** From one host to another, so that two clocks are compared. */
  readonly crosses: boolean
}

/** The part of the graph that was read so far; answers in one order whatever the order of reading. */
export interface Links {
  add(edges: readonly Edge[]): void
  into(node: string): readonly Link[]
  outOf(node: string): readonly Link[]
}

/** An edge as a link. */
export function linkOf(edge: Edge): Link {
  const [source, target] = [hostOf(edge.src), hostOf(edge.dst)]
  const from = micros(edge.t0)
  return {
    edge,
    key: `${edge.t0} ${edge.src} ${edge.dst} ${edge.kind} ${edge.t1} ${edge.account} ${edge.detail} ${recordOf(edge.cite)}`,
    from,
    until: edge.t1 > edge.t0 ? micros(edge.t1) : from,
    crosses: source !== target && source !== '' && target !== '',
  }
}

/** A part of the graph with nothing in it. */
export function noLinks(): Links {
  const known = new Set<string>()
  const byTarget = new Map<string, Listed>()
  const bySource = new Map<string, Listed>()
  return {
    add(edges) {
      for (const edge of edges) {
        if (edge.kind === 'seen-with' || edge.src === edge.dst || edge.t0 === '') continue
        const link = linkOf(edge)
        if (known.has(link.key)) continue
        known.add(link.key)
        list(byTarget, edge.dst, link)
        list(bySource, edge.src, link)
      }
    },
    into: (node) => inOrder(byTarget.get(node)),
    outOf: (node) => inOrder(bySource.get(node)),
  }
}

interface Listed {
  readonly links: Link[]
  sorted: boolean
}

function list(lists: Map<string, Listed>, node: string, link: Link): void {
  const known = lists.get(node)
  if (known === undefined) lists.set(node, { links: [link], sorted: true })
  else {
    known.links.push(link)
    known.sorted = false
  }
}

function inOrder(listed: Listed | undefined): readonly Link[] {
  if (listed === undefined) return []
  if (!listed.sorted) listed.links.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  listed.sorted = true
  return listed.links
}

/** A text for the record a cite names: equal when, and only when, bytes and place are. */
export function recordOf(cite: Cite): string {
  if (cite.kind === 'exhibit') return `${cite.sha256} ${cite.member ?? ''} ${JSON.stringify(Object.entries(cite.at).sort())}`
  return JSON.stringify(Object.entries(cite).sort())
}
