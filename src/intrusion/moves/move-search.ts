import type { Watch } from '../../base/index.ts'
import type { Engine } from '../../store/index.ts'

/** What moves are read from. */
export interface MoveSearch {
  readonly engine: Engine
  readonly loads: readonly string[]
  readonly from: string
  readonly to: string
  /** The host that uses an address. */
  readonly nameOf: (address: string) => string
  /** The addresses that hosts use. */
  readonly addressesOf: (hosts: ReadonlySet<string>) => readonly string[]
  readonly timeOf: (host: string, text: string) => string
  /** What the clock of a host is off by, at most, in milliseconds. */
  readonly skewMs: number
  readonly fileOf: (sha256: string) => string
  readonly watch: Watch
  /** Events from which on what only shows a host reached is read where something tells of control alone; the moves are the same. */
  readonly narrowFrom?: number
}
