import { RowMemory, type RowLayout } from '../formats/index.ts'
import type { EventBlock } from './event-block.ts'
import type { Form } from './windows-form.ts'

/** What is kept from one log to the next by who reads many: layouts of records, and what they mean. One for each thread. */
export class EventMemory extends RowMemory {
  /** By layout; null: records of it are read whole. */
  readonly forms = new WeakMap<RowLayout, Form | null>()
  /** Blocks that no load uses: their memory need not be found again for the next one. */
  readonly blocks: EventBlock[] = []
}
