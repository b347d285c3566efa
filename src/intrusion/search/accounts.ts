import type { GraphReader } from '../graph/edge.ts'
import { hostOf, nodeId } from '../graph/node.ts'
import { isTelling } from '../cluster.ts'
import type { Alert } from './alerts.ts'
import { atMicros, hour, micros } from './clock.ts'
import type { Roles } from './estate.ts'

/** An account that raised alerts, or was used within half a day of one, on this many hosts is shared or an administrator's: it joins nothing. */
const sharedHosts = 5
const read = 200

/** Does sharing this account at about this time say that two things belong together? */
export type Telling = (account: string) => boolean

/** Which accounts of the alerts are used by few enough (rule S4); reads the graph once. */
export async function tellingAccounts({
  graph,
  alerts,
  roles,
}: {
  readonly graph: GraphReader
  readonly alerts: readonly Alert[]
  readonly roles: Roles
}): Promise<Telling> {
  const times = new Map<string, number[]>()
  for (const { sighting, at } of alerts) {
    const account = sighting.account.toLowerCase()
    if (!isTelling(account) || roles.isShared(account)) continue
    const known = times.get(account)
    if (known === undefined) times.set(account, [at])
    else known.push(at)
  }
  const frontier = new Map(
    [...times].map(([account, all]) => [nodeId('account', account), atMicros((all[0] as number) - 12 * hour)]),
  )
  const spread = new Map<string, Set<string>>()
  const seen = (account: string, host: string): void => void spread.set(account, (spread.get(account) ?? new Set()).add(host))
  for (const { sighting } of alerts) seen(nodeId('account', sighting.account), sighting.host)
  for (const edge of frontier.size === 0 ? [] : await graph.outOf(frontier, read)) {
    const all = times.get(edge.src.slice('acct:'.length)) ?? []
    const near = all.some((at) => Math.abs(micros(edge.t0) - at) <= 12 * hour)
    if (near) seen(edge.src, hostOf(edge.dst))
  }
  const telling = new Set(
    [...times.keys()].filter((account) => (spread.get(nodeId('account', account))?.size ?? 0) < sharedHosts),
  )
  return (account) => telling.has(account.toLowerCase())
}
