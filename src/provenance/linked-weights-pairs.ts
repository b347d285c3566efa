import type { Lake } from '../store/index.ts'
import type { PatternCount } from './fellegi-sunter.ts'
import type { Block } from './linked-weights-blocks.ts'
import { levelsOf, levelsSql, noToken, type Comparison } from './linked-weights-levels.ts'
import type { Sample } from './sample.ts'

/** Rows drawn on either side for pairs of strangers. */
const drawnHere = 200
const drawnThere = 1_500
/** Records of the copy that may share a block key; a key that more share tells nobody apart and is left out. */
const sharedBy = 60
/** Pairs of one block that are fetched one by one, the best patterns first. */
const mostPairs = 100_000
const mostPatterns = 5_000
/** Persons whose versions are asked for in one query. */
const personsAtOnce = 3_000

/** What is compared with what, in the engine. */
export interface Sides {
  readonly lake: Lake
  readonly sample: Sample
  readonly loadId: string
  readonly comparisons: readonly Comparison[]
  /** Rows of the copy per person: more than 1 where it keeps versions. */
  readonly versions: number
}

/** A sample row and a row of the copy that share a block. */
export interface Pair {
  readonly n: number
  readonly row: number
  readonly from: number
  readonly to: number
  /** The person the copy's row is a version of. */
  readonly person: string
  /** Levels of agreement as one number (`levelsOf`). */
  readonly vector: string
}

/** A row's person: its first identifier, or the row itself. */
const personSql = `if(empty(ids) OR ids[1] = ${noToken}, concat('#', toString(n)), lower(hex(ids[1])))`

/** Persons in a copy. */
export async function personsOf(lake: Lake, loadId: string): Promise<number> {
  const [row] = await lake.engine.rows<{ persons: string }>(
    `SELECT uniq(${personSql}) AS persons FROM holdings WHERE load_id = {copy:UInt64}`,
    { copy: loadId },
  )
  return Math.max(1, Number(row?.persons ?? 1))
}

/** Patterns of pairs drawn at random: by the hash of their contents, so that the order of the sample does not matter. */
export async function randomPatterns(sides: Sides): Promise<readonly PatternCount[]> {
  const rows = await sides.lake.engine.rows<{ vector: string; count: string }>(
    `SELECT ${levelsSql(sides.comparisons)} AS vector, count() AS count
     FROM (SELECT ids, fields, parts FROM sample_rows WHERE load_id = {sample:UInt64}
       ORDER BY cityHash64(ids, fields), n LIMIT ${drawnHere}) AS s
     CROSS JOIN (SELECT ids, fields, parts FROM holdings WHERE load_id = {copy:UInt64} AND n IN (
       SELECT n FROM holdings WHERE load_id = {copy:UInt64} ORDER BY cityHash64(n, 1), n LIMIT ${drawnThere})) AS h
     GROUP BY vector ORDER BY vector`,
    loads(sides),
  )
  return patterns(rows, sides)
}

/** Patterns of the pairs of one block. */
export async function blockPatterns(sides: Sides, block: Block): Promise<readonly PatternCount[]> {
  const rows = await sides.lake.engine.rows<{ vector: string; count: string }>(
    `SELECT vector, count() AS count FROM (SELECT DISTINCT s.n AS n, h.row AS row, ${levelsSql(sides.comparisons)} AS vector
       FROM ${joined(sides, block)}) GROUP BY vector ORDER BY vector`,
    loads(sides),
  )
  return patterns(rows, sides)
}

/** The pairs of one block whose pattern is among `good` (best first; as many patterns as stay within the bound). */
export async function blockPairs(sides: Sides, block: Block, good: readonly PatternCount[]): Promise<readonly Pair[]> {
  const wanted: string[] = []
  let pairs = 0
  for (const { levels, count } of good.slice(0, mostPatterns)) {
    pairs += count
    if (pairs > mostPairs && wanted.length > 0) break
    wanted.push(vectorOf(levels))
  }
  if (wanted.length === 0) return []
  return sides.lake.engine.rows<Pair>(
    `SELECT DISTINCT s.n AS n, h.row AS row, h.from AS \`from\`, h.to AS \`to\`, h.person AS person, ${levelsSql(sides.comparisons)} AS vector
     FROM ${joined(sides, block)} WHERE vector IN (SELECT arrayJoin({good:Array(UInt64)})) ORDER BY n, row`,
    { ...loads(sides), good: wanted },
  )
}

/** All versions of linked persons, compared with the sample rows they are linked to. */
export async function versionsOf(
  sides: Sides,
  links: readonly { readonly n: number; readonly person: string }[],
): Promise<readonly Pair[]> {
  const found: Pair[] = []
  for (let from = 0; from < links.length; from += personsAtOnce) {
    const some = links.slice(from, from + personsAtOnce)
    found.push(
      ...(await sides.lake.engine.rows<Pair>(
        `SELECT s.n AS n, h.row AS row, h.from AS \`from\`, h.to AS \`to\`, h.person AS person, ${levelsSql(sides.comparisons)} AS vector
         FROM (SELECT n AS row, valid_from AS \`from\`, valid_to AS \`to\`, ids, fields, parts, ${personSql} AS person
           FROM holdings WHERE load_id = {copy:UInt64}) AS h
         INNER JOIN (SELECT r.n AS n, r.ids AS ids, r.fields AS fields, r.parts AS parts, l.person AS person
           FROM (SELECT n, ids, fields, parts FROM sample_rows WHERE load_id = {sample:UInt64}) AS r
           INNER JOIN (SELECT arrayJoin(arrayZip({rows:Array(UInt32)}, {persons:Array(String)})) AS link, link.1 AS n, link.2 AS person) AS l
           ON r.n = l.n) AS s ON h.person = s.person
         ORDER BY n, row`,
        { ...loads(sides), rows: some.map((link) => link.n), persons: some.map((link) => link.person) },
      )),
    )
  }
  return found
}

/** Share of the copy's rows that have a value of the sample, by comparison and token; the row itself does not count. */
export async function valueShares(sides: Sides, rows: number): Promise<readonly ReadonlyMap<string, number>[]> {
  const result: Map<string, number>[] = []
  for (const { array, here, there } of sides.comparisons) {
    const counts = await sides.lake.engine.rows<{ token: string; count: string }>(
      `SELECT lower(hex(value)) AS token, count() AS count FROM (SELECT ${array}[${there}] AS value FROM holdings WHERE load_id = {copy:UInt64})
       WHERE value != ${noToken} AND value IN (SELECT ${array}[${here}] FROM sample_rows WHERE load_id = {sample:UInt64}) GROUP BY value`,
      loads(sides),
    )
    const own = sides.versions / 2
    result.push(new Map(counts.map(({ token, count }) => [token, Math.max(Number(count) - own, own) / rows])))
  }
  return result
}

/** Rows of the copy and of the sample that share a key of the block, as `h` and `s`. */
function joined({ comparisons, versions }: Sides, block: Block): string {
  const keys = (side: 'here' | 'there'): string => keysSql(comparisons, block, side)
  const most = Math.ceil(sharedBy * versions)
  return `(SELECT key, held.1 AS row, held.2 AS \`from\`, held.3 AS \`to\`, held.4 AS person, held.5 AS ids, held.6 AS fields, held.7 AS parts
      FROM (SELECT key, groupArray(${most + 1})((n, valid_from, valid_to, ${personSql}, ids, fields, parts)) AS rows
        FROM (SELECT n, valid_from, valid_to, ids, fields, parts, arrayJoin(${keys('there')}) AS key FROM holdings WHERE load_id = {copy:UInt64})
        WHERE key IN (SELECT arrayJoin(${keys('here')}) FROM sample_rows WHERE load_id = {sample:UInt64})
        GROUP BY key HAVING length(rows) <= ${most})
      ARRAY JOIN rows AS held) AS h
    INNER JOIN (SELECT n, ids, fields, parts, arrayJoin(${keys('here')}) AS key FROM sample_rows WHERE load_id = {sample:UInt64}) AS s
    ON h.key = s.key`
}

/** The keys of a row: one per way of taking a part of every field of the block; none when a field has no value. */
function keysSql(comparisons: readonly Comparison[], block: Block, side: 'here' | 'there'): string {
  const values = block.map(({ field, by }) => {
    const one = comparisons[field]
    const [array, at] = [one?.array ?? 'fields', one?.[side] ?? 1]
    const whole = `${array}[${at}]`
    if (by === 'whole') return `if(${whole} = ${noToken}, [], [cityHash64(${whole})])`
    // Parts of a date are its year and its month.
    if (one?.kind === 'date') return `arrayMap(x -> cityHash64(x), arraySlice(parts[${at}], ${by === 'month' ? 2 : 1}, 1))`
    return `arrayMap(x -> cityHash64(x), parts[${at}])`
  })
  return values.reduce((some, more) => `arrayFlatten(arrayMap(x -> arrayMap(y -> cityHash64(x, y), ${more}), ${some}))`)
}

function loads({ sample, loadId }: Sides): { readonly sample: string; readonly copy: string } {
  return { sample: sample.loadId, copy: loadId }
}

function patterns(rows: readonly { readonly vector: string; readonly count: string }[], sides: Sides): PatternCount[] {
  return rows.map(({ vector, count }) => ({ levels: levelsOf(vector, sides.comparisons.length), count: Number(count) }))
}

function vectorOf(levels: PatternCount['levels']): string {
  let vector = 0n
  for (const [at, level] of levels.entries()) vector |= BigInt(level) << BigInt(at * 3)
  return vector.toString()
}
