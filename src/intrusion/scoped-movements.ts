import type { Engine } from '../store/index.ts'
import type { AddressNames } from './address-names.ts'
import { citeOf } from './cited.ts'
import { compare, isTelling } from './cluster.ts'
import { movementOf, movementsOf, nameDatabases, type MovementRow, type Reading } from './movement-rows.ts'
import type { Move } from './moves/control.ts'
import { bareAccount } from './names.ts'
import type { Movement, ObjectRead, Sighting } from './sighting.ts'
import { explicitHostsSql, movementsSql, readsSql, type ReadRow } from './sql.ts'

/** Rows of one answer at most; where there are more, one record stands for a day instead of an hour. */
const mostRows = 200_000
const [hour, day] = [3600, 86_400]

/** What movements and reads are looked for. */
interface MovementSearch {
  readonly engine: Engine
  /** Loads, and the time around what was seen. */
  readonly period: { readonly loads: readonly string[]; readonly from: string; readonly to: string }
  readonly seen: readonly Sighting[]
  readonly moves: readonly Move[]
  readonly names: AddressNames
  readonly reading: Reading
}

/**
 * What stories can be made of beside what was seen: moves from and to the hosts where something was, and all those of the accounts under which it was, on any
 * host: what is usual is told by their other days. Of the rest of the estate nothing is read. Then what was read in databases from where these moves led.
 */
export async function scopedMovements(
  search: MovementSearch,
): Promise<{ readonly movements: readonly Movement[]; readonly reads: readonly ObjectRead[] }> {
  const { engine, period, seen, moves, names, reading } = search
  const hosts = new Set(seen.flatMap((one) => [one.host, one.controlledFrom ?? '', one.from ?? '']).filter((host) => host !== ''))
  const control = moves.filter((move) => hosts.has(move.to) || hosts.has(move.from))
  const accounts = tellingOf([...seen, ...control])
  const rows = await rowsOf(search, { hosts, accounts })
  // A login of a database is used from a host by whoever works there: that account's other days tell whether it is usual.
  const clients = new Map(seen.flatMap((one) => (one.from === undefined ? [] : [[`${one.from} ${one.host}`, one] as const])))
  const first = rows.flatMap((row) => movementOf(row, reading))
  const behind = tellingOf(first.filter((move) => clients.has(`${move.from} ${move.to}`))).filter(
    (one) => !accounts.includes(one),
  )
  const more = behind.length === 0 ? [] : await rowsOf(search, { hosts: new Set(), accounts: behind })
  const known = new Set(rows.map(keyOf))
  const added = more.filter((row) => !known.has(keyOf(row)))
  const all = added.length === 0 ? first : [...rows, ...added].toSorted(inOrder).flatMap((row) => movementOf(row, reading))
  const movements = nameDatabases([...moves.flatMap(movementsOf), ...all])
  const places = new Set([...hosts, ...movements.flatMap((move) => [move.from, move.to])])
  const reads = await engine.rows<ReadRow>(readsSql, {
    ...period,
    hosts: [...places].sort(),
    addresses: names.addressesOf(places).sort(),
    accounts,
  })
  return { movements, reads: reads.map((row) => readOf(row, reading)) }
}

function tellingOf(all: readonly { readonly account: string }[]): string[] {
  return [...new Set(all.flatMap((one) => (isTelling(one.account) ? [bareAccount(one.account)] : [])))].sort()
}

async function rowsOf(
  { engine, period, names }: MovementSearch,
  { hosts, accounts }: { readonly hosts: ReadonlySet<string>; readonly accounts: readonly string[] },
): Promise<readonly MovementRow[]> {
  const explicit = await engine.rows<{ host: string }>(explicitHostsSql, { loads: period.loads, accounts })
  const ask = (every: number): Promise<MovementRow[]> =>
    engine.rows<MovementRow>(movementsSql, {
      ...period,
      hosts: [...hosts].sort(),
      addresses: names.addressesOf(hosts).sort(),
      accounts,
      explicit: explicit.map((one) => one.host),
      every,
      most: mostRows,
    })
  const rows = await ask(hour)
  return rows.length < mostRows ? rows : ask(day)
}

function keyOf({ exhibit, member, at_n }: MovementRow): string {
  return `${exhibit} ${member} ${at_n}`
}

function inOrder(a: MovementRow, b: MovementRow): number {
  return compare(a.at_time, b.at_time) || compare(a.host, b.host) || compare(keyOf(a), keyOf(b))
}

function readOf(row: ReadRow, { nameOf, timeOf, fileOf }: Reading): ObjectRead {
  return {
    time: timeOf(row.host, row.at_time),
    host: row.host,
    from: nameOf(row.source_ip),
    account: row.account,
    object: row.object,
    cite: citeOf(row, fileOf),
  }
}
