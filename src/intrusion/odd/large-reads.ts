import { epochMs } from '../../base/index.ts'
import { citedSql, citeOf, isoOf, type CitedRow } from '../cited.ts'
import { bareAccount } from '../names.ts'
import type { Sighting } from '../sighting.ts'
import { inPeriod } from '../sql.ts'
import { oddSighting, type OddSearch } from './oddity.ts'
import { bitsOfRatio, learningDays, quantile } from './rarity.ts'

/** The most rows that one statement read, by account, client and day. */
export const largeReadsSql = `
SELECT exhibit, member, unit, at_n, at_time, host, account, source_ip, application, rows, statement FROM (
  SELECT ${citedSql}, host, account, source_ip, fields['application'] AS application, toUInt64OrZero(fields['rows']) AS rows,
    substring(fields['statement'], 1, 300) AS statement, time
  FROM events
  PREWHERE ${inPeriod} AND class = 'datastore' AND account != ''
  WHERE fields['rows'] != ''
    AND upper(fields['command']) NOT IN ('INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE', 'LOAD', 'CREATE_TABLE_AS_SELECT', 'CREATE TABLE AS'))
ORDER BY rows DESC, time
LIMIT 1 BY host, account, source_ip, toDate(time)
LIMIT 100000`

interface ReadRow extends CitedRow {
  readonly host: string
  readonly account: string
  readonly source_ip: string
  readonly application: string
  readonly rows: string
  readonly statement: string
}

/** Fewer rows are never many. */
const leastRows = 10_000
/** How many times more than usual counts. */
const leastRatio = 8
/** What is taken as usual where little is read at all. */
const ordinaryRows = 1000

/** Statements that read many times more rows than the account did before, and than others do on the same server; `measured` are the servers that count rows. */
export async function largeReads({
  engine,
  loads,
  from,
  to,
  nameOf,
  fileOf,
}: OddSearch): Promise<{ readonly sightings: readonly Sighting[]; readonly measured: ReadonlySet<string> }> {
  const rows = (await engine.rows<ReadRow>(largeReadsSql, { loads, from, to })).toSorted((a, b) =>
    a.at_time < b.at_time ? -1 : 1,
  )
  const byHost = Map.groupBy(rows, (row) => row.host)
  const found: Sighting[] = []
  for (const [host, all] of byHost) {
    const start = epochMs(isoOf(all[0]?.at_time ?? from))
    const byAccount = Map.groupBy(all, (row) => row.account)
    const usual = quantile(
      all.map((row) => Number(row.rows)),
      0.9,
    )
    for (const own of byAccount.values()) {
      let most = 0
      for (const row of own) {
        const read = Number(row.rows)
        const base = Math.max(most, Math.min(usual, quantile(others(byAccount, row.account), 0.95)), ordinaryRows)
        const ratio = read / base
        const early = epochMs(isoOf(row.at_time)) - start < learningDays * 86_400_000
        if (early || read < leastRows || ratio < leastRatio) {
          most = Math.max(most, read)
          continue
        }
        const client = row.source_ip === '' ? '' : nameOf(row.source_ip)
        found.push(
          oddSighting({
            time: isoOf(row.at_time),
            host,
            account: row.account,
            sourceIp: row.source_ip,
            ...(client === '' ? {} : { from: client }),
            rule: 'more-rows-than-usual',
            title: 'Many Times More Rows Read Than Usual',
            bits: bitsOfRatio(ratio),
            tactics: ['collection'],
            techniques: ['T1213.006'],
            eventClass: 'datastore',
            detail: ` (${read.toLocaleString('en-US')} rows${row.application === '' ? '' : ` with ${row.application}`}${client === '' ? '' : ` from ${client}`}; ${most === 0 ? 'the account had read none before' : `at most ${most.toLocaleString('en-US')} before`})`,
            cite: citeOf(row, fileOf),
          }),
        )
      }
    }
  }
  return { sightings: found, measured: new Set(byHost.keys()) }
}

function others(byAccount: ReadonlyMap<string, readonly ReadRow[]>, but: string): readonly number[] {
  return [...byAccount].flatMap(([account, rows]) =>
    bareAccount(account) === bareAccount(but) ? [] : rows.map((row) => Number(row.rows)),
  )
}
