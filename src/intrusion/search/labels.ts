import { nodeOf } from '../graph/node.ts'
import { markBits, seedBits, type Alert } from './alerts.ts'
import { atMicros } from './clock.ts'
import { arrivedAt, fromRoot, type Grown } from './connect.ts'
import type { TreeNode, Why } from './tree.ts'

/** Edges less sure than this leave what hangs on them suspected. */
const sure = 0.5

/**
 * What is compromised, touched and suspected in a tree (rule S16). The tree is cut at its doubtful edges. A part counts when it holds the entry
 * and an alert, or a strong alert of its own: in it, what an alert lies on, or what led to one, is compromised and the rest touched.
 * Everything in other parts is suspected.
 */
export function labelled(
  grown: Grown,
  { alerts, from }: { readonly alerts: ReadonlyMap<string, readonly Alert[]>; readonly from: number },
): TreeNode[] {
  const listed = fromRoot(grown)
  const part = new Map<string, string>()
  const own = new Map<string, number>()
  const counting = new Set<string>()
  const led = new Set<string>()
  for (const node of listed) {
    const link = grown.branches.get(node)?.link
    const of = link === undefined || link.edge.certainty < sure ? node : (part.get(link.edge.src) as string)
    const bits = Math.max(0, ...(alerts.get(node) ?? []).filter(acted).map((alert) => alert.bits))
    part.set(node, of)
    own.set(node, bits)
    if (bits >= (of === grown.root ? markBits : seedBits)) counting.add(of)
  }
  for (const node of listed.toReversed()) {
    const link = grown.branches.get(node)?.link
    const carries = led.has(node) || (own.get(node) as number) >= markBits
    if (link !== undefined && link.edge.certainty >= sure && carries) led.add(link.edge.src)
  }
  return listed.map((id): TreeNode => {
    const arrived = arrivedAt(grown, id) as number
    const of = part.get(id) as string
    const alerted = (own.get(id) as number) >= markBits
    const origin = id === grown.root && isOrigin(id) && !alerted
    const why: Why[] = []
    if ((alerts.get(id) ?? []).some((alert) => alert.bits >= markBits)) why.push('alert')
    if (led.has(id)) why.push('led-on')
    if (origin) why.push('origin')
    if (why.length === 0) why.push('accessed')
    if (!counting.has(of) || (of === id && id !== grown.root)) why.push('doubtful-link')
    const label =
      !counting.has(of) || (origin && nodeOf(id).kind === 'host')
        ? 'suspected'
        : isOutside(id)
          ? 'touched'
          : alerted || led.has(id)
            ? 'compromised'
            : 'touched'
    return { id, label, why, arrived: atMicros(Number.isFinite(arrived) ? arrived : from) }
  })
}

/** A detection on a logon says that somebody knocked or came, not what was done there. */
function acted({ sighting }: Alert): boolean {
  return sighting.eventClass !== 'authentication'
}

function isOrigin(node: string): boolean {
  return nodeOf(node).kind === 'host' || isOutside(node)
}

function isOutside(node: string): boolean {
  const { kind } = nodeOf(node)
  return kind === 'address' || kind === 'web-client' || kind === 'domain' || kind === 'content'
}
