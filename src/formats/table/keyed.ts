import { fault, limits, type Batch } from '../../base/index.ts'
import { RowBatch, type Row } from './reader.ts'

/** A record whose cells come with their names. */
export interface KeyedRecord {
  readonly line: number
  /** The line it ends on, when it has several. */
  readonly through?: number
  readonly cells: ReadonlyMap<string, string>
}

/** Records whose names make the columns, in the order they are first seen. */
const recordsForColumns = 1_000

/**
 * Makes a table of records with named cells; the first 1,000 make the columns. Names first seen later are a fault (told once a name, `lateCode`) and
 * their cells are left out. `n` counts records, lost ones too.
 */
export async function keyedTable(
  batches: AsyncIterable<Batch<KeyedRecord>>,
  of: { readonly file: string; readonly lateCode: string; readonly columns?: readonly string[] },
): Promise<{ readonly columns: readonly string[]; readonly rows: AsyncIterable<Batch<Row>> }> {
  const columns = new Map<string, number>((of.columns ?? []).map((name, at) => [name, at]))
  const early: Batch<KeyedRecord>[] = []
  const source = batches[Symbol.asyncIterator]()
  let records = 0
  let chars = 0
  let beyond = 0
  while (records < recordsForColumns && chars < limits.lineBytes) {
    const step = await source.next()
    if (step.done === true) break
    early.push(step.value)
    for (const { cells } of step.value.records)
      for (const [key, value] of cells) {
        chars += value.length
        if (columns.has(key)) continue
        if (columns.size < limits.columns) columns.set(key, columns.size)
        else beyond += 1
      }
    records += step.value.records.length
  }
  const rest = { [Symbol.asyncIterator]: () => source }
  return { columns: [...columns.keys()], rows: keyedRows({ ...of, columns, beyond, early, rest }) }
}

async function* keyedRows(table: {
  readonly file: string
  readonly lateCode: string
  readonly columns: ReadonlyMap<string, number>
  readonly beyond: number
  readonly early: readonly Batch<KeyedRecord>[]
  readonly rest: AsyncIterable<Batch<KeyedRecord>>
}): AsyncGenerator<Batch<Row>> {
  const { columns } = table
  const out = new RowBatch()
  const told = new Set<string>()
  let n = 0
  if (table.beyond > 0)
    out.fault(
      fault(
        'table-columns-left-out',
        `${table.beyond} cells under names beyond the ${limits.columns}th were left out.`,
        { file: table.file },
        'Split the table by columns.',
        0,
      ),
    )
  const take = (batch: Batch<KeyedRecord>): void => {
    for (const one of batch.faults) {
      n += one.lost ?? 0
      out.fault(one)
    }
    for (const { line, through, cells } of batch.records) {
      n += 1
      const values = Array.from<string>({ length: columns.size }).fill('')
      for (const [key, value] of cells) {
        const at = columns.get(key)
        if (at !== undefined) values[at] = value
        else if (table.beyond === 0 && told.size < 100 && !told.has(key)) {
          told.add(key)
          out.fault(
            fault(
              table.lateCode,
              `A name that the first ${recordsForColumns} records do not have is left out (told once).`,
              { file: table.file, line, record: n },
              'Put a record with every name first.',
              0,
            ),
          )
        }
      }
      out.row({ n, line, ...(through === undefined ? {} : { through }), values })
    }
  }
  for (const batch of table.early) {
    take(batch)
    if (out.full) yield out.take()
  }
  for await (const batch of table.rest) {
    take(batch)
    if (out.full) yield out.take()
  }
  if (!out.empty) yield out.take()
}
