import { epochMs } from '../../base/index.ts'
import type { Edge, GraphReader } from '../graph/edge.ts'
import { hostOf, nodeOf } from '../graph/node.ts'
import { bareAccount } from '../names.ts'
import type { Login, LoginPath, Switch } from './login-path.ts'
import { aliveOn, later, openerOf, originOf, placeOf, sessionsOn, type Session } from './sessions.ts'

/** Logins of one path at most, and edges read of one node. */
const longest = 8
const read = 60
/** The session that a login opened begins so near to it. */
const openedMs = 60_000

/**
 * The path of logins by which somebody came to make a login, backward in time (Hopper). Where a process is on record that made the login,
 * its session is the one; else one of those alive on its host: under the same account before all others, and where there is none, every
 * other account may have changed its name there, which is clear when there is one only. A path ends at an outside address, an access, a
 * session opened at the host itself, or where nothing is on record. Certainty is one over the places it can have come from.
 */
export async function traceBack(graph: GraphReader, last: Omit<Login, 'certainty' | 'how'>): Promise<LoginPath> {
  const logins: Login[] = [{ ...last, certainty: 1, how: '' }]
  const switches: Switch[] = []
  const seen = new Set([last.to])
  let other: Login | undefined
  let makers = await makersOf(graph, last)
  for (let at = logins[0] as Login; logins.length < longest && !seen.has(at.from);) {
    seen.add(at.from)
    const alive = await aliveOn(graph, at.from, at.time)
    const exact = alive.filter((one) => makers.includes(one.node))
    const same = alive.filter((one) => bareAccount(one.account) === bareAccount(at.account))
    const among = exact.length > 0 ? exact : same.length > 0 ? same : alive
    const [chosen] = among
    if (chosen === undefined) break
    const accounts = new Set(among.map((one) => bareAccount(one.account)))
    if (at.account !== '' && !accounts.has(bareAccount(at.account)))
      switches.unshift({ on: at.from, from: chosen.account, to: at.account, clear: accounts.size === 1 })
    const origins = [...new Map(among.map((one) => [originOf(one), one])).values()]
    const found = await loginOf(graph, chosen, { host: at.from, likely: origins.length })
    const [, next] = origins
    if (next !== undefined) other ??= await loginOf(graph, next, { host: at.from, likely: origins.length })
    if (found === undefined) break
    logins.unshift(found)
    makers = await sessionsOf(graph, chosen.opened)
    at = found
  }
  return {
    logins,
    certainty: Math.round(1000 * logins.reduce((product, one) => product * one.certainty, 1)) / 1000,
    switches,
    ...(other === undefined ? {} : { other }),
  }
}

/** Sessions of the processes that made a login: those of the session that it opened on its target. */
async function makersOf(
  graph: GraphReader,
  { from, to, account, time }: Omit<Login, 'certainty' | 'how'>,
): Promise<readonly string[]> {
  const near = (await sessionsOn(graph, to, later(time, openedMs))).filter(
    (one) => bareAccount(one.account) === bareAccount(account) && Math.abs(epochMs(one.since) - epochMs(time)) <= openedMs,
  )
  return sessionsOf(
    graph,
    near.flatMap((one) => one.opened).filter((edge) => hostOf(edge.src) === from),
  )
}

/** Sessions in which the processes ran that these logons came from, and sessions that they came from themselves. */
async function sessionsOf(graph: GraphReader, logons: readonly Edge[]): Promise<readonly string[]> {
  const direct = logons.filter((edge) => nodeOf(edge.src).kind === 'session').map((edge) => edge.src)
  const processes = logons.filter((edge) => nodeOf(edge.src).kind === 'process')
  if (processes.length === 0) return direct
  const into = await graph.into(new Map(processes.map((edge) => [edge.src, later(edge.t0)])), read)
  return [...direct, ...into.filter((edge) => edge.kind === 'runs').map((edge) => edge.src)]
}

/** The login that opened a session; undefined when it was opened at the host itself. */
async function loginOf(
  graph: GraphReader,
  session: Session,
  { host, likely }: { readonly host: string; readonly likely: number },
): Promise<Login | undefined> {
  const opener = openerOf(session)
  if (opener === undefined) return undefined
  const { src, account, t0, certainty, cite, detail: how } = opener
  const login = (from: string): Login => ({ from, to: host, account, time: t0, certainty: certainty / likely, how, cite })
  if (nodeOf(src).kind !== 'access') return login(placeOf(src))
  const access = await graph.into(new Map([[src, later(t0)]]), read)
  const outside = access.find((edge) => edge.kind === 'access')
  return { ...login(outside === undefined ? `the access of ${placeOf(src)}` : placeOf(outside.src)), access: true }
}
