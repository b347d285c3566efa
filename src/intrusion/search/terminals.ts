import type { Edge } from '../graph/edge.ts'
import { seedBits, type Alert } from './alerts.ts'
import { slack } from './clock.ts'
import { bit } from './cost.ts'
import { linkOf, type Links } from './links.ts'

/** Something a story should reach: alerts on one node, the end of a login path, an object, a transfer out. */
export interface Terminal {
  readonly node: string
  /** Moment by which it must be reached. */
  readonly at: number
  /** Thousandths of a bit that reaching it is worth. */
  readonly prize: number
  readonly alerts: readonly Alert[]
}

/** A login path in the manner of Hopper: who changed the account and reached what that account's user never used. */
export interface LoginPath {
  readonly hops: readonly Edge[]
  readonly certainty: number
  /** The change of account has only one explanation. */
  readonly clear: boolean
  readonly newAccess: boolean
}

/** Most that one node is worth, whatever lies on it. */
const dearest = 24 * bit

/** Terminals of alerts: one for each node, worth its different rules together (rule S3). */
export function terminalsOf(alerts: readonly Alert[]): Terminal[] {
  const byNode = new Map<string, Alert[]>()
  for (const alert of alerts) {
    const known = byNode.get(alert.node)
    if (known === undefined) byNode.set(alert.node, [alert])
    else known.push(alert)
  }
  return [...byNode].map(([node, all]) => {
    const best = new Map<string, number>()
    for (const { sighting, bits } of all) best.set(sighting.rule, Math.max(best.get(sighting.rule) ?? 0, bits))
    const prize = Math.min(dearest, Math.round(bit * [...best.values()].reduce((sum, bits) => sum + bits, 0)))
    return { node, at: Math.min(...all.map((one) => one.at)), prize, alerts: all }
  })
}

/** Terminals of clear login paths: their last session, worth a high alert. */
export function terminalsOfPaths(paths: readonly LoginPath[]): Terminal[] {
  return paths.flatMap(({ hops, clear, newAccess }) => {
    const last = hops.at(-1)
    if (last === undefined || !clear || !newAccess) return []
    return [{ node: last.dst, at: linkOf(last).from, prize: seedBits * bit, alerts: [] }]
  })
}

/** The first of its alerts' moments before which anything at all is known to lead to the node; else the first of all. */
export function reachable(terminal: Terminal, links: Links): Terminal {
  const earliest = Math.min(...links.into(terminal.node).map((link) => link.from))
  const at = terminal.alerts.map((one) => one.at).find((one) => earliest <= one + slack)
  return at === undefined ? terminal : { ...terminal, at }
}

/** One terminal for each node: what several searches found of it together. Strongest first. */
export function united(terminals: readonly Terminal[]): Terminal[] {
  const byNode = new Map<string, Terminal>()
  for (const one of terminals) {
    const known = byNode.get(one.node)
    if (known === undefined) byNode.set(one.node, one)
    else
      byNode.set(one.node, {
        node: one.node,
        at: Math.min(known.at, one.at),
        prize: Math.min(dearest, known.prize + one.prize),
        alerts: [...known.alerts, ...one.alerts],
      })
  }
  return [...byNode.values()].sort((a, b) => b.prize - a.prize || a.at - b.at || (a.node < b.node ? -1 : 1))
}
