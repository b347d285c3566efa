import type { Lake } from '../store/index.ts'
import { loadKey } from './load.ts'
import { firstTeams, teamOfSql, type Names } from './names.ts'
import { lookupPermuted, lookupRests } from './review-tables.ts'
import { keepRests } from './superseded.ts'
import type { TestedRows } from './tested.ts'

/** Tested days that one pass draws from: the days of the log are taken a few at a time. */
const rowsPerPass = 4_000_000

/**
 * A log in which nobody is singled out on purpose: accounts are exchanged within team and day, the lack of a reason within the day (rule N1).
 * The same tested rows and number give the same permutation: rows are drawn in the order of their records, which no key of tokens moves.
 */
export async function permuted(
  lake: Lake,
  options: { readonly tested: TestedRows; readonly names: Names; readonly number: number },
): Promise<TestedRows> {
  const { tested, number, names } = options
  const key = loadKey('days:permuted', { tested: tested.key, number })
  const { id } = await lake.load({ key, tables: [lookupPermuted, lookupRests] }, async (writer) => {
    await keepRests(lake, [{ load: writer.loadId, week: 0, on: tested.days }])
    const passes = Math.max(1, Math.min(tested.period, Math.ceil(tested.rows / rowsPerPass)))
    for (let pass = 0; pass < passes; pass += 1)
      await lake.engine.run(
        `INSERT INTO lookup_permuted (load_id, subscriber, account, day, unexplained)
         SELECT {load:UInt64}, one.1, one.2, day, one.3 FROM (
           SELECT t, day, arraySort(groupArray((at, s, a, g))) AS read, arrayJoin(arrayZip(read.2, arrayShuffle(read.3, {other:UInt64}), read.4)) AS one
           FROM (
             SELECT day, drawn.1 AS at, drawn.2 AS s, drawn.3 AS a, ${teamOfSql.replace('account', 'a')} AS t, drawn.4 AS g FROM (
               SELECT day, arraySort(groupArray((place, unexplained, account, subscriber))) AS whole,
                 arrayJoin(arrayZip(arrayEnumerate(whole), whole.4, whole.3, arrayShuffle(whole.2, {seed:UInt64}))) AS drawn
               FROM (${tested.sql}) WHERE kept AND toUInt16(day) BETWEEN {since:UInt16} AND {until:UInt16} GROUP BY day
             )
           ) GROUP BY t, day
         )`,
        {
          ...tested.params,
          load: writer.loadId,
          teamOf: firstTeams(names),
          seed: number * 1_000_003,
          other: number * 7_000_003,
          since: tested.first + Math.floor((tested.period * pass) / passes),
          until: tested.first + Math.floor((tested.period * (pass + 1)) / passes) - 1,
        },
      )
  })
  return {
    ...tested,
    key,
    sql: 'SELECT subscriber, account, day, unexplained, toUInt64(0) AS place, 1 AS kept FROM lookup_permuted WHERE load_id = {permuted:UInt64}',
    params: { permuted: id },
  }
}
