import { epochMs } from '../base/index.ts'
import { bareAccount, isInside } from './names.ts'
import type { Movement, Sighting } from './sighting.ts'
import type { WayIn } from './story.ts'
import type { Roles } from './usual/roles.ts'

/** Hits on the same host, account or address join when no more than this lies between them (story.md: pairwise F1 .96). */
export const gapMs = 6 * 3_600_000

/** An account seen on at least this many hosts joins nothing: it is a hub (LATMA). */
const hubHosts = 20

/** Accounts that every machine has; sharing them says nothing. */
const builtIn =
  /^$|^-$|\$$|(^|\\)(system|local service|network service|anonymous logon|dwm-\d+|umfd-\d+|postgres|root|www-data|tomcat|iusr|defaultapppool)$/

/** Does sharing this account tie two events together? */
export function isTelling(account: string): boolean {
  return !builtIn.test(account)
}

/** Groups sightings into stories-to-be; each group is in order of time, groups in order of their first sighting. */
export function cluster(
  sightings: readonly Sighting[],
  movements: readonly Movement[],
  shared = sharedHosts(sightings),
): Sighting[][] {
  const ordered = sightings.toSorted((a, b) => compare(a.time, b.time) || compare(a.rule, b.rule) || compare(a.host, b.host))
  const parents = ordered.map((_, index) => index)
  const find = (index: number): number => {
    let at = index
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number
      at = parents[at] as number
    }
    return at
  }
  const join = (a: number, b: number): void => {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number]
    parents[high] = low
  }
  const hubs = hubAccounts(ordered, movements)
  const last = new Map<string, number>()
  for (const [index, one] of ordered.entries()) {
    for (const key of keysOf(one, hubs, shared)) {
      const before = last.get(key)
      const earlier = before === undefined ? undefined : ordered[before]
      if (before !== undefined && earlier !== undefined && epochMs(one.time) - epochMs(earlier.time) <= gapMs) join(before, index)
      last.set(key, index)
    }
  }
  for (const move of movements) joinAcross({ move, ordered, join, shared })
  joinTransfers(ordered, join)
  joinOnShared(ordered, join, shared)
  const groups = new Map<number, Sighting[]>()
  for (const [index, one] of ordered.entries()) {
    const root = find(index)
    groups.set(root, [...(groups.get(root) ?? []), one])
  }
  return [...groups.values()]
}

/** A move ties what was seen at its start (up to the gap before) to what was seen at its end (up to the gap after). */
function joinAcross({
  move,
  ordered,
  join,
  shared,
}: {
  move: Movement
  ordered: readonly Sighting[]
  join: (a: number, b: number) => void
  shared: SharedHosts
}): void {
  // On a host that many share, a move is tied to what its own account did; from a device or to a database, to whoever came from a strange place.
  const mine = (one: Sighting): boolean =>
    !shared(one.host) ||
    one.from === move.from ||
    (one.controlledFrom === undefined ? !isTelling(one.account) : one.controlledFrom === move.from) ||
    bareAccount(one.account) === bareAccount(move.account) ||
    (one.astray === true && (move.means === 'database session' || one.entry?.kind === 'device-login'))
  const at = epochMs(move.time)
  let before = -1
  let after = -1
  for (let index = firstFrom(ordered, at - gapMs); index < ordered.length; index += 1) {
    const one = ordered[index] as Sighting
    const time = epochMs(one.time)
    if (time > at + gapMs) break
    if (time <= at && ((one.host === move.from && mine(one)) || cameBy(one, move))) before = index
    if (one.host === move.to && time >= at && after < 0 && mine(one)) after = index
  }
  if (before >= 0 && after >= 0) join(before, after)
}

/** Acts of the system on a shared host, and reads that a client program there asked for, are of the account that acted there last, when that is not long ago. */
const sameActMs = 15 * 60_000
const sameReadMs = 2 * 60_000

function joinOnShared(ordered: readonly Sighting[], join: (a: number, b: number) => void, shared: SharedHosts): void {
  const acted = new Map<string, number>()
  const within = (index: number | undefined, one: Sighting, ms: number): index is number =>
    index !== undefined && epochMs(one.time) - epochMs((ordered[index] as Sighting).time) <= ms
  for (const [index, one] of ordered.entries()) {
    if (one.from !== undefined) {
      const client = shared(one.from) ? acted.get(one.from) : undefined
      if (within(client, one, sameReadMs)) join(client, index)
    } else if (shared(one.host) && isTelling(one.account)) acted.set(one.host, index)
    else if (shared(one.host)) {
      const last = acted.get(one.host)
      if (within(last, one, sameActMs)) join(last, index)
    }
  }
}

/** What a device sends on its own is of the session from a strange place that stood on it before. */
function joinTransfers(ordered: readonly Sighting[], join: (a: number, b: number) => void): void {
  const sessions = new Map<string, number>()
  for (const [index, one] of ordered.entries()) {
    if (one.entry !== undefined) sessions.set(one.host, index)
    const session = one.eventClass === 'transfer' && one.account === '' ? sessions.get(one.host) : undefined
    if (session !== undefined && epochMs(one.time) - epochMs((ordered[session] as Sighting).time) <= 2 * gapMs)
      join(session, index)
  }
}

/** Sessions that a gateway lets in from elsewhere. */
export const gatewayKinds: ReadonlySet<WayIn['kind']> = new Set([
  'vpn',
  'vendor-session',
  'pam-session',
  'partner-network',
  'roaming-network',
])

/** A session of the same account at a gateway, whatever the logs between hide. */
function cameBy(one: Sighting, move: Movement): boolean {
  const kind = one.entry?.kind
  return kind !== undefined && gatewayKinds.has(kind) && bareAccount(one.account) === bareAccount(move.account)
}

function firstFrom(ordered: readonly Sighting[], ms: number): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (epochMs((ordered[middle] as Sighting).time) < ms) low = middle + 1
    else high = middle
  }
  return low
}

function hubAccounts(sightings: readonly Sighting[], movements: readonly Movement[]): Set<string> {
  const hosts = new Map<string, Set<string>>()
  const add = (account: string, host: string): void => void hosts.set(account, (hosts.get(account) ?? new Set()).add(host))
  for (const one of sightings) add(one.account, one.host)
  for (const one of movements) add(one.account, one.to)
  return new Set([...hosts].filter(([, seen]) => seen.size >= hubHosts).map(([account]) => account))
}

/** Is a host one on which many work at the same time, so that being on it ties nobody to anybody? */
export type SharedHosts = (host: string) => boolean

/** Databases by what is seen of them; jump hosts, gateways, controllers, proxies, network devices and servers that manage others by the inventory. */
export function sharedHosts(sightings: readonly Sighting[], roles?: Roles): SharedHosts {
  const stores = new Set(sightings.flatMap((one) => (one.eventClass === 'datastore' ? [one.host] : [])))
  return (host) => stores.has(host) || roles?.roleOf(host) !== undefined
}

/** Names under which sightings meet. On a host that many share they meet only under the same account, and in a database from the same client. */
export function keysOf(one: Sighting, hubs: ReadonlySet<string>, shared: SharedHosts): string[] {
  const account = bareAccount(one.account)
  if (one.from !== undefined)
    return [shared(one.from) ? `host ${one.from} ${account}` : `host ${one.from}`, `client ${one.host} ${account} ${one.from}`]
  const keys =
    one.host === ''
      ? []
      : [
          shared(one.host)
            ? `host ${one.host} ${isTelling(one.account) ? account : (one.controlledFrom ?? '')}`
            : `host ${one.host}`,
        ]
  if (isTelling(one.account) && !hubs.has(one.account)) keys.push(`account ${one.account}`)
  if (one.sourceIp !== '' && !isLocal(one.sourceIp))
    keys.push(isInside(one.sourceIp) && isTelling(one.account) ? `address ${one.sourceIp} ${account}` : `address ${one.sourceIp}`)
  return keys
}

/** Loopback and unspecified addresses tie nothing together. */
function isLocal(address: string): boolean {
  return /^(127\.|0\.0\.0\.0$|::1$|::$|-$|localhost$|::ffff:127\.)/.test(address)
}

/** Order of text by code units, the same everywhere. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
