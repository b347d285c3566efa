import { fault, limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { runChild, stoppedFault } from '../child/run-child.ts'
import { columnNames } from '../table/dialect.ts'
import { RowBatch, withFaults, type Row, type TableReader } from '../table/reader.ts'
import type { ParquetMessage, ParquetRequest } from './message.ts'

const pageBytes = 512 * 1024 * 1024
const groupRows = 4_000_000

/**
 * Opens a Parquet file as a table: days as `2026-09-30`, moments as `2026-09-30 12:00:00`, nested values as JSON. Read in a process of its
 * own, one row group at a time; a row group that cannot be read is a fault and the others are kept. `line` is the row.
 */
export async function openParquet(source: ByteSource, options: { readonly watch?: Watch } = {}): Promise<TableReader> {
  const dialect = { delimiter: '', quote: '', encoding: 'utf-8', header: true } as const
  const none = (why: Fault): TableReader => ({ dialect, columns: [], rows: withFaults([why]) })
  try {
    for await (const message of ask(source, { rows: false }, options.watch)) {
      if (message.kind === 'problem') return none(problemFault(message.problem, source.name))
      if (message.kind !== 'columns') continue
      const columns = columnNames(message.columns)
      const left = message.all > columns.length ? [columnsLeft(source.name, message.all)] : []
      return { dialect, columns, rows: readRows(source, left, options.watch) }
    }
  } catch (error) {
    return none(stoppedFault(error, { code: 'parquet', what: 'Parquet file', file: source.name }))
  }
  return none(problemFault('damaged', source.name))
}

async function* readRows(source: ByteSource, before: readonly Fault[], watch: Watch | undefined): AsyncGenerator<Batch<Row>> {
  const out = new RowBatch()
  for (const one of before) out.fault(one)
  let n = 0
  try {
    for await (const message of ask(source, { rows: true }, watch)) {
      switch (message.kind) {
        case 'columns':
          break
        case 'rows':
          for (const values of message.rows) {
            n += 1
            out.row({ n, line: n, values })
          }
          break
        case 'lost':
          out.fault(
            fault(
              'parquet-group-damaged',
              `Row group ${message.group + 1} cannot be read: it is damaged, or a page of it is larger than ${pageBytes} bytes.`,
              { file: source.name, record: n + 1 },
              'Get the file again; the other row groups were read.',
              message.rows,
            ),
          )
          n += message.rows
          break
        case 'left':
          if (message.cut > 0)
            out.fault(
              fault(
                'table-cell-too-long',
                `${message.cut} cells were cut at ${limits.fieldChars} characters.`,
                { file: source.name },
                'Look at them in the original.',
                0,
              ),
            )
          break
        case 'problem':
          out.fault(problemFault(message.problem, source.name))
      }
      if (out.full) yield out.take()
    }
  } catch (error) {
    out.fault(stoppedFault(error, { code: 'parquet', what: 'Parquet file', file: source.name }))
  }
  if (!out.empty) yield out.take()
}

async function* ask(source: ByteSource, of: { rows: boolean }, watch: Watch | undefined): AsyncGenerator<ParquetMessage> {
  const request: Omit<ParquetRequest, 'name' | 'size'> = {
    ...of,
    columns: limits.columns,
    cellChars: limits.fieldChars,
    pageBytes,
    groupRows,
  }
  const here = import.meta.url
  const child = { module: new URL('./child', here), extension: here.endsWith('.ts') ? 'ts' : 'js' }
  for await (const message of runChild({ ...child, source, request, ...(watch === undefined ? {} : { watch }) }))
    if (message.kind === 'value') yield message.value as ParquetMessage
}

function columnsLeft(file: string, all: number): Fault {
  return fault(
    'table-columns-left-out',
    `The table has ${all} columns; those beyond the ${limits.columns}th were left out.`,
    { file },
    'Split the table by columns.',
    0,
  )
}

function problemFault(problem: 'damaged' | 'too-large', file: string): Fault {
  return problem === 'damaged'
    ? fault('parquet-damaged', 'The directory at the end of the Parquet file cannot be read.', { file }, 'Get the file again.')
    : fault(
        'parquet-too-large',
        `A row group states more than ${groupRows} rows and was not read.`,
        { file },
        'If it is what you expect, write it with smaller row groups, or as CSV.',
      )
}
