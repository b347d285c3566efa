import { limits } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import type { CiteOf } from './exhibit-cite.ts'
import type { LookupReview, WatchedSubscriber } from './review.ts'

/** Accounts that read watched subscribers without a recorded reason, most of them first. Accounts are logins, not persons. */
export async function accountsOf(
  lake: Lake,
  options: { readonly days: string; readonly watched: readonly WatchedSubscriber[]; readonly cite: CiteOf },
): Promise<LookupReview['accounts']> {
  if (options.watched.length === 0) return []
  const rows = await lake.engine.rows<{
    account: string
    watched: string
    unexplained: string
    read: string
    cites: [string, string][]
  }>(
    `SELECT account, toString(uniqExactIf(subscriber, grade < 2 AND has({watched:Array(String)}, subscriber))) AS watched,
       toString(countIf(grade < 2)) AS unexplained, toString(count()) AS read,
       arraySlice(arraySort(arrayFlatten(groupArrayIf(cites, grade < 2 AND has({watched:Array(String)}, subscriber)))), 1, {most:UInt32}) AS cites
     FROM lookup_days WHERE load_id = {days:UInt64} GROUP BY account HAVING toUInt64(watched) > 0 ORDER BY toUInt64(watched) DESC, account`,
    { days: options.days, watched: options.watched.map((one) => one.subscriber), most: limits.citesPerSentence },
  )
  return rows.map((row) => {
    const cites = row.cites.map(([source, n]) => options.cite(source, Number(n)))
    return {
      account: row.account,
      watched: Number(row.watched),
      unexplained: Number(row.unexplained),
      kind: 'read-watched-subscribers',
      grounds: [
        {
          text: `This account read ${row.watched} of the ${options.watched.length} watched subscribers without a recorded reason.`,
          cites,
        },
        { text: `Of its ${row.read} subscriber-days of reading, ${row.unexplained} have no recorded reason.`, cites },
      ],
    }
  })
}
