import { UserError, type Batch, type ByteSource, type Watch } from '../../base/index.ts'
import { columnNames } from '../table/dialect.ts'
import { decoded, headBytes, mixedFault, newTally, sniffEncoding, type Encoding, type EncodingTally } from '../table/encoding.ts'
import { RowBatch, type Row, type TableReader } from '../table/reader.ts'
import { sniffFlavour, type Flavour } from './flavour.ts'
import { DumpTables, type DumpTable } from './dump-tables.ts'
import { DumpScanner, type DumpItem } from './scan.ts'

interface SqlDumpOptions {
  /** The table to read; absent = the one with the most rows (the first of them, when several are as long). */
  readonly table?: string
  readonly watch?: Watch
}

/**
 * Opens an SQL dump (INSERT ... VALUES of MySQL, PostgreSQL, SQLite; COPY ... FROM stdin) as a table. The dump is read once to
 * learn its tables, then once for the rows of one. NULL is ''; bytes written as hex are text where they are UTF-8.
 * Throws UserError `sql-table-unknown` when `table` is not in the dump.
 */
export async function openSqlDump(source: ByteSource, options: SqlDumpOptions = {}): Promise<TableReader> {
  const head = await source.slice(0, headBytes)
  const encoding = sniffEncoding(head)
  const dump: Dump = {
    source,
    encoding,
    flavour: sniffFlavour(new TextDecoder(encoding).decode(head, { stream: true })),
    ...(options.watch === undefined ? {} : { watch: options.watch }),
  }
  const tables = await listTables(dump)
  const longest = tables.reduce((most, table) => Math.max(most, table.rows), 0)
  const chosen =
    options.table === undefined
      ? tables.find((table) => table.rows === longest)
      : tables.find((table) => table.name === options.table)
  if (chosen === undefined && options.table !== undefined)
    throw new UserError({
      code: 'sql-table-unknown',
      message: `${source.name} has no rows of a table of that name.`,
      hint:
        tables.length === 0
          ? 'The dump has no rows.'
          : `Its tables with rows: ${tables
              .slice(0, 20)
              .map((table) => table.name)
              .join(', ')}.`,
    })
  const dialect = { delimiter: '', quote: '', encoding, header: chosen?.named ?? false }
  const listed = tables.map(({ name, columns, rows }) => ({ name, columns, rows }))
  if (chosen === undefined) return { dialect, columns: [], rows: readRows(dump, undefined), tables: listed }
  return { dialect, columns: chosen.columns, rows: readRows(dump, chosen), table: chosen.name, tables: listed }
}

interface Dump {
  readonly source: ByteSource
  readonly encoding: Encoding
  readonly flavour: Flavour
  readonly watch?: Watch
}

async function listTables(dump: Dump): Promise<readonly DumpTable[]> {
  const tables = new DumpTables()
  for await (const items of scan(dump)) for (const item of items) tables.add(item)
  return tables.list()
}

async function* readRows(dump: Dump, table: DumpTable | undefined): AsyncIterable<Batch<Row>> {
  const out = new RowBatch()
  let order: { from: readonly string[]; to: readonly number[] } | undefined
  let n = 0
  const tally = newTally()
  for await (const items of scan(dump, tally))
    for (const item of items) {
      if (item.kind === 'fault') {
        if (item.table?.id === table?.id) n += item.fault.lost ?? 1
        out.fault(item.fault)
      }
      if (item.kind === 'row' && item.table.id === table?.id) {
        n += 1
        if (order?.from !== item.columns) order = { from: item.columns, to: columnOrder(item.columns, table) }
        const places = order.to
        out.row({ n, line: item.line, values: table.columns.map((_name, at) => item.values[places[at] ?? -1] ?? '') })
      }
      if (out.full) yield out.take()
    }
  const mixed = mixedFault(tally, dump.source.name)
  if (mixed !== undefined) out.fault(mixed)
  if (!out.empty) yield out.take()
}

/** Where each column of the table stands in a statement's own column list. */
function columnOrder(columns: readonly string[], table: DumpTable): number[] {
  if (columns.length === 0) return table.columns.map((_name, at) => at)
  const names = columnNames(columns)
  return table.columns.map((name) => names.indexOf(name))
}

async function* scan(dump: Dump, tally?: EncodingTally): AsyncIterable<DumpItem[]> {
  const scanner = new DumpScanner(dump.source.name, dump.flavour)
  for await (const chunk of decoded(dump.source, dump.encoding, dump.watch, tally)) yield scanner.push(chunk)
  yield scanner.push()
}
