import type { Column, Meaning } from '../columns.ts'
import { slug } from '../header-words.ts'
import { cellState, type MetColumn, type MetRow } from './met.ts'
import type { SampleCells } from './sample-cells.ts'

/** A row of a table that an identifier led to: per column the number of the sample's value it holds, -1 another value, 0 none. */
export interface FoundRow {
  readonly cells: Int32Array
  readonly from?: number
  readonly to?: number
}

/** A column of the table for a column of the sample; `at` is its position. */
export interface Paired {
  readonly at: number
  readonly met: MetColumn
}

interface Candidate extends Paired {
  readonly score: number
}

/** Rows compared below which the values alone pair nothing. */
const fewest = 5

/**
 * Pairs the columns of the sample with those of a table: by equal cells on rows that an identifier leads to, beyond what chance
 * gives; then by values that occur; the same name or meaning breaks ties, and pairs alone when nothing else does.
 */
export function pairColumns(options: {
  readonly sample: SampleCells
  readonly columns: readonly Column[]
  readonly seen: readonly ReadonlySet<number>[]
  readonly found: ReadonlyMap<number, readonly FoundRow[]>
}): readonly (Paired | undefined)[] {
  const { sample, columns, seen, found } = options
  const firsts = [...found].map(([index, rows]) => ({ row: sample.rows[index], rows }))
  return sample.columns.map((column, at): Paired | undefined => {
    const distinct = sample.distinct[at] ?? new Set<number>()
    if (distinct.size === 0) return undefined
    const candidates = columns.flatMap((theirs, there): Candidate[] => {
      const named = sameName(column, theirs)
      const occurring = shareIn(distinct, seen[there])
      if (occurring === 0 && !named) return []
      const agreement = agreementOf(firsts, at, there)
      const isTold = agreement.compared >= fewest
      // One value throughout agrees by chance alone: there it is enough that it is the one.
      const isOne = agreement.beyondChance === 0 && agreement.equal * 2 >= agreement.compared
      if (isTold && agreement.beyondChance < 0.15 && !isOne && !named) return []
      if (!isTold && occurring < 0.5 && !named) return []
      const rowsOccurring = rowsIn(sample, at, seen[there])
      const strength = isTold ? Math.max(0, agreement.beyondChance) : occurring * 0.8
      const met: MetColumn = {
        column: theirs.name,
        occurring,
        rowsOccurring,
        ...agreement,
        byName: isTold ? agreement.beyondChance < 0.15 : occurring < 0.5,
      }
      return [{ at: there, met, score: strength + (named ? 0.1 : 0) + occurring * 0.01 }]
    })
    const [best] = candidates.toSorted((a, b) => b.score - a.score || a.at - b.at)
    return best === undefined ? undefined : { at: best.at, met: best.met }
  })
}

/** The rows met, in cells of the sample's columns; the version with the most equal cells first. */
export function linksOf(options: {
  readonly sample: SampleCells
  readonly pairs: readonly (Paired | undefined)[]
  readonly found: ReadonlyMap<number, readonly FoundRow[]>
}): ReadonlyMap<number, readonly MetRow[]> {
  const { sample, pairs, found } = options
  const links = new Map<number, readonly MetRow[]>()
  for (const [index, rows] of found) {
    const ids = sample.rows[index]?.ids
    if (ids === undefined) continue
    links.set(
      index,
      rows.map((row) => metRow(ids, row, pairs)).toSorted((a, b) => b.equal - a.equal || a.compared - b.compared),
    )
  }
  return links
}

function metRow(ids: Int32Array, row: FoundRow, pairs: readonly (Paired | undefined)[]): MetRow {
  const states = new Uint8Array(ids.length)
  let equal = 0
  let compared = 0
  for (const [at, pair] of pairs.entries()) {
    if (pair === undefined || ids[at] === 0) continue
    compared += 1
    const same = row.cells[pair.at] === ids[at]
    if (same) equal += 1
    states[at] = same ? cellState.equal : cellState.different
  }
  return {
    states,
    equal,
    compared,
    ...(row.from === undefined ? {} : { from: row.from }),
    ...(row.to === undefined ? {} : { to: row.to }),
  }
}

function shareIn(values: ReadonlySet<number>, seen: ReadonlySet<number> | undefined): number {
  if (seen === undefined || values.size === 0) return 0
  let count = 0
  for (const id of values) if (seen.has(id)) count += 1
  return count / values.size
}

/** Share of the sample's rows whose value of a column is among those seen. */
export function rowsIn(sample: SampleCells, at: number, seen: ReadonlySet<number> | undefined): number {
  let filled = 0
  let occurring = 0
  for (const row of sample.rows) {
    const id = row.ids[at] ?? 0
    if (id === 0) continue
    filled += row.numbers.length
    if (seen?.has(id) === true) occurring += row.numbers.length
  }
  return filled === 0 ? 0 : occurring / filled
}

/** Equal cells of two columns over the rows met, and Cohen's kappa: agreement beyond that of the same values shuffled. */
function agreementOf(
  met: readonly { readonly row: SampleCells['rows'][number] | undefined; readonly rows: readonly FoundRow[] }[],
  at: number,
  there: number,
): { readonly compared: number; readonly equal: number; readonly beyondChance: number } {
  let compared = 0
  let equal = 0
  const ours = new Map<number, number>()
  const theirs = new Map<number, number>()
  for (const { row, rows } of met) {
    const id = row?.ids[at] ?? 0
    if (id === 0) continue
    compared += 1
    const same = rows.find((one) => one.cells[there] === id)
    if (same !== undefined) equal += 1
    const other = (same ?? rows[0])?.cells[there] ?? 0
    ours.set(id, (ours.get(id) ?? 0) + 1)
    theirs.set(other, (theirs.get(other) ?? 0) + 1)
  }
  if (compared === 0) return { compared, equal, beyondChance: 0 }
  let chance = 0
  for (const [id, count] of ours) chance += (count / compared) * ((theirs.get(id) ?? 0) / compared)
  const observed = equal / compared
  return { compared, equal, beyondChance: chance > 0.98 ? 0 : (observed - chance) / (1 - chance) }
}

function sameName(ours: Column, theirs: Column): boolean {
  if (slug(ours.name) !== '' && slug(ours.name) === slug(theirs.name)) return true
  const [a, b] = [fieldOf(ours.meaning), fieldOf(theirs.meaning)]
  return a !== undefined && a === b
}

function fieldOf(meaning: Meaning): string | undefined {
  if (meaning.kind === 'identifier') return meaning.identifier
  return meaning.kind === 'field' ? meaning.field : undefined
}
