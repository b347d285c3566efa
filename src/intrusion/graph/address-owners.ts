import { isoMicros } from '../../base/index.ts'
import { nowhere, shortName, sql } from './fragments.ts'

/** A stretch in which records name one user of an address, with nobody else's between; milliseconds since 1970. */
interface OwnerRun {
  readonly address: string
  readonly node: string
  readonly first: number
  readonly last: number
  readonly votes: number
}

/** A session through which an address was given out; `until` absent: its end was not recorded. */
interface AddressLent {
  readonly address: string
  readonly node: string
  readonly since: number
  readonly until?: number
}

/** Whose an address was from `since` to before `until`, fixed-width UTC. */
export interface AddressOwner {
  readonly address: string
  readonly node: string
  readonly since: string
  readonly until: string
  readonly votes: number
}

const day = 86_400_000
/** How long an address is taken to be somebody's before its first and after its last record. */
const grace = day
/** A remote session without a recorded end lasts no longer than this. */
const longestSession = day
/** Votes below which a run between two of one other owner is taken for a slip of one record. */
const slip = 3

/**
 * Intervals of ownership: runs of votes, reaching a day beyond their records where nobody else's stand; sessions that lent an
 * address come before everything else. Runs of one address must be in order of time.
 */
export function addressOwners(runs: readonly OwnerRun[], lent: readonly AddressLent[]): AddressOwner[] {
  const found: AddressOwner[] = []
  const addresses = [...new Set([...runs.map((run) => run.address), ...lent.map((one) => one.address)])].sort()
  const runsOf = Map.groupBy(runs, (run) => run.address)
  const lentOf = Map.groupBy(lent, (one) => one.address)
  for (const address of addresses) {
    const sessions = (lentOf.get(address) ?? []).toSorted((a, b) => a.since - b.since)
    const fixed = sessions.map((one, index) => {
      const next = sessions[index + 1]?.since ?? Number.POSITIVE_INFINITY
      return { node: one.node, since: one.since, until: Math.min(one.until ?? one.since + longestSession, next), votes: 10 }
    })
    const free = joined(runsOf.get(address) ?? [])
    const spans = free.map((run, index) => ({
      node: run.node,
      votes: run.votes,
      since: Math.max(run.first - grace, free[index - 1]?.last ?? Number.NEGATIVE_INFINITY),
      // The next owner has it from its first record on.
      until: Math.min(run.last + grace, free[index + 1]?.first ?? Number.POSITIVE_INFINITY),
    }))
    for (const [index, span] of spans.entries()) {
      const before = spans[index - 1]
      if (before !== undefined) spans[index] = { ...span, since: Math.max(span.since, before.until) }
    }
    for (const span of [...fixed, ...spans.flatMap((one) => without(one, fixed))].sort((a, b) => a.since - b.since))
      if (span.until > span.since)
        found.push({ address, node: span.node, since: isoMicros(span.since), until: isoMicros(span.until), votes: span.votes })
  }
  return found
}

function joined(runs: readonly OwnerRun[]): OwnerRun[] {
  const kept: OwnerRun[] = []
  for (const [index, run] of runs.entries()) {
    const before = kept.at(-1)
    const after = runs[index + 1]
    if (before !== undefined && after?.node === before.node && run.node !== before.node && run.votes < slip) continue
    if (before?.node === run.node)
      kept[kept.length - 1] = { ...before, last: Math.max(before.last, run.last), votes: before.votes + run.votes }
    else kept.push(run)
  }
  return kept
}

interface Span {
  readonly node: string
  readonly since: number
  readonly until: number
  readonly votes: number
}

function without(span: Span, taken: readonly Span[]): Span[] {
  let rest = [span]
  for (const cut of taken)
    rest = rest.flatMap((one) =>
      cut.until <= one.since || cut.since >= one.until
        ? [one]
        : [
            { ...one, until: Math.min(one.until, cut.since) },
            { ...one, since: Math.max(one.since, cut.until) },
          ].filter((part) => part.until > part.since),
    )
  return rest
}

const machine = sql`concat('host:', replaceRegexpOne(trimRight(account, '$'), '^.*\\\\', ''))`
const isMachine = "endsWith(account, '$')"

/** Runs of votes on who uses which address. Parameter: `load`. */
export const ownerRunsSql = sql`
SELECT address, node, toUnixTimestamp64Milli(min(first)) AS first, toUnixTimestamp64Milli(max(last)) AS last, sum(votes) AS votes
FROM (
  SELECT *, sum(changed) OVER (PARTITION BY address ORDER BY slot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run
  FROM (
    SELECT *, node != lagInFrame(node, 1, '') OVER (PARTITION BY address ORDER BY slot ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS changed
    FROM (
      SELECT address, slot, node, first, last, votes
      FROM (
        SELECT address, toStartOfTenMinutes(t) AS slot, node, min(t) AS first, max(t) AS last, sum(weight) AS votes
        FROM (
          SELECT if(mode = 'true', address, other_address) AS address, concat('host:', host) AS node, t, 3 AS weight
          FROM edge_facts WHERE load_id = {load:UInt64} AND what IN ('connect', 'connect-filter') AND mode IN ('true', 'false') AND host != ''
          UNION ALL
          SELECT address, ${machine}, t, 2 FROM edge_facts WHERE load_id = {load:UInt64} AND what IN ('logon', 'tgt', 'ticket') AND ${isMachine}
          UNION ALL
          SELECT address, concat('host:', ${shortName('name')}), t, 1 FROM edge_facts
          WHERE load_id = {load:UInt64} AND what = 'logon' AND name != '' AND NOT ${isMachine} AND ${shortName('name')} != host
          UNION ALL
          SELECT arrayJoin(arrayMap(x -> replaceOne(x, '::ffff:', ''), extractAll(text, '(?:^|;)((?:::ffff:)?[0-9.]{7,15}|[0-9a-f]*:[0-9a-f:]+)'))) AS address, concat('host:', ${shortName('name')}), t, 1
          FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'lookup' AND text != ''
            AND ${shortName('name')} IN (SELECT DISTINCT host FROM edge_facts WHERE load_id = {load:UInt64} AND host != '')
          UNION ALL
          SELECT address, concat('host:', ${shortName('name')}), t, 5 FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'lease' AND name != '')
        WHERE NOT ${nowhere('address')} AND node NOT IN ('host:', 'host:null', 'host:unknown', 'host:localhost') AND NOT endsWith(address, '.255') AND NOT startsWith(address, '169.254.')
        GROUP BY address, slot, node)
      ORDER BY address, slot, votes DESC, node
      LIMIT 1 BY address, slot)))
GROUP BY address, run, node
ORDER BY address, first
LIMIT {most:UInt64}`

/** Addresses lent to remote sessions, with the end of each where one is recorded. Parameter: `load`. */
export const lentSql = sql`
SELECT address, node, toUnixTimestamp64Milli(began_at) AS since, if(ended > began_at, toUnixTimestamp64Milli(ended), toInt64(0)) AS until
FROM (
  SELECT other_address AS address, concat('vpn:', account, '|', formatDateTime(t, '%Y-%m-%dT%H:%i:%s', 'UTC')) AS node, account, t AS began_at
  FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'access'
  ORDER BY t LIMIT 1 BY other_address, account, toStartOfMinute(t)) AS began
ASOF LEFT JOIN (SELECT account, t AS ended FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'access-left') AS over
ON began.account = over.account AND began.began_at <= over.ended
ORDER BY address, since
LIMIT {most:UInt64}`
