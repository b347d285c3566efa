import type { Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { tokenHalf } from './holdings.ts'
import type { Link } from './link.ts'
import type { Sample } from './sample.ts'
import { comparedIn, linksIn, linksSql, mostNumbers, none, sampleSide, sharedBy, type Candidates } from './links-sql.ts'

/** How a sample meets one copy: what can be compared, and every link. */
export interface Linkage {
  readonly copy: Copy
  readonly loadId: string
  /** Rows of the copy, the |R| of the model. */
  readonly size: number
  /** Per comparison: the tag (`msisdn`, `field:plan`). */
  readonly tags: readonly string[]
  /** Links by sample row, each list sorted by copy row. */
  readonly links: ReadonlyMap<number, readonly Link[]>
  /** Rows of the whole sample that meet the copy, also those that are not compared: counted by identifiers, projected where rows are linked by weights. */
  readonly metRows: number
}

/** A look-up in the index of identifiers costs what reading this many rows of the copy costs. */
const lookUpRows = 256

/**
 * Meets the sample with a copy in the engine: the rows of the whole sample are counted, the compared ones come back with one row per link.
 * Identifiers of a small sample are looked up in the copy's index; for a large one the copy's rows are read, which costs less.
 */
export async function linkSample(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly copy: Copy
  readonly loadId: string
}): Promise<Linkage> {
  const { lake, sample, copy, loadId } = options
  const { pairs, idTags } = comparedIn(sample, copy)
  const params = { copy: loadId, sample: sample.loadId }
  const met = idTags.some((tag) => sample.idTags.includes(tag)) && sample.identified > 0
  const wide = sample.rows.length * lookUpRows > copy.rows
  const rows = !met ? undefined : wide ? rowsRead : await rowsLookedUp(lake, params)
  const links = linksIn(
    rows === undefined ? undefined : await lake.engine.bytes(linksSql(pairs, rows, sampleSide), 'RowBinary', params),
  )
  const whole = sample.rows.length >= sample.read
  return {
    copy,
    loadId,
    size: Math.max(1, copy.rows),
    tags: pairs.map((pair) => pair.tag),
    links,
    metRows: whole || !met ? links.size : await countMet(lake, params, sample.read * lookUpRows > copy.rows),
  }
}

/** Rows of the whole sample with an identifier that the copy holds (rule P4). */
async function countMet(lake: Lake, params: { readonly copy: string; readonly sample: string }, wide: boolean): Promise<number> {
  const few = wide ? `id IN (${heldIds('sample_pool')})` : `${tokenHalf('id')} IN (${fewLookedUp('sample_pool', 'id')})`
  const [row] = await lake.engine.rows<{ rows: string }>(
    `SELECT uniqExact(n) AS rows FROM sample_pool ARRAY JOIN ids AS id WHERE load_id = {sample:UInt64} AND ${few}`,
    params,
  )
  return Number(row?.rows ?? 0)
}

/** Identifiers of the sample that the copy holds on few rows, read off the copy's rows. */
function heldIds(table: 'sample_pool' | 'sample_rows'): string {
  return `SELECT id FROM (SELECT arrayJoin(ids) AS id FROM holdings WHERE load_id = {copy:UInt64})
    WHERE id IN (SELECT arrayJoin(ids) FROM ${table} WHERE load_id = {sample:UInt64}) AND id != ${none} GROUP BY id HAVING count() <= ${sharedBy}`
}

/** Identifiers of the sample in the copy's index: `id` (a half), and the rows that hold it, one more than may link at most. */
function lookedUp(table: 'sample_pool' | 'sample_rows'): string {
  return `(SELECT id, groupArray(${sharedBy + 1})(n) AS rows FROM holding_ids WHERE load_id = {copy:UInt64}
    AND id IN (SELECT ${tokenHalf('id')} FROM ${table} ARRAY JOIN ids AS id WHERE load_id = {sample:UInt64} AND id != ${none})
    GROUP BY id)`
}

function fewLookedUp(table: 'sample_pool' | 'sample_rows', what: string): string {
  return `SELECT ${what} FROM ${lookedUp(table)} WHERE length(rows) <= ${sharedBy}`
}

const rowsRead: Candidates = {
  rows: 'notEmpty(linking)',
  linking: `arrayFilter(x -> x IN (${heldIds('sample_rows')}), ids)`,
}

/** Candidates by the index; undefined when the copy holds none of the identifiers. Row numbers that fit into a statement are not looked up again. */
async function rowsLookedUp(
  lake: Lake,
  params: { readonly copy: string; readonly sample: string },
): Promise<Candidates | undefined> {
  const found = await lake.engine.bytes(
    `SELECT DISTINCT arrayJoin(if(length(rows) > ${sharedBy}, [toUInt32(0)], rows)) AS n FROM ${lookedUp('sample_rows')}`,
    'RowBinary',
    params,
  )
  const view = new DataView(found.buffer, found.byteOffset, found.byteLength)
  // A nought stands for identifiers that too many rows share.
  const rows = Array.from({ length: found.byteLength / 4 }, (_, at) => view.getUint32(at * 4, true))
  const numbers = rows.filter((row) => row > 0)
  if (numbers.length === 0) return undefined
  const few = `arrayFilter(x -> ${tokenHalf('x')} IN (${fewLookedUp('sample_rows', 'id')}), ids)`
  return {
    rows: `n IN (${numbers.length > mostNumbers ? fewLookedUp('sample_rows', 'arrayJoin(rows)') : numbers.join(', ')})`,
    linking: numbers.length === rows.length ? 'ids' : few,
  }
}

/** Rows of a copy that are valid on a day: the |R(day)| of a copy with history. */
export async function sizeOn(lake: Lake, loadId: string, day: number): Promise<number> {
  const [row] = await lake.engine.rows<{ size: string }>(
    'SELECT count() AS size FROM holdings WHERE load_id = {load:UInt64} AND valid_from <= {day:Int32} AND valid_to > {day:Int32}',
    { load: loadId, day },
  )
  return Math.max(1, Number(row?.size ?? 0))
}

/** The first day on which each linked subscriber appears, and the span of versions, are read off the links; this is the span of the whole copy. */
export async function historySpan(
  lake: Lake,
  loadId: string,
): Promise<{ readonly first: number; readonly last: number } | undefined> {
  const [row] = await lake.engine.rows<{ first: number; last: number; rows: string }>(
    `SELECT minIf(valid_from, valid_from > -100000) AS first, maxIf(valid_from, valid_from > -100000) AS last,
       countIf(valid_from > -100000) AS rows FROM holdings WHERE load_id = {load:UInt64}`,
    { load: loadId },
  )
  return row === undefined || row.rows === '0' ? undefined : { first: row.first, last: row.last }
}
