import type { Batch, Fault } from '../base/index.ts'
import type { LoadWriter, NativeRows } from '../store/index.ts'
import type { LogEvent } from './event.ts'
import { EventBlock } from './event-block.ts'
import { eventsTable } from './events-table.ts'

/** Bytes of fields handed over at once: large blocks leave few parts to merge. */
const blockBytes = 48 * 1024 * 1024

/** What a load of events gave. */
export interface LoadedEvents {
  readonly events: number
  /** Faults in all, and the first of them. */
  readonly faults: number
  readonly kept: readonly Fault[]
}

/**
 * Streams events into the lake. In: the load's writer, the batches of `readEvents`, and the exhibit they were read from
 * (hash, and member in an archive); `faultsKept` bounds the faults given back with their text. `see` is called with each
 * batch before it is stored, so that matching and coverage need no second reading. Throws what the engine throws: the load then counts for nothing.
 */
export async function loadEvents(options: {
  readonly writer: LoadWriter
  readonly batches: AsyncIterable<Batch<LogEvent>>
  readonly exhibit: { readonly sha256: string; readonly member?: string }
  readonly faultsKept: number
  readonly see?: (events: readonly LogEvent[]) => void
}): Promise<LoadedEvents> {
  const { writer, batches, exhibit } = options
  const kept: Fault[] = []
  let faults = 0
  // While one block is stored, the other is filled.
  let block = new EventBlock(exhibit.sha256, exhibit.member ?? '')
  let other = new EventBlock(exhibit.sha256, exhibit.member ?? '')
  async function* blocks(): AsyncGenerator<NativeRows> {
    for await (const batch of batches) {
      faults += batch.faults.length
      for (const one of batch.faults) if (kept.length < options.faultsKept) kept.push(one)
      if (batch.records.length === 0) continue
      options.see?.(batch.records)
      for (const event of batch.records) {
        block.add(event)
        if (block.size < blockBytes) continue
        yield block.taken()
        ;[block, other] = [other, block]
        block.clear()
      }
    }
    if (block.rows > 0) yield block.taken()
  }
  const events = await writer.insertNative(eventsTable, blocks())
  return { events, faults, kept }
}
