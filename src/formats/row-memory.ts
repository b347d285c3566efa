import { EvtxLayouts } from './evtx/row-reader.ts'
import { Layouts } from './jsonl/layout.ts'

/** What is known of the layouts of records, kept from one log to the next: logs of one source are alike. */
export class RowMemory {
  #json = new Layouts()
  readonly evtx = new EvtxLayouts()

  /** Layouts of JSON lines; begun anew once no more can be kept. */
  get json(): Layouts {
    if (this.#json.full) this.#json = new Layouts()
    return this.#json
  }
}
