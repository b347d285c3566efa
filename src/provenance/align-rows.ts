import type { Lake } from '../store/index.ts'
import { type CellTokens, type HeldCopy, type Reading } from './align-cells.ts'
import { gainOf, type Evidence } from './align-evidence.ts'
import { tokenHalf } from './holdings.ts'
import { identifierSpace, model } from './model.ts'

/** A sample column as it is compared: its cells in the rows looked at, and how it can be read. */
export interface OpenColumn {
  readonly column: number
  readonly cells: readonly string[]
  readonly readings: readonly Reading[]
}

/** Identifier tokens looked up in one copy, and in one query (a server takes 128 KiB in one parameter). */
const mostTokens = 8_000
const tokensAtOnce = 3_000
/** Columns tried as the identifier by which rows meet a copy; those taken into the comparison of cells. */
const mostKeys = 200
const keysCompared = 3
/** Rows of a copy that one identifier is followed to: versions of one record. */
const versions = 12
const mostRows = 20_000
/** Rows in which a reading must agree at least once or twice before all rows are compared. */
const firstRows = 24

/** The token of a cell without a value. */
const noToken = '0'.repeat(32)

interface CopyRow {
  readonly ids: readonly string[]
  readonly fields: readonly string[]
}

interface Key {
  readonly open: OpenColumn
  readonly reading: Reading
  readonly tokens: readonly string[]
}

/**
 * Rows of the sample that meet a row of the copy by some identifier show what the other columns hold: how often a cell equals each
 * field of the row it meets, against how often it equals that field of the other rows. One look-up of tokens per copy.
 */
export async function evidenceOfRows(options: {
  readonly lake: Lake
  readonly held: HeldCopy
  readonly columns: readonly OpenColumn[]
  readonly tokens: CellTokens
}): Promise<readonly Evidence[]> {
  const { lake, held, columns, tokens } = options
  const keys = keysOf(columns, held, tokens)
  if (keys.length === 0) return []
  const byId = await rowsMet(lake, held, keys)
  const met = keys
    .map((key) => ({ key, rows: key.tokens.map((token) => byId.get(token) ?? []) }))
    .map(({ key, rows }) => ({ key, rows, hits: rows.filter((list) => list.length > 0).length }))
    .filter(({ hits }) => hits >= 3)
    .toSorted((a, b) => b.hits - a.hits || a.key.open.column - b.key.open.column)
  const compared = met.slice(0, keysCompared).map(({ key, rows }) => {
    const cells = columns
      .filter((open) => open.column !== key.open.column)
      .flatMap((open) => agreement({ open, held, rows, tokens }))
    const best = Map.groupBy(cells, (one) => one.column)
    let sum = 0
    for (const all of best.values()) sum += Math.max(...all.map((one) => one.gain))
    return { key, cells, sum }
  })
  const cells = compared.toSorted((a, b) => b.sum - a.sum)[0]?.cells ?? []
  const identifiers = met.flatMap(({ key, hits }): Evidence[] => {
    const rows = key.tokens.filter((token) => token !== '').length
    const chance = densityOf(key.reading.target.tag)
    const own = gainOf(hits, rows, chance)
    // A column that meets few rows is an identifier all the same when the rows it meets agree in other columns.
    const confirmed = compared.find((one) => one.key === key)?.sum ?? 0
    const gain = hits * 2 >= rows || confirmed > own ? Math.max(own, confirmed) : 0
    const share = hits / rows
    const copy = held.copy.id
    return [{ column: key.open.column, reading: key.reading, copy, by: 'rows', key: true, rows, share, chance, gain }]
  })
  return [...identifiers, ...cells]
}

/** How full the number space of a kind is: what a column of other numbers would hit. */
function densityOf(tag: string): number {
  return identifierSpace(tag, 1e6) < 1e9 ? model.numberOccupancy : 0.001
}

function keysOf(columns: readonly OpenColumn[], { copy }: HeldCopy, tokens: CellTokens): readonly Key[] {
  const candidates = columns
    .flatMap((open) =>
      open.readings
        .filter(({ target }) => target.array === 'ids' && target.at.has(copy.id))
        .map((reading) => ({ open, reading })),
    )
    .slice(0, mostKeys)
  const each = Math.floor(mostTokens / Math.max(1, candidates.length))
  return candidates.map(({ open, reading }) => ({
    open,
    reading,
    tokens: open.cells.map((cell, at) => (at < each ? tokens.token(reading, cell) : '')),
  }))
}

async function rowsMet(lake: Lake, { loadId }: HeldCopy, keys: readonly Key[]): Promise<ReadonlyMap<string, readonly CopyRow[]>> {
  const wanted = [...new Set(keys.flatMap((key) => key.tokens))].filter((token) => token !== '').toSorted()
  const byId = new Map<string, CopyRow[]>()
  for (let from = 0; from < wanted.length; from += tokensAtOnce) {
    const some = wanted.slice(from, from + tokensAtOnce)
    const rows = await lake.engine.rows<CopyRow>(
      `SELECT arrayMap(x -> lower(hex(x)), ids) AS ids, arrayMap(x -> lower(hex(x)), fields) AS fields FROM holdings
       WHERE load_id = {copy:UInt64} AND n IN (
         SELECT n FROM holding_ids WHERE load_id = {copy:UInt64}
         AND id IN (SELECT ${tokenHalf('unhex(arrayJoin({tokens:Array(String)}))')})
         ORDER BY id, n LIMIT ${versions} BY id LIMIT ${mostRows})
       ORDER BY n`,
      { copy: loadId, tokens: some },
    )
    const looked = new Set(some)
    for (const row of rows) {
      for (const id of new Set(row.ids)) {
        if (!looked.has(id)) continue
        const list = byId.get(id)
        if (list === undefined) byId.set(id, [row])
        else list.push(row)
      }
    }
  }
  return byId
}

function agreement(options: {
  readonly open: OpenColumn
  readonly held: HeldCopy
  readonly rows: readonly (readonly CopyRow[])[]
  readonly tokens: CellTokens
}): readonly Evidence[] {
  const { open, held, rows, tokens } = options
  const linked = rows.flatMap((list, at) => (list.length > 0 && (open.cells[at] ?? '') !== '' ? [{ list, at }] : []))
  return open.readings.flatMap((reading): Evidence[] => {
    const position = reading.target.at.get(held.copy.id)
    if (position === undefined) return []
    const theirs = (list: readonly CopyRow[]): ReadonlySet<string> =>
      new Set(list.map((row) => row[reading.target.array][position] ?? '').filter((token) => token !== '' && token !== noToken))
    const equalAmong = (some: readonly { readonly list: readonly CopyRow[]; readonly at: number }[]): number =>
      some.filter(({ list, at }) => theirs(list).has(tokens.token(reading, open.cells[at] ?? ''))).length
    const first = linked.slice(0, firstRows)
    if (equalAmong(first) < (first.length < firstRows ? 1 : 2)) return []
    const here = new Map<string, number>()
    const there = new Map<string, number>()
    let compared = 0
    let equal = 0
    for (const { list, at } of linked) {
      const mine = tokens.token(reading, open.cells[at] ?? '')
      const values = theirs(list)
      if (values.size === 0) continue
      compared += 1
      if (values.has(mine)) equal += 1
      here.set(mine, (here.get(mine) ?? 0) + 1)
      for (const value of values) there.set(value, (there.get(value) ?? 0) + 1)
    }
    if (compared < 3) return []
    let pairs = 0
    for (const [value, count] of here) pairs += count * (there.get(value) ?? 0)
    const others = compared * (compared - 1)
    const chance = Math.min(1, Math.max(pairs - equal, 0.5) / others)
    const gain = gainOf(equal, compared, chance)
    return [
      { column: open.column, reading, copy: held.copy.id, by: 'rows', rows: compared, share: equal / compared, chance, gain },
    ]
  })
}
