import type { Lake } from '../store/index.ts'
import { logQValues } from './false-discovery.ts'
import { level } from './level.ts'
import { logNegativeBinomialTail } from './negative-binomial.ts'

/** A day on which an account read far more subscribers than it does. */
export interface BusyDay {
  readonly account: string
  readonly day: string
  readonly subscribers: number
  /** Median of the account's days, drawn towards that of its team. */
  readonly usual: number
  readonly logP: number
  readonly logQ: number
  readonly cites: readonly (readonly [string, string])[]
}

/** Days of the team that weigh as much as the account's own, and days from which on an account's busy days are its habit. */
const [drawn, habitDays] = [5, 5]

interface AccountRow {
  readonly account: string
  readonly team: string
  readonly days: readonly (readonly [day: string, subscribers: number])[]
}

/** Test S5 (rule B1): account-days with more distinct subscribers than the account's own and its team's days lead to expect. */
export async function busyDays(
  lake: Lake,
  options: { readonly days: string; readonly tested: string },
): Promise<{
  readonly days: readonly BusyDay[]
  readonly habits: readonly string[]
}> {
  const rows = await lake.engine.rows<AccountRow>(
    `SELECT c.account AS account, t.team AS team, arraySort(groupArray((toString(c.day), c.c))) AS days
     FROM (SELECT toString(account) AS account, day, toUInt32(count()) AS c FROM lookup_days WHERE load_id = {days:UInt64} GROUP BY account, day) AS c
     LEFT JOIN (SELECT toString(account) AS account, toString(min(team)) AS team FROM lookup_tested WHERE load_id = {tested:UInt64} GROUP BY account) AS t
       ON t.account = c.account
     GROUP BY account, team ORDER BY account`,
    options,
  )
  const medians = new Map(
    [...Map.groupBy(rows, (row) => row.team)].map(([team, some]) => [
      team,
      median(some.flatMap((row) => row.days.map(([, c]) => c))),
    ]),
  )
  const usualOf = (row: AccountRow): number =>
    (median(row.days.map(([, c]) => c)) * row.days.length + (medians.get(row.team) ?? 1) * drawn) / (row.days.length + drawn)
  const size = sizeOf(rows, usualOf)
  const all = rows.flatMap((row) => {
    const usual = Math.max(0.5, usualOf(row))
    return row.days.map(([day, subscribers]) => ({
      account: row.account,
      day,
      subscribers,
      usual,
      logP: subscribers <= 2 * usual ? 0 : logNegativeBinomialTail({ mean: usual, size, k: subscribers }),
    }))
  })
  const logQ = logQValues(
    all.map((one) => ({ logP: one.logP, count: 1 })),
    all.length,
  )
  const found = all.flatMap((one, at) => ((logQ[at] ?? 0) <= Math.log(level) ? [{ ...one, logQ: logQ[at] ?? 0 }] : []))
  const byAccount = Map.groupBy(found, (one) => one.account)
  const habits = [...byAccount].filter(([, days]) => days.length >= habitDays).map(([account]) => account)
  const told = found.filter((one) => !habits.includes(one.account))
  return { days: await cited(lake, options.days, told), habits: habits.sort() }
}

async function cited(lake: Lake, load: string, told: readonly Omit<BusyDay, 'cites'>[]): Promise<BusyDay[]> {
  if (told.length === 0) return []
  const rows = await lake.engine.rows<{ key: string; cites: [string, string][] }>(
    `SELECT concat(toString(day), ' ', toString(account)) AS key, groupArraySorted(20)(cites[1]) AS cites FROM lookup_days
     WHERE load_id = {days:UInt64} AND has({keys:Array(String)}, concat(toString(day), ' ', toString(account))) GROUP BY key`,
    { days: load, keys: told.map((one) => `${one.day} ${one.account}`) },
  )
  const cites = new Map(rows.map((row) => [row.key, row.cites]))
  return told.map((one) => ({ ...one, cites: cites.get(`${one.day} ${one.account}`) ?? [] }))
}

/** Size of the negative binomial that days have about what is usual, by moments of those up to four times as large. */
function sizeOf(rows: readonly AccountRow[], usualOf: (row: AccountRow) => number): number {
  let over = 0
  let squares = 0
  for (const row of rows) {
    const usual = Math.max(0.5, usualOf(row))
    for (const [, c] of row.days) {
      if (c > 4 * usual + 4) continue
      over += (c - usual) ** 2 - usual
      squares += usual * usual
    }
  }
  return over <= 0 ? 1e6 : Math.max(0.5, squares / over)
}

function median(values: readonly number[]): number {
  const order = values.toSorted((a, b) => a - b)
  return order[Math.floor((order.length - 1) / 2)] ?? 0
}
