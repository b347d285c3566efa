import type { Batch } from '../base/index.ts'
import { plainValues, type PlainRows } from '../formats/index.ts'

/** A table as `formats` opens it: column names, and rows as a stream that can be read once. `n` counts from 1. */
export interface RecordTable {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<Batch<RecordRow>>
  /** The same rows, some as bytes; read this or `rows`. */
  readonly plain?: AsyncIterable<RecordBatch>
}

export interface RecordRow {
  readonly n: number
  readonly values: readonly string[]
}

/** Rows of a table: either records or, where the reader knows them to be plain, bytes. */
export interface RecordBatch extends Batch<RecordRow> {
  readonly plain?: PlainRows
}

/** Rows of a batch by position, however they came. */
export interface SeenRows {
  readonly count: number
  values(at: number): readonly string[]
}

/** The rows of a batch, to look at some of them. */
export function seenRows({ records, plain }: RecordBatch): SeenRows {
  if (plain === undefined) return { count: records.length, values: (at) => records[at]?.values ?? [] }
  return { count: plain.rows, values: (at) => plainValues(plain, at) }
}

/** Rows looked at to tell what the columns hold. */
const peekRows = 2_000

/** The first rows of a table, and all rows as a stream again; `close` lets go of the source when that is not read. */
export async function peeked<B extends RecordBatch>(table: {
  readonly rows: AsyncIterable<B>
}): Promise<{ first: readonly RecordRow[]; rows: AsyncIterable<B>; close: () => Promise<void> }> {
  const iterator = table.rows[Symbol.asyncIterator]()
  const held: B[] = []
  const first: RecordRow[] = []
  while (first.length < peekRows) {
    const step = await iterator.next()
    if (step.done === true) break
    held.push(step.value)
    first.push(...firstRows(step.value, peekRows - first.length))
  }
  const rest = async function* (): AsyncGenerator<B> {
    yield* held
    for (;;) {
      const step = await iterator.next()
      if (step.done === true) return
      yield step.value
    }
  }
  return {
    first,
    rows: rest(),
    close: async () => void (await iterator.return?.()),
  }
}

function firstRows(batch: RecordBatch, most: number): readonly RecordRow[] {
  const { plain, records } = batch
  if (plain === undefined) return records.slice(0, most)
  return Array.from({ length: Math.min(most, plain.rows) }, (_, at) => ({ n: plain.n + at, values: plainValues(plain, at) }))
}
