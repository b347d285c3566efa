import { epochMs } from '../../base/index.ts'
import { citeOf, isoOf, type CitedRow } from '../cited.ts'
import { isAddress, isInside } from '../names.ts'
import type { Sighting } from '../sighting.ts'
import { inPeriod } from '../sql.ts'
import { size } from '../tell.ts'
import { oddSighting, type OddSearch } from './oddity.ts'
import { bitsOfRatio, learningDays, quantile } from './rarity.ts'

/** Bytes sent out by client, destination and day, as proxies and flow logs count them; the cite is of the largest record. */
export const sentSql = `
SELECT class, source_ip, max(account) AS account, destination, max(target_ip) AS server, day, sum(bytes_out) AS sent, count() AS records,
  argMax(tuple(exhibit, member, unit, toUInt32(n), toString(time)), bytes_out) AS largest, toString(min(time)) AS first
FROM (
  SELECT class, source_ip, account, target_ip, exhibit, member, unit, n, time, bytes_out, toString(toDate(time)) AS day,
    if(fields['cs-host'] != '', fields['cs-host'], target_ip) AS destination
  FROM events
  PREWHERE ${inPeriod} AND bytes_out > 0 AND source_ip != '' AND (category = 'proxy' OR (class = 'network' AND product NOT IN ('windows', 'fortigate', 'paloalto'))))
GROUP BY class, source_ip, destination, day
ORDER BY sent DESC, source_ip, destination, day
LIMIT 200000`

interface SentRow {
  readonly class: string
  readonly source_ip: string
  readonly account: string
  readonly destination: string
  /** Address of the destination. */
  readonly server: string
  readonly day: string
  readonly sent: string
  readonly records: string
  readonly largest: readonly [string, string, string, number, string]
  readonly first: string
}

/** Less than this in a day is never much. */
const leastBytes = 10_000_000
const leastRatio = 8
const ordinaryBytes = 1_000_000

/** Clients that on a day sent many times more to one place outside than they did before and than others do. */
export async function largeTransfers({ engine, loads, from, to, nameOf, roles, fileOf }: OddSearch): Promise<Sighting[]> {
  const rows = (await engine.rows<SentRow>(sentSql, { loads, from, to }))
    .filter((row) => !isInside(row.destination) || !isAddress(row.destination))
    .map((row) => ({ ...row, host: nameOf(row.source_ip) }))
    .filter((row) => roles.roleOf(row.host) !== 'proxy')
  // A proxy sends what its clients send: that is told of the clients.
  const proxied = new Set(rows.flatMap((row) => (row.class === 'http' ? [`${row.server} ${row.day}`] : [])))
  const found: Sighting[] = []
  const told = rows.filter((row) => row.class === 'http' || !proxied.has(`${row.server} ${row.day}`))
  for (const all of Map.groupBy(told, (row) => row.class).values()) {
    const start = all.reduce((first, row) => Math.min(first, epochMs(isoOf(row.first))), Number.POSITIVE_INFINITY)
    const ordinary = all.filter((row) => roles.roleOf(row.host) !== 'manager')
    const byClient = Map.groupBy(all, (row) => row.source_ip)
    for (const [client, own] of byClient) {
      if (!own.some((row) => Number(row.sent) >= leastBytes)) continue
      const usual = quantile(
        ordinary.filter((row) => row.source_ip !== client).map((row) => Number(row.sent)),
        0.99,
      )
      let most = 0
      for (const row of own.toSorted((a, b) => (a.largest[4] < b.largest[4] ? -1 : 1))) {
        const sent = Number(row.sent)
        const ratio = sent / Math.max(most, usual, ordinaryBytes)
        const early = epochMs(isoOf(row.first)) - start < learningDays * 86_400_000
        if (early || sent < leastBytes || ratio < leastRatio) {
          most = Math.max(most, sent)
          continue
        }
        const [exhibit, member, unit, n, time] = row.largest
        const cited: CitedRow = { exhibit, member, unit, at_n: n, at_time: time }
        const cite = citeOf(cited, fileOf)
        found.push(
          oddSighting({
            time: isoOf(time),
            host: row.host,
            account: row.account,
            rule: 'more-sent-than-usual',
            title: 'Many Times More Sent Out Than Usual',
            bits: bitsOfRatio(ratio),
            tactics: ['exfiltration'],
            techniques: ['T1567'],
            eventClass: 'transfer',
            bytesOut: sent,
            detail: `, ${size(sent)} to ${row.destination}; ${most === 0 ? 'nothing of note before' : `at most ${size(most)} to one place a day before`}`,
            cite,
            restsOn: { events: Number(row.records), cites: [cite] },
          }),
        )
      }
    }
  }
  return found
}
