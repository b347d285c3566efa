import { epochMs } from '../../base/index.ts'
import type { Engine } from '../../store/index.ts'
import { bareAccount } from '../names.ts'
import { learningDays } from '../odd/rarity.ts'
import { isoOf } from '../cited.ts'
import type { LoginPath } from './login-path.ts'

/** First login of each account on each host. */
const firstSql = `
SELECT account, splitByChar('|', substring(dst, 6))[1] AS host, toString(min(t0)) AS first FROM edges_into
WHERE load_id = {load:UInt64} AND kind IN ('logon', 'uses') AND startsWith(dst, 'sess:') AND account != ''
GROUP BY account, host`

/** Days with logins that tell where an account is at home. */
const homeDays = 5
const homesSql = `
SELECT substring(node, 6) AS account, toFloat64(max(home_days / days)) AS share FROM account_names
WHERE load_id = {load:UInt64} AND days >= {least:UInt32} GROUP BY account`

/**
 * Share of an account's days with logins that come from the origin of most of them, 0 to 1: what is new says much of an account with a home and nothing of
 * one that comes from everywhere. 1 where too few days tell.
 */
export async function homeShares({
  engine,
  load,
}: {
  readonly engine: Engine
  /** Load of the edges. */
  readonly load: string
}): Promise<(account: string) => number> {
  const rows = await engine.rows<{ account: string; share: number }>(homesSql, { load, least: homeDays })
  const shares = new Map(rows.map((row) => [row.account, row.share]))
  return (account) => shares.get(account.toLowerCase()) ?? 1
}

const dayMs = 86_400_000
/** Of the same visit: a login of the path itself is no earlier one. */
const sameVisitMs = 3_600_000

/** Tells of a path whether the account that it begins under had been on its last host before; where the logs tell so of a week or more. */
export async function accessKnown(options: {
  readonly engine: Engine
  /** Load of the edges. */
  readonly load: string
  /** When the logs begin. */
  readonly since: string
}): Promise<(path: LoginPath) => boolean | undefined> {
  const { engine, load, since } = options
  const rows = await engine.rows<{ account: string; host: string; first: string }>(firstSql, { load })
  const first = new Map<string, number>()
  for (const row of rows) {
    const key = `${bareAccount(row.account)} ${row.host}`
    first.set(key, Math.min(first.get(key) ?? Number.POSITIVE_INFINITY, epochMs(isoOf(row.first))))
  }
  return ({ logins }) => {
    const [begin, last] = [logins[0], logins.at(-1)]
    if (begin === undefined || last === undefined) return undefined
    if (epochMs(begin.time) - epochMs(since) < learningDays * dayMs) return undefined
    const known = first.get(`${bareAccount(begin.account)} ${last.to}`)
    return known !== undefined && known < epochMs(begin.time) - sameVisitMs
  }
}
