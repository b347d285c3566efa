import type { Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import type { Sample } from './sample.ts'
import { tokenColumns, tokenTag } from './tokenise.ts'

/** A sample row met in a copy by at least one identifier. Bit i of the masks is comparison i of the linkage. */
export interface Link {
  /** Row in the sample, row in the copy. */
  readonly n: number
  readonly row: number
  /** The version's first day and the first day after it, days since 1970-01-01. */
  readonly from: number
  readonly to: number
  /** Both have a value; both have the same value. */
  readonly compared: number
  readonly equal: number
}

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
}

/** An identifier that stands on more rows than this singles nobody out and links nothing (rule P4). */
const sharedBy = 100
/** Comparisons that fit the bit masks. */
const mostComparisons = 30

/** Joins the sample's identifier tokens with a copy's, in the engine, the sample on the right side; one row per link comes back. */
export async function linkSample(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly copy: Copy
  readonly loadId: string
}): Promise<Linkage> {
  const { lake, sample, copy, loadId } = options
  const held = tokenColumns(copy.columns)
  const idTags = held.ids.map(({ meaning }) => tokenTag(meaning))
  const fieldTags = held.fields.map(({ meaning }) => tokenTag(meaning))
  const pairs = [...pairsOf(sample.idTags, idTags, 'ids'), ...pairsOf(sample.fieldTags, fieldTags, 'fields')].slice(
    0,
    mostComparisons,
  )
  const params = { copy: loadId, sample: sample.loadId }
  const none = "toFixedString('', 16)"
  const both = (pair: Pair): string => `(h.${pair.array}[${pair.there}] != ${none} AND s.${pair.array}[${pair.here}] != ${none})`
  const mask = (test: (pair: Pair) => string): string =>
    pairs.length === 0 ? 'toUInt32(0)' : pairs.map((pair, bit) => `bitShiftLeft(toUInt32(${test(pair)}), ${bit})`).join(' + ')
  const sampleIds = 'SELECT arrayJoin(ids) AS id FROM sample_rows WHERE load_id = {sample:UInt64}'
  const sql = `
    WITH
      links AS (SELECT id FROM (SELECT n, arrayJoin(ids) AS id FROM holdings WHERE load_id = {copy:UInt64})
        WHERE id != ${none} AND id IN (${sampleIds}) GROUP BY id HAVING uniqExact(n) <= ${sharedBy}),
      met AS (SELECT DISTINCT n FROM (SELECT n, arrayJoin(ids) AS id FROM holdings WHERE load_id = {copy:UInt64}) WHERE id IN (SELECT id FROM links))
    SELECT DISTINCT s.n AS n, h.n AS row, h.valid_from AS \`from\`, h.valid_to AS \`to\`,
      ${mask(both)} AS compared,
      ${mask((pair) => `${both(pair)} AND h.${pair.array}[${pair.there}] = s.${pair.array}[${pair.here}]`)} AS equal
    FROM (SELECT n, ids, fields, valid_from, valid_to, arrayJoin(ids) AS id FROM holdings
      WHERE load_id = {copy:UInt64} AND n IN (SELECT n FROM met)) AS h
    INNER JOIN (SELECT n, ids, fields, arrayJoin(ids) AS id FROM sample_rows WHERE load_id = {sample:UInt64}) AS s ON h.id = s.id
    WHERE h.id IN (SELECT id FROM links)
    ORDER BY n, row`
  const found = held.ids.length === 0 || sample.rows.length === 0 ? [] : await lake.engine.rows<Link>(sql, params)
  const links = new Map<number, Link[]>()
  for (const link of found) {
    const list = links.get(link.n)
    if (list === undefined) links.set(link.n, [link])
    else list.push(link)
  }
  return { copy, loadId, size: Math.max(1, copy.rows), tags: pairs.map((pair) => pair.tag), links }
}

interface Pair {
  readonly tag: string
  readonly array: 'ids' | 'fields'
  /** Positions, from 1, in the sample's and in the copy's array. */
  readonly here: number
  readonly there: number
}

function pairsOf(sample: readonly string[], copy: readonly string[], array: Pair['array']): Pair[] {
  return sample.flatMap((tag, at) => {
    const there = copy.indexOf(tag)
    return there < 0 || sample.indexOf(tag) !== at ? [] : [{ tag, array, here: at + 1, there: there + 1 }]
  })
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
