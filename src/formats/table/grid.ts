import { fault, type Batch, type Fault } from '../../base/index.ts'
import { columnNames } from './dialect.ts'
import { commonWidth, findHeader, repeatsHeader } from './header.ts'
import { RowBatch, type Row, type TableReader } from './reader.ts'

/** A row of cells as a workbook or a list gives it, with its number there. */
export interface GridRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** Rows looked at to find the header. */
const headRows = 200

/**
 * Makes a table of rows of cells that come with their own line numbers: finds the header as for delimited text, leaves out titles
 * above it and its repetitions, and fills short rows. `open` starts the rows from the beginning; it is called once for the head and once more
 * for the rows.
 */
export async function gridTable(options: {
  readonly file: string
  readonly open: () => AsyncIterable<Batch<GridRow>>
  readonly header?: boolean
}): Promise<Pick<TableReader, 'columns' | 'rows'> & { readonly header: boolean }> {
  const head: GridRow[] = []
  for await (const batch of options.open()) {
    head.push(...batch.records.slice(0, headRows - head.length))
    if (head.length >= headRows) break
  }
  const cells = head.map((row) => row.cells)
  // Workbooks leave out empty cells at the end of a row, so the widest row of many counts.
  const wide = cells.map((row) => padded(row, Math.max(0, ...cells.map((one) => one.length))))
  const found =
    options.header === false
      ? undefined
      : options.header === true
        ? { at: 0, cells: wide[0] ?? [], titles: true }
        : findHeader(wide)
  const width = Math.max(found === undefined ? commonWidth(wide) : lengthOf(found.cells), 0)
  const columns = columnNames(found === undefined ? Array.from({ length: width }, () => '') : found.cells.slice(0, width))
  const skip = found?.titles === true ? (head[found.at]?.line ?? 0) : 0
  return {
    header: found !== undefined,
    columns,
    rows: gridRows({ ...options, columns, skip, names: found?.cells.slice(0, width) }),
  }
}

async function* gridRows(table: {
  readonly file: string
  readonly open: () => AsyncIterable<Batch<GridRow>>
  readonly columns: readonly string[]
  readonly skip: number
  readonly names: readonly string[] | undefined
}): AsyncGenerator<Batch<Row>> {
  const out = new RowBatch()
  const width = table.columns.length
  let n = 0
  let repeated = 0
  let titles = 0
  let repeatedAt = 0
  for await (const batch of table.open()) {
    for (const one of batch.faults) {
      n += one.lost ?? 0
      out.fault(one)
    }
    for (const { line, cells } of batch.records) {
      if (cells.every((cell) => cell === '')) continue
      if (line <= table.skip) {
        if (line < table.skip) titles += 1
        continue
      }
      if (table.names !== undefined && repeatsHeader(padded(cells, width), table.names)) {
        repeated += 1
        if (repeatedAt === 0) repeatedAt = line
        continue
      }
      n += 1
      if (lengthOf(cells) > width) {
        out.fault(raggedFault({ file: table.file, line, record: n }, { cells: lengthOf(cells), width }))
        continue
      }
      out.row({ n, line, values: padded(cells, width) })
    }
    if (out.full) yield out.take()
  }
  if (repeated > (table.skip > 0 ? 0 : 1)) out.fault(repeatedHeaderFault({ file: table.file, line: repeatedAt }, repeated))
  if (titles > 0) out.fault(titlesFault({ file: table.file, line: 1 }, titles))
  if (!out.empty) yield out.take()
}

/** A row that has not as many cells as the table has columns. */
export function raggedFault(where: Fault['where'], of: { readonly cells: number; readonly width: number }): Fault {
  return fault(
    'table-ragged-row',
    `The row has ${of.cells} cells where the table has ${of.width} columns.`,
    where,
    'Correct the row; it was left out because its cells cannot be told apart.',
    1,
  )
}

/** Told once, at the end. */
export function titlesFault(where: Fault['where'], lines: number): Fault {
  return fault(
    'table-title-lines',
    `${lines} ${lines === 1 ? 'line' : 'lines'} above the header ${lines === 1 ? 'is' : 'are'} a title and no data.`,
    where,
    'Nothing, unless they are rows: then say that the table has no header.',
    0,
  )
}

/** Told once, at the end. */
export function repeatedHeaderFault(where: Fault['where'], times: number): Fault {
  return fault(
    'table-repeated-header',
    `The header stands again inside the table ${times} ${times === 1 ? 'time' : 'times'}; those rows are no data.`,
    where,
    'Nothing, if pages or files were joined; the rows between were read.',
    0,
  )
}

function padded(cells: readonly string[], width: number): string[] {
  const row = cells.slice(0, Math.max(width, 0))
  while (row.length < width) row.push('')
  return row
}

function lengthOf(cells: readonly string[]): number {
  let length = cells.length
  while (length > 0 && (cells[length - 1] ?? '').trim() === '') length -= 1
  return length
}
