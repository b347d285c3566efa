import { nodeOf } from '../graph/node.ts'
import { hour } from './clock.ts'
import type { Link } from './links.ts'

/** Thousandths of a bit: costs are whole numbers, so that sums do not depend on their order. */
export const bit = 1_000

/** Nodes with no more neighbours than this cost nothing extra. */
const ordinaryDegree = 20

/** Hours after which a thing that waits by nature (a service, an account, a rare file) costs no more for waiting longer. */
const waitingHours = 24

/** What walking through a node of that many neighbours costs, in thousandths of a bit. */
export function hubCost(degree: number): number {
  return Math.round(bit * Math.log2(1 + Math.max(0, degree - ordinaryDegree)))
}

/** What a link costs when it is left at `until` and its target is needed at `needed`; rule S6. In thousandths of a bit. */
export function linkCost(link: Link, needed: number): number {
  const gap = Math.max(0, needed - link.until) / hour
  const counted = waits(link) ? Math.min(gap, waitingHours) : gap
  const { certainty, bits } = link.edge
  const doubt = Math.log2(1 / Math.min(1, Math.max(certainty, 1 / 1024)))
  return Math.max(100, Math.round(bit * (1 + doubt + counted / 12 - 0.5 * Math.min(Math.max(bits, 0), 8))))
}

/** Does the target of this link wait for its moment by nature, so that months say nothing against it? */
function waits({ edge }: Link): boolean {
  switch (nodeOf(edge.dst).kind) {
    case 'persistence':
    case 'account':
      return true
    case 'file':
    case 'content':
      return edge.bits >= 4
    default:
      return false
  }
}
