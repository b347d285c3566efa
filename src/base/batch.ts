import type { Fault } from './fault.ts'

/** What a parser yields: some records and the faults met between them, in the order of the source. */
export interface Batch<T> {
  readonly records: readonly T[]
  readonly faults: readonly Fault[]
}

/** All records and faults of a small source. */
export async function collect<T>(batches: AsyncIterable<Batch<T>>): Promise<{ records: T[]; faults: Fault[] }> {
  const records: T[] = []
  const faults: Fault[] = []
  for await (const batch of batches) {
    for (const record of batch.records) records.push(record)
    for (const one of batch.faults) faults.push(one)
  }
  return { records, faults }
}
