import type { Lake } from '../store/index.ts'
import { logQValues } from './false-discovery.ts'
import { level } from './level.ts'
import { recordOf } from './cites-of-days.ts'
import { logNegativeBinomialTail } from './negative-binomial.ts'
import { countsRead, daysRead, ofDays, type DaysOf } from './read-days.ts'

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
  readonly account: number
  readonly team: number
  /** Days since 1970. */
  readonly days: readonly (readonly [day: number, subscribers: number])[]
}

/** Test S5 (rule B1): account-days with more distinct subscribers than the account's own and its team's days lead to expect. */
export async function busyDays(
  lake: Lake,
  options: DaysOf & { readonly accounts: readonly number[] },
): Promise<{
  readonly days: readonly BusyDay[]
  readonly habits: readonly string[]
}> {
  const rows = await lake.engine.rows<AccountRow>(
    `SELECT account, if(account IN ({tested:Array(UInt32)}), any(of), 0) AS team, arraySort(groupArray((toUInt16(day), c))) AS days
     FROM (SELECT account, any(team) AS of, day, toUInt32(sum(c.reads)) AS c FROM ${countsRead} AS c GROUP BY account, day)
     GROUP BY account ORDER BY account`,
    { ...ofDays(options), tested: options.accounts },
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
  const nameOf = (account: number): string => options.names.accounts[account] ?? ''
  const byAccount = Map.groupBy(found, (one) => one.account)
  const habits = [...byAccount].filter(([, days]) => days.length >= habitDays).map(([account]) => account)
  const told = found
    .filter((one) => !habits.includes(one.account))
    .map((one) => ({ ...one, day: new Date(one.day * 86_400_000).toISOString().slice(0, 10) }))
  return { days: await cited(lake, { ...options, told }), habits: habits.map(nameOf).sort() }
}

async function cited(
  lake: Lake,
  options: DaysOf & {
    readonly told: readonly (Omit<BusyDay, 'cites' | 'account'> & { readonly account: number })[]
  },
): Promise<BusyDay[]> {
  const { told, names } = options
  if (told.length === 0) return []
  const rows = await lake.engine.rows<{ on: string; account: number; cites: string[] }>(
    `SELECT toString(day) AS on, account, groupArraySorted(20)(cite) AS cites FROM ${daysRead}
     WHERE account IN ({told:Array(UInt32)}) AND has({keys:Array(String)}, concat(toString(day), ' ', toString(account)))
     GROUP BY day, account`,
    {
      ...ofDays(options),
      told: [...new Set(told.map((one) => one.account))],
      keys: told.map((one) => `${one.day} ${one.account}`),
    },
  )
  const cites = new Map(rows.map((row) => [`${row.on} ${row.account}`, row.cites]))
  return told.map((one) => ({
    ...one,
    account: names.accounts[one.account] ?? '',
    cites: (cites.get(`${one.day} ${one.account}`) ?? []).map((cite) => recordOf(names, cite)),
  }))
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
