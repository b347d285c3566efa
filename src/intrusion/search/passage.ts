import type { EdgeKind } from '../graph/edge.ts'
import { hostOf, nodeOf } from '../graph/node.ts'
import { isTelling } from '../cluster.ts'
import { markBits, seedBits, type Alert } from './alerts.ts'
import { hour } from './clock.ts'
import { isServiceSession } from './clusters.ts'
import type { Roles } from './estate.ts'
import { recordOf, type Link } from './links.ts'

/** How a node may be walked through: by any link, only by some, or not at all. */
export type Mode =
  | 'free'
  | 'executed' // a server everybody talks to: only where something was made to run on it
  | 'alone' // a jump host: only where one session alone can have gone on
  | 'accused' // an account: only by a record that raised an alert
  | 'shut'

/** The hub rules (S8) over one case. */
export interface Passage {
  /** How `node` may be walked through by somebody who is on it at `at`. */
  mode(node: string, at: number): Mode
  /** May a path that stands on a node in this mode take this link further? */
  takes(mode: Mode, link: Link): boolean
  /** Tells what was read of a node: how many neighbours it has, and the links at it. */
  learn(node: string, known: { readonly degree?: number; readonly links?: readonly Link[] }): void
  /** Neighbours of a node as far as known. */
  degree(node: string): number
}

/** An alert opens the server it lies on to the search for this long. */
const openHours = 24
/** Accounts that reach one node beyond which it is a hub whatever its name. */
const hubAccounts = 20
const executions = new Set<EdgeKind>(['persists', 'triggers', 'injects'])

/** Hub rules for these alerts in this estate; `hubDegree` neighbours make a hub of anything without an alert on it. */
export function passageOf({
  alerts,
  roles,
  hubDegree,
}: {
  readonly alerts: readonly Alert[]
  readonly roles: Roles
  readonly hubDegree: number
}): Passage {
  const marked = new Set<string>()
  const records = new Set<string>()
  const opened = new Map<string, number[]>()
  for (const alert of alerts) {
    if (alert.bits < markBits) continue
    marked.add(alert.node)
    records.add(alert.record)
    const host = hostOf(alert.node)
    if (alert.bits >= seedBits && roles.isHub(host)) opened.set(host, [...(opened.get(host) ?? []), alert.at])
  }
  const degrees = new Map<string, number>()
  const crowded = new Set<string>()
  const isOpen = (host: string, at: number): boolean =>
    (opened.get(host) ?? []).some((alert) => alert <= at && at - alert <= openHours * hour)
  return {
    mode(node, at) {
      const { kind, parts } = nodeOf(node)
      if (kind === 'session' && isServiceSession(parts[1])) return 'shut'
      if (kind === 'account') return 'accused'
      if (!marked.has(node) && ((degrees.get(node) ?? 0) >= hubDegree || crowded.has(node))) return 'shut'
      const host = hostOf(node)
      if (roles.isHub(host) && !isOpen(host, at)) return 'executed'
      return kind === 'host' && roles.isJump(host) ? 'alone' : 'free'
    },
    takes(mode, link) {
      switch (mode) {
        case 'free':
          return true
        case 'executed':
          return executions.has(link.edge.kind)
        case 'alone':
          return link.edge.certainty >= 0.99
        case 'accused':
          return marked.has(link.edge.src) || records.has(recordOf(link.edge.cite))
        case 'shut':
          return false
      }
    },
    learn(node, { degree, links }) {
      if (degree !== undefined) degrees.set(node, degree)
      if (links === undefined || nodeOf(node).kind !== 'host') return
      const accounts = new Set(links.map(({ edge }) => edge.account).filter(isTelling))
      if (accounts.size >= hubAccounts) crowded.add(node)
    },
    degree: (node) => degrees.get(node) ?? 0,
  }
}
