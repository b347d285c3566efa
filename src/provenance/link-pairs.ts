import type { Lake } from '../store/index.ts'
import { tokenHalf } from './holdings.ts'
import type { Link } from './link.ts'
import type { Linkage } from './linkage.ts'
import { comparedIn, halves, linksIn, linksSql, mostNumbers, none, sharedBy } from './links-sql.ts'
import type { Sample } from './sample.ts'

/** Halves of tokens that are written into a statement, and pairs of rows compared at once. */
const mostHalves = 8_000
const pairsAtOnce = 5_000

/** Which rows of copies hold an identifier, by load; identifiers are halves of tokens. One that singles nobody out is held by none (rule P4). */
export async function holdersOf(
  lake: Lake,
  loads: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>> {
  const held = new Map<string, Map<string, readonly number[]>>(loads.map((load) => [load, new Map()]))
  for (let from = 0; from < ids.length; from += mostHalves)
    for (const { load, id, rows } of await lake.engine.rows<{ load: string; id: string; rows: readonly number[] }>(
      `SELECT load_id AS load, id, arraySort(groupArray(${sharedBy + 1})(n)) AS rows FROM holding_ids
       WHERE load_id IN ({loads:Array(UInt64)}) AND id IN (${ids.slice(from, from + mostHalves).join(', ')})
       GROUP BY load_id, id HAVING length(rows) <= ${sharedBy}`,
      { loads },
    ))
      held.get(load)?.set(id, rows)
  return held
}

/** Compares sample rows with the rows of a copy they are told to go with; by sample row, in order. */
export async function linkPairs(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly linkage: Linkage
  readonly pairs: readonly { readonly n: number; readonly row: number }[]
}): Promise<ReadonlyMap<number, readonly Link[]>> {
  const { lake, sample, linkage } = options
  const { pairs: compared } = comparedIn(sample, linkage.copy)
  const links: (readonly [number, readonly Link[]])[] = []
  const told = options.pairs.toSorted((a, b) => a.n - b.n || a.row - b.row)
  for (let from = 0; from < told.length; from += pairsAtOnce) {
    const some = told.slice(from, from + pairsAtOnce)
    const numbers = (of: 'n' | 'row'): string => [...new Set(some.map((pair) => pair[of]))].join(', ')
    const side = `SELECT r.n AS n, half_ids, half_fields, p.row AS id
      FROM (SELECT n, ${halves('ids')}, ${halves('fields')} FROM sample_rows WHERE load_id = {sample:UInt64} AND n IN (${numbers('n')})) AS r
      INNER JOIN (SELECT arrayJoin(arrayZip({ns:Array(UInt32)}, {rows:Array(UInt32)})) AS pair, pair.1 AS n, pair.2 AS row) AS p ON r.n = p.n`
    const found = await lake.engine.bytes(
      linksSql(compared, { rows: `n IN (${numbers('row')})`, linking: '[n]' }, side),
      'RowBinary',
      { copy: linkage.loadId, sample: sample.loadId, ns: some.map(({ n }) => n), rows: some.map(({ row }) => row) },
    )
    links.push(...linksIn(found))
  }
  const lists = Map.groupBy(links, ([n]) => n)
  return new Map([...lists].map(([n, parts]) => [n, parts.flatMap(([, list]) => list)]))
}

/** Halves of the identifiers' tokens on rows of a copy, in the order of its identifier columns; empty where a row has none. */
export async function identifiersOf(
  lake: Lake,
  { loadId }: Linkage,
  rows: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const held = new Map<number, readonly string[]>()
  for (let from = 0; from < rows.length; from += mostNumbers)
    for (const { row, ids } of await lake.engine.rows<{ row: number; ids: readonly string[] }>(
      `SELECT n AS row, arrayMap(x -> if(x = ${none}, '', toString(${tokenHalf('x')})), ids) AS ids FROM holdings
       WHERE load_id = {copy:UInt64} AND n IN (${rows.slice(from, from + mostNumbers).join(', ')})`,
      { copy: loadId },
    ))
      held.set(row, ids)
  return held
}
