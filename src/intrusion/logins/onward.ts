import { epochMs } from '../../base/index.ts'
import type { Edge, GraphReader } from '../graph/edge.ts'
import { hostOf, nodeOf } from '../graph/node.ts'
import { bareAccount } from '../names.ts'
import type { Movement, Sighting } from '../sighting.ts'
import { later, sessionsOn } from './sessions.ts'

/** Edges read of one node, and moves of one group from which onward is looked. */
const read = 200
const mostMoves = 50
/** The session that a move opened begins so near to it. */
const openedMs = 60_000

/**
 * Where the sessions that a group's moves opened went on to, told by lineage and not by time: logins that a process of the session, or
 * the session itself, made on other hosts.
 */
export async function onwardOf(graph: GraphReader, group: readonly Sighting[]): Promise<Movement[]> {
  const found: Movement[] = []
  for (const move of group.filter((one) => one.controlledFrom !== undefined).slice(0, mostMoves)) {
    const opened = (await sessionsOn(graph, move.host, later(move.time, openedMs))).filter(
      (one) =>
        bareAccount(one.account) === bareAccount(move.account) && Math.abs(epochMs(one.since) - epochMs(move.time)) <= openedMs,
    )
    if (opened.length === 0) continue
    const own = await graph.outOf(new Map(opened.map((one) => [one.node, one.since])), read)
    const processes = own.filter((edge) => edge.kind === 'runs')
    const theirs = processes.length === 0 ? [] : await graph.outOf(new Map(processes.map((edge) => [edge.dst, edge.t0])), read)
    const logons = [...own, ...theirs].filter((edge) => edge.kind === 'logon' && hostOf(edge.dst) !== move.host)
    found.push(...logons.map((edge) => movementOf(edge, move.host)))
  }
  return found
}

function movementOf({ dst, t0, account, certainty, cite }: Edge, from: string): Movement {
  const means = nodeOf(dst).kind === 'session' ? 'login by the same session' : 'explicit credentials of the same session'
  return { time: t0, from, to: hostOf(dst), account, means, certainty, onward: true, cite }
}
