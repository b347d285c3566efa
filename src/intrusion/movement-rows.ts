import { epochMs } from '../base/index.ts'
import { citeOf, type CitedRow } from './cited.ts'
import type { Move } from './moves/control.ts'
import { isAddress, shortName } from './names.ts'
import type { Movement } from './sighting.ts'

/** What `movementsSql` gives. */
export interface MovementRow extends CitedRow {
  readonly host: string
  readonly account: string
  readonly source_ip: string
  readonly target_ip: string
  readonly target_port: number
  readonly event_id: string
  readonly class: string
  readonly logon_type: string
  readonly workstation: string
  readonly target_server: string
  readonly target_account: string
}

/** How rows are read: whose an address is, what time a host's record tells, which file an exhibit is. */
export interface Reading {
  readonly nameOf: (address: string) => string
  readonly timeOf: (host: string, text: string) => string
  readonly fileOf: (sha256: string) => string
}

/** A client's connection and the statements of its session lie no further apart. */
const sameSessionMs = 15 * 60_000

/** One host reaching another, as one record says it; none when it names no source. */
export function movementOf(row: MovementRow, { nameOf, timeOf, fileOf }: Reading): Movement[] {
  const shared = { time: timeOf(row.host, row.at_time), cite: citeOf(row, fileOf), account: row.account }
  if (row.class === 'network')
    return [{ ...shared, from: row.host, to: nameOf(row.target_ip), means: 'connection', certainty: 0.3 }]
  if (row.class === 'datastore')
    return [
      {
        ...shared,
        from: row.source_ip === '' ? shortName(row.workstation) : nameOf(row.source_ip),
        to: row.host,
        means: 'database session',
        certainty: 0.9,
      },
    ]
  if (row.event_id === '4648') {
    const account = row.target_account === '\\' ? row.account : row.target_account.toLowerCase()
    return [
      { ...shared, account, from: row.host, to: shortName(row.target_server), means: 'explicit credentials', certainty: 0.45 },
    ]
  }
  const from = row.source_ip === '' ? shortName(row.workstation) : nameOf(row.source_ip)
  if (from === '' || from === '-') return []
  if (row.event_id === '5145') return [{ ...shared, from, to: row.host, means: 'admin share', certainty: 0.4 }]
  return row.logon_type === '10'
    ? [{ ...shared, from, to: row.host, means: 'remote desktop', certainty: 0.8 }]
    : [{ ...shared, from, to: row.host, means: 'network logon', certainty: row.source_ip === '' ? 0.25 : 0.4 }]
}

/** A move with each of its cites, as the hops of a story take it. */
export function movementsOf({ means, certainty, cites, ...move }: Move): Movement[] {
  return cites.slice(0, 1).map((cite) => ({ ...move, means: means.join(', '), control: true, certainty, cite }))
}

/** A database server often logs no connection of its own: its address is the one that a client reached when its session began. */
export function nameDatabases(movements: readonly Movement[]): Movement[] {
  const sessions = Map.groupBy(
    movements.filter((one) => one.means === 'database session'),
    (one) => one.from,
  )
  return movements.map((one) => {
    if (one.means !== 'connection' || !isAddress(one.to)) return one
    const near = (sessions.get(one.from) ?? []).filter(
      (each) => Math.abs(epochMs(each.time) - epochMs(one.time)) <= sameSessionMs,
    )
    const [session] = near
    return session === undefined || near.some((each) => each.to !== session.to) ? one : { ...one, to: session.to }
  })
}
