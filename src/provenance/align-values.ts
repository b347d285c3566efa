import type { Lake } from '../store/index.ts'
import type { CellTokens, HeldCopy, Reading } from './align-cells.ts'
import type { Evidence } from './align-evidence.ts'
import type { OpenColumn } from './align-rows.ts'

/** Value tokens looked up in one copy, and distinct values of one column among them. */
const mostTokens = 3_000
const mostValues = 48
const fewestValues = 4
/** Rows of a copy whose values are counted: evenly spread stretches, so that a large copy costs no more than a small one. */
const stretches = 8
const stretchRows = 8_192
/** Share of a column's cells whose value a copy must hold in one of its columns. */
const leastShare = 0.3
/** A column that is held twice is the one whose frequencies fit better by this much per cell (natural logarithm). */
const clearer = 0.7

interface Held {
  readonly column: number
  readonly reading: Reading
  readonly copy: string
  readonly cells: number
  readonly share: number
  readonly distinct: number
  readonly logPerCell: number
  /** Some value held has four letters or more: a word that other columns do not hold by accident. */
  readonly telling: boolean
}

/**
 * What columns hold by their values alone: a column of a copy that holds a good share of the cells, when no other column of the copies does.
 * It decides for columns that do not vary with the row (a status that is nearly always the same) and for samples that meet nobody.
 */
export async function evidenceOfValues(options: {
  readonly lake: Lake
  readonly copies: readonly HeldCopy[]
  readonly columns: readonly OpenColumn[]
  readonly tokens: CellTokens
  /** What the header says (a tag), by column: it needs less evidence. */
  readonly said: (column: number) => string | undefined
}): Promise<readonly Evidence[]> {
  const { lake, copies, columns, tokens, said } = options
  const held: Held[] = []
  for (const copy of copies) held.push(...(await heldBy({ lake, copy, columns, tokens })))
  return [...Map.groupBy(held, (one) => one.column)].flatMap(([column, all]) => decided(all, said(column)))
}

function decided(all: readonly Held[], said: string | undefined): Evidence[] {
  const byTag = [...Map.groupBy(all, (one) => one.reading.target.tag).values()]
    .map((list) => list.toSorted((a, b) => b.share - a.share || b.logPerCell - a.logPerCell || (a.copy < b.copy ? -1 : 1)))
    .flatMap((list) => list.slice(0, 1))
    .toSorted((a, b) => b.share - a.share || b.logPerCell - a.logPerCell || tagOf(a, b))
  const [first] = byTag
  if (first === undefined) return []
  const rivals = byTag.filter((one) => one.share * 2 > first.share)
  const best = rivals.toSorted((a, b) => b.logPerCell - a.logPerCell || tagOf(a, b))[0] ?? first
  const second = rivals
    .filter((one) => one !== best)
    .reduce((most, one) => Math.max(most, one.logPerCell), Number.NEGATIVE_INFINITY)
  const own = rivals.find((one) => one.reading.target.tag === said)
  const chosen = own ?? (best.logPerCell - second >= clearer ? best : undefined)
  if (chosen === undefined || chosen.share < leastShare) return []
  const enough = chosen === own || chosen.distinct >= 3 || (chosen.telling && chosen.share >= 0.8)
  if (!enough) return []
  const chance = byTag.filter((one) => one !== chosen).reduce((most, one) => Math.max(most, one.share), 0)
  const { column, reading, copy, cells, share } = chosen
  return [{ column, reading, copy, by: 'values', rows: cells, share, chance, gain: cells * share }]
}

function tagOf(a: Held, b: Held): number {
  return a.reading.target.tag < b.reading.target.tag ? -1 : 1
}

async function heldBy(options: {
  readonly lake: Lake
  readonly copy: HeldCopy
  readonly columns: readonly OpenColumn[]
  readonly tokens: CellTokens
}): Promise<readonly Held[]> {
  const { lake, copy, columns, tokens } = options
  const { id } = copy.copy
  const tried = columns.flatMap((open) =>
    open.readings
      .filter(({ target }) => target.array === 'fields' && target.at.has(id))
      .map((reading) => ({ open, reading, position: (reading.target.at.get(id) ?? 0) + 1 })),
  )
  const each = Math.min(mostValues, Math.max(fewestValues, Math.floor(mostTokens / Math.max(1, tried.length))))
  const wanted = tried.slice(0, Math.floor(mostTokens / fewestValues)).map((one) => ({
    ...one,
    values: frequentValues(one.open.cells, each).map(({ value, count }) => ({
      value,
      count,
      token: tokens.token(one.reading, value),
    })),
  }))
  const counts = await countsOf(lake, copy, [...new Set(wanted.flatMap(({ values }) => values.map(({ token }) => token)))])
  const rows = Math.min(copy.copy.rows, stretches * stretchRows)
  return wanted.flatMap(({ open, reading, position, values }): Held[] => {
    let cells = 0
    let inside = 0
    let log = 0
    let distinct = 0
    let telling = false
    for (const { value, count, token } of values) {
      const there = token === '' ? 0 : (counts.get(`${position} ${token}`) ?? 0)
      cells += count
      log += count * Math.log((there + 0.5) / (rows + 1))
      if (there === 0) continue
      inside += count
      distinct += 1
      telling ||= /\p{L}{4}/u.test(value)
    }
    if (inside === 0) return []
    return [{ column: open.column, reading, copy: id, cells, share: inside / cells, distinct, logPerCell: log / cells, telling }]
  })
}

/** The most frequent values, ties by the text. */
function frequentValues(cells: readonly string[], most: number): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const cell of cells) if (cell !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, most)
}

async function countsOf(lake: Lake, { copy, loadId }: HeldCopy, tokens: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const wanted = tokens.filter((token) => token !== '').toSorted()
  if (wanted.length === 0) return new Map()
  const whole = copy.rows <= stretches * stretchRows
  const starts = Array.from({ length: stretches }, (_, at) => 1 + Math.floor((at * (copy.rows - stretchRows)) / (stretches - 1)))
  const within = whole ? 'true' : starts.map((from) => `n BETWEEN ${from} AND ${from + stretchRows - 1}`).join(' OR ')
  const rows = await lake.engine.rows<{ at: number; token: string; count: string }>(
    `SELECT at, lower(hex(value)) AS token, count() AS count
     FROM (SELECT fields FROM holdings WHERE load_id = {copy:UInt64} AND (${within})) ARRAY JOIN fields AS value, arrayEnumerate(fields) AS at
     WHERE value IN (SELECT toFixedString(unhex(arrayJoin({tokens:Array(String)})), 16)) GROUP BY at, value`,
    { copy: loadId, tokens: wanted },
  )
  return new Map(rows.map((row) => [`${row.at} ${row.token}`, Number(row.count)]))
}
