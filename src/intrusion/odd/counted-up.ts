import { citeOf, isoOf, type CitedRow } from '../cited.ts'
import type { Sighting } from '../sighting.ts'
import { inPeriod } from '../sql.ts'
import { size } from '../tell.ts'
import { oddSighting, type OddSearch } from './oddity.ts'

/** Requests whose path ends in a number, by page and day: how many numbers, how often the next was a little higher than the last, from how many addresses. */
export const countedSql = `
SELECT host, page, day, count() AS requests, uniqExact(number) AS numbers, uniqExact(source_ip) AS addresses,
  countIf(number > before AND number - before <= {step:UInt32}) AS rising, sumIf(bytes_out, bytes_out > 0) AS bytes, countIf(answered) AS answered,
  argMin(source_ip, time) AS first_address, argMin(tuple(exhibit, member, unit, toUInt32(n), toString(time)), time) AS first,
  argMax(tuple(exhibit, member, unit, toUInt32(n), toString(time)), time) AS last
FROM (
  SELECT host, page, number, source_ip, bytes_out, exhibit, member, unit, n, time, toDate(time) AS day, fields['sc-status'] = '200' AS answered,
    lagInFrame(number, 1, number) OVER (PARTITION BY host, page ORDER BY time, n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
  FROM (
    SELECT *, toUInt64OrZero(extract(fields['cs-uri-stem'], '/([0-9]{4,18})/?$')) AS number,
      replaceRegexpOne(fields['cs-uri-stem'], '/[0-9]{4,18}/?$', '') AS page
    FROM events PREWHERE ${inPeriod} AND category = 'webserver' WHERE match(fields['cs-uri-stem'], '/[0-9]{4,18}/?$')))
GROUP BY host, page, day
HAVING numbers >= {least:UInt32} AND rising >= 0.7 * requests
ORDER BY day, host, page
LIMIT 10000`

interface CountedRow {
  readonly host: string
  readonly page: string
  readonly day: string
  readonly requests: string
  readonly numbers: string
  readonly addresses: string
  readonly bytes: string
  readonly answered: string
  readonly first_address: string
  readonly first: readonly [string, string, string, number, string]
  readonly last: readonly [string, string, string, number, string]
}

const leastNumbers = 60
const step = 25
/** One count shared by so many addresses is nobody's ordinary client. */
const manyAddresses = 5

/** What a count shared by many addresses is worth when it is as short as counts, and at most; a bit more each time it is twice as long. */
const sharedBits = { least: 8, most: 12 } as const

/** Records of an interface asked for in the order of their numbers; from many addresses that share one count it counts most. */
export async function countedUp({ engine, loads, from, to, fileOf }: OddSearch): Promise<Sighting[]> {
  const rows = await engine.rows<CountedRow>(countedSql, { loads, from, to, least: leastNumbers, step })
  return rows.map((row) => {
    const many = Number(row.addresses) >= manyAddresses
    const numbers = Number(row.numbers)
    const cite = (at: CountedRow['first']): ReturnType<typeof citeOf> => {
      const [exhibit, member, unit, n, time] = at
      const cited: CitedRow = { exhibit, member, unit, at_n: n, at_time: time }
      return citeOf(cited, fileOf)
    }
    const from = many ? `${row.addresses} addresses that share one count` : row.first_address
    return oddSighting({
      time: isoOf(row.first[4]),
      host: row.host,
      account: '',
      sourceIp: many ? '' : row.first_address,
      rule: many ? 'records-counted-up-from-many-addresses' : 'records-counted-up',
      title: many ? 'Records Asked For by Counting Up, From Many Addresses' : 'Records Asked For by Counting Up',
      bits: many ? Math.min(sharedBits.most, sharedBits.least + Math.log2(numbers / leastNumbers)) : 4,
      ...(many ? {} : { byLevel: true as const }),
      tactics: ['collection'],
      techniques: ['T1213', 'T1119'],
      eventClass: 'http',
      bytesOut: Number(row.bytes),
      entry: {
        kind: 'api',
        text: `It begins at the interface ${row.page} of ${row.host}: records were asked for in the order of their numbers by ${from}. No host need have been broken into for that.`,
      },
      detail: `, ${row.page}: ${numbers.toLocaleString('en-US')} different numbers, ${Number(row.answered).toLocaleString('en-US')} answered, ${size(Number(row.bytes))}, by ${from}`,
      cite: cite(row.first),
      restsOn: { events: Number(row.requests), cites: [cite(row.first), cite(row.last)] },
    })
  })
}
