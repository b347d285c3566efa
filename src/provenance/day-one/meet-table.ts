import type { CanonicalOptions, TokenKey } from '../../persons/index.ts'
import type { Watch } from '../../base/index.ts'
import { inferColumns } from '../columns.ts'
import { dayNumber } from '../day.ts'
import { profiled, type TableProfile } from '../profile.ts'
import { peeked } from '../record-table.ts'
import { comparableColumn } from './comparable.ts'
import { combinationsOf } from './combinations.ts'
import type { Met } from './met.ts'
import { linksOf, pairColumns, rowsIn, type FoundRow } from './pair-columns.ts'
import type { OpenedTable } from './question.ts'
import type { SampleCells } from './sample-cells.ts'

/** Versions or rows of a table kept per row of the sample, and in all. */
const mostPerRow = 64
const mostFound = 400_000

/**
 * Reads a table once, next to the sample in memory: which of the sample's values occur in which column, and the rows that
 * its identifiers lead to. Only numbers of the sample's own values are held; nothing of the table is kept.
 */
export async function meetTable(options: {
  readonly sample: SampleCells
  readonly table: OpenedTable
  readonly asOf: string
  readonly key: TokenKey
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
  readonly step: string
  readonly watch?: Watch
}): Promise<{ readonly met: Met; readonly profile: TableProfile }> {
  const { sample, asOf, country, watch } = options
  const form: CanonicalOptions = country === undefined ? {} : { country }
  const passing = profiled(options.table, { key: options.key, ...form })
  const { first, rows: batches } = await peeked(passing.table)
  const names = options.table.columns
  const columns = inferColumns({
    columns: names,
    rows: first,
    ...form,
    ...(options.map === undefined ? {} : { map: options.map }),
  })
  const comparable = columns.map((column, at) =>
    comparableColumn(
      column,
      first.map((row) => row.values[at] ?? ''),
      form,
    ),
  )
  const fromAt = columns.findIndex(({ meaning }) => meaning.kind === 'valid-from')
  const toAt = columns.findIndex(({ meaning }) => meaning.kind === 'valid-to')
  const seen = columns.map(() => new Set<number>())
  const found = new Map<number, FoundRow[]>()
  const dates = columns.map(() => ({ newest: -Infinity, ahead: 0 }))
  const lastDay = dayNumber(asOf) + 1
  const combinations = sample.identifying.includes(true) ? undefined : combinationsOf()
  let rows = 0
  let kept = 0
  for await (const batch of batches) {
    watch?.signal?.throwIfAborted()
    watch?.report?.({ step: options.step, done: rows, unit: 'rows' })
    for (const row of batch.records) {
      rows += 1
      const cells = new Int32Array(columns.length)
      const days: (number | undefined)[] = []
      let met: number[] | undefined
      for (const [at, { form: text, isDate }] of comparable.entries()) {
        const value = text(row.values[at] ?? '')
        if (value === '') continue
        if (isDate) days[at] = noteDay(dates[at], value, lastDay)
        const id = sample.numberOf.get(value)
        if (id === undefined) {
          cells[at] = -1
          continue
        }
        cells[at] = id
        seen[at]?.add(id)
        const rowsOf = sample.rowsOf.get(id)
        if (rowsOf !== undefined) met = met === undefined ? [...rowsOf] : [...met, ...rowsOf]
      }
      combinations?.add(cells)
      if (met === undefined) continue
      const version = { ...(fromAt < 0 ? {} : validity('from', days[fromAt])), ...(toAt < 0 ? {} : validity('to', days[toAt])) }
      for (const index of new Set(met)) {
        const list = found.get(index) ?? []
        if (list.length >= mostPerRow || kept >= mostFound) continue
        list.push({ cells, ...version })
        found.set(index, list)
        kept += 1
      }
    }
  }
  const pairs = pairColumns({ sample, columns, seen, found })
  const newest = new Map<number, number>()
  for (const [at, pair] of pairs.entries()) {
    const of = pair === undefined ? undefined : dates[pair.at]
    if (of !== undefined && of.newest > -Infinity && of.ahead <= Math.max(2, rows * 0.0005)) newest.set(at, of.newest)
  }
  const share = combinations?.share(sample, pairs)
  return {
    met: {
      asOf,
      rows,
      byValue: true,
      columns: names,
      pairs: pairs.map((pair) => pair?.met),
      occurring: sample.columns.map((_, at) => Math.max(0, ...seen.map((values) => rowsIn(sample, at, values)))),
      links: linksOf({ sample, pairs, found }),
      ...(share === undefined ? {} : { combinations: share }),
      newest,
    },
    profile: passing.profile(),
  }
}

function noteDay(of: { newest: number; ahead: number } | undefined, digits: string, lastDay: number): number | undefined {
  if (of === undefined || !/^\d{8}$/.test(digits)) return undefined
  const day = dayNumber(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`)
  if (day > lastDay) of.ahead += 1
  else if (day > of.newest) of.newest = day
  return day
}

function validity<Name extends 'from' | 'to'>(name: Name, day: number | undefined): { [K in Name]?: number } {
  return day === undefined ? {} : ({ [name]: day } as { [K in Name]?: number })
}
