import { hostOf, nodeOf } from '../graph/node.ts'
import type { Telling } from './accounts.ts'
import type { Alert } from './alerts.ts'
import { hour } from './clock.ts'
import type { Roles } from './estate.ts'
import { groups, members } from './groups.ts'

/** Longest time between two alerts that share a name, and that share a session. */
export const nameGap = 6 * hour
const sessionGap = 24 * hour

/**
 * Alerts that may belong together, so that they are searched together (rule S4); given and answered in order of time.
 * A cluster decides nothing yet: what no path joins becomes stories of its own.
 */
export function clusterAlerts(
  alerts: readonly Alert[],
  { telling, roles }: { readonly telling: Telling; readonly roles: Roles },
): Alert[][] {
  const joined = groups(alerts.length)
  const last = new Map<string, { readonly index: number; readonly at: number }>()
  for (const [index, alert] of alerts.entries()) {
    for (const { name, gap } of sharedNames(alert, { telling, roles })) {
      const before = last.get(name)
      if (before !== undefined && alert.at - before.at <= gap) joined.join(before.index, index)
      last.set(name, { index, at: alert.at })
    }
  }
  return members(alerts, joined)
}

/** What two alerts may share, and for how long sharing it says something. */
export function sharedNames(
  alert: Alert,
  { telling, roles }: { readonly telling: Telling; readonly roles: Roles },
): { readonly name: string; readonly gap: number }[] {
  const host = hostOf(alert.node)
  const account = alert.sighting.account.toLowerCase()
  const names = alert.outside.map((address) => `address ${address}`)
  if (host !== '' && !roles.isHub(host)) names.push(`host ${host}`)
  if (telling(account)) names.push(`account ${account}`)
  const sessions: string[] = []
  for (const node of alert.beside) {
    const { kind, parts } = nodeOf(node)
    if (kind === 'content') names.push(node)
    if (kind === 'session' && !isServiceSession(parts[1])) sessions.push(node)
  }
  return [...names.map((name) => ({ name, gap: nameGap })), ...sessions.map((name) => ({ name, gap: sessionGap }))]
}

/** The sessions every Windows has: SYSTEM, network service, local service. */
export function isServiceSession(logon: string | undefined): boolean {
  return logon === '0x3e7' || logon === '0x3e4' || logon === '0x3e5'
}
