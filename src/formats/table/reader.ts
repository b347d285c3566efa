import type { Batch } from '../../base/index.ts'
import type { Encoding, EncodingTally } from './encoding.ts'

/** One data row: `n` counts data rows from 1 (rows lost to a fault keep their number), `line` is the physical line it starts on. */
export interface Row {
  readonly n: number
  readonly line: number
  /** The physical line it ends on, where its values do not tell: a record of several lines. */
  readonly through?: number
  /** One text per column, in the order of `columns`; what the source leaves out, or writes as NULL, is ''. */
  readonly values: readonly string[]
}

/** How the table is written; `delimiter` is '' and `quote` is '' for formats that have none. */
export interface Dialect {
  readonly delimiter: string
  readonly quote: string
  readonly encoding: Encoding
  /** True when the column names come from the source, false when they were made up (`c1`, `c2`, ...). */
  readonly header: boolean
}

/** A table of any format: its columns, and its rows as a stream that can be read once. */
export interface TableReader {
  /** Counted while the rows are read, where they are lines of text. */
  readonly tally?: EncodingTally
  readonly dialect: Dialect
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<Batch<Row>>
  /** The same rows and faults, those that are written plainly as bytes: for readers that pass them on. Read this or `rows`, once. */
  readonly plain?: AsyncIterable<PlainBatch>
  /** SQL dumps: every table with rows in the dump; `rows` above are those of `table`. */
  readonly table?: string
  readonly tables?: readonly { readonly name: string; readonly columns: readonly string[]; readonly rows: number }[]
}

/** Rows of which nothing is to be said, as they are written: one to a line, UTF-8, a cell to a column. */
export interface PlainRows {
  readonly bytes: Uint8Array
  /** Start and end of every cell in `bytes`, without quotes, row by row. */
  readonly cells: Int32Array
  /** Cells of a row. */
  readonly width: number
  /** How many rows, the number of the first and its line; the others follow one by one. */
  readonly rows: number
  readonly n: number
  readonly line: number
  /** Where their lines begin and end in `bytes`, and how they are written. */
  readonly lines: { readonly from: number; readonly to: number; readonly delimiter: string; readonly quote: string }
}

/** Rows that were read, or plain rows, never both. */
export interface PlainBatch extends Batch<Row> {
  readonly plain?: PlainRows
}

/** Rows gathered into batches bounded by count and by size. */
export class RowBatch {
  #records: Row[] = []
  #faults: Batch<Row>['faults'][number][] = []
  #chars = 0

  row(row: Row): void {
    this.#records.push(row)
    for (const value of row.values) this.#chars += value.length
  }

  fault(fault: Batch<Row>['faults'][number]): void {
    this.#faults.push(fault)
  }

  get full(): boolean {
    return this.#records.length >= 2_000 || this.#faults.length >= 500 || this.#chars >= 4 * 1024 * 1024
  }

  get empty(): boolean {
    return this.#records.length === 0 && this.#faults.length === 0
  }

  take(): Batch<Row> {
    const batch = { records: this.#records, faults: this.#faults }
    this.#records = []
    this.#faults = []
    this.#chars = 0
    return batch
  }
}

/** No rows, and why. */
export async function* withFaults(faults: Batch<Row>['faults']): AsyncGenerator<Batch<Row>> {
  await Promise.resolve()
  if (faults.length > 0) yield { records: [], faults }
}
