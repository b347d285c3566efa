import type { Cite } from '../../evidence/index.ts'

/** By what kind of record data was seen to be reached. */
export type Via = 'database' | 'share' | 'file' | 'command' | 'flow' | 'web' | 'dns'

/** Records of one key within one hour: who did what to which data, from where, how much. */
export interface Act {
  readonly via: Via
  /** Host that the records are about: the database server, the file server, the computer a file lies on. */
  readonly host: string
  /** Where it came from, by name where one is known; for what leaves: where it goes. */
  readonly peer: string
  readonly account: string
  /** Table, path, command line, destination. */
  readonly name: string
  /** `SELECT`, `UNLOAD @stage`, `read`, `write`, `created`; program for a command. */
  readonly how: string
  /** Text of one of the statements (the first by its text), or the program. */
  readonly detail: string
  readonly records: number
  /** Sum and largest of rows; `rowsKnown` records state them. */
  readonly rows: number
  readonly rowsMost: number
  readonly rowsKnown: number
  readonly bytes: number
  readonly bytesKnown: number
  readonly first: string
  readonly last: string
  readonly cites: readonly Cite[]
}

/** An act that a story holds, and how usual the same is at other times. */
export interface Weighed extends Act {
  /** Other days on which the same account did the same to the same from the same place. */
  readonly usualDays: number
  readonly usualRows: number
  readonly usualBytes: number
}

/** Days of the same work elsewhere from which on an act counts as usual. */
const usualFrom = 3
/** How much more than usual is no longer usual. */
const excess = 3

/** Is it what is done there on other days too, and no more of it? */
export function isUsual(one: Weighed): boolean {
  return (
    one.usualDays >= usualFrom &&
    one.rowsMost <= Math.max(100, one.usualRows * excess) &&
    one.bytes <= Math.max(1_000_000, one.usualBytes * excess)
  )
}
