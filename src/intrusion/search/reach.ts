import type { Terrain } from './backward.ts'
import { slack } from './clock.ts'
import { bit, hubCost, linkCost } from './cost.ts'
import type { Link } from './links.ts'
import type { Mode } from './passage.ts'

/** Standing on a node that a story went on to, at the earliest moment. */
export interface Reach {
  readonly node: string
  readonly at: number
  readonly cost: number
  readonly mode: Mode
}

/** Farthest that anything can be worth going, in bits. */
const reachBits = 10

/** Cheaper first, then earlier, then by names. */
export function nearer(a: Reach, b: Reach): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost
  if (a.at !== b.at) return a.at < b.at
  return a.node === b.node ? a.mode < b.mode : a.node < b.node
}

/** Where a link leads on to; undefined when time, the hub rules or the distance forbid it. */
export function stepOn({ passage }: Pick<Terrain, 'passage'>, reach: Reach, link: Link): Reach | undefined {
  if (link.until < reach.at - (link.crosses ? slack : 0)) return undefined
  if (reach.cost > 0 && passage.mode(reach.node, reach.at) === 'shut') return undefined
  if (reach.mode === 'alone' && !passage.takes('alone', link)) return undefined
  const through = reach.cost === 0 ? 0 : hubCost(passage.degree(reach.node))
  const waited = Math.max(0, link.from - reach.at)
  const cost = reach.cost + through + linkCost(link, link.until + waited)
  if (cost > reachBits * bit) return undefined
  const node = link.edge.dst
  const at = Math.max(reach.at, link.from)
  const mode = passage.mode(node, at)
  return { node, at, cost, mode: mode !== 'alone' && passage.takes(mode, link) ? 'free' : mode }
}
