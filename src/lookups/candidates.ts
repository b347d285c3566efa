import type { Lake } from '../store/index.ts'
import type { Cell } from './prior.ts'
import type { Candidate } from './reader-graph.ts'

/** Most subscribers whose reads are looked at account by account: those least likely by S1. */
const mostCandidates = 150_000

/** How many subscribers have X explained and U unexplained days. */
export async function cellTable(lake: Lake, tested: string): Promise<Cell[]> {
  const rows = await lake.engine.rows<{ x: string; u: string; c: string }>(
    `SELECT x, u, count() AS c FROM (
       SELECT subscriber, uniqExactIf(day, unexplained = 0) AS x, uniqExactIf(day, unexplained = 1) AS u
       FROM lookup_tested WHERE load_id = {tested:UInt64} GROUP BY subscriber
     ) GROUP BY x, u ORDER BY x, u SETTINGS optimize_aggregation_in_order = 1`,
    { tested },
  )
  return rows.map((row) => ({ x: Number(row.x), u: Number(row.u), count: Number(row.c) }))
}

/** The subscribers with two unexplained days or more, of the least likely cells, with the accounts that read them; by token. */
export async function candidatesOf(
  lake: Lake,
  options: { readonly tested: string; readonly cells: readonly Cell[]; readonly logP: readonly number[] },
): Promise<Candidate[]> {
  const order = options.cells
    .map((cell, at) => ({ ...cell, logP: options.logP[at] ?? 0 }))
    .filter((cell) => cell.u >= 2)
    .sort((a, b) => a.logP - b.logP)
  const taken: string[] = []
  let many = 0
  for (const cell of order) {
    if (taken.length > 0 && many + cell.count > mostCandidates) break
    many += cell.count
    taken.push(`${cell.x}/${cell.u}`)
  }
  if (taken.length === 0) return []
  const rows = await lake.engine.rows<CandidateRow>(
    `SELECT subscriber, toString(uniqExactIf(day, unexplained = 0)) AS x, toString(uniqExactIf(day, unexplained = 1)) AS u,
       arraySort(groupArrayIf((toString(account), toUInt16(day)), unexplained = 1)) AS reads,
       groupUniqArrayIf(toString(account), unexplained = 0) AS known,
       arraySort(groupUniqArrayIf(toUInt16(day), unexplained = 0)) AS explained
     FROM lookup_tested WHERE load_id = {tested:UInt64} GROUP BY subscriber
     HAVING countIf(unexplained = 1) >= 2 AND has({cells:Array(String)}, concat(x, '/', u)) ORDER BY subscriber
     SETTINGS optimize_aggregation_in_order = 1`,
    { tested: options.tested, cells: taken.sort() },
  )
  return rows.map((row) => {
    const days = new Map<string, number>()
    for (const [account] of row.reads) days.set(account, (days.get(account) ?? 0) + 1)
    const known = new Set(row.known)
    return {
      subscriber: row.subscriber,
      x: Number(row.x),
      u: Number(row.u),
      readers: [...days].map(([account, count]) => ({ account, days: count, known: known.has(account) })),
      reads: row.reads,
      explained: row.explained,
    }
  })
}

interface CandidateRow {
  readonly subscriber: string
  readonly x: string
  readonly u: string
  readonly reads: readonly (readonly [string, number])[]
  readonly known: readonly string[]
  readonly explained: readonly number[]
}
