import { nodeOf } from '../graph/node.ts'
import type { Alert } from './alerts.ts'
import type { Terrain } from './backward.ts'
import { slack } from './clock.ts'
import { arrivedAt, type Grown } from './connect.ts'
import { bit } from './cost.ts'
import { addressOf, isOutside } from './estate.ts'
import { queue } from './heap.ts'
import type { Link } from './links.ts'
import { nearer, stepOn, type Reach } from './reach.ts'
import { terminalsOf, type Terminal } from './terminals.ts'

/** Worth of reaching an object, in bits: one that the inventory names as the worst case, and any other. */
const jewelBits = 10
const objectBits = 3
/** Bytes sent out that count as a transfer. */
const transferBytes = 1_000_000
/** Terminals added to one tree, and states looked at for them. */
const added = 200
const states = 4_000

/** When a tree's nodes can first lead on. */
export function startsOf(grown: Grown): { readonly node: string; readonly at: number }[] {
  const leaving = new Map<string, number>()
  for (const { link } of grown.branches.values())
    leaving.set(link.edge.src, Math.min(leaving.get(link.edge.src) ?? Number.MAX_SAFE_INTEGER, link.from))
  return [grown.root, ...grown.branches.keys()].map((node) => {
    const arrived = arrivedAt(grown, node) as number
    const known = Math.min(leaving.get(node) ?? Number.MAX_SAFE_INTEGER, grown.reached.get(node)?.at ?? Number.MAX_SAFE_INTEGER)
    return { node, at: Number.isFinite(arrived) ? arrived : known }
  })
}

/** What a story goes on to meet after its nodes were reached: alerts, objects, transfers out (rule S14); over the links at hand. */
export function metBy(terrain: Terrain, grown: Grown, alerts: ReadonlyMap<string, readonly Alert[]>): Terminal[] {
  const reached = new Map<string, Reach>()
  const found = new Map<string, Terminal>()
  const waiting = queue<Reach>(nearer)
  const offer = (reach: Reach): void => {
    const known = reached.get(reach.node)
    if (known !== undefined && !nearer(reach, known)) return
    reached.set(reach.node, reach)
    waiting.push(reach)
  }
  for (const { node, at } of startsOf(grown)) offer({ node, at, cost: 0, mode: 'free' })
  for (let looked = 0; looked < states;) {
    const reach = waiting.pop()
    if (reach === undefined) break
    if (reached.get(reach.node) !== reach) continue
    looked += 1
    for (const link of terrain.links.outOf(reach.node)) {
      const next = stepOn(terrain, reach, link)
      if (next === undefined) continue
      const target = grown.reached.has(next.node) ? undefined : targetOf(terrain, { link, at: next.at, alerts })
      const known = found.get(next.node)
      if (target !== undefined && (known === undefined || target.at < known.at)) found.set(next.node, target)
      if ((next.mode === 'free' || next.mode === 'alone') && arrivedAt(grown, next.node) === undefined) offer(next)
    }
  }
  return [...found.values()].sort((a, b) => b.prize - a.prize || a.at - b.at || (a.node < b.node ? -1 : 1)).slice(0, added)
}

/** What a link meets that is worth telling: an alert, an object, bytes that leave. */
function targetOf(
  { roles }: Terrain,
  { link, at, alerts }: { readonly link: Link; readonly at: number; readonly alerts: ReadonlyMap<string, readonly Alert[]> },
): Terminal | undefined {
  const { edge } = link
  const later = (alerts.get(edge.dst) ?? []).filter((alert) => alert.at >= at - slack && alert.bits >= 1)
  if (later.length > 0) return terminalsOf(later)[0]
  const { kind } = nodeOf(edge.dst)
  const jewel = roles.isJewel(edge.dst)
  if (kind === 'object' || (jewel && (kind === 'share' || kind === 'file')))
    return { node: edge.dst, at, prize: bit * (jewel ? jewelBits : objectBits), alerts: [] }
  const sent = edge.kind === 'sends' || edge.kind === 'exports' ? edge.bytes : -1
  const outside = kind === 'domain' || isOutside(addressOf(edge.dst))
  if (outside && sent >= transferBytes)
    return { node: edge.dst, at, prize: Math.round(bit * Math.min(12, 4 + Math.log2(sent / transferBytes))), alerts: [] }
  return undefined
}
