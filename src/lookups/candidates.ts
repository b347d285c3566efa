import type { Lake } from '../store/index.ts'
import { ordinals, type Names } from './names.ts'
import type { Cell } from './prior.ts'
import type { Candidate } from './reader-graph.ts'
import type { TestedRows } from './tested.ts'
import { tokenText } from './token-sql.ts'

/** Most subscribers whose reads are looked at account by account: those least likely by S1. */
const mostCandidates = 150_000

/** How many subscribers have X explained and U unexplained days; `subscribers` is a load of `lookup_subscribers`. */
export async function cellTable(lake: Lake, subscribers: string): Promise<Cell[]> {
  const rows = await lake.engine.rows<{ x: number; u: number; c: string }>(
    `SELECT x, u, count() AS c FROM lookup_subscribers WHERE load_id = {subscribers:UInt64} AND x + u > 0 GROUP BY x, u ORDER BY x, u`,
    { subscribers },
  )
  return rows.map((row) => ({ x: row.x, u: row.u, count: Number(row.c) }))
}

/** The subscribers with two unexplained days or more, of the least likely cells, with the accounts that read them; by their first tested read. */
export async function candidatesOf(
  lake: Lake,
  options: {
    readonly tested: TestedRows
    readonly subscribers: string
    readonly names: Names
    readonly cells: readonly Cell[]
    readonly logP: readonly number[]
  },
): Promise<Candidate[]> {
  const order = options.cells
    .map((cell, at) => ({ ...cell, logP: options.logP[at] ?? 0 }))
    .filter((cell) => cell.u >= 2)
    .sort((a, b) => a.logP - b.logP)
  const taken: (readonly [number, number])[] = []
  let many = 0
  for (const cell of order) {
    if (taken.length > 0 && many + cell.count > mostCandidates) break
    many += cell.count
    taken.push([cell.x, cell.u])
  }
  if (taken.length === 0) return []
  const rows = await lake.engine.rows<CandidateRow>(
    `SELECT ${tokenText('subscriber')} AS token, min((toUInt16(day), place)) AS first, toString(first.2) AS met, arraySort(groupArrayIf((account, toUInt16(day)), unexplained = 1)) AS reads,
       arraySort(groupUniqArrayIf(account, unexplained = 0)) AS known, arraySort(groupUniqArrayIf(toUInt16(day), unexplained = 0)) AS explained
     FROM (${options.tested.sql}) WHERE kept AND subscriber IN (
       SELECT subscriber FROM lookup_subscribers WHERE load_id = {subscribers:UInt64} AND u >= 2
         AND has({cells:Array(UInt64)}, bitOr(bitShiftLeft(toUInt64(x), 32), u))
     ) GROUP BY subscriber ORDER BY first, reads, known, explained, subscriber`,
    {
      ...options.tested.params,
      subscribers: options.subscribers,
      cells: taken.map(([x, u]) => (BigInt(x) << 32n) | BigInt(u)),
    },
  )
  const { accounts } = options.names
  return rows.map((row) => {
    const days = new Map<number, number>()
    for (const [account] of row.reads) days.set(account, (days.get(account) ?? 0) + 1)
    const known = new Set(row.known)
    return {
      subscriber: row.token,
      ...(row.met === '0' ? {} : { place: placeOf(options.names, row.met) }),
      x: row.explained.length,
      u: new Set(row.reads.map(([, day]) => day)).size,
      readers: [...days].map(([account, count]) => ({
        account: accounts[account] ?? '',
        days: count,
        known: known.has(account),
      })),
      reads: row.reads.map(([account, day]) => [accounts[account] ?? '', day] as const),
      explained: row.explained,
    }
  })
}

/** The record of a packed cite as text: the same whichever other exhibits are reviewed. */
function placeOf(names: Names, cite: string): string {
  const packed = BigInt(cite)
  return `${names.sources[Number(packed >> 48n)] ?? ''} ${packed & BigInt(ordinals)}`
}

interface CandidateRow {
  readonly token: string
  readonly met: string
  readonly reads: readonly (readonly [account: number, day: number])[]
  readonly known: readonly number[]
  readonly explained: readonly number[]
}
