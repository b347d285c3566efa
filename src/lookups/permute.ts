import type { Lake } from '../store/index.ts'
import { loadKey } from './load.ts'
import { lookupTested } from './tables.ts'

/**
 * A log in which nobody is singled out on purpose: accounts are exchanged within team and day, the lack of a reason within the day (rule N1).
 * Gives its load of `lookup_tested`; the same tested load and number give the same permutation.
 */
export async function permuted(lake: Lake, options: { readonly tested: string; readonly number: number }): Promise<string> {
  const key = loadKey('days:permuted', { tested: options.tested, number: options.number })
  const { id } = await lake.load({ key, tables: [lookupTested] }, (writer) =>
    lake.engine.run(
      `INSERT INTO lookup_tested (load_id, subscriber, account, team, day, unexplained)
       SELECT {load:UInt64}, one.1, one.2, t, day, one.3 FROM (
         SELECT t, day, arraySort(groupArray((s, a, g))) AS read, arrayJoin(arrayZip(read.1, arrayShuffle(read.2, {other:UInt64}), read.3)) AS one
         FROM (
           SELECT day, drawn.1 AS s, drawn.2 AS a, drawn.3 AS t, drawn.4 AS g FROM (
             SELECT day, arraySort(groupArray((subscriber, toString(account), toString(team), unexplained))) AS whole,
               arrayJoin(arrayZip(whole.1, whole.2, whole.3, arrayShuffle(whole.4, {seed:UInt64}))) AS drawn
             FROM lookup_tested WHERE load_id = {tested:UInt64} GROUP BY day
           )
         ) GROUP BY t, day
       )`,
      { load: writer.loadId, tested: options.tested, seed: options.number * 1_000_003, other: options.number * 7_000_003 },
    ),
  )
  return id
}
