import type { LogEvent, ReadEventsOptions } from '../../src/events/index.ts'
import type { Site } from './site.ts'

/** Events that must be found: as many as were driven. Texts compare whole; `*` at the end of one means it begins so, `*` alone that it is filled. */
export interface Known {
  readonly what: string
  readonly times: number
  readonly event?: Partial<Record<Exclude<keyof LogEvent, 'fields' | 'at'>, string | number>>
  readonly fields?: Readonly<Record<string, string>>
}

/** One file that a product wrote, and what must be read out of it. */
export interface Sample {
  /** Which log of the product. */
  readonly name: string
  readonly file: string
  /** What `identify` must call it (`seen`). */
  readonly seen: string
  /** Log sources that its events may have: `product/category/service`. */
  readonly sources: readonly string[]
  readonly known: readonly Known[]
  /** Events in all, where that is known. */
  readonly events?: number
  /** Codes of faults that are due, each once; none may come beside them. */
  readonly faults?: readonly string[]
  readonly options?: ReadEventsOptions
  /** Where times may lie outside of the run, or there are none. */
  readonly times?: 'any'
}

/** A product whose Debian package writes a log that is read here. */
export interface Product {
  readonly name: string
  readonly packages: readonly string[]
  /** Packages that cannot be installed beside the others: unpacked into the folder of the run. */
  readonly unpacked?: readonly string[]
  /** Where it runs: closed off from the machine, or (audit) with the machine's own process numbers. */
  readonly where?: 'machine'
  /** Starts it, lets it log what is known, stops it. Throws with the reason when it cannot be driven. */
  readonly drive: (site: Site) => Promise<readonly Sample[]>
}
