import type { Batch } from '../base/index.ts'

/** A table as `formats` opens it: column names, and rows as a stream that can be read once. `n` counts from 1. */
export interface RecordTable {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<Batch<RecordRow>>
}

export interface RecordRow {
  readonly n: number
  readonly values: readonly string[]
}

/** Rows looked at to tell what the columns hold. */
const peekRows = 2_000

/** The first rows of a table, and all rows as a stream; `close` lets go of the source when the stream is not read. */
export async function peeked(
  table: RecordTable,
): Promise<{ first: readonly RecordRow[]; rows: AsyncIterable<Batch<RecordRow>>; close: () => Promise<void> }> {
  const iterator = table.rows[Symbol.asyncIterator]()
  const held: Batch<RecordRow>[] = []
  let count = 0
  while (count < peekRows) {
    const step = await iterator.next()
    if (step.done === true) break
    held.push(step.value)
    count += step.value.records.length
  }
  const rest = async function* (): AsyncGenerator<Batch<RecordRow>> {
    yield* held
    for (;;) {
      const step = await iterator.next()
      if (step.done === true) return
      yield step.value
    }
  }
  return {
    first: held.flatMap((batch) => batch.records).slice(0, peekRows),
    rows: rest(),
    close: async () => void (await iterator.return?.()),
  }
}
