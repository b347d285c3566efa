import { epochMs } from '../base/index.ts'
import type { Movement, Sighting } from './sighting.ts'

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
export function cluster(sightings: readonly Sighting[], movements: readonly Movement[]): Sighting[][] {
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
    for (const key of keysOf(one, hubs)) {
      const before = last.get(key)
      const earlier = before === undefined ? undefined : ordered[before]
      if (before !== undefined && earlier !== undefined && epochMs(one.time) - epochMs(earlier.time) <= gapMs) join(before, index)
      last.set(key, index)
    }
  }
  for (const move of movements) joinAcross({ move, ordered, join })
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
}: {
  move: Movement
  ordered: readonly Sighting[]
  join: (a: number, b: number) => void
}): void {
  const at = epochMs(move.time)
  let before = -1
  let after = -1
  for (let index = firstFrom(ordered, at - gapMs); index < ordered.length; index += 1) {
    const one = ordered[index] as Sighting
    const time = epochMs(one.time)
    if (time > at + gapMs) break
    if (one.host === move.from && time <= at) before = index
    if (one.host === move.to && time >= at && after < 0) after = index
  }
  if (before >= 0 && after >= 0) join(before, after)
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

function keysOf(one: Sighting, hubs: ReadonlySet<string>): string[] {
  const keys = one.host === '' ? [] : [`host ${one.host}`]
  if (isTelling(one.account) && !hubs.has(one.account)) keys.push(`account ${one.account}`)
  if (one.sourceIp !== '' && !isLocal(one.sourceIp)) keys.push(`address ${one.sourceIp}`)
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
