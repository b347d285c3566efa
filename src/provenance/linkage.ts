import type { Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { tokenHalf } from './holdings.ts'
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
  /** Rows of the whole sample that meet the copy, also those that are not compared: counted by identifiers, projected where rows are linked by weights. */
  readonly metRows: number
}

/** An identifier that stands on more rows than this singles nobody out and links nothing (rule P4). */
const sharedBy = 100
const none = "toFixedString('', 16)"
/** Comparisons that fit the bit masks. */
const mostComparisons = 30
/** A look-up in the index of identifiers costs what reading this many rows of the copy costs. */
const lookUpRows = 256
/** Row numbers that are written into a statement. */
const mostNumbers = 20_000

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
  const held = tokenColumns(copy.columns)
  const idTags = held.ids.map(({ meaning }) => tokenTag(meaning))
  const fieldTags = held.fields.map(({ meaning }) => tokenTag(meaning))
  const pairs = [...pairsOf(sample.idTags, idTags, 'ids'), ...pairsOf(sample.fieldTags, fieldTags, 'fields')].slice(
    0,
    mostComparisons,
  )
  const params = { copy: loadId, sample: sample.loadId }
  const met = idTags.some((tag) => sample.idTags.includes(tag)) && sample.identified > 0
  const wide = sample.rows.length * lookUpRows > copy.rows
  const rows = !met ? undefined : wide ? rowsRead : await rowsLookedUp(lake, params)
  const links = linksIn(rows === undefined ? undefined : await lake.engine.bytes(linksSql(pairs, rows), 'RowBinary', params))
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

/** Rows of the copy that a link may lead to (a condition on `holdings`), and those of their identifiers that link. */
interface Candidates {
  readonly rows: string
  readonly linking: string
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

// Tokens are compared by halves: numbers are compared several times faster than texts.
const halves = (array: Pair['array']): string => `arrayMap(x -> ${tokenHalf('x')}, ${array}) AS half_${array}`

function linksSql(pairs: readonly Pair[], { rows, linking }: Candidates): string {
  const here = (pair: Pair): string => `s.half_${pair.array}[${pair.here}]`
  const there = (pair: Pair): string => `h.half_${pair.array}[${pair.there}]`
  const both = (pair: Pair): string => `(${there(pair)} != 0 AND ${here(pair)} != 0)`
  const mask = (test: (pair: Pair) => string): string =>
    `toUInt32(${pairs.length === 0 ? '0' : pairs.map((pair, bit) => `bitShiftLeft(toUInt32(${test(pair)}), ${bit})`).join(' + ')})`
  return `
    SELECT s.n AS n, h.n AS row, h.valid_from AS \`from\`, h.valid_to AS \`to\`, ${mask(both)} AS compared,
      ${mask((pair) => `${both(pair)} AND ${there(pair)} = ${here(pair)}`)} AS equal
    FROM (SELECT n, ${halves('ids')}, ${halves('fields')}, valid_from, valid_to, ${linking} AS linking, arrayJoin(linking) AS id
      FROM holdings WHERE load_id = {copy:UInt64} AND ${rows}) AS h
    INNER JOIN (SELECT n, ${halves('ids')}, ${halves('fields')}, arrayJoin(ids) AS id FROM sample_rows WHERE load_id = {sample:UInt64}) AS s
      ON h.id = s.id
    WHERE h.id != ${none}`
}

/** Bytes of a link: six numbers of four bytes, little-endian. */
const linkBytes = 24

/** Links by sample row, in order; rows that meet by several identifiers once. */
function linksIn(bytes: Uint8Array = new Uint8Array(0)): Map<number, Link[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const links = new Map<number, Link[]>()
  for (let at = 0; at + linkBytes <= bytes.byteLength; at += linkBytes) {
    const n = view.getUint32(at, true)
    const row = view.getUint32(at + 4, true)
    const list = links.get(n) ?? []
    if (list.length === 0) links.set(n, list)
    list.push({
      n,
      row,
      from: view.getInt32(at + 8, true),
      to: view.getInt32(at + 12, true),
      compared: view.getUint32(at + 16, true),
      equal: view.getUint32(at + 20, true),
    })
  }
  const ordered = [...links].toSorted(([a], [b]) => a - b)
  return new Map(
    ordered.map(([n, list]) => [
      n,
      list.toSorted((a, b) => a.row - b.row).filter((link, at, all) => link.row !== all[at - 1]?.row),
    ]),
  )
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
