import type { ExtractRecord } from './record.ts'
import type { TextForm } from './site.ts'
import type { IndexedRow } from './row-index.ts'
import { shortToken } from './row-key.ts'

/** A row of a sample: tokens of its identifiers (under the workspace's key, any column order) and its cells as written. */
export interface SampleRow {
  readonly tokens: readonly string[]
  readonly cells: readonly string[]
}

/** The token of a cell's canonical form, as an index keeps it. */
export type ValueOf = (form: TextForm, text: string) => string

/** A row of the sample with the row of the extract it shares most identifiers with. */
export interface Pair {
  readonly sample: SampleRow
  readonly row: IndexedRow
}

/** An identifier on more rows of a sample than this is a shared one and finds nothing. */
const mostShared = 20

/** Rows looked at to tell which column of the sample is which of the extract. */
const alignedRows = 500

/** Rows of a sample by the identifiers they have. */
export function rowsByToken(rows: readonly SampleRow[]): ReadonlyMap<string, readonly number[]> {
  const by = new Map<string, number[]>()
  for (const [at, row] of rows.entries())
    for (const token of new Set(row.tokens.filter((one) => one !== '').map(shortToken))) {
      const known = by.get(token)
      if (known === undefined) by.set(token, [at])
      else known.push(at)
    }
  for (const [token, at] of by) if (at.length > mostShared) by.delete(token)
  return by
}

/** Pairs every row of the sample with its row of the extract; the order of either plays no part. */
export function pairRows(options: {
  readonly rows: readonly SampleRow[]
  readonly byToken: ReadonlyMap<string, readonly number[]>
  readonly matches: readonly (IndexedRow & { readonly n: number })[]
}): readonly Pair[] {
  const { rows, byToken, matches } = options
  const best = new Map<number, { shared: number; row: IndexedRow & { readonly n: number } }>()
  for (const row of matches) {
    const shared = new Map<number, number>()
    for (const token of new Set(row.tokens)) for (const at of byToken.get(token) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
    for (const [at, count] of shared) {
      const known = best.get(at)
      if (known === undefined || count > known.shared) best.set(at, { shared: count, row })
    }
  }
  return [...best.keys()]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const sample = rows[at]
      const found = best.get(at)
      return sample === undefined || found === undefined ? [] : [{ sample, row: found.row }]
    })
}

/**
 * Which column of the sample holds each marked column, by the values it shares with the extract: headers may be missing or lie.
 * Undefined where no column shares a third of the values (dropped).
 */
export function alignColumns(options: {
  readonly pairs: readonly Pair[]
  readonly record: Pick<ExtractRecord, 'marked'>
  readonly valueOf: ValueOf
}): readonly (number | undefined)[] {
  const { pairs, record, valueOf } = options
  const some = pairs.slice(0, alignedRows)
  const width = Math.max(0, ...some.map(({ sample }) => sample.cells.length))
  return record.marked.map((column, at) => {
    const told = some.filter(({ row }) => row.cells[at]?.value !== noValue)
    let best: { readonly at: number; readonly equal: number } | undefined
    for (let index = 0; index < width; index += 1) {
      const equal = told.filter(
        ({ sample, row }) => valueOf(column.form, sample.cells[index] ?? '') === row.cells[at]?.value,
      ).length
      if (equal * 3 >= told.length && equal > (best?.equal ?? 0)) best = { at: index, equal }
    }
    return best?.at
  })
}

const noValue = '00000000'
