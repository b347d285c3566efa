import { epochMs, isoMicros } from '../../base/index.ts'
import type { Edge, GraphReader } from '../graph/edge.ts'
import { hostOf, nodeId, nodeOf } from '../graph/node.ts'

/** Edges read of one node. */
const read = 60
/** Clocks of two hosts may differ by so much after correction. */
const skewMs = 2_000

/** A session that was alive on a host, and the edges that say how it was opened, the surest first. */
export interface Session {
  readonly node: string
  readonly account: string
  readonly since: string
  readonly opened: readonly Edge[]
}

/** Sessions alive on a host at a moment: those opened from elsewhere before those at the host itself, the latest first. */
export async function aliveOn(graph: GraphReader, host: string, time: string): Promise<readonly Session[]> {
  const order = (one: Session): number => (originOf(one) === '' ? 0 : 1)
  return (await sessionsOn(graph, host, later(time), epochMs(time) - skewMs)).toSorted(
    (a, b) => order(b) - order(a) || (a.since < b.since ? 1 : a.since > b.since ? -1 : 0) || (a.node < b.node ? -1 : 1),
  )
}

/** Sessions begun on a host by a moment, and not ended before another. */
export async function sessionsOn(graph: GraphReader, host: string, by: string, notBefore = 0): Promise<readonly Session[]> {
  const edges = await graph.into(new Map([[nodeId('host', host), by]]), read)
  const relays = edges.filter((edge) => edge.kind === 'relay' && epochMs(edge.t1) >= notBefore)
  const sessions = [...new Map(relays.map((edge) => [edge.src, edge])).values()]
  if (sessions.length === 0) return []
  const into = await graph.into(new Map(sessions.map((edge) => [edge.src, by])), read)
  const opened = Map.groupBy(
    into.filter((edge) => edge.kind === 'logon'),
    (edge) => edge.dst,
  )
  return sessions.map(({ src, account, t0 }) => ({
    node: src,
    account,
    since: t0,
    opened: (opened.get(src) ?? []).toSorted((a, b) => b.certainty - a.certainty || (a.src < b.src ? -1 : 1)),
  }))
}

/** The edge that says from which other place a session was opened. */
export function openerOf({ node, opened }: Session): Edge | undefined {
  const elsewhere = opened.filter((edge) => placeOf(edge.src) !== hostOf(node))
  return elsewhere.find((edge) => nodeOf(edge.src).kind === 'access') ?? elsewhere[0]
}

/** Where a session was opened from; '' for the host itself, or where that is not on record. */
export function originOf(one: Session): string {
  const opener = openerOf(one)
  return opener === undefined ? '' : placeOf(opener.src)
}

/** Host, address or account of an access that a node stands for. */
export function placeOf(node: string): string {
  const { kind, parts } = nodeOf(node)
  return kind === 'address' || kind === 'access' ? (parts[0] ?? '') : hostOf(node)
}

/** A time so much later; by default what clocks may differ by. */
export function later(time: string, ms: number = skewMs): string {
  return isoMicros(epochMs(time) + ms, time.slice(23, 26))
}
