import { epochMs } from '../../base/index.ts'
import { citedSql, citeOf, isoOf, type CitedRow } from '../cited.ts'
import { tellsHabits } from '../habits.ts'
import { bareAccount, isInside, networkOf } from '../names.ts'
import type { EntryHint, Sighting } from '../sighting.ts'
import { inPeriod } from '../sql.ts'
import type { Access } from './astray.ts'
import { carries, networkText, vendorText } from '../usual/listed.ts'
import { oddSighting, type OddSearch } from './oddity.ts'
import { bitsOfRarity, learningDays } from './rarity.ts'

/** Sessions opened from a place: one row for each account, address and day. */
export const accessesSql = `
SELECT ${citedSql}, host, account, source_ip, product, service,
  arrayFirst(x -> x != '', [fields['tunnelip'], fields['private_ip'], fields['assigned_ip'], fields['virtual_ip'], fields['innerIp']]) AS inner
FROM events
PREWHERE ${inPeriod} AND (class = 'authentication' OR (service = 'aaa' AND class = 'process')) AND source_ip != '' AND account NOT IN ('', '-') AND NOT endsWith(account, '$')
  AND (product != 'windows' OR event_id = '4624')
WHERE (product != 'windows' OR fields['LogonType'] = '10')
  AND NOT match(lower(concat(fields['outcome'], ' ', fields['action'], ' ', fields['status'], ' ', fields['error'], ' ', fields['eventid'])), 'fail|denied|refus|invalid')
ORDER BY time, host, exhibit, n
LIMIT 1 BY host, account, source_ip, toDate(time)
LIMIT 200000`

interface AccessRow extends CitedRow {
  readonly host: string
  readonly account: string
  readonly source_ip: string
  readonly product: string
  readonly service: string
  readonly inner: string
}

/** People begin to work from home on any day: at a gateway an account and a network that are both new say little. */
const newcomerBits = 2
/** A leaver's account in use is worth a rule of high level at least. */
const leaverBits = 8
/** A network from which so many others came is a place people share. */
const sharedBy = 3
const dayMs = 86_400_000

/** A place stays new for an account for so long after it first came from there. */
const newForMs = 14 * 86_400_000

/** A session from a strange place. */
interface Strange {
  readonly row: AccessRow
  /** The account was known from other places, or account and place are both new. */
  readonly kind: 'known' | 'new'
  /** Days on which the account had been seen before. */
  readonly days: number
  /** How rare such a session is where it was seen. */
  readonly bits: number
}

/**
 * Sessions from networks outside that an account, or nobody, came from before. Only what the estate's own earlier days make rare counts: where people keep
 * coming from new networks, one more says little. A leaver's account is told whatever its network. `accesses` are all sessions, strange or not.
 */
export async function newPlaces(
  search: OddSearch,
): Promise<{ readonly sightings: readonly Sighting[]; readonly accesses: readonly Access[] }> {
  const { engine, loads, from, to } = search
  const rows = await engine.rows<AccessRow>(accessesSql, { loads, from, to })
  const strange = strangeSessions(rows, search)
  const told = new Set(strange.map((one) => one.row))
  const accesses = rows.map((row) => ({ account: row.account, host: row.host, time: isoOf(row.at_time), strange: told.has(row) }))
  return { sightings: strange.map((one) => tellStrange(one, search)), accesses }
}

function strangeSessions(rows: readonly AccessRow[], search: OddSearch): readonly Strange[] {
  const { roles } = search
  // What is usual at one router is told by all routers together.
  const poolOf = (host: string): string => (roles.roleOf(host) === 'device' ? '(devices)' : host)
  const judging = tellsHabits(search)
  /** When each source of sessions begins to tell. */
  const start = new Map<string, number>()
  const places = new Sets()
  const users = new Sets()
  const days = new Sets()
  const judged = new Map<string, number>()
  const since = new Map<string, { readonly at: number; readonly kind: 'known' | 'new'; readonly days: number }>()
  const found: Omit<Strange, 'bits'>[] = []
  for (const row of rows) {
    const time = isoOf(row.at_time)
    const at = epochMs(time)
    const pool = poolOf(row.host)
    const who = `${pool} ${bareAccount(row.account)}`
    const partner = isInside(row.source_ip) ? roles.networkOf(row.source_ip) : undefined
    const outside = partner !== undefined || !isInside(row.source_ip)
    const place = partner === undefined ? (outside ? networkOf(row.source_ip) : '(inside)') : `(vendor:${partner.id})`
    const key = `${who} ${place}`
    if (!start.has(pool)) start.set(pool, at)
    const learnt = judging && at - (start.get(pool) ?? at) >= learningDays * dayMs
    if (learnt) {
      judged.set(pool, (judged.get(pool) ?? 0) + 1)
      const kind = places.size(who) > 0 ? 'known' : 'new'
      const others = users.size(`${pool} ${place}`) - (users.has(`${pool} ${place}`, who) ? 1 : 0)
      const seen = days.size(who)
      if (outside && !places.has(who, place) && (kind === 'known' ? others < sharedBy && seen >= 2 : others === 0))
        since.set(key, { at, kind, days: seen })
    }
    const begun = since.get(key)
    if (begun !== undefined && at - begun.at <= newForMs) found.push({ row, kind: begun.kind, days: begun.days })
    else if (hasLeft(row, search)) found.push({ row, kind: 'known', days: days.size(who) })
    places.add(who, place)
    users.add(`${pool} ${place}`, who)
    days.add(who, time.slice(0, 10))
  }
  const alike = new Sets()
  for (const { row, kind } of found) alike.add(`${poolOf(row.host)} ${kind}`, bareAccount(row.account))
  return found.map((one) => {
    const pool = poolOf(one.row.host)
    return { ...one, bits: bitsOfRarity(alike.size(`${pool} ${one.kind}`) - 1, judged.get(pool) ?? 0) }
  })
}

function hasLeft(row: AccessRow, { roles }: OddSearch): boolean {
  return (roles.leftOn(row.account) ?? '9999') < isoOf(row.at_time).slice(0, 10)
}

function tellStrange({ row, kind, days, bits }: Strange, search: OddSearch): Sighting {
  const vendor = search.roles.vendorOf(row.account)
  const gone = hasLeft(row, search)
  const partner = search.roles.networkOf(row.source_ip)
  const listed = partner?.id === vendor?.id || vendor?.services.some((text) => text.includes(row.source_ip)) === true
  const entry =
    vendor === undefined
      ? networkText(partner, row.source_ip)
      : `${vendorText(vendor)}${listed ? '' : ', without this network'}${listed ? '' : networkText(partner, row.source_ip)}`
  const news = gone
    ? `after the day (${search.roles.leftOn(row.account) ?? ''}) on which, by the inventory, its owner left`
    : kind === 'known'
      ? `a network it had not come from on ${days} earlier day${days === 1 ? '' : 's'}`
      : 'a network nobody had come from before; the account was new here too'
  const by = entryKind(row, search, vendor !== undefined)
  const shared = search.roles.roleOf(row.host) === 'gateway' && (by === 'partner-network' || by === 'roaming-network')
  const newcomer = kind === 'new' && (by === 'vpn' || by === 'rdp' || shared)
  return oddSighting({
    time: isoOf(row.at_time),
    host: row.host,
    account: row.account,
    sourceIp: row.source_ip,
    rule: gone ? 'account-of-a-leaver' : 'network-not-used-before',
    title: gone ? 'Session Under the Account of Somebody Who Left' : 'Session From a Network Not Used Before',
    bits: gone ? Math.max(leaverBits, bits) : Math.max(0, newcomer ? Math.min(newcomerBits, bits) : bits),
    tactics: ['initial-access'],
    techniques: ['T1078'],
    eventClass: 'authentication',
    entry: {
      kind: by,
      text: `It begins with a session of the account ${row.account} at ${row.host} from ${row.source_ip}, ${news}${entry}. Who used the account is not shown.`,
      ...(row.inner === '' ? {} : { inner: row.inner }),
    },
    detail: '',
    cite: citeOf(row, search.fileOf),
  })
}

/** Sets of text by key. */
class Sets {
  readonly #sets = new Map<string, Set<string>>()
  add(key: string, value: string): void {
    const known = this.#sets.get(key)
    if (known === undefined) this.#sets.set(key, new Set([value]))
    else known.add(value)
  }
  has(key: string, value: string): boolean {
    return this.#sets.get(key)?.has(value) === true
  }
  size(key: string): number {
    return this.#sets.get(key)?.size ?? 0
  }
}

/** Products through which privileged accounts are used. */
const managers = /^(?:cyberark|wallix|beyondtrust|teleport)$/

function entryKind(row: AccessRow, { roles }: OddSearch, vendor: boolean): EntryHint['kind'] {
  if (vendor) return 'vendor-session'
  const role = roles.roleOf(row.host)
  const partner = roles.networkOf(row.source_ip)
  if (partner !== undefined) return carries(partner) ? 'roaming-network' : 'partner-network'
  if (row.product === 'windows') return 'rdp'
  if (row.product === 'snowflake' || role === 'store') return 'cloud-login'
  if (role === 'device' || row.service === 'aaa') return 'device-login'
  return managers.test(row.product) ? 'pam-session' : 'vpn'
}
