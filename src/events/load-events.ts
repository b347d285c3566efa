import type { Batch, Fault } from '../base/index.ts'
import type { LoadWriter, NativeRows } from '../store/index.ts'
import type { LogEvent } from './event.ts'
import { EventBlock } from './event-block.ts'
import type { EventMemory } from './event-memory.ts'
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
 * batch before it is stored, so that matching and coverage need no second reading. `memory` is that of the reader, for who loads many. Throws what the engine throws: the load then counts for nothing.
 */
export async function loadEvents(options: {
  readonly writer: LoadWriter
  readonly batches: AsyncIterable<Batch<LogEvent>>
  readonly exhibit: { readonly sha256: string; readonly member?: string }
  readonly faultsKept: number
  readonly see?: (events: readonly LogEvent[]) => void
  readonly memory?: EventMemory
  /** Called once all batches are read: what is left is storing, beside which another log may be read. */
  readonly read?: () => void
}): Promise<LoadedEvents> {
  const { writer, batches, exhibit, memory } = options
  const kept: Fault[] = []
  let faults = 0
  const begun = (): EventBlock => (memory?.blocks.pop() ?? new EventBlock()).begin(exhibit.sha256, exhibit.member ?? '')
  let block = begun()
  // While one block is stored, another is filled.
  let other: EventBlock | undefined
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
        ;[block, other] = [other ?? begun(), block]
        block.clear()
      }
    }
    options.read?.()
    if (block.rows > 0) yield block.taken()
  }
  const events = await writer.insertNative(eventsTable, blocks())
  memory?.blocks.push(block, ...(other === undefined ? [] : [other]))
  return { events, faults, kept }
}
